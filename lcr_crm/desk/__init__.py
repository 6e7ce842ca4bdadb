"""The first page of the staff admin: what came in, what to bring up to date, what ends soon.

Each part asks for the permission to see what it shows and costs one query, the lists of texts a few more;
the number does not grow with the rows.
"""

from lcr_crm.desk import enquiries, memoranda, projects, texts, translations


def for_user(user):
    """What admin/index.html shows: `counters`, and `columns` of panels, the wide one first."""
    of_texts = texts.panels(user)
    own = [panel for panel in of_texts if panel.key in texts.OWN_WORK]
    ahead = [panel for panel in of_texts if panel.key not in texts.OWN_WORK]
    owed = enquiries.panels(user)
    theirs = [panel for panel in owed if panel.key in enquiries.OWED_NOW]
    others = [panel for panel in owed if panel.key not in enquiries.OWED_NOW]
    wide = [*theirs, *own, *translations.to_bring_up_to_date(user)]
    side = [*others, projects.landing_next(user), *ahead, memoranda.expiring(user)]
    columns = [[panel for panel in column if panel] for column in (wide, side)]
    return {"counters": enquiries.counters(user), "columns": [column for column in columns if column]}
