import uuid

import pytest
from django.contrib.auth import get_user_model

from enquiries import suspicion, triage
from enquiries.models import Enquiry, EnquiryMail
from tests.enquiries.filling import opened, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({suspicion.TRAP: "https://casino.example"}, "do not see"),
        ({"started": None}, "missing"),
        ({"started": "form:1xVLiN:forged"}, "forged"),
        ({"submission_key": None}, "submission key"),
        ({"submission_key": "not-a-key"}, "submission key"),
    ],
)
def test_a_suspect_is_held_with_the_reason_and_not_dropped(client, changed, why):
    response = send(client, **changed)
    assert response.status_code == 303
    enquiry = Enquiry.objects.held().get()
    assert why in enquiry.held_why


def test_a_form_sent_within_three_seconds_is_held(client):
    send(client, started=opened(1))
    assert "less than 3 seconds" in Enquiry.objects.held().get().held_why


def test_a_form_left_open_for_days_is_not_suspect(client):
    send(client, started=opened(5 * 24 * 60 * 60))
    assert not Enquiry.objects.held().exists()


def test_a_person_who_takes_three_seconds_is_not_suspect(client):
    send(client, started=opened(4))
    assert not Enquiry.objects.held().exists()


def test_a_held_enquiry_is_noticed_as_held_and_not_acknowledged(client):
    send(client, started=None)
    mail = EnquiryMail.objects.get()
    assert mail.kind == "notice"
    assert mail.subject.startswith("Held: ENQ-")
    assert "missing" in mail.body


def test_a_robot_sees_the_same_thank_you_page_as_a_person(client):
    def page(response):
        return client.get(response.headers["Location"]).content.decode().split("<main")[1]

    person, robot = send(client), send(client, started=None, submission_key=str(uuid.uuid4()))
    references = list(Enquiry.objects.order_by("pk").values_list("reference", flat=True))
    assert page(person).replace(references[0], "") == page(robot).replace(references[1], "")


def test_release_is_recorded_and_acknowledges(client):
    send(client, started=None)
    officer = get_user_model().objects.create_user("officer")
    assert triage.release(Enquiry.objects.all(), by=officer) == 1
    enquiry = Enquiry.objects.get()
    assert enquiry.released_by == officer and not enquiry.is_held
    assert {mail.kind for mail in enquiry.mails.all()} == {"notice", "acknowledgement"}


def test_what_is_released_already_is_not_acknowledged_again(client):
    send(client, started=None)
    officer = get_user_model().objects.create_user("officer")
    triage.release(Enquiry.objects.all(), by=officer)
    assert triage.release(Enquiry.objects.all(), by=officer) == 0
    assert EnquiryMail.objects.filter(kind="acknowledgement").count() == 1
