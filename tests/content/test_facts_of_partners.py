"""People, visits, agreements, news and events, typed by hand from the documents and read from the database."""

from datetime import UTC, date, datetime

import pytest

from partners.models import Appointment, DelegationVisit, Memorandum, MemorandumTerm, Organisation, Person
from prospectus.models import Event, NewsItem, Page

pytestmark = pytest.mark.django_db

NAMES = [
    # key, given and family in Latin letters, family and given in Hangul, own script
    ("steve-rotheram", "Steve", "Rotheram", "로더람", "스티브", "latin"),
    ("park-heong-joon", "Heong-joon", "Park", "박", "형준", "hangul"),
    ("jeong-kyeong-yun", "Kyeong-yun", "Jeong", "정", "경윤", "hangul"),
    ("jang-byeong-hoon", "Byeong-hoon", "Jang", "장", "병훈", "hangul"),
    ("kim-hyung-kyun", "Hyung-kyun", "Kim", "김", "형균", "hangul"),
    ("colin-crooks", "Colin", "Crooks", "크룩스", "콜린", "latin"),
    ("ottoline-leyser", "Ottoline", "Leyser", "라이저", "오토린", "latin"),
    ("dario-gil", "Dario", "Gil", "길", "다리오", "latin"),
    ("rachel-shorney", "Rachel", "Shorney", "쇼니", "레이첼", "latin"),
]

VISITS = [
    ("outbound-korea-2022-05", "DV-2022-0001", "outbound", "2022-05", "", "lcrca"),
    ("inbound-kwater-2022-12", "DV-2022-0002", "inbound", "2022-12-06", "", "k-water"),
    ("inbound-busan-advance-2022-12", "DV-2022-0003", "inbound", "2022-12", "", "busan-metropolitan-city"),
    ("outbound-cpc-busan-2023-02", "DV-2023-0001", "outbound", "2023-02-09", "", "connected-places-catapult"),
    (
        "inbound-busan-2023-06",
        "DV-2023-0002",
        "inbound",
        "2023-06-26",
        "2023-06-27",
        "busan-metropolitan-city",
    ),
    ("outbound-busan-2023-07", "DV-2023-0003", "outbound", "2023-07-24", "2023-07-29", "lcrca"),
    ("outbound-cpc-busan-2023-09", "DV-2023-0004", "outbound", "2023-09-20", "", "connected-places-catapult"),
    ("inbound-kwater-2025-11", "DV-2025-0001", "inbound", "2025-11-05", "", "k-water"),
]

MEMORANDA = [
    # slug, reference, instrument, signed, parties, signatories
    (
        "lcrca-kwater-2022",
        "MOU-2022-0001",
        "moa",
        date(2022, 12, 6),
        "lcrca k-water",
        "steve-rotheram jeong-kyeong-yun",
    ),
    (
        "busan-british-embassy-2023",
        "MOU-2023-0001",
        "mou",
        date(2023, 2, 8),
        "busan-metropolitan-city british-embassy-seoul",
        "park-heong-joon colin-crooks john-whittingdale",
    ),
    (
        "lcr-busan-2023",
        "MOU-2023-0002",
        "mou",
        date(2023, 6, 27),
        "lcrca busan-metropolitan-city",
        "steve-rotheram park-heong-joon",
    ),
    (
        "cdc-btp-2023",
        "MOU-2023-0003",
        "loi",
        date(2023, 7, 26),
        "civic-data-cooperative busan-techno-park",
        "iain-buchan kim-hyung-kyun",
    ),
]


@pytest.mark.parametrize("row", NAMES, ids=[row[0] for row in NAMES])
def test_a_name_is_split_as_its_bearer_would(row):
    key, latin_given, latin_family, hangul_family, hangul_given, script = row
    person = Person.objects.get(key=key)
    assert (person.latin_given, person.latin_family) == (latin_given, latin_family)
    assert (person.hangul_family, person.hangul_given) == (hangul_family, hangul_given)
    assert person.own_script == script


