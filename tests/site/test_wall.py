"""The wall: no working copy and no private row ever stands behind a public address."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models.publishable import publishable_models, working_columns
from tests.enquiries.filling import KOREAN, send
from tests.site.crawl import crawl

pytestmark = pytest.mark.django_db

MARKER = "not-for-the-public"
ALIAS = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: ([A-Z]\d+)\b)?')
LITERAL = re.compile(r"'(?:[^']|'')*'")
COLUMN = re.compile(r'"?(\w+)"?\."(\w+)"')
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "?(\w+)"?')

# What a public address may read: facts, editions, and where an old address leads.
PUBLIC_ROOMS = {"opportunities", "prospectus"}
PUBLIC_MODELS = {
    *("publishing.edition", "publishing.redirect", "contenttypes.contenttype"),
    *("partners.organisation", "partners.person", "partners.appointment", "partners.involvement"),
    *("partners.delegationvisit", "partners.visitorganisation", "partners.visitperson", "partners.visitstop"),
    *("partners.memorandum", "partners.memorandumparty", "partners.memorandumterm", "partners.signatory"),
}
PRIVATE_ROOMS = {"accounts", "admin", "auth", "enquiries", "exports", "procrastinate", "reports", "sessions"}
PRIVATE_MODELS = {
    *(f"publishing.{name}" for name in ("act", "desk", "import", "previewlink", "provenance")),
    *("partners.contactpoint", "partners.consent"),
    *(f"partners.interaction{part}" for part in ("", "person", "organisation", "participant")),
}
# What one address needs beside: the form its sectors, the thanks a reference, the preview the link that opens it;
# `readyz` looks at the machinery.
ALLOWED = {
    "enquiries:enquire": {"enquiries_sector"},
    "422": {"enquiries_sector"},
    "enquiries:thanks": {"enquiries_enquiry"},
    "prospectus:preview_link": {"publishing_previewlink"},
    "readyz": {"procrastinate_workers", "django_migrations"},
}
# What a sent form writes, what it takes to promise an answer, and the rules that say who is to give it. No row about
# people whom we know, and nothing that was said to anybody.
OF_A_SENT_FORM = {
    *("enquiries_enquiry", "enquiries_enquiry_sectors", "enquiries_sector", "enquiries_enquiryopportunity"),
    *("enquiries_enquiryconsent", "enquiries_stagechange", "enquiries_enquirymail"),
    *("enquiries_officehours", "enquiries_closingday", "enquiries_responsetarget"),
    *("enquiries_assignmentrule", "accounts_team", "accounts_user"),
}


def is_public(model):
    return model._meta.app_label in PUBLIC_ROOMS or model._meta.label_lower in PUBLIC_MODELS


def is_private(model):
    return model._meta.app_label in PRIVATE_ROOMS or model._meta.label_lower in PRIVATE_MODELS


def private_tables():
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if is_private(model._meta.auto_created or model)}
    return tables | {"django_session", "django_migrations"}


def working_copy():
    """(table, column) of every translated column of everything publishable."""
    for model in publishable_models():
        for name in working_columns(model):
            yield model._meta.db_table, model._meta.get_field(name).column


def columns_read(sql):
    """(table, column) of everything a query names. Each SELECT has its own short names, so the innermost come first."""
    found, open_ones = set(), [""]
    for piece in re.split("([()])", LITERAL.sub("''", sql)):
        if piece == "(":
            open_ones.append("")
        elif piece == ")":
            inner = open_ones.pop()
            open_ones[-1] += resolved(inner, found) if inner.startswith("SELECT") else f"({inner})"
        else:
            open_ones[-1] += piece
    resolved(open_ones.pop(), found)
    return found


def resolved(select, found):
    """Notes what the SELECT reads of its own tables; gives back what belongs to the one around it."""
    tables = {alias or table: table for table, alias in ALIAS.findall(select)}
    others = []
    for owner, column in COLUMN.findall(select):
        if owner in tables:
            found.add((tables[owner], column))
        else:
            others.append(f'"{owner}"."{column}"')
    return " ".join(others)


@pytest.fixture(scope="module")
def poisoned(django_db_setup, django_db_blocker):
    """The crawl again, with a mark in every column of every working copy."""
    with django_db_blocker.unblock():
        return crawl(poison)


def poison():
    columns = {}
    for table, column in working_copy():
        columns.setdefault(table, []).append(column)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, names in columns.items():
            changes = ", ".join(f"{quote(name)} = %s" for name in names)
            cursor.execute(f"UPDATE {quote(table)} SET {changes}", [MARKER] * len(names))
            assert cursor.rowcount, table


def test_no_public_address_reads_a_column_of_a_working_copy(answers, no_faults):
    forbidden = set(working_copy())
    no_faults(
        f"{answer} reads {sorted(found)}"
        for answer in answers
        for sql in answer.queries
        if (found := columns_read(sql) & forbidden)
    )


def test_the_look_at_queries_sees_through_short_names():
    inner = """SELECT U0."title" FROM "edition" U0 WHERE (U0."id" = ("a"."id") AND U0."plain" = 'U0."x" FROM "b"')"""
    sql = f'SELECT T3."id", ({inner}) FROM "a" INNER JOIN "theme" T3 ON ("a"."t" = T3."id") WHERE (T3."title_en" = 1)'
    assert columns_read(sql) == {
        *(("edition", "title"), ("edition", "id"), ("edition", "plain")),
        *(("a", "id"), ("a", "t"), ("theme", "id"), ("theme", "title_en")),
    }


def test_no_public_address_shows_a_text_that_only_the_working_copy_holds(poisoned, no_faults):
    assert len(poisoned) > 200
    no_faults(str(answer) for answer in poisoned if MARKER.encode() in answer.body)


def test_with_every_working_copy_spoilt_all_addresses_answer_as_before(poisoned, no_faults):
    no_faults(f"{answer}: {answer.status}" for answer in poisoned if answer.status != answer.address.status)


def test_every_model_is_known_as_public_or_private(no_faults):
    no_faults(model._meta.label for model in apps.get_models() if is_public(model) == is_private(model))


def test_no_public_address_asks_a_private_table(answers, no_faults):
    private = private_tables()
    assert {
        "django_session",
        "partners_contactpoint",
        "partners_interaction",
        "enquiries_enquiry_sectors",
    } <= private
    no_faults(
        f"{answer} reads {sorted(found)}"
        for answer in answers
        for sql in answer.queries
        if (found := set(TABLE.findall(sql)) & private - ALLOWED.get(answer.address.name, set()))
    )


def test_a_sent_form_asks_no_private_table_but_those_of_its_enquiry(client):
    with CaptureQueriesContext(connection) as captured:
        sent = send(client, "ko", KOREAN, query="?o=mersey-tidal-power")
    assert sent.status_code == 303
    asked = {table for query in captured.captured_queries for table in TABLE.findall(query["sql"])}
    assert asked & private_tables() == OF_A_SENT_FORM


def test_public_addresses_write_nothing(answers, no_faults):
    no_faults(
        f"{answer}: {sql[:80]}"
        for answer in answers
        for sql in answer.queries
        if sql.startswith(("INSERT", "UPDATE", "DELETE"))
    )
