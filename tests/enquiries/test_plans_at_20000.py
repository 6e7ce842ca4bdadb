"""At twenty thousand enquiries: no page reads the table from end to end, and none asks more often than with a few."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from enquiries import reminders
from enquiries.intake import earlier_from_sender
from enquiries.models import Enquiry, Warned
from enquiries.sample.making import Making
from publishing.desk.lists.paging import Order
from tests.enquiries.sample_database import NOW, sample_enquiries

NUMBER = 20_000
LIST = "/admin/enquiries/enquiry/"
# Rows of the table that one statement may look at: a page, or a few hundred found by words and looked at again, or as
# many as hold the thousand that are counted: of what is a quarter of all, like Korean, four thousand give or take.
FEW = NUMBER // 4
FILTERS = [
    *("state=unanswered", "state=waiting", "state=closed-answered", "stage=new", "stage=engaged-in-dialogue"),
    *(
        "country=KR",
        "country=DE",
        "language=ko",
        "channel=telephone",
        "owner=me",
        "owner=nobody",
        "due=breached",
    ),
    *(
        "due=today",
        "due=soon",
        "held=yes",
        "owed=all",
        "owed=mine",
        "check=yes",
        "received_from=2026-11-20",
        "state=dialogue&country=KR",
    ),
]
SEARCHES = ["lyophilisation", "동결건조", "수소", "hydrogen", "ENQ-2025-0042", "kim", "zzzzqqqq"]


@pytest.fixture(scope="module", autouse=True)
def sample(django_db_setup, django_db_blocker):
    with sample_enquiries(NUMBER, django_db_blocker):
        yield


@pytest.fixture
def officer(db):
    return User.objects.get(username="sample-officer-1")


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


def statements(desk, address):
    """What the page asks of the enquiries' table."""
    with CaptureQueriesContext(connection) as asked:
        response = desk.get(address)
    assert response.status_code == 200, address
    return [
        query["sql"]
        for query in asked
        if '"enquiries_enquiry"' in query["sql"] and "EXPLAIN" not in query["sql"]
    ]


def rows_looked_at(statement):
    """Of the enquiries' table, by the statement as it runs, kept and thrown away alike."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (found,) = cursor.fetchone()
    plan = json.loads(found) if isinstance(found, str) else found
    return sum(_looked_at(node) for node in _nodes(plan[0]["Plan"]))


def _nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _looked_at(node):
    if node.get("Relation Name") != "enquiries_enquiry":
        return 0
    seen = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    return sum(node.get(name, 0) for name in seen) * node["Actual Loops"]


def assert_few(desk, address):
    for statement in statements(desk, address):
        looked_at = rows_looked_at(statement)
        assert looked_at <= FEW, f"{looked_at} rows for {address}: {statement[:3000]}"


def test_the_list_reads_little_in_either_order(desk):
    assert_few(desk, LIST)
    assert_few(desk, f"{LIST}?o=6")
    assert_few(desk, f"{LIST}?o=-3")


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_reads_little(desk, query):
    assert_few(desk, f"{LIST}?{query}")


@pytest.mark.parametrize("words", SEARCHES)
def test_a_search_reads_little_in_either_script(desk, words):
    assert_few(desk, f"{LIST}?q={quote(words)}")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_page_deep_in_the_list_reads_as_little_as_the_first(desk, part):
    order = Order.of(Enquiry, admin.site.get_model_admin(Enquiry).list_orders[0])
    row = Enquiry.objects.order_by(*order.names)[int(NUMBER * part)]
    assert_few(desk, f"{LIST}?after={quote(order.key_of(row))}")


def test_a_record_reads_little(desk):
    assert_few(desk, f"{LIST}{Enquiry.objects.filter(state='dialogue').first().pk}/change/")


def test_the_first_screen_counts_the_six_states_in_one_statement_and_reads_little_besides(desk):
    """The six are counted, not estimated: they must add up to the whole."""
    asked = statements(desk, "/admin/")
    counting = [sql for sql in asked if "GROUP BY" in sql and '."state" AS "state", COUNT(' in sql]
    assert len(counting) == 1
    for statement in asked:
        assert statement in counting or rows_looked_at(statement) <= FEW, statement


@pytest.mark.parametrize(
    "given", [{"telephone": ""}, {"email": "nobody@nowhere.example", "telephone": "+82 2 000 0001"}]
)
def test_an_earlier_enquiry_of_a_sender_is_found_by_an_index(officer, given):
    sender = {"email": Enquiry.objects.exclude(email="").first().email} | given
    with CaptureQueriesContext(connection) as asked:
        earlier_from_sender(**sender)
    assert asked.captured_queries
    for query in asked:
        assert rows_looked_at(query["sql"]) < 100, query["sql"]


def test_what_is_due_and_not_done_is_found_by_an_index(officer):
    """Whether everything has been warned of or nothing."""
    assert to_be_warned_of() == 0
    Warned.objects.all().delete()
    assert to_be_warned_of() > 0


def to_be_warned_of():
    """How many are to be warned of; few rows are looked at to know it."""
    with CaptureQueriesContext(connection) as asked:
        due = reminders._due_and_not_warned("reply", "officer", datetime.fromtimestamp(NOW, UTC))
    assert rows_looked_at(asked.captured_queries[0]["sql"]) <= FEW
    return len(due)


def test_no_page_asks_more_often_with_many_rows_than_with_few(desk):
    """Beyond a thousand rows the planner is asked how many there are: one question more, once."""
    pages = [LIST, f"{LIST}?state=dialogue", f"{LIST}?owed=mine", f"{LIST}?q=hydrogen", "/admin/"]
    with_many = {page: asked_by(desk, page) for page in pages}
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE enquiries_enquiry CASCADE")
    Making(seed=9, years=1, now=NOW).make(60)
    with_few = {page: asked_by(desk, page) for page in pages}
    more = {page: (with_few[page], with_many[page]) for page in pages if with_many[page] > with_few[page] + 1}
    assert not more


def asked_by(desk, page):
    desk.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(page).status_code == 200
    return len(asked)
