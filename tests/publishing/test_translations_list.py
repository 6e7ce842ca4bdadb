"""The one page of everything that is translated."""

import re
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.models import CaseStudy, Opportunity, Theme
from publishing.models import Desk, Provenance
from publishing.publication import note_provenance, publish
from publishing.translations.overview import Selection, counts_by_state, rows_of
from publishing.translations.state import states_of
from publishing.workflow import assign
from tests import factories
from tests.publishing.desk_form import desk_of

pytestmark = pytest.mark.django_db
STATES = ("", "stale", "missing", "unreviewed", "current")


@pytest.fixture
def translator():
    return factories.staff("translator", "publishing.translate_ko")


@pytest.fixture
def client(client, translator):
    client.force_login(translator)
    return client


@pytest.fixture
def some_of_each():
    """In Korean: one record stale, one missing, one unreviewed; everything else of the content is current."""
    stale = factories.opportunity("stale-one", title_en="Stale one", title_ko="낡은 제목")
    note_provenance(stale, "title", "ko", "Stale One")
    note_provenance(stale, "summary", "ko", stale.summary_en)
    missing = factories.theme("missing-one", title_en="Missing one", summary_ko="")
    note_provenance(missing, "title", "ko", "Missing one")
    unreviewed = factories.site("unreviewed-one", title_en="Unreviewed one")
    return {"stale": stale, "missing": missing, "unreviewed": unreviewed}


def page(client, **query):
    response = client.get(reverse("admin:translations"), query)
    assert response.status_code == 200
    return response


def titles(response):
    return [row.title for row in response.context["page"].object_list]


def every_row(client, address):
    """The rows of every page of the list that a link leads to."""
    found, number = [], 1
    while True:
        response = client.get(f"{reverse('admin:translations')}{address}&page={number}")
        found += re.findall(r'name="text" value="([^"]+)"', response.content.decode())
        if not response.context["page"].has_next():
            return found
        number += 1


def test_each_count_is_the_number_of_rows_that_its_link_leads_to(client, some_of_each):
    shown = unescape(page(client).content.decode())
    links = re.findall(r'<a href="(\?[^"]*)"[^>]*><svg.*?</svg><b>(\d+)</b> <span>(\w+)</span>', shown)
    assert [label for _, _, label in links] == ["All", "Stale", "Missing", "Unreviewed", "Current"]
    for address, count, _label in links:
        rows = every_row(client, address)
        assert len(rows) == len(set(rows)) == int(count)


def test_the_counts_are_those_of_what_the_list_is_narrowed_down_to(client, some_of_each):
    shown = page(client, model="opportunities.theme", q="one").content.decode()
    counts = re.findall(r"<b>(\d+)</b>", shown)
    assert counts == ["1", "0", "1", "0", "0"]


@pytest.mark.parametrize("state", ["stale", "missing", "unreviewed"])
def test_the_list_shows_one_state(client, some_of_each, state):
    assert titles(page(client, state=state)) == [some_of_each[state].title_en]


def test_the_worst_stand_first(client, some_of_each):
    assert titles(page(client))[:3] == ["Stale one", "Missing one", "Unreviewed one"]


@pytest.mark.parametrize("words", ["stale one", "낡은", "제목 stale", "stale-one"])
def test_a_record_is_found_by_its_title_in_any_language_and_by_its_address(client, some_of_each, words):
    assert titles(page(client, q=words)) == ["Stale one"]


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "x" * 3000, "no such title", "\\"])
def test_strange_words_find_nothing_and_break_nothing(client, words):
    response = client.get(reverse("admin:translations"), {"q": words})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"state": "x"}, {"model": "a.b"}, {"assignee": "99999999999999999999"}, {"page": "-7"}, {"page": "z"}],
)
def test_what_does_not_exist_narrows_nothing_down(client, query):
    assert (
        page(client, **query).context["page"].paginator.count == page(client).context["page"].paginator.count
    )


