"""A made-up financial year of enquiries and projects, April 2024 to March 2025, with the odd cases: the first and the
last moment of the year, both changes of the clock, held, merged (into one that was merged), no country, two
opportunities of one theme, one without a theme, replies that did not arrive, late ones, none; overlapping waits.

It is the same every time, and read back by the tests with plain Python."""

import uuid
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from accounts.models import Team
from enquiries.clock import Clock
from enquiries.models import (
    Enquiry,
    EnquiryInteraction,
    EnquiryOpportunity,
    InvestmentProject,
    ProjectChange,
    ProjectEnquiry,
    Sector,
    Wait,
)
from partners.models import Interaction
from reports.models import PageCount
from tests import factories

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
YEAR = {"period": "days", "first": FIRST.isoformat(), "last": LAST.isoformat()}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FAR = datetime(2099, 1, 1, tzinfo=UTC)
NUMBER = 60
ODD_MOMENTS = [
    "2024-03-31T22:59:59.999999+00:00",  # the last moment before the year
    "2024-03-31T23:00:00+00:00",  # its first
    "2025-03-31T22:59:59.999999+00:00",  # its last
    "2025-03-31T23:00:00+00:00",  # the first after it
    "2024-06-30T23:30:00+00:00",  # July in London
    "2024-10-27T00:30:00+00:00",  # the hour that there is twice
    "2024-10-27T01:30:00+00:00",
    "2025-03-30T00:59:59+00:00",  # before the hour that there is not
    "2025-03-30T01:00:00+00:00",
    "2024-12-24T16:59:00+00:00",
]
COUNTRIES = ["KR", "JP", "", "DE", "KR"]
CHANNELS = ["website", "website", "email", "telephone"]
PAGES = ["/en/opportunities/year-a/", "/ko/opportunities/year-a/", "", "/en/", "/en/themes/year-one/", ""]
CAMPAIGNS = ["", "seoul", "", "", "spring"]
ASKED = [(), ("a",), ("b",), ("a", "b"), ("c",), ("a", "c"), ("d",)]  # a and b are of one theme, d of none
MERGED = {50: 49, 51: 50, 52: 49}
ENDS = ["non-applicable", "non-responsive", "non-fdi"]


def make():
    """The year, in the order of its numbers."""
    officers = [factories.staff("year-ann"), factories.staff("year-bob"), None]
    teams = [Team.objects.create(name="Year team"), None, None]
    asked = _opportunities()
    clock = Clock.now_in_force()
    received = [_received(number) for number in range(NUMBER)]
    rows = [_enquiry(number, received, clock, officers, teams) for number in range(NUMBER)]
    Enquiry.objects.bulk_create(rows)
    for number, into in MERGED.items():
        Enquiry.objects.filter(pk=rows[number].pk).update(merged_into=rows[into])
    _asked_about(rows, asked)
    _replies(rows)
    _waits(rows)
    projects = _projects(rows, officers[0])
    _reads()
    return rows, projects


def _opportunities():
    themes = {key: factories.theme(f"year-{key}", title_en=f"Theme {key}") for key in ("one", "two")}
    made = {key: factories.opportunity(f"year-{key}", title_en=f"Opportunity {key}") for key in "abcd"}
    for key, theme in (("a", "one"), ("b", "one"), ("c", "two")):
        made[key].theme_rows.create(theme=themes[theme])
    return made


def _received(number):
    if number < len(ODD_MOMENTS):
        return datetime.fromisoformat(ODD_MOMENTS[number])
    return datetime(2024, 4, 2, 7, 45, tzinfo=UTC) + (number - 10) * (
        7 * DAY + 5 * HOUR + timedelta(seconds=7)
    )


def _started(number, received):
    """The earliest receipt of all that was merged into it."""
    from_others = [_started(other, received) for other, into in MERGED.items() if into == number]
    return min([received[number], *from_others])