def test_every_name_is_split_in_both_scripts():
    for person in Person.objects.all():
        assert all([person.latin_given, person.latin_family, person.hangul_given, person.hangul_family]), (
            person.key
        )


def test_a_korean_name_is_one_word_and_a_british_one_two():
    assert Person.objects.get(key="park-heong-joon").hangul_name == "박형준"
    assert Person.objects.get(key="steve-rotheram").hangul_name == "스티브 로더람"


def test_four_people_write_their_names_in_hangul():
    assert Person.objects.filter(own_script="hangul").count() == 4


def test_honours_and_honorifics_stand_apart_from_the_name():
    assert Person.objects.get(key="nicola-yates").honours == "OBE"
    hague = Person.objects.get(key="jon-hague")
    assert (hague.honorific_en, hague.honorific_ko) == ("Dr", "박사")
    assert Person.objects.get(key="iain-buchan").latin_name == "Professor Iain Buchan"


def test_the_innovation_board_has_26_members():
    board = Appointment.objects.filter(kind=Appointment.Kind.BOARD)
    assert board.count() == 26
    assert set(board.values_list("organisation__key", "public")) == {("lcrca", True)}


def test_jon_hague_chairs_the_board_and_stands_first():
    chair = Appointment.objects.filter(kind=Appointment.Kind.BOARD).order_by("position").first()
    assert chair.person.key == "jon-hague"
    assert (chair.title_en, chair.title_ko) == ("Chair, Innovation Board", "혁신위원회 위원장")


def test_the_mayor_is_not_a_member_of_the_board():
    assert not Appointment.objects.filter(person__key="steve-rotheram", kind=Appointment.Kind.BOARD).exists()


def test_the_deputy_chief_executive_of_2022_is_not_shown_as_todays():
    assert Appointment.objects.get(person__key="richard-mcguckin").until_date.iso == "2022"


def test_a_laureate_of_1902_is_no_public_officer():
    assert not Appointment.objects.filter(person__key="ronald-ross", public=True).exists()


@pytest.mark.parametrize("row", VISITS, ids=[row[0] for row in VISITS])
def test_a_visit_has_its_reference_direction_and_dates(row):
    slug, reference, direction, starts, ends, lead = row
    visit = DelegationVisit.objects.get(slug=slug)
    assert (visit.reference, visit.direction, visit.lead.key) == (reference, direction, lead)
    assert visit.starts.iso == starts
    assert (visit.ends.iso if visit.ends else "") == ends


def test_no_delegation_of_november_2023_was_invented():
    assert not [visit for visit in DelegationVisit.objects.all() if visit.starts.iso.startswith("2023-11")]
    assert not Memorandum.objects.filter(signed_on__year=2023, signed_on__month__gt=7).exists()


def test_twelve_people_went_to_busan_in_july_2023():
    visit = DelegationVisit.objects.get(slug="outbound-busan-2023-07")
    assert visit.headcount == 12
    assert visit.person_rows.first().person.key == "katherine-fairclough"
    assert visit.stops.count() == 9


def test_the_letter_of_intent_was_signed_at_the_jisa_campus():
    stop = DelegationVisit.objects.get(slug="outbound-busan-2023-07").stops.get(date="2023-07-26")
    assert (stop.site.slug, stop.organisation.key) == ("btp-jisa", "busan-techno-park")


def test_the_mayor_of_busan_signed_at_the_combined_authority_on_27_june():
    stops = DelegationVisit.objects.get(slug="inbound-busan-2023-06").stops
    assert stops.get(site__slug="mann-island").date.iso == "2023-06-27"


def test_outcomes_are_one_a_line_in_both_languages():
    visit = DelegationVisit.objects.get(slug="outbound-korea-2022-05")
    assert len(visit.outcomes_en.splitlines()) == len(visit.outcomes_ko.splitlines()) == 3


