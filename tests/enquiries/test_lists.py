import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Team
from enquiries.models import Enquiry
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/enquiry/"
SEE = [
    "enquiries.view_enquiry",
    "enquiries.change_enquiry",
    "enquiries.export_enquiry",
    "partners.view_person",
]


@pytest.fixture
def officer(client):
    user = staff("officer", *SEE)
    client.force_login(user)
    return user


@pytest.fixture
def viewer(client):
    client.force_login(staff("viewer", "enquiries.view_enquiry"))


def shown(client, query=""):
    return [row.pk for row in client.get(LIST + query).context["cl"].result_list]


def many(number, **given):
    """Enquiries a minute apart, some of which are due at the same moment."""
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return [
        enquiry(
            received_at=start + timedelta(minutes=n), reply_due_at=start + timedelta(hours=n // 7), **given
        )
        for n in range(number)
    ]


def walk(client, direction, query=""):
    """Every page from here on, following the list's own links."""
    pages = []
    while query is not None:
        listed = client.get(LIST + query).context["cl"]
        pages.append([row.pk for row in listed.result_list])
        yield listed, pages
        query = getattr(listed, f"{direction}_page") or None


def test_paging_walks_every_row_once_forwards_and_back_while_others_come_in(client, officer):
    made = {row.pk for row in many(120)}
    for listed, pages in walk(client, "next"):
        last, forwards = listed, [pk for page in pages for pk in page]
        enquiry(reply_due_at=datetime(2026, 1, 1, tzinfo=UTC))  # the most urgent of all: before what was read
    assert len(forwards) == 120 and set(forwards) == made
    for _, pages in walk(client, "previous", last.previous_page):
        *back, first = (
            pages  # the first page is whole, so it may begin with what was added and repeat what follows
        )
        enquiry(reply_due_at=datetime(2027, 1, 1, tzinfo=UTC))
    read = [pk for page in back for pk in page]
    assert len(read) == len(set(read)) == 100
    assert made - {*read, *first} <= set(forwards[100:])


@pytest.mark.parametrize("order", ["?o=6", "?o=-6", "?o=3", "?o=-3"])
def test_every_order_is_walked_whole(client, officer, order):
    made = many(110)
    *_, (_, pages) = walk(client, "next", order)
    read = [pk for page in pages for pk in page]
    assert sorted(read) == sorted(row.pk for row in made)
    received = {row.pk: row.received_at for row in made}
    if order.endswith("6"):
        assert read == sorted(read, key=received.get, reverse=order == "?o=-6")


@pytest.mark.parametrize(
    "place",
    [
        "x",
        "~1",
        "2026-03-02~",
        "2026-03-02T09:00:00~1",
        "9999-99-99~1",
        "~",
        "1~99999999999999999999",
        "%00~1",
    ],
)
def test_a_place_that_is_none_leads_to_the_beginning_or_is_refused(client, officer, place):
    many(2)
    answer = client.get(f"{LIST}?after={place}")
    assert answer.status_code == 400 if "%00" in place else len(answer.context["cl"].result_list) == 2


@pytest.mark.parametrize("query", ["email__startswith=m", "owner__password=x", "state=nonsense", "owner=abc"])
def test_what_the_list_does_not_know_leads_back_to_it_with_a_word(client, officer, query):
    page = client.get(f"{LIST}?{query}", follow=True)
    assert page.redirect_chain and "does not know" in page.content.decode()


def test_filters_list_exactly_their_rows(client, officer):
    now = timezone.now()
    team = Team.objects.create(name="Energy")
    officer.teams.add(team)
    left = staff("gone")
    left.is_active = False
    left.save()
    rows = {
        "late": enquiry(reply_due_at=now - timedelta(hours=1), owner=left),
        "mine": enquiry(reply_due_at=now + timedelta(days=5), owner=officer, country="KR"),
        "teams": enquiry(reply_due_at=now + timedelta(days=30), team=team, details_to_check=True),
        "held": enquiry(
            held_at=now, held_why="x", channel="event", reply_due_at=now + timedelta(days=40),
            received_at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
        ),
    }  # fmt: skip
    keys = {row.pk: key for key, row in rows.items()}
    expected = {
        "state=unanswered": {"late", "mine", "teams"},
        "state=held": {"held"},
        "due=breached": {"late"},
        "due=soon": {"mine"},
        "owner=me": {"mine", "teams"},
        "owner=nobody": {"late", "teams", "held"},
        "owner=teams": {"teams"},
        "owner=left": {"late"},
        f"owner={officer.pk}": {"mine"},
        f"team={team.pk}": {"teams"},
        "country=KR": {"mine"},
        "channel=event": {"held"},
        "stage=new": set(rows),
        "check=yes": {"teams"},
        "held=yes": {"held"},
        "held=no": {"late", "mine", "teams"},
        "merged=yes": set(),
        "received_from=2026-01-31&received_to=2026-01-31": {"held"},
        "state=held&country=KR": set(),
    }
    assert {query: {keys[pk] for pk in shown(client, f"?{query}")} for query in expected} == expected


def test_due_today_ends_at_londons_midnight(client, officer):
    today = timezone.localtime().replace(hour=23, minute=59, second=59, microsecond=0)
    row = enquiry(reply_due_at=today)
    enquiry(reply_due_at=today + timedelta(seconds=1))
    assert shown(client, "?due=today") == [row.pk]


def test_the_first_screens_numbers_list_exactly_those_rows(client, officer):
    now = timezone.now()
    for hours in (-30, -1, 1, 100):
        enquiry(reply_due_at=now + timedelta(hours=hours))
    assert len(shown(client, "?due=breached")) == Enquiry.objects.breached().count() == 2
    assert len(shown(client, "?due=today")) == Enquiry.objects.due_today().count()


@pytest.mark.parametrize(
    "words", ["소래", "민재", "오민재", "minjae.oh", "소래터빈 민재", "51 123", "수소", "투자", "ENQ-"]
)
def test_an_enquiry_is_found_in_either_script(client, officer, words):
    row = enquiry(
        family_name="오", given_name="민재", organisation="소래터빈", email="minjae.oh@sorae.example",
        telephone="+82 51 123 4567", plans="수소경제와 투자유치를 알고 싶습니다.",
    )  # fmt: skip
    enquiry(reference="ENQ-2026-999999", organisation="Kjellerup")
    found = shown(client, f"?q={words}")
    assert row.pk in found and (words == "ENQ-" or len(found) == 1)


def test_a_frequent_word_is_capped_and_read_in_the_order_of_the_list(client, officer, monkeypatch):
    monkeypatch.setattr("publishing.desk.lists.changelist.COUNTED", 60)
    made = many(70)
    page = client.get(f"{LIST}?q=capacity")
    assert "Over 60" in page.content.decode()
    *_, (_, pages) = walk(client, "next", "?q=capacity")
    assert [len(found) for found in pages] == [50, 20]
    assert sorted(pk for found in pages for pk in found) == sorted(row.pk for row in made)


def test_large_numbers_are_estimated_and_small_ones_exact(client, officer, monkeypatch):
    many(30)
    assert "30 enquiries" in client.get(LIST).content.decode()
    monkeypatch.setattr("publishing.desk.lists.counting.COUNTED", 10)
    page = client.get(LIST).content.decode()
    assert re.search(r"(about|over) \d+ enquiries", page)


@pytest.mark.parametrize("query", ["", "?state=unanswered", "?q=capacity", "?owner=me"])
def test_many_rows_take_as_many_queries_as_few(client, officer, query):
    many(3, owner=officer)
    few = queries(client, query)
    many(40, owner=officer)
    assert queries(client, query) == few <= 18


def queries(client, query):
    client.get(LIST + query)
    with CaptureQueriesContext(connection) as found:
        assert client.get(LIST + query).status_code == 200
    return len(found)


def test_an_action_is_for_what_was_ticked_whatever_is_claimed(client, officer):
    held = [enquiry(held_at=timezone.now(), held_why="x") for _ in range(2)]
    ticked = {"action": "release_held", "_selected_action": [held[0].pk], "select_across": "1"}
    client.post(LIST, ticked)
    assert list(Enquiry.objects.held().values_list("pk", flat=True)) == [held[1].pk]


PERSONAL = {
    "given_name": "Geheim", "family_name": "Vorname", "email": "whisper@example.org", "job_title": "Confidant",
    "telephone": "+44 151 999 8888", "plans": "A clandestine refinery", "website": "https://hush.example",
}  # fmt: skip


def test_who_may_not_see_people_sees_the_organisation_and_nothing_personal(client, viewer):
    row = enquiry(organisation="소래터빈", country="KR", **PERSONAL)
    page = client.get(LIST).content.decode()
    assert row.reference in page and "소래터빈" in page and "South Korea" in page
    assert not [said for said in PERSONAL.values() if said in page]


@pytest.mark.parametrize("words", [*PERSONAL.values(), "whisper", "refinery", "G", "8888"])
def test_who_may_not_see_people_cannot_find_by_them(client, viewer, words):
    enquiry(organisation="소래터빈", **PERSONAL)
    assert shown(client, f"?q={words.replace('+', '%2B')}") == []


def test_who_may_not_see_people_finds_by_organisation_and_reference(client, viewer):
    row = enquiry(organisation="소래터빈", **PERSONAL)
    assert shown(client, "?q=터빈") == shown(client, f"?q={row.reference.lower()}") == [row.pk]


def test_several_filters_are_chosen_at_once_and_what_was_left_empty_leaves_the_address(client, officer):
    row = enquiry(country="KR", owner=officer)
    enquiry(country="KR")
    page = client.get(f"{LIST}?q=&state=unanswered&due=&owner=me&country=KR&received_from=", follow=True)
    assert page.redirect_chain == [(f"{LIST}?state=unanswered&owner=me&country=KR", 302)]
    assert [found.pk for found in page.context["cl"].result_list] == [row.pk]


def test_choosing_filters_keeps_the_words_and_the_order(client, officer):
    listed = client.get(f"{LIST}?q=capacity&o=-6&state=unanswered").context["cl"]
    assert dict(listed.kept) == {"q": "capacity", "o": "-6"}


def test_each_view_of_the_list_opens_and_says_that_it_is_the_one_shown(client, officer):
    for view in client.get(LIST).context["cl"].views:
        listed = client.get(LIST + view["address"]).context["cl"]
        assert [one["name"] for one in listed.views if one["is_shown"]] == [view["name"]]


@pytest.mark.parametrize(
    ("permissions", "tools"),
    [
        (["enquiries.view_enquiry"], []),
        (SEE, ["Enter by hand", "Upload a mail"]),
        ([*SEE, "enquiries.manage_enquiry"], ["Enter by hand", "Upload a mail", "Hand over"]),
    ],
)
def test_the_list_leads_to_what_its_reader_may_do(client, permissions, tools):
    client.force_login(staff("somebody", *permissions))
    offered = client.get(LIST).context["tools"]
    assert [tool["words"] for tool in offered] == tools
    assert all(client.get(tool["address"]).status_code == 200 for tool in offered)