def waits_of(number, received):
    """Two that overlap, one that is not over, or none."""
    start = received[number]
    if number % 8 == 1:
        return [(start + DAY, start + 4 * DAY), (start + 3 * DAY, start + 6 * DAY)]
    return [(start + 3 * DAY, None)] if number % 8 == 3 and number not in MERGED else []


def _is_closed(number):
    return number in MERGED or number % 7 in {0, 4}


def _stage(number):
    """(stage, when it closed)."""
    if _is_closed(number):
        return ENDS[number % 3]
    if number % 8 == 3:
        return "awaiting-response"
    return "new" if number % 5 == 0 else "engaged-in-dialogue"


def _enquiry(number, received, clock, officers, teams):
    start, stage = received[number], _stage(number)
    reply_due, qualification_due = clock.due(_started(number, received), waits_of(number, received))
    closed, qualified = _is_closed(number), number % 4 in {1, 2} and number not in MERGED
    held = number % 20 == 15
    return Enquiry(
        reference=f"ENQ-2024-9{number:03d}",
        received_at=start,
        promised_by=clock.calendar.promised_by(start),
        reply_due_at=FAR if number == 40 else reply_due,
        qualification_due_at=FAR if number == 40 else qualification_due,
        channel=CHANNELS[number % len(CHANNELS)],
        country=COUNTRIES[number % len(COUNTRIES)],
        language="en",
        reply_language=("en", "ko")[number % 3 == 0],
        page=PAGES[number % len(PAGES)],
        utm_campaign=CAMPAIGNS[number % len(CAMPAIGNS)],
        owner=officers[number % len(officers)],
        team=teams[number % len(teams)],
        organisation=f"Firm {number}",
        plans="A plan.",
        original={},
        submission_key=uuid.UUID(int=number),
        content_digest=f"{number:064d}",
        stage=stage,
        waiting_since=start + 3 * DAY if stage == "awaiting-response" else None,
        closed_at=start + (number % 9) * DAY if closed else None,
        closed_why="No longer." if closed else "",
        qualified_at=start + number % 23 * DAY + number * HOUR / 7 if qualified else None,
        investment_readiness="exploring" if qualified else "",
        quality="high" if qualified else "",
        held_at=start if held else None,
        held_why="Too fast." if held else "",
        released_at=start + HOUR if held and number > 30 else None,
    )


def _asked_about(rows, asked):
    sectors = list(Sector.objects.order_by("pk")[:2])
    EnquiryOpportunity.objects.bulk_create(
        EnquiryOpportunity(enquiry=row, opportunity=asked[key])
        for number, row in enumerate(rows)
        for key in ASKED[number % len(ASKED)]
    )
    for number, row in enumerate(rows):
        row.sectors.set(sectors[: number % 3])


def _replies(rows):
    """No reply, one in time, one late, one that did not arrive before one that did; a draft and their own words count
    for nothing."""
    us = Interaction.Direction.FROM_US
    for number, row in enumerate(rows):
        said = [(Interaction.Direction.FROM_THEM, HOUR, True, "complete"), (us, HOUR, True, "draft")]
        if kind := number % 5:
            after = {1: 2 * HOUR, 2: DAY, 3: 9 * DAY, 4: 30 * HOUR}[kind]
            said.append((us, after + number * timedelta(minutes=11), True, "complete"))
        if kind == 4:
            said.append((us, HOUR, False, "complete"))
        for direction, after, reached, status in said:
            facts = {"channel": "email", "subject": "Words", "reached": reached, "status": status}
            made = Interaction.objects.create(direction=direction, at=row.received_at + after, **facts)
            EnquiryInteraction.objects.create(enquiry=row, interaction=made)


def _waits(rows):
    received = [row.received_at for row in rows]
    Wait.objects.bulk_create(
        Wait(enquiry=row, since=since, until=until)
        for number, row in enumerate(rows)
        for since, until in waits_of(number, received)
    )


