"""How people are reached and what they agreed to, on their record."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from partners.contacts import add_point, normal_value
from partners.models import ContactPoint, Person
from tests import factories
from tests.admin_form import address, list_of, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


def add_row(client, person, prefix, **typed):
    """Save the person with one row more in an inline."""
    data = shown(client.get(address(person)))
    place = int(data[f"{prefix}-TOTAL_FORMS"])
    data |= {f"{prefix}-TOTAL_FORMS": place + 1, f"{prefix}-{place}-person": person.pk}
    data |= {f"{prefix}-{place}-{name}": value for name, value in typed.items()}
    return client.post(address(person), data)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("telephone", "+82-(0)51-123-4567", "+82 51 123 4567"),
        ("telephone", "+44 (151) 233 2000", "+44 151 233 2000"),
        ("email", "Min.Jun@SORAE.Example", "Min.Jun@sorae.example"),
        ("post", "1 Mann Island, Liverpool", "1 Mann Island, Liverpool"),
    ],
)
def test_an_address_or_number_is_stored_in_one_form(client, kind, typed, stored):
    person = factories.person()
    assert add_row(client, person, "contact_points", kind=kind, value=typed).status_code == 302
    assert person.contact_points.get().value == stored


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [("telephone", "051 123", "country code"), ("email", "min jun", "such as name@company.kr")],
)
def test_what_reaches_nobody_is_refused_with_a_sentence(client, kind, typed, words):
    person = factories.person()
    assert words in add_row(client, person, "contact_points", kind=kind, value=typed).content.decode()
    assert not person.contact_points.exists()


def test_the_same_address_twice_is_refused_whatever_its_case(client):
    person = factories.person()
    person.contact_points.create(kind="email", value="a@sorae.example")
    page = add_row(client, person, "contact_points", kind="email", value="A@sorae.example")
    assert "They have this one already" in page.content.decode() and person.contact_points.count() == 1


def test_another_address_can_become_the_first_to_try(client):
    person = factories.person()
    later = person.contact_points.create(kind="email", value="later@sorae.example")
    first = person.contact_points.create(kind="email", value="first@sorae.example", preferred=True)
    data = shown(client.get(address(person)))
    places = {int(data[f"contact_points-{place}-id"]): place for place in range(2)}
    del data[f"contact_points-{places[first.pk]}-preferred"]
    data[f"contact_points-{places[later.pk]}-preferred"] = "on"
    assert client.post(address(person), data).status_code == 302
    assert person.contact_points.get(preferred=True) == later
    data[f"contact_points-{places[first.pk]}-preferred"] = "on"
    assert "the first to try" in client.post(address(person), data).content.decode()


CONSENT = {
    "kind": "email",
    "given": "on",
    "wording": "May we write to you?",
    "language": "en",
    "at_0": "2026-11-16",
    "at_1": "10:00",
    "source": "By telephone",
}


def test_a_consent_is_added_with_who_recorded_it_and_never_edited(client):
    person = factories.person()
    assert add_row(client, person, "consents", **CONSENT).status_code == 302
    consent = person.consents.get()
    assert consent.given and consent.recorded_by.username == "administrator"
    data = shown(client.get(address(person)))
    data |= {
        "consents-0-id": consent.pk,
        "consents-0-person": person.pk,
        "consents-0-wording": "Something else",
    }
    client.post(address(person), data)
    consent.refresh_from_db()
    assert consent.wording == "May we write to you?"


@pytest.mark.parametrize(
    "query", ["minjun@sorae", "MINJUN@SORAE.EXAMPLE", "+82511234567", "051-123-4567", "51 123"]
)
def test_a_person_is_found_by_an_address_or_number_however_it_is_written(client, query):
    person = factories.person()
    person.contact_points.create(kind="email", value="minjun@sorae.example")
    person.contact_points.create(kind="telephone", value="+82 51 123 4567")
    found = client.get(list_of(Person), {"q": query}).context["cl"].result_list
    assert list(found) == [person]


def test_an_officer_keeps_contact_points_and_a_viewer_sees_none(client):
    person = factories.person()
    person.contact_points.create(kind="email", value="minjun@sorae.example")
    for role, status in (("officer", 200), ("viewer", 403)):
        user = factories.staff(role)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        response = client.get(address(person))
        assert response.status_code == status
        assert ("minjun@sorae.example" in response.content.decode()) == (status == 200)


def test_an_address_that_was_retired_works_again_when_it_is_given_again():
    person = factories.person()
    point, is_new = add_point(person, ContactPoint.Kind.EMAIL, "a@b.example", source="ENQ-2026-0001")
    assert is_new
    ContactPoint.objects.update(retired_at=point.added_at)
    again, is_new = add_point(person, ContactPoint.Kind.EMAIL, "A@b.example", source="ENQ-2026-0002")
    assert again == point and not is_new and again.retired_at is None


def test_a_number_without_its_country_needs_the_country():
    assert normal_value("telephone", "051-123-4567", "KR") == "+82 51 123 4567"
    with pytest.raises(ValidationError):
        normal_value("telephone", "051-123-4567")
