"""Schedules in the desk: made from a report's page, with clear errors, paused and resumed, their runs shown."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from reports import scheduling
from reports.models import BoardPack, BoardPackReport, Schedule, ScheduledRun, ScheduleRecipient
from tests.factories import staff

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
ADD = "/admin/reports/schedule/add/"
LIST = "/admin/reports/schedule/"
SEE = "enquiries.view_enquiry"
MAY = [SEE, "reports.view_schedule", "reports.add_schedule", "reports.change_schedule"]


@pytest.fixture
def manager(client):
    user = staff("manager", *MAY)
    client.force_login(user)
    return user


def filled(user, **given):
    typed = {
        "name": "For the board",
        "frequency": "weekly",
        "weekday": "0",
        "day_of_month": "",
        "at_hour": "8",
    }
    typed |= {"owner": user.pk, "recipients": [user.pk]} | given
    return {f"schedule-{name}": value for name, value in typed.items()}


def made(client, user, query="?report=enquiries-by", parameters=None, **given):
    page = client.post(ADD + query, filled(user, **given) | (parameters or {}))
    assert page.status_code == 302, (page.context["form"].errors, page.context["asked"].errors)
    return Schedule.objects.latest("pk")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_the_first_step_offers_what_the_user_may_see(client, manager):
    BoardPack.objects.create(name="Quarterly pack", owner=manager)
    page = client.get(ADD).content.decode()
    assert "?report=enquiries-by" in page and "Quarterly pack" in page
    assert "?report=partner" not in page


def test_from_the_page_of_a_report_its_parameters_are_filled_in(client, manager):
    page = client.get(ADD + "?report=enquiries-by&period=last-quarter&by=country")
    assert page.context["asked"].data["by"] == "country" and not page.context["asked"].errors
    assert page.context["form"]["name"].value() == "Enquiries by group"


def test_the_page_of_a_report_leads_there_for_who_may_schedule(client, manager):
    address = f"{ADD}?report=enquiries-by&period=last-quarter&by=country".replace("&", "&amp;")
    report = "/admin/reports/of/enquiries-by/?period=last-quarter&by=country"
    assert address in client.get(report).content.decode()
    client.force_login(staff("reader", SEE))
    assert ADD not in client.get(report).content.decode()


def test_it_is_saved_with_its_parameters_and_people(client, manager):
    anna = staff("anna", SEE)
    parameters = {"period": "last-quarter", "by": "country"}
    saved = made(client, manager, parameters=parameters, recipients=[manager.pk, anna.pk], frequency="weekly")
    assert (saved.report, saved.weekday, saved.owner) == ("enquiries-by", 0, manager)
    assert saved.parameters == parameters
    assert {row.user for row in saved.recipients.all()} == {manager, anna}
    page = client.get(f"{LIST}{saved.pk}/change/").content.decode()
    assert "Due next on" in page and "every Monday at 08:00" in page


def test_a_day_that_the_frequency_does_not_ask_for_is_left_out(client, manager):
    saved = made(client, manager, frequency="first-working-day", weekday="3", day_of_month="40")
    assert saved.weekday is None and saved.day_of_month is None


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"weekday": ""}, "weekday", "Say on which day of the week."),
        ({"frequency": "monthly"}, "day_of_month", "Say on which day of the month, 1 to 31."),
        ({"frequency": "monthly", "day_of_month": "32"}, "day_of_month", "less than or equal to 31"),
        ({"at_hour": "24"}, "at_hour", "less than or equal to 23"),
        ({"recipients": []}, "recipients", "Choose at least one colleague."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client, manager, typed, field, says):
    page = client.post(ADD + "?report=enquiries-by", filled(manager, **typed))
    assert page.status_code == 422 and says in str(page.context["form"].errors[field])
    assert says in page.content.decode() and not Schedule.objects.exists()


def test_wrong_parameters_are_said_at_their_field(client, manager):
    page = client.post(ADD + "?report=enquiries-by", filled(manager) | {"period": "days"})
    assert page.status_code == 422 and page.context["asked"].errors["first"]
    assert not Schedule.objects.exists()


def test_nobody_is_told_of_what_they_may_not_see(client, manager):
    page = client.post(ADD + "?report=enquiries-by", filled(manager, recipients=[staff("ben").pk]))
    assert "May not see this report: ben." in str(page.context["form"].errors["recipients"])


def test_what_does_not_exist_or_may_not_be_seen_cannot_be_scheduled(client, manager):
    assert client.get(ADD + "?report=nonsense").status_code == 404
    assert client.get(ADD + "?pack=nonsense").status_code == 404
    manager.user_permissions.remove(manager.user_permissions.get(codename="view_enquiry"))
    assert client.get(ADD + "?report=enquiries-by").status_code == 403


def test_who_may_not_schedule_is_refused(client):
    client.force_login(staff("reader", SEE))
    assert client.get(ADD).status_code == 403 and client.get(LIST).status_code == 403


def test_a_pack_is_scheduled_as_it_is(client, manager):
    pack = BoardPack.objects.create(name="Quarterly pack", owner=manager)
    BoardPackReport.objects.create(pack=pack, report="enquiries-by")
    manager.user_permissions.add(Permission.objects.get(codename="export_enquiry"))
    page = client.post(f"{ADD}?pack={pack.pk}", filled(manager))
    assert page.status_code == 302 and Schedule.objects.get().pack == pack


def test_another_time_counts_from_now_on(client, manager):
    saved = made(client, manager)
    Schedule.objects.update(starts_at=at("2026-01-01 00:00"))
    client.post(f"{LIST}{saved.pk}/change/", filled(manager, name="Another name"))
    saved.refresh_from_db()
    assert saved.name == "Another name" and saved.starts_at == at("2026-01-01 00:00")
    client.post(f"{LIST}{saved.pk}/change/", filled(manager, weekday="2"))
    saved.refresh_from_db()
    assert saved.weekday == 2 and timezone.now() - saved.starts_at < timedelta(minutes=1)


def test_what_was_due_in_a_pause_is_not_made_up_for(client, manager):
    saved = made(client, manager)
    client.post(f"{LIST}{saved.pk}/pause/")
    Schedule.objects.update(starts_at=timezone.now() - timedelta(days=30))
    assert "Paused" in client.get(f"{LIST}{saved.pk}/change/").content.decode()
    assert "Paused" in client.get(LIST).content.decode()
    client.post(f"{LIST}{saved.pk}/resume/")
    scheduling.look()
    assert not ScheduledRun.objects.exists()
    assert "Due next on" in client.get(f"{LIST}{saved.pk}/change/").content.decode()


def test_its_runs_are_shown_with_how_they_went(client, manager):
    saved = made(client, manager)
    run = ScheduledRun.objects.create(
        schedule=saved, due_at=at("2026-10-05 08:00"), error="gone wrong", missed=2
    )
    page = client.get(f"{LIST}{saved.pk}/change/").content.decode()
    assert "5 Oct 2026, 08:00" in page and "Gone wrong" in page and "2 before it were missed" in page
    assert f"/admin/reports/runs/{run.pk}/" in page


def test_whoever_may_only_look_changes_nothing(client, manager):
    saved = made(client, manager)
    client.force_login(staff("viewer", SEE, "reports.view_schedule"))
    address = f"{LIST}{saved.pk}/"
    assert "Save the schedule" not in client.get(f"{address}change/").content.decode()
    for page, typed in (("change/", filled(manager)), ("pause/", {}), ("resume/", {})):
        assert client.post(address + page, typed).status_code == 403


def test_the_list_asks_as_often_for_many_as_for_one(client, manager, django_assert_max_num_queries):
    def numbered(count):
        for number in range(count):
            user = staff(f"anna-{count}-{number}", SEE)
            one = made(client, user)
            ScheduledRun.objects.create(schedule=one, due_at=at("2026-10-05 08:00"))
            ScheduleRecipient.objects.get_or_create(schedule=one, user=manager)
        with django_assert_max_num_queries(60) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    assert numbered(1) == numbered(4)


def test_a_schedule_whose_owner_has_left_says_so_and_takes_another(client, manager):
    leaver = staff("leaver", "enquiries.view_enquiry")
    own = made(client, manager, owner=leaver.pk)
    leaver.is_active = False
    leaver.save()
    assert "Its owner has left" in client.get("/admin/reports/schedule/").content.decode()
    address = f"/admin/reports/schedule/{own.pk}/change/"
    page = client.get(address)
    assert "leaver has left" in page.content.decode()
    choices = [user.pk for user in page.context["form"].fields["owner"].queryset]
    assert leaver.pk not in choices and manager.pk in choices
