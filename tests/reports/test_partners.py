"""Reports on partners against a reckoning by hand, in plain Python over rows made for it."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from partners.models import (
    Interaction,
    InteractionOrganisation,
    MemorandumParty,
    MemorandumTerm,
    VisitOrganisation,
)
from tests import factories
from tests.factories import staff
from tests.reports.asking import listed, rows, taken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
YEAR = {"period": "days", "first": "2025-04-01", "last": "2026-03-31"}
CHANNELS = ["email", "telephone", "video", "face-to-face"]
CONTACTS = ["partners.view_organisation", "partners.view_interaction"]


@pytest.fixture
def officer():
    return staff("officer", *CONTACTS, "partners.view_memorandum", "partners.view_delegationvisit")


@pytest.fixture
def year():
    """A contact every nine days and eleven hours for fourteen months, with one, two or no organisations; some never
    reached anybody, some are drafts."""
    organisations = [
        factories.organisation(f"partner-{n}", name_en=f"Partner {n}", country=country)
        for n, country in enumerate(["KR", "GB", "DE"])
    ]
    made, at, number = [], datetime(2025, 2, 20, 23, 30, tzinfo=UTC), 0
    while at < datetime(2026, 5, 1, tzinfo=UTC):
        contact = Interaction.objects.create(
            at=at,
            channel=CHANNELS[number % 4],
            direction="from-us" if number % 3 else "conversation",
            reached=number % 5 != 4,
            status="draft" if number % 11 == 10 else "complete",
            subject=f"Contact {number}",
        )
        with_whom = [organisations[number % 3], organisations[(number + 1) % 3]][: number % 3]
        for organisation in with_whom:
            InteractionOrganisation.objects.create(interaction=contact, organisation=organisation)
        made.append((contact, [organisation.key for organisation in with_whom]))
        at, number = at + timedelta(days=9, hours=11), number + 1
    return made


def counted(year):
    """Those of the financial year in London that are no drafts. Both of its edges lie in summer time."""
    first, end = datetime(2025, 3, 31, 23, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC)
    return [(one, keys) for one, keys in year if first <= one.at < end and one.status == "complete"]


def test_contacts_by_channel_are_those_that_were_made(officer, year):
    found = rows("contacts-by", officer, now=NOW, by="channel", **YEAR)
    number, reached, whom = Counter(), Counter(), defaultdict(set)
    for contact, keys in counted(year):
        for key in (contact.get_channel_display(), "All"):
            number[key] += 1
            reached[key] += contact.reached
            whom[key].update(keys)
    for label in ["E-mail or website", "Telephone", "Letter", "Face to face", "Video", "Social media", "All"]:
        assert found[label] == (number[label], reached[label], len(whom[label])), label


def test_contacts_by_month_show_every_month_of_londons_year(officer, year):
    found = rows("contacts-by", officer, now=NOW, by="month", **YEAR)
    by_month = Counter()
    for contact, _keys in counted(year):
        summer = contact.at.date() < date(2025, 10, 26) or contact.at.date() >= date(2026, 3, 29)
        by_month[(contact.at + timedelta(hours=summer)).strftime("%B %Y")] += 1
    months = {label.replace("\u00a0", " "): cells[0] for label, cells in found.items()}
    assert months.pop("All") == sum(by_month.values())
    assert len(months) == 12 and {month: n for month, n in months.items() if n} == dict(by_month)


@pytest.mark.parametrize("by", ["channel", "kind", "direction", "month", "quarter", "year"])
def test_every_figure_of_contacts_leads_to_as_many_rows(client, officer, year, by):
    client.force_login(officer)
    table = taken("contacts-by", officer, now=NOW, by=by, **YEAR).content
    for row in [*table.rows, table.totals]:
        for key, address in row.links.items():
            page = client.get(address)
            assert page.status_code == 200
            assert len(page.context["cl"].result_list) == table.cell(key, row), (row, address)


def test_engagement_has_every_organisation_its_contacts_and_its_last_one(officer, year):
    by_key = Counter(key for _contact, keys in counted(year) for key in keys)
    last = {}
    for contact, keys in year:
        if contact.status == "complete":
            last |= dict.fromkeys(keys, contact.at)
    found = listed("partner-engagement", officer, now=NOW, **YEAR)
    assert len(found) == taken("partner-engagement", officer, now=NOW, **YEAR).scope.matched
    made = [row for row in found if row["Contacts in the period"]]
    assert sorted(row["Contacts in the period"] for row in made) == sorted(by_key.values())
    assert {row["Last contact (London)"].replace(tzinfo=None) for row in made} == {
        _in_london(moment) for moment in last.values()
    }


def _in_london(moment):
    summer = date(2025, 3, 30) <= moment.date() < date(2025, 10, 26) or moment.date() >= date(2026, 3, 29)
    return (moment + timedelta(hours=summer)).replace(tzinfo=None)


def test_engagement_can_show_whom_nobody_spoke_to(officer, year):
    factories.organisation("quiet-partner", name_en="Quiet Partner")
    silent = listed("partner-engagement", officer, now=NOW, contact="no", **YEAR)
    spoken = listed("partner-engagement", officer, now=NOW, contact="yes", **YEAR)
    assert "Quiet Partner" in {row["Organisation"] for row in silent}
    assert not any(row["Contacts in the period"] for row in silent)
    assert all(row["Contacts in the period"] for row in spoken)
    assert len(silent) + len(spoken) == len(listed("partner-engagement", officer, now=NOW, **YEAR))


def test_a_visit_counts_from_the_first_day_it_may_have_begun(officer):
    for number, starts in enumerate(["2025-04", "2025", "2026-03-31", "2026-04-01", "2025-03-31/2025-04-02"]):
        factories.visit(
            f"visit-{number}",
            reference=f"DV-2031-000{number}",
            starts=starts,
            lead=factories.organisation(f"lead-{number}"),
        )
    found = {row["Reference"] for row in listed("visits", officer, now=NOW, **YEAR)}
    assert found & {f"DV-2031-000{n}" for n in range(5)} == {"DV-2031-0000", "DV-2031-0002"}


def test_a_visit_says_how_many_took_part(officer):
    visit = factories.visit(starts="2025-06", headcount=12)
    for number in range(3):
        VisitOrganisation.objects.create(visit=visit, organisation=factories.organisation(f"guest-{number}"))
    (row,) = [
        row for row in listed("visits", officer, now=NOW, **YEAR) if row["Reference"] == visit.reference
    ]
    assert (row["Organisations"], row["People"], row["Led by"]) == (3, 12, "Harbour Works")


@pytest.mark.parametrize(
    ("expires", "standings"),
    [
        (date(2026, 11, 22), {"expired"}),
        (date(2026, 11, 23), {"in-force", "expiring"}),
        (date(2027, 11, 23), {"in-force", "expiring"}),
        (date(2027, 11, 24), {"in-force"}),
        (None, {"unknown"}),
    ],
)
def test_a_memorandum_stands_as_its_last_term_says(officer, expires, standings):
    memorandum = factories.memorandum()
    MemorandumTerm.objects.create(memorandum=memorandum, position=0, expires=date(2020, 1, 1), basis="stated")
    MemorandumTerm.objects.create(
        memorandum=memorandum, position=1, expires=expires, basis="stated" if expires else ""
    )
    found = {
        standing
        for standing in ("in-force", "expiring", "expired", "unknown")
        if memorandum.reference
        in {row["Reference"] for row in listed("memoranda", officer, now=NOW, standing=standing)}
    }
    assert found == standings


def test_names_are_in_the_language_of_the_report_and_fall_back_to_the_source(officer):
    memorandum = factories.memorandum()
    for position, (key, korean) in enumerate([("one", "첫째 기관"), ("two", "")]):
        organisation = factories.organisation(key, name_en=f"Body {key}", name_ko=korean)
        MemorandumParty.objects.create(memorandum=memorandum, organisation=organisation, position=position)
    content = taken("memoranda", officer, now=NOW, language="ko").content
    named = {f"cell_{place}": column.value for place, column in enumerate(content.columns)}
    row = content.queryset.filter(pk=memorandum.pk).annotate(**named).values(*named).get()
    assert "항만 협약" in row.values() and "첫째 기관, Body two" in row.values()
