"""Office hours, closing days and targets in admin: who may change them, and what follows."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from procrastinate.contrib.django.models import ProcrastinateJob

from enquiries import clock
from enquiries.models import ClosingDay, OfficeHours, ResponseTarget
from tests.factories import enquiry, staff

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
CLOSING, HOURS, TARGETS = (
    f"/admin/enquiries/{model}/" for model in ("closingday", "officehours", "responsetarget")
)
VERBS = ["add", "change", "delete", "view"]
KEEPS = [
    f"enquiries.{verb}_{model}" for verb in VERBS for model in ("closingday", "officehours", "responsetarget")
]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.fixture
def manager(client):
    user = staff("manager", "enquiries.manage_enquiry", *KEEPS)
    client.force_login(user)
    return user


@pytest.fixture
def found():
    """Due on Wednesday 7 January 2026 at 10:00; qualification on the 19th."""
    return enquiry(received_at=at("2026-01-05 10:00"))


def due(found):
    found.refresh_from_db()
    return found.reply_due_at


def test_a_closing_day_moves_what_is_due_and_its_deletion_moves_it_back(client, manager, found):
    page = client.post(f"{CLOSING}add/", {"day": "2026-01-06", "name": "Flood"}, follow=True)
    assert "Due times of 1 open enquiry have been reckoned again." in page.content.decode()
    assert due(found) == at("2026-01-08 10:00") and found.due_at == at("2026-01-08 10:00")
    closing = ClosingDay.objects.get()
    page = client.post(f"{CLOSING}{closing.pk}/delete/", {"post": "yes"}, follow=True)
    assert "have been reckoned again" in page.content.decode()
    assert due(found) == at("2026-01-07 10:00")


def test_closing_days_deleted_together_are_reckoned_once(client, manager, found):
    for day in (6, 7):
        ClosingDay.objects.create(day=f"2026-01-0{day}", name="Flood")
    clock.reckon_open()
    picked = [str(pk) for pk in ClosingDay.objects.values_list("pk", flat=True)]
    data = {"action": "delete_selected", "_selected_action": picked, "post": "yes"}
    page = client.post(CLOSING, data, follow=True)
    assert page.content.decode().count("have been reckoned again") == 1
    assert due(found) == at("2026-01-07 10:00")


def test_a_target_moves_what_is_due_and_not_what_was_promised(client, manager, found):
    promised = found.promised_by
    target = ResponseTarget.objects.get(obligation="reply")
    data = {"hours": "8", "warn_officer_hours": "4", "warn_manager_hours": "2"}
    client.post(f"{TARGETS}{target.pk}/change/", data)
    assert due(found) == at("2026-01-06 10:00") and found.promised_by == promised


def test_office_hours_move_what_is_due(client, manager, found):
    monday = OfficeHours.objects.get(weekday=0)
    data = {"weekday": "0", "opens": "09:00", "closes": "11:00"}
    client.post(f"{HOURS}{monday.pk}/change/", data)
    assert due(found) == at("2026-01-07 16:00")  # an hour on Monday, eight on Tuesday, seven on Wednesday


def test_a_save_that_changes_nothing_reckons_nothing(client, manager, found):
    monday = OfficeHours.objects.get(weekday=0)
    data = {"weekday": "0", "opens": "09:00", "closes": "17:00"}
    page = client.post(f"{HOURS}{monday.pk}/change/", data, follow=True)
    assert "reckoned" not in page.content.decode()


def test_many_are_reckoned_by_a_job_of_the_same_transaction(client, manager, found, monkeypatch):
    monkeypatch.setattr(clock, "AT_ONCE", 0)
    page = client.post(f"{CLOSING}add/", {"day": "2026-01-06", "name": "Flood"}, follow=True)
    assert "Due times of 1 open enquiry are being reckoned again" in page.content.decode()
    assert ProcrastinateJob.objects.filter(task_name=clock.RECKON, status="todo").count() == 1
    assert due(found) == at("2026-01-07 10:00")
    clock.reckon_open()
    assert due(found) == at("2026-01-08 10:00")


def test_what_came_in_meanwhile_is_reckoned_by_a_job_a_minute_later(client, manager, found):
    client.post(f"{CLOSING}add/", {"day": "2026-01-06", "name": "Flood"})
    job = ProcrastinateJob.objects.get(task_name=clock.RECKON)
    assert job.scheduled_at > datetime.now(LONDON) + timedelta(seconds=30)


def test_the_last_day_on_which_the_office_opens_cannot_be_deleted(client, manager):
    OfficeHours.objects.exclude(weekday=0).delete()
    page = client.post(f"{HOURS}{OfficeHours.objects.get().pk}/delete/", {"post": "yes"}, follow=True)
    assert "An office that never opens" in page.content.decode() and OfficeHours.objects.count() == 1


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        ("17:00", "09:00", "The office closes before it opens."),
        ("09:00", "09:00", "The office closes before it opens."),
        ("09:00", "09:30", "for an hour at least"),
        ("", "09:00", "This field is required."),
        ("25:00", "26:00", "Enter a valid time."),
    ],
)
def test_impossible_hours_are_refused_with_a_sentence(client, manager, opens, closes, said):
    saturday = {"weekday": "5", "opens": opens, "closes": closes}
    assert said in client.post(f"{HOURS}add/", saturday).content.decode()
    assert not OfficeHours.objects.filter(weekday=5).exists()


@pytest.mark.parametrize(
    ("hours", "officer", "manager_hours", "said"),
    [
        ("0", "0", "0", "A target of no time cannot be met."),
        ("8", "9", "2", "The officer is warned first"),
        ("8", "2", "4", "The officer is warned first"),
        ("801", "4", "2", "At most 800 working hours"),
        ("-1", "0", "0", "greater than or equal to 0"),
    ],
)
def test_impossible_targets_are_refused_with_a_sentence(client, manager, hours, officer, manager_hours, said):
    target = ResponseTarget.objects.get(obligation="reply")
    data = {"hours": hours, "warn_officer_hours": officer, "warn_manager_hours": manager_hours}
    assert said in client.post(f"{TARGETS}{target.pk}/change/", data).content.decode()
    target.refresh_from_db()
    assert target.hours == 16


def test_a_closing_day_on_a_bank_holiday_is_kept_and_said_to_change_nothing(client, manager):
    page = client.post(f"{CLOSING}add/", {"day": "2027-12-28", "name": "Christmas"}, follow=True)
    assert "it was closed already" in page.content.decode() and ClosingDay.objects.exists()


def test_bank_holidays_of_england_and_holidays_of_korea_stand_beside_the_closing_days(client, manager):
    page = client.get(CLOSING)
    england, korea = page.context["holidays"]
    this_year = datetime.now(LONDON).year
    assert [year["year"] for year in england["years"]] == [this_year, this_year + 1]
    assert {"Good Friday", "Easter Monday"} <= {row["name"] for row in england["years"][0]["days"]}
    assert "Chuseok" in {row["name"] for row in korea["years"][1]["days"]}
    assert "Chuseok" in page.content.decode()


@pytest.mark.parametrize("address", [CLOSING, HOURS, TARGETS])
def test_without_the_managers_permission_the_calendar_is_read_only(client, address):
    client.force_login(staff("officer", *KEEPS))
    assert client.get(address).status_code == 200
    assert client.get(f"{address}add/").status_code == 403


def test_an_officer_may_look_and_a_manager_may_change(client):
    user = staff("by-role")
    user.groups.add(Group.objects.get(name="officer"))
    client.force_login(user)
    target = ResponseTarget.objects.get(obligation="reply")
    assert client.post(f"{TARGETS}{target.pk}/change/", {"hours": "1"}).status_code == 403
    user.groups.add(Group.objects.get(name="manager"))
    assert client.get(f"{CLOSING}add/").status_code == 200
    assert client.get(f"{HOURS}add/").status_code == 200
    assert client.get(f"{TARGETS}add/").status_code == 403  # there is one for each obligation already
    assert client.get(f"{TARGETS}{target.pk}/delete/").status_code == 403
