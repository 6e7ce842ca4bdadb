"""Whom we know of those who write: suggested with a reason, confirmed by a person, taken back whole."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enquiries import known, matching
from enquiries.models import EnquiryConsent
from enquiries.triage import NotPossible
from partners import contacts
from partners.models import Appointment, ContactPoint, Organisation, Person
from tests import factories

pytestmark = pytest.mark.django_db
EMAIL, TELEPHONE = ContactPoint.Kind.EMAIL, ContactPoint.Kind.TELEPHONE
SENDER = {"email": "minjun.kim@sorae.example", "telephone": "+82 51 123 4567", "organisation": "소래터빈"}


def from_kim(**given):
    """An enquiry of somebody called Kim Min-jun."""
    return factories.enquiry(
        **{"family_name": "Kim", "given_name": "Min-jun", "country": "KR"} | SENDER | given
    )


def reasons(suggestions, record):
    return next((found.reasons for found in suggestions if found.record == record), [])


@pytest.mark.parametrize(
    ("family_name", "given_name"),
    [
        ("Kim", "Min-jun"),
        ("KIM", "Minjun"),
        ("Min-jun", "Kim"),
        ("김", "민준"),
        ("김민준", ""),
        ("Kim Min Jun", ""),
    ],
)
def test_a_person_is_suggested_by_name_in_either_script_and_order(family_name, given_name):
    person = factories.person()
    enquiry = from_kim(family_name=family_name, given_name=given_name)
    assert reasons(matching.suggested_people(enquiry), person) == ["The same name, Kim Min-jun (김민준)"]


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (EMAIL, "MinJun.Kim@Sorae.example", "The same e-mail address"),
        (TELEPHONE, "+82 51 123 4567", "The same telephone number"),
    ],
)
def test_a_person_is_suggested_by_an_address_or_number_of_theirs(kind, value, reason):
    person = factories.person(latin_family="Another", hangul_family="다른")
    person.contact_points.create(kind=kind, value=value)
    assert reasons(matching.suggested_people(from_kim()), person) == [reason]


def test_whoever_has_most_in_common_comes_first():
    namesake, person = factories.person("other"), factories.person()
    person.contact_points.create(kind=EMAIL, value=SENDER["email"])
    assert [found.record for found in matching.suggested_people(from_kim())][:2] == [person, namesake]


def test_neither_the_archived_nor_a_retired_address_is_suggested():
    person = factories.person(archived_at=timezone.now(), archived_why="Retired")
    person.contact_points.create(kind=EMAIL, value=SENDER["email"])
    other = factories.person("other", latin_family="Another", hangul_family="다른")
    other.contact_points.create(kind=EMAIL, value=SENDER["email"], retired_at=timezone.now())
    assert matching.suggested_people(from_kim()) == []


def test_who_has_no_name_in_a_script_is_no_namesake_of_the_nameless():
    factories.person(hangul_family="", hangul_given="", own_script="latin")
    assert matching.suggested_people(from_kim(family_name="-", given_name="", email="", telephone="")) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"name_ko": "소래터빈"}, "㈜소래터빈"),
        ({"name_ko": "주식회사 소래 터빈"}, "소래터빈(주)"),
        ({"name_en": "Sorae Turbine Co., Ltd."}, "SORAE TURBINE"),
        ({"name_en": "Kjellerup Offshore"}, "Kjellerup-Offshore A/S"),
        ({"name_en": "Fördertechnik Nord"}, "FÖRDERTECHNIK NORD GmbH & Co. KG"),
        ({"name_en": "Limited"}, "limited"),
    ],
)
def test_an_organisation_is_suggested_by_name_in_any_language_its_legal_form_aside(ours, theirs):
    organisation = factories.organisation(**ours)
    assert reasons(matching.suggested_organisations(from_kim(organisation=theirs)), organisation)


def test_part_of_a_name_is_no_match():
    factories.organisation(name_en="Sorae Turbine Services")
    assert matching.suggested_organisations(from_kim(organisation="Sorae Turbine")) == []


def post_at(organisation, address):
    person = factories.person("colleague", latin_family="Another", hangul_family="다른")
    person.contact_points.create(kind=EMAIL, value=address)
    Appointment.objects.create(
        key="colleague-post", person=person, organisation=organisation, title_en="Director"
    )


def test_an_organisation_is_suggested_by_the_domain_of_its_people():
    organisation = factories.organisation()
    post_at(organisation, "director@Sorae.Example")
    found = matching.suggested_organisations(from_kim(organisation=""))
    assert reasons(found, organisation) == ["Somebody of theirs writes from sorae.example"]


@pytest.mark.parametrize("domain", ["gmail.com", "naver.com", "hanmail.net"])
def test_a_free_address_tells_no_organisation(domain):
    post_at(factories.organisation(), f"director@{domain}")
    assert matching.suggested_organisations(from_kim(organisation="", email=f"kim@{domain}")) == []


# Said by a person, and taken back


@pytest.fixture
def desk(client):
    officer = factories.staff("officer")
    officer.groups.add(Group.objects.get(name="officer"))
    client.force_login(officer)
    client.officer = officer
    return client


def say(client, enquiry, verb, **data):
    response = client.post(
        f"/admin/enquiries/enquiry/{enquiry.pk}/match/", data | {"verb": verb}, follow=True
    )
    enquiry.refresh_from_db()
    return response.content.decode()


def consent(enquiry):
    return EnquiryConsent.objects.create(
        enquiry=enquiry, kind="email", given=True, wording="전자우편으로 소식을 받겠습니다.", language="ko"
    )


def test_nothing_is_matched_until_somebody_says_so(desk):
    person, enquiry = factories.person(), from_kim()
    page = desk.get(f"/admin/enquiries/enquiry/{enquiry.pk}/change/").content.decode()
    assert "The same name, Kim Min-jun" in page and "It is them" in page
    enquiry.refresh_from_db()
    assert enquiry.person is None and not person.contact_points.exists()


def test_a_confirmed_person_gets_what_is_ticked_and_a_note_says_who_said_so(desk):
    person, enquiry = factories.person(), from_kim()
    consent(enquiry)
    say(desk, enquiry, "person", person=person.pk, contacts="on", consents="on")
    assert enquiry.person == person and enquiry.notes.get().by == desk.officer
    assert {point.value for point in person.contact_points.all()} == {SENDER["email"], SENDER["telephone"]}
    given = person.consents.get()
    assert (given.source, given.recorded_by, given.language) == (enquiry.reference, desk.officer, "ko")
    assert given.wording == "전자우편으로 소식을 받겠습니다."


def test_without_a_tick_nothing_is_copied(desk):
    person, enquiry = factories.person(), from_kim()
    consent(enquiry)
    say(desk, enquiry, "person", person=person.pk)
    assert enquiry.person == person
    assert not person.contact_points.exists() and not person.consents.exists()


def test_taking_it_back_takes_what_came_from_the_enquiry_and_nothing_else(desk):
    person, enquiry = factories.person(), from_kim()
    consent(enquiry)
    kept = person.contact_points.create(kind=EMAIL, value="other@sorae.example", source="A card")
    say(desk, enquiry, "person", person=person.pk, contacts="on", consents="on")
    say(desk, enquiry, "not-person")
    assert enquiry.person is None
    assert list(person.contact_points.all()) == [kept] and not person.consents.exists()


def test_of_two_who_say_different_things_the_second_is_told(desk):
    person, other, enquiry = factories.person(), factories.person("other"), from_kim()
    known.is_person(enquiry, person, by=desk.officer)
    with pytest.raises(NotPossible, match="Take that back first"):
        known.is_person(enquiry, other, by=desk.officer)


def test_the_sender_becomes_a_new_person_with_a_post_in_one_step(desk):
    organisation = factories.organisation()
    enquiry = from_kim(family_name="오", given_name="민재", known_organisation=organisation)
    say(desk, enquiry, "new-person", contacts="on")
    person = enquiry.person
    assert (person.own_script, person.hangul_family, person.hangul_given) == ("hangul", "오", "민재")
    assert person.appointments.get().organisation == organisation
    assert person.contact_points.count() == 2
    say(desk, enquiry, "not-person")
    say(desk, enquiry, "new-person")
    assert enquiry.person != person


def test_the_organisation_is_added_in_the_language_of_its_name(desk):
    enquiry = from_kim()
    say(desk, enquiry, "new-organisation")
    organisation = enquiry.known_organisation
    assert (organisation.name_ko, organisation.name_en, organisation.country) == (
        "소래터빈",
        "소래터빈",
        "KR",
    )
    say(desk, enquiry, "not-organisation")
    assert enquiry.known_organisation is None and Organisation.objects.filter(pk=organisation.pk).exists()


def test_an_organisation_of_no_known_country_is_not_added(desk):
    enquiry = from_kim(country="")
    assert "The country is not known" in say(desk, enquiry, "new-organisation")
    assert enquiry.known_organisation is None


@pytest.mark.parametrize("data", [{"verb": "x"}, {"verb": "person", "person": "9" * 30}, {"verb": "person"}])
def test_a_verb_that_is_none_is_not_found(desk, data):
    assert desk.post(f"/admin/enquiries/enquiry/{from_kim().pk}/match/", data).status_code == 404


def test_who_may_not_see_people_is_suggested_nobody(client):
    factories.person()
    enquiry = from_kim()
    client.force_login(factories.staff("half", "enquiries.view_enquiry", "enquiries.change_enquiry"))
    page = client.get(f"/admin/enquiries/enquiry/{enquiry.pk}/change/").content.decode()
    assert "Kim" not in page and "It is them" not in page
    person = Person.objects.get(key="kim-min-jun")
    url = f"/admin/enquiries/enquiry/{enquiry.pk}/match/"
    assert client.post(url, {"verb": "person", "person": person.pk}).status_code == 403


# The sender's other enquiries


def test_other_enquiries_of_the_sender_are_found_with_the_reason():
    first = from_kim()
    by_address = factories.enquiry(email="MINJUN.KIM@sorae.example")
    by_number = factories.enquiry(email="", telephone=SENDER["telephone"])
    follower = factories.enquiry(follows=first, follows_why="The same form", email="other@x.example")
    factories.enquiry(email="somebody@x.example")
    found = dict(matching.others_of_sender(first))
    assert found == {
        by_address: ["The same e-mail address"],
        by_number: ["The same telephone number"],
        follower: ["It follows this one: the same form"],
    }


# The cost


def queries_of(enquiry):
    with CaptureQueriesContext(connection) as asked:
        matching.suggested_people(enquiry)
        matching.suggested_organisations(enquiry)
        matching.others_of_sender(enquiry)
    return len(asked)


def test_suggestions_take_five_queries_however_many_we_know():
    enquiry = from_kim()
    assert queries_of(enquiry) == 5
    for number in range(8):
        person = factories.person(f"kim-{number}")
        person.contact_points.create(kind=EMAIL, value=SENDER["email"])
        factories.organisation(f"sorae-{number}", name_ko="소래터빈")
        factories.enquiry(email=SENDER["email"])
    assert queries_of(enquiry) == 5


LOOKUPS = {
    "contact_point_value": lambda: contacts.points_of(email="a@b.example", telephone="+44 151 1"),
    "person_latin_key": lambda: contacts.people_named("Kim", "Min-jun"),
    "person_hangul_key": lambda: contacts.people_named("김", "민준"),
    "organisation_key_name_en": lambda: contacts.organisations_named("Sorae Turbine"),
    "contact_point_domain": lambda: contacts.posts_at_domain("sorae.example"),
}


@pytest.fixture
def many_known():
    """So many people and organisations that the planner has reason to use an index."""
    numbers = range(2000)
    people = Person.objects.bulk_create(
        Person(
            key=f"person-{number}",
            latin_family=f"Family {number}",
            hangul_family=f"김{chr(0xAC00 + number)}",
            hangul_given="민준",
            own_script="hangul",
        )
        for number in numbers
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(person=person, kind=EMAIL, value=f"{person.key}@firm-{person.key}.example")
        for person in people
    )
    Organisation.objects.bulk_create(
        Organisation(key=f"firm-{number}", name_en=f"Firm {number}", kind="company", country="GB")
        for number in numbers
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_person, partners_contactpoint, partners_organisation")


def test_whom_we_know_is_found_by_an_index(many_known):
    for index, rows in LOOKUPS.items():
        assert index in rows().explain(), index
