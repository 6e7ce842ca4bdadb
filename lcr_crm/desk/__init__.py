"""The first page of the staff admin: what came in, what to bring up to date, what ends soon.

Each part asks for the permission to see what it shows and costs one query, the lists of texts a few more;
the number does not grow with the rows.
"""

from lcr_crm.desk import enquiries, memoranda, texts, translations


def for_user(user):
    """What admin/index.html shows: `counters`, and `columns` of panels, the wide one first."""
    mine = texts.panels(user)
    own = [panel for panel in mine if panel.key in texts.OWN_WORK]
    ahead = [panel for panel in mine if panel.key not in texts.OWN_WORK]
    wide = [enquiries.latest(user), *own, *translations.to_bring_up_to_date(user)]
    side = [*ahead, memoranda.expiring(user)]
    columns = [[panel for panel in column if panel] for column in (wide, side)]
    return {"counters": enquiries.counters(user), "columns": [column for column in columns if column]}
