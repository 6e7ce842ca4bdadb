import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from enquiries.models import Enquiry, EnquiryMail, StageChange
from tests.enquiries.filling import ANSWERS, KOREAN, hidden_fields, send


@pytest.mark.django_db
def test_an_enquiry_is_stored_with_everything_that_was_said(client):
    send(
        client,
        "ko",
        KOREAN,
        query="?utm_source=letter&utm_campaign=busan",
        sectors=["other", "hydrogen-low-carbon"],
        opportunities=["mersey-tidal-power", "hynet-next-phases"],
        website="www.sorae.example",
        how_heard="visit",
        page="/ko/opportunities/mersey-tidal-power/",
    )
    enquiry = Enquiry.objects.get()
    assert enquiry.full_name == "오민재"
    assert (enquiry.language, enquiry.reply_language, enquiry.country) == ("ko", "ko", "KR")
    assert enquiry.telephone == "+82 51 123 4567"
    assert enquiry.website == "https://www.sorae.example"
    assert {sector.key for sector in enquiry.sectors.all()} == {"other", "hydrogen-low-carbon"}
    asked_about = {record.slug for record in enquiry.opportunities.all()}
    assert asked_about == {"mersey-tidal-power", "hynet-next-phases"}
    assert (enquiry.utm_source, enquiry.utm_campaign) == ("letter", "busan")
    assert enquiry.page == "/ko/opportunities/mersey-tidal-power/"
    assert enquiry.stage == "new" and not enquiry.is_held


@pytest.mark.django_db
def test_the_original_is_what_was_typed_and_cannot_be_changed(client):
    send(client, answers=KOREAN)
    enquiry = Enquiry.objects.get()
    assert enquiry.original["telephone"] == "051-123-4567"
    with pytest.raises(DatabaseError, match="kept as it was submitted"), transaction.atomic():
        Enquiry.objects.update(original={})


@pytest.mark.django_db
def test_consents_are_kept_apart_with_their_wording_as_shown(client):
    send(client, consent_email="on")
    email, telephone = Enquiry.objects.get().consents.all()
    assert (email.given, telephone.given) == (True, False)
    assert email.wording.startswith("You may also e-mail me") and email.language == "en"


@pytest.mark.django_db
def test_receipt_is_the_first_change_of_stage_and_rows_are_append_only(client):
    send(client)
    change = Enquiry.objects.get().stage_changes.get()
    assert (change.from_stage, change.to_stage) == ("", "new")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        StageChange.objects.update(to_stage="non-fdi")


@pytest.mark.django_db
def test_references_rise_and_carry_the_year_of_receipt(client):
    send(client)
    send(client, plans="Another question")
    later, earlier = Enquiry.objects.order_by("-reference")
    assert earlier.reference < later.reference
    assert earlier.reference.startswith(f"ENQ-{earlier.received_at.year}-")
    assert len(earlier.reference.split("-")[2]) >= 4


@pytest.mark.django_db
def test_the_same_content_under_the_same_key_is_the_same_enquiry(client):
    hidden = hidden_fields()
    first, second = send(client, **hidden), send(client, **hidden)
    assert first.headers["Location"].split(":")[0] == second.headers["Location"].split(":")[0]
    assert Enquiry.objects.count() == 1
    assert EnquiryMail.objects.count() == 2


@pytest.mark.django_db
def test_other_content_under_the_same_key_is_a_second_enquiry_that_follows_the_first(client):
    hidden = hidden_fields()
    for plans in ["One", "Two", "Three"]:
        send(client, **hidden, plans=plans)
    first, *others = Enquiry.objects.order_by("pk")
    assert [enquiry.follows for enquiry in others] == [first, first]


def at_one_instant(*contents):
    """Sends the forms from as many threads at once; their responses."""
    gate, responses = threading.Barrier(len(contents)), []

    def submit(content):
        try:
            gate.wait()
            responses.append(Client().post("/en/enquire/", content))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[content]) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return responses


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_at_one_instant_is_one_enquiry():
    content = ANSWERS | hidden_fields()
    responses = at_one_instant(*[content] * 6)
    assert {response.status_code for response in responses} == {303}
    assert Enquiry.objects.count() == 1
    assert EnquiryMail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_different_contents_of_one_form_at_one_instant_are_linked():
    content = ANSWERS | hidden_fields()
    at_one_instant(*[content | {"plans": f"Question {number}"} for number in range(4)])
    first, *others = Enquiry.objects.order_by("pk")
    assert len(others) == 3
    assert {enquiry.follows for enquiry in others} == {first}
