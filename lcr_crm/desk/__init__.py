"""The first page of the staff admin: what came in, what to bring up to date, what ends soon.

Each part asks for the permission to see what it shows and costs at most one query; the page stays under ten.
"""

from lcr_crm.desk import enquiries, memoranda, translations


def for_user(user):
    """What admin/index.html shows: `counters`, and `columns` of panels, the wide one first."""
    wide = [enquiries.latest(user)]
    side = [*translations.to_bring_up_to_date(user), memoranda.expiring(user)]
    columns = [[panel for panel in column if panel] for column in (wide, side)]
    return {"counters": enquiries.counters(user), "columns": [column for column in columns if column]}
