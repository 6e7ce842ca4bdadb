"""Organisations, people, involvements, visits and memoranda in the admin."""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from partners.models import Involvement, Organisation, Person
from tests import factories
from tests.admin_form import address, list_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


def rows(client, model, **query):
    return {str(row) for row in client.get(list_of(model), query).context["cl"].result_list}


@pytest.mark.parametrize("query", ["Harbour Wor", "하버", "harbour-works"])
def test_an_organisation_is_found_by_either_name(client, query):
    factories.organisation()
    assert "Harbour Works" in rows(client, Organisation, q=query)


@pytest.mark.parametrize("query", ["Kim Min-jun", "Min-jun Kim", "김민준", "민준", "kim-min"])
def test_a_person_is_found_in_either_script_whole_or_in_part(client, query):
    factories.person()
    assert "Kim Min-jun (김민준)" in rows(client, Person, q=query)


def test_a_person_whose_own_script_is_latin_is_found_by_the_hangul_name(client):
    factories.person(
        "hope",
        own_script="latin",
        latin_family="Hope",
        latin_given="Ann",
        hangul_family="호프",
        hangul_given="앤",
    )
    assert "Ann Hope" in rows(client, Person, q="앤 호프")


def test_archiving_keeps_who_when_and_why(client):
    organisation = factories.organisation()
    assert save(client, organisation, archived_why="Dissolved").status_code == 302
    organisation.refresh_from_db()
    assert organisation.archived_by.username == "administrator"
    assert organisation.archived_at and organisation.archived_why == "Dissolved"


def test_taking_the_reason_away_brings_back(client):
    organisation = factories.organisation()
    save(client, organisation, archived_why="Dissolved")
    save(client, organisation, archived_why="")
    organisation.refresh_from_db()
    assert organisation.archived_at is None and organisation.archived_by is None


def test_what_is_archived_leaves_the_list_and_the_choices(client):
    organisation = factories.organisation()
    save(client, organisation, archived_why="Dissolved")
    assert "Harbour Works" not in rows(client, Organisation, q="Harbour")
    assert "Harbour Works" in rows(client, Organisation, q="Harbour", archived="yes")
    assert "Harbour Works" in rows(client, Organisation, q="Harbour", archived="all")
    data = {
        "app_label": "partners",
        "model_name": "involvement",
        "field_name": "organisation",
        "term": "Harbour",
    }
    assert client.get("/admin/autocomplete/", data).json()["results"] == []


@pytest.mark.parametrize("make", [factories.organisation, factories.person])
def test_organisations_and_people_are_never_deleted(client, make):
    record = make()
    assert client.post(address(record, "delete"), {"post": "yes"}).status_code == 403


def test_a_person_needs_a_family_name_in_their_own_script(client):
    response = save(client, factories.person(), hangul_family="")
    assert "Give the family name in the person&#x27;s own script." in response.content.decode()


def test_a_viewer_sees_organisations_and_no_person_anywhere(client):
    memorandum, person = factories.memorandum(), factories.person()
    memorandum.signatory_rows.create(person=person)
    visit = factories.visit()
    visit.person_rows.create(person=person)
    viewer = factories.staff("viewer")
    viewer.groups.add(Group.objects.get(name="viewer"))
    client.force_login(viewer)
    assert client.get(list_of(Organisation)).status_code == 200
    assert client.get(list_of(Person)).status_code == 403
    for record in (memorandum, visit):
        page = client.get(address(record))
        assert page.status_code == 200
        assert "Min-jun" not in page.content.decode()


def test_signatories_stay_hidden_from_who_may_see_signatories_and_not_people(client):
    memorandum = factories.memorandum()
    memorandum.signatory_rows.create(person=factories.person())
    names = ["partners.view_memorandum", "partners.change_memorandum", "partners.view_signatory"]
    client.force_login(factories.staff("half", *names))
    assert "Min-jun" not in client.get(address(memorandum)).content.decode()


def test_an_involvement_is_in_exactly_one_record(client):
    organisation, opportunity = factories.organisation(), factories.opportunity()
    data = {"organisation": organisation.pk, "role": "lead", "position": "0"}
    add = "/admin/partners/involvement/add/"
    assert "in exactly one" in client.post(add, data).content.decode()
    both = data | {"opportunity": opportunity.pk, "case_study": factories.case_study().pk}
    assert "in exactly one" in client.post(add, both).content.decode()
    assert client.post(add, data | {"opportunity": opportunity.pk}).status_code == 302
    assert Involvement.objects.get(organisation=organisation).opportunity == opportunity


@pytest.mark.parametrize("query", ["하버", "River barrage", "둑"])
def test_an_involvement_is_found_by_either_end_in_either_language(client, query):
    Involvement.objects.create(
        organisation=factories.organisation(), opportunity=factories.opportunity(), role="lead"
    )
    found = client.get(list_of(Involvement), {"q": query}).content.decode()
    assert "Harbour Works" in found and "River barrage" in found


@pytest.mark.parametrize(
    ("basis", "words"),
    [("computed", "Expires 27 June 2048 (computed)"), ("stated", "Expires 27 June 2048 (stated)")],
)
def test_the_expiry_of_a_term_is_said_in_words(client, basis, words):
    memorandum = factories.memorandum()
    memorandum.terms.create(starts=date(2043, 6, 27), years=5, expires=date(2048, 6, 27), basis=basis)
    assert words in client.get(address(memorandum)).content.decode()


def test_a_term_that_ends_at_no_known_time_says_so(client):
    memorandum = factories.memorandum()
    memorandum.terms.create(starts=date(2043, 6, 27))
    assert "Expiry not known" in client.get(address(memorandum)).content.decode()