def test_texts_can_be_those_of_one_person_or_of_nobody(client, some_of_each, translator):
    assign([(some_of_each["stale"], "ko")], translator, by=None)
    assert titles(page(client, assignee="me")) == ["Stale one"]
    assert "Stale one" not in titles(page(client, assignee="nobody"))
    other = factories.staff("other", "publishing.translate_ko")
    client.force_login(other)
    assert titles(page(client, assignee=translator.pk)) == ["Stale one"]
    assert "translator" in page(client).content.decode()
    assert titles(page(client, assignee="me")) == []


def test_a_long_list_is_cut_into_pages_of_fifty(client):
    response = page(client, page=2)
    assert len(titles(page(client))) == 50 and response.context["page"].number == 2
    assert not set(titles(page(client))) & set(titles(response))


def test_each_row_leads_to_the_desk_of_its_record_and_says_what_readers_have(client, some_of_each):
    publish([some_of_each["stale"]], ["ko"], by=None)
    shown = page(client, state="stale").content.decode()
    assert f'href="{desk_of(some_of_each["stale"])}"' in shown
    assert "1 stale" in shown and "Live" in shown and '<span lang="ko">낡은 제목</span>' in shown


def test_who_translates_nothing_has_no_list(client):
    client.force_login(factories.staff("reader", "opportunities.view_opportunity"))
    assert client.get(reverse("admin:translations")).status_code == 403


def test_an_editor_sees_the_records_that_are_theirs_to_write(client, some_of_each):
    client.force_login(factories.staff("writer", "opportunities.change_theme"))
    assert page(client).context["page"].paginator.count == Theme.objects.count()
    assert "Publish together" not in page(client).content.decode()


def test_who_publishes_is_offered_to_publish_the_selected_together(client, some_of_each):
    client.force_login(factories.staff("manager", "opportunities.change_theme", "publishing.publish"))
    assert 'formaction="/admin/launch/"' in page(client).content.decode()


def test_a_post_changes_nothing_here(client):
    assert client.post(reverse("admin:translations")).status_code == 405


def test_an_empty_list_says_so(client):
    Provenance.objects.all().delete()
    assert "No text is stale." in page(client, state="stale").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_max_num_queries):
    page(client)
    Opportunity.objects.bulk_create(
        Opportunity(
            slug=f"many-{number}",
            title_en=f"Many {number}",
            summary_en="Many.",
            stage="feasibility",
            district="wirral",
        )
        for number in range(300)
    )
    with django_assert_max_num_queries(22):
        page(client)


short = st.sampled_from(["", "A", "B"])
notes = st.sampled_from([None, ("A", "final"), ("B", "final"), ("A", "unreviewed")])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(short, short, notes), min_size=3, max_size=3))
def test_sql_counts_every_state_as_python_reckons_it(cases):
    record = factories.case_study("counted")
    try:
        for name, (english, korean, noted) in zip(["summary", "body", "lesson"], cases, strict=True):
            CaseStudy.objects.filter(pk=record.pk).update(**{f"{name}_en": english, f"{name}_ko": korean})
            if noted:
                note_provenance(record, name, "ko", noted[0], state=noted[1])
        selection = Selection(((CaseStudy, "ko"),), words="counted")
        (row,) = rows_of(selection)
        states = list(states_of([CaseStudy.objects.get(pk=record.pk)])[record.pk]["ko"].values())
        counted = {state: row[f"{state}_texts"] for state in ("stale", "missing", "unreviewed")}
        assert counted == {state: states.count(state) for state in counted}
        tallies = counts_by_state(selection)
        assert {state: tallies[state].records for state in STATES} == {
            state: rows_of(selection.but(state=state)).count() for state in STATES
        }
    finally:
        Provenance.objects.filter(record_id=record.pk, record_type__model="casestudy").delete()
        Desk.objects.all().delete()
        record.delete()
