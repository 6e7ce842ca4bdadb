"""A contact that took place outside the system is logged by a person, with channel and time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enquiries import conversation
from enquiries.models import Enquiry
from partners.models import Interaction
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.staff(
        "officer", "enquiries.view_enquiry", "enquiries.change_enquiry", "partners.view_person"
    )
    client.force_login(user)
    return user


@pytest.fixture
def enquiry():
    return factories.enquiry(received_at=timezone.now() - timedelta(hours=5))


def log(client, enquiry, **changed):
    at = timezone.localtime() - timedelta(hours=1)
    given = {
        "channel": "telephone",
        "direction": "conversation",
        "at": f"{at:%Y-%m-%dT%H:%M}",
        "subject": "Rang",
    }
    address = reverse("admin:enquiries_enquiry_log_contact", args=[enquiry.pk])
    return client.post(address, given | {"reached": "on"} | changed)


def now_of(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk)


def test_a_call_that_is_logged_is_the_first_reply_at_its_own_time(client, officer, enquiry):
    assert log(client, enquiry, notes="They ask for 40 MW.").status_code == 302
    found = Interaction.objects.get()
    after = now_of(enquiry)
    assert after.first_reply_at == found.at < timezone.now() - timedelta(minutes=50)
    assert (after.state, after.owner) == ("dialogue", officer)
    assert (
        list(found.participants.all()) == [officer] and found.counterpart == "Mette Holm, Kjellerup Offshore"
    )


def test_a_voicemail_reaches_nobody(client, officer, enquiry):
    log(client, enquiry, direction="from-us", reached="")
    assert now_of(enquiry).state == "unanswered"


def test_what_they_tell_us_is_no_answer_of_ours_and_ends_a_wait(client, officer, enquiry):
    log(client, enquiry, direction="from-them")
    assert now_of(enquiry).state == "unanswered"
    log(client, enquiry, then_wait="on")
    assert now_of(enquiry).state == "waiting"
    log(client, enquiry, direction="from-them", subject="They called", reached="")
    after = now_of(enquiry)
    assert after.state == "dialogue" and not after.waits.filter(until=None).exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at": "2999-01-01T10:00"}, "still to come"),
        ({"at": "2020-01-01T10:00"}, "before the enquiry came in"),
        ({"at": "yesterday"}, "Enter a valid date/time"),
        ({"subject": " "}, "required"),
        ({"channel": "pigeon"}, "Select a valid choice"),
        ({"direction": "from-them", "then_wait": "on"}, "it is we who owe"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(client, officer, enquiry, changed, words):
    page = log(client, enquiry, **{"notes": "All that was said"} | changed)
    assert page.status_code == 422
    assert words in page.content.decode() and "All that was said" in page.content.decode()
    assert not Interaction.objects.exists()


def test_a_button_pressed_twice_logs_once(client, officer, enquiry):
    for _ in range(2):
        log(client, enquiry, at=f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    assert Interaction.objects.count() == 1


def test_the_hour_is_londons_in_summer_and_in_winter(client, officer):
    enquiry = factories.enquiry(received_at=timezone.now() - timedelta(days=700))
    for day, offset in [("2026-07-01", 9), ("2026-01-15", 10)]:
        log(client, enquiry, at=f"{day}T10:00", subject=day)
        assert Interaction.objects.get(subject=day).at.hour == offset


def test_a_held_enquiry_is_released_before_we_speak_with_its_sender(client, officer, enquiry):
    Enquiry.objects.filter(pk=enquiry.pk).update(held_at=timezone.now(), held_why="Suspect")
    assert "Release it first" in log(client, enquiry).content.decode()


def test_a_call_in_the_minute_in_which_the_enquiry_came_in_counts_from_its_receipt(officer):
    received = (timezone.now() - timedelta(hours=1)).replace(second=30)
    enquiry = factories.enquiry(received_at=received)
    facts = {"channel": "telephone", "direction": "conversation", "subject": "Rang", "by": officer}
    found = conversation.log_contact(enquiry, at=received.replace(second=0, microsecond=0), **facts)
    assert found.at == received
