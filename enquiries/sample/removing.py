"""Takes away what samples made: known by the submission keys of their enquiries and the mark of their staff. What was
tied to them since goes too; whatever somebody else's row still points to stays."""

from django.db import connection, models, transaction
from django.db.models import ProtectedError
from psycopg import sql

from accounts.models import Team, User
from enquiries.models import DailyList, Enquiry, EnquiryMail, InvestmentProject
from enquiries.sample import staff
from enquiries.sample.rows import FIRST_KEY, LAST_KEY
from partners.models import Interaction, Organisation

GOING = {
    "going_enquiries": "SELECT id FROM enquiries_enquiry WHERE submission_key BETWEEN %(first)s AND %(last)s",
    "going_contacts": """
        SELECT interaction_id AS id FROM enquiries_enquiryinteraction
        WHERE enquiry_id IN (SELECT id FROM going_enquiries)
    """,
    "going_projects": """
        SELECT DISTINCT project_id AS id FROM enquiries_projectenquiry
        WHERE enquiry_id IN (SELECT id FROM going_enquiries)
    """,
}


@transaction.atomic
def remove():
    """The number of enquiries that are gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, query in GOING.items():
            cursor.execute(
                f"CREATE TEMPORARY TABLE {name} AS {query}", {"first": FIRST_KEY, "last": LAST_KEY}
            )
            cursor.execute(f"ANALYZE {name}")
        # By replica no trigger asks each row who points to it: the order below leaves nobody who does.
        cursor.execute("SET LOCAL session_replication_role = replica")
        _delete(cursor, InvestmentProject, _all("going_projects"))
        _delete(cursor, Interaction, _all("going_contacts"))
        number = _delete(cursor, Enquiry, _all("going_enquiries"))
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"DROP TABLE {', '.join(GOING)}")
    _delete_staff()
    return number


def _all(table):
    return sql.SQL("SELECT id FROM {}").format(sql.Identifier(table))


def _delete(cursor, model, ids):
    """The rows, first whatever hangs on them; what merely names them forgets it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        child, column = relation.related_model, sql.Identifier(relation.field.column)
        table = sql.Identifier(child._meta.db_table)
        if child is model or (relation.field.null and relation.on_delete is not models.CASCADE):
            forget = sql.SQL("UPDATE {0} SET {1} = NULL WHERE {1} IN ({2})")
            cursor.execute(forget.format(table, column, ids))
        else:
            _delete(cursor, child, sql.SQL("SELECT id FROM {} WHERE {} IN ({})").format(table, column, ids))
    table = sql.Identifier(model._meta.db_table)
    cursor.execute(sql.SQL("DELETE FROM {} WHERE id IN ({})").format(table, ids))
    return cursor.rowcount


def _delete_staff():
    """The sample's organisations, teams and officers, with the lists they were sent, where nothing else has come to
    need them."""
    officers = User.objects.filter(username__startswith=staff.MARK)
    DailyList.objects.filter(recipient__in=officers).delete()
    EnquiryMail.objects.filter(recipient__in=officers, kind=EnquiryMail.Kind.DAILY_LIST).delete()
    Team.objects.filter(name__in=staff.TEAMS).delete()
    for rows in (
        Organisation.objects.filter(key__startswith=staff.MARK),
        officers,
    ):
        for row in rows:
            try:
                with transaction.atomic():
                    row.delete()
            except ProtectedError:
                continue
