"""Takes away what samples made: known by the submission keys of their enquiries and the mark of their staff. What was
tied to them since goes too; whatever somebody else's row still points to stays."""

from django.db import connection, transaction
from django.db.models import ProtectedError
from psycopg import sql

from accounts.models import Team, User
from enquiries.models import Enquiry, InvestmentProject
from enquiries.sample import staff
from enquiries.sample.rows import FIRST_KEY, LAST_KEY
from partners.models import Interaction, Organisation

OURS = "SELECT id FROM enquiries_enquiry WHERE submission_key BETWEEN %s AND %s"
DELETE = "DELETE FROM {table} WHERE {column} IN (SELECT id FROM {ids})"
FORGET = "UPDATE {table} SET {column} = NULL WHERE {column} IN (SELECT id FROM {ids})"


@transaction.atomic
def remove():
    """The number of enquiries that are gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _gather(cursor)
        # By replica no trigger asks each row who points to it: the order below leaves nobody who does.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, ids in ((InvestmentProject, "going_projects"), (Interaction, "going_contacts")):
            _delete(cursor, model, ids)
        number = _delete(cursor, Enquiry, "going_enquiries")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DROP TABLE going_enquiries, going_contacts, going_projects")
    _delete_staff()
    return number


def _gather(cursor):
    ours = "enquiry_id IN (SELECT id FROM going_enquiries)"
    contacts = f"SELECT interaction_id AS id FROM enquiries_enquiryinteraction WHERE {ours}"
    projects = f"SELECT DISTINCT project_id AS id FROM enquiries_projectenquiry WHERE {ours}"
    cursor.execute(f"CREATE TEMPORARY TABLE going_enquiries AS {OURS}", [FIRST_KEY, LAST_KEY])
    cursor.execute(f"CREATE TEMPORARY TABLE going_contacts AS {contacts}")
    cursor.execute(f"CREATE TEMPORARY TABLE going_projects AS {projects}")
    cursor.execute("ANALYZE going_enquiries, going_contacts, going_projects")


def _delete(cursor, model, ids):
    """Rows with everything that hangs on them; what merely names them forgets it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        is_kept = relation.related_model is model or relation.field.null
        statement = FORGET if is_kept else DELETE
        cursor.execute(_about(statement, relation.related_model, relation.field.column, ids))
    cursor.execute(_about(DELETE, model, "id", ids))
    return cursor.rowcount


def _about(statement, model, column, ids):
    names = {"table": model._meta.db_table, "column": column, "ids": ids}
    return sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})


def _delete_staff():
    """The sample's organisations, teams and officers, where nothing else has come to need them."""
    Team.objects.filter(name__in=staff.TEAMS).delete()
    for rows in (
        Organisation.objects.filter(key__startswith=staff.MARK),
        User.objects.filter(username__startswith=staff.MARK),
    ):
        for row in rows:
            try:
                with transaction.atomic():
                    row.delete()
            except ProtectedError:
                continue