@pytest.mark.parametrize("row", MEMORANDA, ids=[row[0] for row in MEMORANDA])
def test_a_memorandum_has_its_parties_signatories_and_date(row):
    slug, reference, instrument, signed, parties, signatories = row
    memorandum = Memorandum.objects.get(slug=slug)
    assert (memorandum.reference, memorandum.instrument, memorandum.signed_on) == (
        reference,
        instrument,
        signed,
    )
    assert [party.organisation.key for party in memorandum.party_rows.all()] == parties.split()
    assert [signatory.person.key for signatory in memorandum.signatory_rows.all()] == signatories.split()


def test_the_busan_memorandum_ends_after_five_years_by_our_reckoning():
    term = Memorandum.objects.get(slug="lcr-busan-2023").terms.get()
    assert (term.starts, term.years, term.expires) == (date(2023, 6, 27), 5, date(2028, 6, 27))
    assert term.basis == MemorandumTerm.Basis.COMPUTED


def test_the_extension_of_2025_is_a_second_term_without_an_expiry():
    first, second = Memorandum.objects.get(slug="lcrca-kwater-2022").terms.all()
    assert (first.starts, first.years, first.expires) == (date(2022, 12, 6), None, None)
    assert (second.starts, second.years, second.expires) == (date(2025, 11, 5), 2, None)


def test_the_letter_of_intent_has_no_stated_length():
    term = Memorandum.objects.get(slug="cdc-btp-2023").terms.get()
    assert (term.years, term.expires, term.basis) == (None, None, "")


def test_the_busan_memorandum_begins_with_three_fields():
    memorandum = Memorandum.objects.get(slug="lcr-busan-2023")
    assert memorandum.fields_of_work_en.splitlines() == [
        "Digital innovation and smart cities",
        "Clean energy and net zero",
        "Health",
    ]
    assert memorandum.programme.slug == "uk-rok-innovation-twins"


@pytest.mark.parametrize(
    ("key", "country", "kind"),
    [
        ("k-water", "KR", "company"),
        ("lcrca", "GB", "government"),
        ("orsted", "DK", "company"),
        ("busan-metropolitan-city", "KR", "city"),
        ("ibm", "US", "company"),
        ("lstm", "GB", "university"),
    ],
)
def test_an_organisation_has_its_country_and_kind(key, country, kind):
    organisation = Organisation.objects.get(key=key)
    assert (organisation.country, organisation.kind) == (country, kind)


@pytest.mark.parametrize(
    ("slug", "iso"),
    [
        ("busan-mou-signed", "2023-06-27"),
        ("k-water-agreement", "2022-12-06"),
        ("busan-letter-of-intent", "2023-07-26"),
        ("vaccine-hpo-launch", "2022-10-12"),
        ("fabric-district-consultation", "2023-06"),
        ("prospectus-in-korean", "2022"),
    ],
)
def test_news_is_dated_as_exactly_as_it_is_known(slug, iso):
    assert NewsItem.objects.get(slug=slug).date.iso == iso


def test_the_consultation_sessions_are_in_british_summer_time():
    first, second = Event.objects.all()
    assert (first.starts_at, first.ends_at) == (
        datetime(2023, 6, 14, 14, tzinfo=UTC),
        datetime(2023, 6, 14, 17, tzinfo=UTC),
    )
    assert (second.starts_at, second.ends_at) == (
        datetime(2023, 6, 15, 15, tzinfo=UTC),
        datetime(2023, 6, 15, 18, tzinfo=UTC),
    )
    assert {first.zone, second.zone} == {"Europe/London"}
    assert (first.venue_organisation.key, second.venue_organisation.key) == ("brain-charity", "rustys-bar")


def test_the_pages_that_a_public_site_needs_are_there():
    slugs = "about leadership working-with-us accessibility privacy cookies terms"
    assert list(Page.objects.values_list("slug", flat=True)) == slugs.split()


@pytest.mark.parametrize("token", ["controller", "controller_address", "data_protection_email", "retention"])
def test_the_privacy_page_takes_from_the_settings_what_is_not_ours_to_say(token):
    page = Page.objects.get(slug="privacy")
    assert f"{{{{setting:{token}}}}}" in page.body_en
    assert f"{{{{setting:{token}}}}}" in page.body_ko