# Stage, status, landing expected, landed, likelihood, value, new jobs, safeguarded, aftercare offered, enquiries.
PROJECTS = [
    ("prospect", "ongoing", "2024-03-31", None, "low", None, None, None, None, (11,)),
    ("prospect", "delayed", "2099-04-01", None, "", 1_000_000, 5, None, None, (12, 13)),
    ("active", "ongoing", None, None, "medium", 2_500_000, None, 7, None, (16,)),
    ("active", "lost", "2025-01-01", None, "high", 400_000, 3, 0, None, (17,)),
    ("verify-win", "dormant", "2024-12-31", None, "high", None, 12, 1, None, (21,)),
    ("verify-win", "ongoing", "2099-03-31", None, "high", 9_000_000, 90, 0, None, ()),
    ("won", "won", "2024-09-01", "2024-09-30", "high", 7_000_000, 70, 4, "2024-10-07", (22, 23)),
    ("won", "won", "2025-01-01", "2025-01-15", "medium", None, None, 9, None, (26,)),
    ("won", "won", "2024-11-01", "2024-10-25", "", 300_000, 2, None, "2024-10-30", (1,)),
    ("prospect", "abandoned", None, None, "low", 50_000, 1, 1, None, ()),
]


def _projects(rows, officer):
    made = [_project(place, facts, officer) for place, facts in enumerate(PROJECTS)]
    InvestmentProject.objects.bulk_create(made)
    for project, facts in zip(made, PROJECTS, strict=True):
        ProjectEnquiry.objects.bulk_create(
            ProjectEnquiry(project=project, enquiry=rows[number]) for number in facts[-1]
        )
    won = made[6]  # moved to Won twice, London's midnight between: the later time is the one that counts
    for at in ("2024-09-20T10:00:00+00:00", "2024-09-30T23:10:00+00:00"):
        ProjectChange.objects.create(
            project=won, what="status", before="ongoing", after="won", at=datetime.fromisoformat(at)
        )
    return made


def _project(place, facts, officer):
    stage, status, expected, landed, likelihood, value, new_jobs, kept, aftercare, _ = facts
    created = datetime(2024, 5, 30, 22, 50, tzinfo=UTC) + place * 29 * DAY
    ended = {"won": landed, "lost": "2025-02-01", "abandoned": "2025-02-02"}.get(status)
    return InvestmentProject(
        project_code=f"INV-2024-9{place:03d}",
        name=f"Project {place}",
        stage=stage,
        status=status,
        status_why="" if status in {"ongoing", "won"} else "Because.",
        ended_on=ended,
        estimated_land_date=expected,
        actual_land_date=landed,
        likelihood_to_land=likelihood,
        total_investment=value,
        number_new_jobs=new_jobs,
        number_safeguarded_jobs=kept,
        aftercare_offered_on=aftercare,
        country="KR" if place % 2 else "",
        created_at=created,
        project_manager=officer if place % 3 else None,
        project_manager_assigned_at=created + place * 2 * DAY + HOUR if place % 3 else None,
    )


def _reads():
    PageCount.objects.bulk_create(
        PageCount(day=day, path=path, language=language, campaign=campaign, reads=reads)
        for day, path, language, campaign, reads in [
            ("2024-03-31", "/opportunities/year-a/", "en", "", 500),
            ("2024-04-01", "/opportunities/year-a/", "en", "", 40),
            ("2024-05-05", "/opportunities/year-a/", "ko", "seoul", 60),
            ("2024-05-05", "/", "en", "", 200),
            ("2025-03-31", "/themes/year-one/", "en", "spring", 30),
            ("2025-03-31", "/news/", "en", "", 11),
            ("2025-04-01", "/", "en", "", 900),
        ]
    )


def recent(now=None):
    """Enquiries that wait today, for as many days."""
    now = now or timezone.now()
    return [
        factories.enquiry(received_at=now - days * DAY, email=f"waits{days}@example.org")
        for days in (0, 1, 2, 7, 8, 30, 31)
    ]
