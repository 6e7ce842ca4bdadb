"""`make_sample`: what it makes is what the verbs would have left, and it cannot be made where real enquiries are."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from accounts.models import User
from enquiries import reminders
from enquiries.clock import Clock
from enquiries.models import (
    Enquiry,
    EnquiryInteraction,
    EnquiryMail,
    InvestmentProject,
    ProjectChange,
    ProjectEnquiry,
    StageChange,
    Warned,
)
from enquiries.models.stage import CLOSING, WAITING, Stage
from enquiries.sample import refusals
from enquiries.sample.making import Making
from enquiries.stages import DEMANDS, MOVES
from partners.models import Interaction
from tests import factories
from tests.enquiries.sample_database import NOW, sample_enquiries

NUMBER = 2500
ORPHANS = """
    SELECT conrelid::regclass::text, a.attname, confrelid::regclass::text, b.attname
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
    WHERE contype = 'f'
"""


@pytest.fixture(scope="module", autouse=True)
def sample(django_db_setup, django_db_blocker):
    with sample_enquiries(NUMBER, django_db_blocker):
        yield


pytestmark = pytest.mark.django_db


def asked(query, *given):
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


def test_it_makes_as_many_as_it_was_asked_for():
    assert refusals.sample().count() == Enquiry.objects.count() == NUMBER


def test_the_first_reply_of_each_is_what_the_database_reckons_from_its_interactions():
    before = dict(Enquiry.objects.values_list("pk", "first_reply_at"))
    asked("SELECT count(enquiries_reckon_first_reply(id)) FROM enquiries_enquiry")
    assert dict(Enquiry.objects.values_list("pk", "first_reply_at")) == before
    assert None in before.values()
    assert len(set(before.values())) > NUMBER / 2


def test_no_row_points_to_one_that_is_not_there():
    for table, column, target, key in asked(ORPHANS):
        orphans = asked(
            f"SELECT count(*) FROM {table} t WHERE {column} IS NOT NULL"  # names from the catalogue
            f" AND NOT EXISTS (SELECT FROM {target} o WHERE o.{key} = t.{column})"
        )
        assert orphans == [(0,)], f"{table}.{column}"


def test_what_is_due_is_what_the_clock_reckons():
    clock = Clock.now_in_force()
    for enquiry in Enquiry.objects.prefetch_related("waits"):
        waits = [(wait.since, wait.until) for wait in enquiry.waits.all()]
        assert enquiry.reply_due_at == clock.reply_due(enquiry.received_at)
        assert enquiry.qualification_due_at == clock.qualification_due(enquiry.received_at, waits)
        assert enquiry.promised_by == clock.calendar.promised_by(enquiry.received_at)


def test_every_history_is_a_way_through_the_stages_in_order_of_time():
    for enquiry in Enquiry.objects.prefetch_related("stage_changes"):
        stage, at = "", enquiry.received_at
        for change in sorted(enquiry.stage_changes.all(), key=lambda row: row.pk):
            assert change.from_stage == stage
            assert not stage or change.to_stage in MOVES[Stage(stage)]
            assert change.at >= at
            stage, at = change.to_stage, change.at
        assert stage == enquiry.stage
        assert at.timestamp() <= NOW


def test_every_enquiry_has_what_its_stage_demands():
    sectors = set(Enquiry.sectors.through.objects.values_list("enquiry", flat=True))
    for enquiry in Enquiry.objects.all():
        demanded = {name for name, stages in DEMANDS.items() if enquiry.stage in stages}
        has = {
            "sectors": enquiry.pk in sectors,
            "details_checked": not enquiry.details_to_check,
            "released": not enquiry.is_held,
            "why": enquiry.closed_why,
        }
        for name in demanded:
            assert has.get(name, getattr(enquiry, name, None)), f"{enquiry.stage}: {name}"


def test_a_wait_is_open_where_the_stage_waits_and_nowhere_else():
    waiting = set(Enquiry.objects.filter(waits__until=None, waits__isnull=False).values_list("pk", flat=True))
    assert waiting == set(Enquiry.objects.filter(stage__in=WAITING).values_list("pk", flat=True))


def test_the_officer_of_each_is_whom_it_was_given_to_last():
    for enquiry in Enquiry.objects.prefetch_related("assignments"):
        rows = sorted(enquiry.assignments.all(), key=lambda row: row.pk)
        last = (rows[-1].officer_id, rows[-1].team_id) if rows else (None, None)
        assert (enquiry.owner_id, enquiry.team_id) == last


def test_who_writes_again_is_linked_to_the_newest_of_theirs():
    newest = {}
    for pk, email, follows in Enquiry.objects.order_by("pk").values_list("pk", "email", "follows"):
        assert follows == newest.get(email)
        newest[email] = pk
    assert len(newest) < NUMBER * 0.95


def test_every_mail_of_it_has_been_sent_and_none_is_due():
    assert not EnquiryMail.objects.due().exists()
    assert not EnquiryMail.objects.filter(sent_at=None).exists()
    held = Enquiry.objects.held().values("pk")
    assert not EnquiryMail.objects.filter(kind="acknowledgement", enquiry__in=held).exists()


def test_it_has_every_state_both_languages_and_many_countries():
    assert set(Enquiry.objects.values_list("state", flat=True)) == set(Enquiry.State.values)
    assert set(Enquiry.objects.values_list("language", flat=True)) == {"en", "ko"}
    assert Enquiry.objects.values("country").distinct().count() > 10
    assert set(Enquiry.objects.values_list("channel", flat=True)) == set(Enquiry.Channel.values)


def test_it_knows_seasons_and_weekends():
    received = Enquiry.objects.values_list("received_at", flat=True)
    by_weekday = Counter(at.weekday() for at in received)
    by_month = Counter(at.month for at in received)
    assert by_weekday[6] < by_weekday[0] / 3
    assert by_month[8] < by_month[9]
    assert max(received).timestamp() <= NOW


def test_nobody_in_it_can_be_reached():
    assert not Enquiry.objects.exclude(email__endswith=".example").exists()
    assert not Enquiry.objects.exclude(website="").exclude(website__endswith=".example/").exists()
    assert (
        not User.objects.exclude(email__endswith=".example").filter(username__startswith="sample-").exists()
    )
    british = Enquiry.objects.filter(country="GB").exclude(telephone="")
    assert not british.exclude(telephone__startswith="+44 1632 960").exists()


def test_an_officer_of_it_cannot_sign_in():
    assert not any(user.has_usable_password() for user in User.objects.filter(username__startswith="sample-"))


def test_projects_follow_from_enquiries_with_a_row_for_each_change():
    assert InvestmentProject.objects.count() == ProjectEnquiry.objects.count() > 0
    for project in InvestmentProject.objects.prefetch_related("changes"):
        last = {}
        for change in sorted(project.changes.all(), key=lambda row: row.pk):
            assert change.before == last.get(change.what, "")
            last[change.what] = change.after
        assert last == {"stage": project.stage, "status": project.status}


def test_the_next_reference_is_one_that_nobody_has():
    assert factories.enquiry().reference not in set(refusals.sample().values_list("reference", flat=True))


def test_triggers_work_again_afterwards():
    enquiry = Enquiry.objects.filter(first_reply_at=None, closed_at=None).first()
    contact = Interaction.objects.create(
        channel="telephone",
        direction="conversation",
        at=enquiry.received_at + timedelta(hours=1),
        subject="Talk",
    )
    EnquiryInteraction.objects.create(enquiry=enquiry, interaction=contact)
    enquiry.refresh_from_db()
    assert enquiry.first_reply_at == contact.at


def test_what_has_long_been_overdue_has_been_warned_of():
    now = datetime.fromtimestamp(NOW, UTC)
    assert Enquiry.objects.breached(now - timedelta(days=7)).exists()
    assert reminders.warn_of_breaches(now) == 0
    assert not EnquiryMail.objects.filter(kind="warning").exists()


def test_each_was_warned_as_the_job_would_have_done_it():
    """The officer before the managers, after receipt, and a first reply only while none had been given."""
    rows = Warned.objects.select_related("enquiry")
    assert {row.whom for row in rows} == {"officer", "manager"}
    assert {row.obligation for row in rows} == {"reply", "qualification"}
    by_moment = {(row.enquiry_id, row.obligation, row.due_at, row.whom): row.at for row in rows}
    for row in rows:
        assert row.enquiry.received_at <= row.at <= datetime.fromtimestamp(NOW, UTC)
        first_reply_at = row.enquiry.first_reply_at
        assert (first_reply_at is None or row.at < first_reply_at) == (row.obligation == "reply")
        if row.whom == "manager":
            assert by_moment[row.enquiry_id, row.obligation, row.due_at, "officer"] <= row.at


def test_its_daily_list_goes_to_its_officers():
    """Whatever an officer or a team has stands in somebody's list; the rest would be the managers'."""
    number = reminders.send_daily_lists(datetime.fromtimestamp(NOW, UTC))
    lists = EnquiryMail.objects.filter(kind="daily-list", recipient__username__startswith="sample-officer")
    assert number == len(lists) > 0
    given_out = Enquiry.objects.owed_a_reply().exclude(owner=None, team=None)
    assert given_out.exists()
    for reference in given_out.values_list("reference", flat=True):
        assert any(reference in mail.body for mail in lists), reference


def test_more_can_be_added():
    Making(seed=8, years=1, now=NOW).make(50)
    assert refusals.sample().count() == NUMBER + 50


def test_it_can_be_taken_away_again_and_nothing_of_it_stays():
    reminders.send_daily_lists(datetime.fromtimestamp(NOW, UTC))
    call_command("make_sample", "--remove", verbosity=0)
    rows = (Enquiry, StageChange, Interaction, EnquiryMail, InvestmentProject, ProjectChange, Warned)
    assert not any(model.objects.exists() for model in rows)
    assert not User.objects.filter(username__startswith="sample-").exists()
    test_no_row_points_to_one_that_is_not_there()


def test_it_refuses_beside_enquiries_that_it_did_not_make():
    factories.enquiry()
    with pytest.raises(CommandError, match="no sample made"):
        call_command("make_sample", "--enquiries", "5", stderr=StringIO())
    assert Enquiry.objects.count() == NUMBER + 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("EMAIL_HOST", "mail.example.org"), ("HTTPS", True), ("SITE_URL", "https://invest.example.org")],
)
def test_it_refuses_on_a_site_that_could_be_real(settings, name, value):
    setattr(settings, name, value)
    with pytest.raises(CommandError, match="No sample"):
        call_command("make_sample", "--enquiries", "5", stderr=StringIO())


def test_it_refuses_on_a_database_server(settings):
    settings.DATABASE_IS_EMBEDDED = False
    with pytest.raises(CommandError, match="embedded database only"):
        call_command("make_sample", "--enquiries", "5", stderr=StringIO())


@pytest.mark.parametrize("number", ["0", "-3", "5000001"])
def test_it_refuses_a_number_that_makes_no_sense(number):
    with pytest.raises(CommandError, match="Between 1"):
        call_command("make_sample", f"--enquiries={number}", stderr=StringIO())


def test_closing_stages_are_closed_with_a_reason():
    closed = Enquiry.objects.filter(stage__in=CLOSING)
    assert closed.exclude(closed_why="").count() == Enquiry.objects.exclude(closed_at=None).count()
