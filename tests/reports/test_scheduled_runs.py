"""The page to which the mail of a schedule leads."""

from datetime import date

import pytest
from django.http import QueryDict

from exports.models import ExportLog
from reports import periods, scheduling
from reports.models import BoardPack, BoardPackReport, ScheduledRun
from reports.parameters import PeriodForm
from tests.factories import staff
from tests.reports.scheduled import FIRST, MONDAY, SEE, at, page_of, schedule, told, work

pytestmark = pytest.mark.django_db


def test_the_link_leads_to_the_days_that_were_meant_when_it_was_due(client):
    anna = staff("anna", SEE)
    schedule(
        recipients=[anna],
        parameters={"period": "last-quarter", "by": "country"},
        **{**FIRST, "weekday": None},
    )
    scheduling.look(at("2026-10-01 08:00"))
    page = page_of(client, ScheduledRun.objects.get(), anna)
    address = page["Location"]
    assert address.startswith("/admin/reports/of/enquiries-by/?")
    asked = QueryDict(address.partition("?")[2]).dict()
    days = {"period": "days", "first": "2026-07-01", "last": "2026-09-30"}
    assert asked == days | {"unit": "quarter", "by": "country"}
    shown = client.get(address)
    period = shown.context["form"].cleaned_data["period"]
    assert (period.before().first, period.before().last) == (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("recipient", 302),
        ("owner", 302),
        ("manager", 302),
        ("colleague", 403),
        ("recipient no longer entitled", 403),
    ],
)
def test_it_opens_to_whom_it_is_meant_for_and_who_may_still_see_it(client, who, status):
    owner, anna = staff("owner", SEE), staff("anna", SEE)
    schedule(owner, [anna])
    scheduling.look(MONDAY)
    people = {"recipient": anna, "owner": owner, "recipient no longer entitled": anna}
    user = people.get(who) or staff(who, SEE, *(["reports.change_schedule"] if who == "manager" else []))
    if status == 403 and who != "colleague":
        user.user_permissions.clear()
    page = page_of(client, ScheduledRun.objects.get(), user)
    assert page.status_code == status
    if status == 403:
        assert "You may not see" in page.content.decode() or "not among" in page.content.decode()


def test_it_needs_signing_in(client):
    schedule(recipients=[staff("anna", SEE)])
    scheduling.look(MONDAY)
    page = client.get(f"/admin/reports/runs/{ScheduledRun.objects.get().pk}/")
    assert (page.status_code == 302 and "login" in page["Location"]) or "sign-in" in page["Location"]


def test_a_pack_is_told_of_to_who_may_take_any_of_it_and_made_when_it_is_opened(client):
    owner = staff("owner", SEE, "enquiries.export_enquiry")
    pack = BoardPack.objects.create(name="For the board", owner=owner)
    BoardPackReport.objects.create(pack=pack, report="enquiries-by", parameters={"period": "last-quarter"})
    schedule(owner, [owner, staff("ben", SEE)], report="", pack=pack)
    scheduling.look(MONDAY)
    work()
    assert told() == [("owner", "2026-10-05")]
    page = page_of(client, ScheduledRun.objects.get(), owner)
    assert page["Content-Type"] == "application/pdf" and page.content.startswith(b"%PDF")
    assert "1 July 2026 to 30 September 2026" in ExportLog.objects.get().filters
    assert page_of(client, ScheduledRun.objects.get(), staff("colleague", SEE)).status_code == 403


@pytest.mark.parametrize("name", [name for name, _ in periods.NAMED if name != "days"])
def test_a_period_that_is_frozen_is_the_same_a_year_later_and_so_is_the_one_before_it(name):
    then = PeriodForm({"period": name}, now=at("2026-11-23 12:00"))
    assert then.is_valid()
    later = PeriodForm(then.frozen(), now=at("2027-12-01 12:00"))
    assert later.is_valid()
    assert later.cleaned_data["period"] == then.cleaned_data["period"]


def test_days_that_do_not_lie_in_one_unit_have_none():
    form = PeriodForm({"period": "days", "first": "2026-04-02", "last": "2026-06-30", "unit": "quarter"})
    assert form.is_valid() and form.cleaned_data["period"].months == 0 and "unit" not in form.chosen()
