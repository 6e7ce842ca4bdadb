"""Writing a reply: what is filled in, kept, refused, attached, sent, taken back."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from enquiries import replies, reply_facts, reply_files
from enquiries.models import Enquiry, EnquiryMail, Reply, ReplyAttachment, ReplyTemplate
from enquiries.triage import NotPossible
from opportunities.models import Opportunity
from tests import factories

pytestmark = pytest.mark.django_db
RIGHTS = ["enquiries.view_enquiry", "enquiries.change_enquiry", "partners.view_person"]
TEXT = "Dear Mette Holm,\n\nYes, there is."
KOREAN = {"given_name": "민재", "family_name": "오", "organisation": "소래터빈", "country": "KR"}
KOREAN |= {"email": "minjae.oh@sorae.example", "reply_language": "ko", "language": "ko"}


@pytest.fixture
def officer():
    user = factories.staff("officer", *RIGHTS)
    user.first_name, user.last_name = "Jo", "Marsh"
    user.save()
    return user


@pytest.fixture
def enquiry():
    return factories.enquiry()


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def address(enquiry, what="reply", *more):
    return reverse(f"admin:enquiries_enquiry_{what}", args=[enquiry.pk, *more])


def typed(**changed):
    given = {"version": 0, "language": "en", "to": "mette.holm@kjellerup.example", "subject": "Grid capacity"}
    return given | {"body": TEXT, "then_wait": "on", "verb": "save"} | changed


def sendable(enquiry, officer, **changed):
    given = {"language": "en", "to": enquiry.email, "subject": "Grid capacity", "body": TEXT}
    given |= {"shortlist": [], "then_wait": True} | changed
    return replies.save(enquiry, given, version=0, by=officer)


def sent(enquiry, officer, **changed):
    draft = sendable(enquiry, officer, **changed)
    return replies.send(enquiry, version=draft.version, by=officer)


# What is filled in


def test_a_korean_is_addressed_as_korean_does(officer):
    letter = reply_facts.Letter(factories.enquiry(**KOREAN), "ko", officer)
    assert reply_facts.filled("{{honorific_name}}께", letter) == "오민재 님께"


def test_every_template_of_the_first_content_is_written_in_every_language_and_names_only_what_is_known():
    found = list(ReplyTemplate.objects.all())
    assert len(found) == 6
    for template in found:
        for code in ("en", "ko"):
            assert template.written_in(code)
            assert not [one for text in template.texts(code) for one in reply_facts.unknown(text)]


def test_a_template_is_put_in_with_its_facts_in_the_language_that_was_chosen(desk):
    enquiry = factories.enquiry(**KOREAN)
    desk.post(address(enquiry), typed(body="", subject="", verb="template", template="follows-up:ko"))
    draft = Reply.objects.get()
    assert draft.language == "ko" and draft.body.startswith("오민재 님께\n")
    assert enquiry.reference in draft.body and "Jo Marsh 드림" in draft.body
    assert not reply_facts.unfilled(draft.subject, draft.body)


def test_another_template_takes_the_place_of_one_that_nobody_has_changed_and_follows_what_was_written(
    desk, enquiry
):
    desk.post(address(enquiry), typed(body="", verb="template", template="follows-up:en"))
    first = Reply.objects.get()
    desk.post(
        address(enquiry),
        typed(version=first.version, body=first.body, verb="template", template="asks-for-details:en"),
    )
    second = Reply.objects.get()
    assert "have not heard" not in second.body and "tell us a little more" in second.body
    mine = f"{second.body}\nAnd one thing more."
    desk.post(
        address(enquiry),
        typed(version=second.version, body=mine, verb="template", template="follows-up:en"),
    )
    assert "one thing more" in Reply.objects.get().body and "have not heard" in Reply.objects.get().body


def test_what_cannot_be_filled_stays_to_be_seen(officer):
    nameless = factories.enquiry(given_name="", family_name="")
    letter = reply_facts.Letter(nameless, "en", officer)
    assert reply_facts.filled("Dear {{honorific_name}} of {{organisation}}", letter) == (
        "Dear {{honorific_name}} of Kjellerup Offshore"
    )


def test_the_titles_of_what_they_ask_about_are_those_of_the_language(officer):
    enquiry = factories.enquiry()
    found = Opportunity.objects.get(slug="mersey-tidal-power")
    enquiry.opportunity_rows.create(opportunity=found)
    texts = {
        code: reply_facts.filled("{{opportunities}}", reply_facts.Letter(enquiry, code, officer))
        for code in ("en", "ko")
    }
    assert texts == {"en": found.title_en, "ko": found.title_ko}


@pytest.mark.parametrize(
    "stray",
    [
        "{{given_name}}",
        "{{write: the day}}",
        "{{ anything }}",
        "{{given_name",
        "given_name}}",
        "{{",
        "{{오늘}}",
    ],
)
def test_nothing_goes_out_with_a_placeholder(officer, stray):
    nameless = factories.enquiry(given_name="")
    with pytest.raises(NotPossible, match="not filled in"):
        sent(nameless, officer, body=f"Dear {stray},\n\nYes.")
    with pytest.raises(NotPossible, match="not filled in"):
        sent(factories.enquiry(), officer, subject=f"About {stray}")
    assert not EnquiryMail.objects.filter(kind="reply").exists()


def test_the_link_follows_the_shortlist_and_its_language(enquiry, officer):
    given = {"language": "en", "to": "", "subject": "", "then_wait": True, "body": "See {{shortlist}}"}
    first = replies.save(enquiry, given | {"shortlist": ["a", "b"]}, version=0, by=officer, fill=True)
    assert first.body.endswith("/en/opportunities/?o=a&o=b")
    given |= {"body": first.body, "language": "ko", "shortlist": ["b"]}
    second = replies.save(enquiry, given, version=1, by=officer, fill=True)
    assert second.body.endswith("/ko/opportunities/?o=b")
    third = replies.save(
        enquiry, given | {"body": second.body, "shortlist": []}, version=2, by=officer, fill=True
    )
    assert third.body == "See {{shortlist}}"


# The draft


def test_what_is_typed_is_saved_along(desk, enquiry):
    first = desk.post(address(enquiry, "reply_autosave"), typed()).json()
    second = desk.post(
        address(enquiry, "reply_autosave"), typed(version=first["version"], body="Better")
    ).json()
    assert (first["version"], second["version"]) == (1, 2)
    assert Reply.objects.get().body == "Better"
    assert "Better" in desk.get(address(enquiry)).content.decode()


def test_an_older_window_does_not_save_over_a_newer_one_and_loses_nothing(desk, enquiry):
    desk.post(address(enquiry, "reply_autosave"), typed(body="From the first window"))
    refused = desk.post(address(enquiry, "reply_autosave"), typed(body="From the second window"))
    assert refused.status_code == 409 and "Another window" in refused.json()["error"]
    page = desk.post(address(enquiry), typed(body="From the second window"))
    assert page.status_code == 409
    assert (
        "From the first window" in page.content.decode() and "From the second window" in page.content.decode()
    )
    assert Reply.objects.get().body == "From the first window"
    desk.post(address(enquiry), typed(version=1, body="From the second window"))
    assert Reply.objects.get().body == "From the second window"


def test_a_window_left_open_writes_no_second_copy_of_what_was_sent(desk, enquiry):
    desk.post(address(enquiry, "reply_autosave"), typed())
    desk.post(address(enquiry), typed(version=1, verb="send"))
    late = desk.post(address(enquiry, "reply_autosave"), typed(version=1))
    assert late.status_code == 409 and Reply.objects.count() == 1


def test_a_draft_may_lack_everything_and_a_wrong_address_is_kept(desk, enquiry):
    desk.post(address(enquiry, "reply_autosave"), typed(to="mette@", subject="", body="  half a sen"))
    draft = Reply.objects.get()
    assert (draft.to, draft.subject, draft.body) == ("mette@", "", "  half a sen")


def test_what_is_too_long_is_refused_and_stands_on_the_page(desk, enquiry):
    page = desk.post(address(enquiry), typed(body="long " * 10_001))
    assert page.status_code == 422 and "long long" in page.content.decode()
    assert not Reply.objects.exists()


def test_two_officers_write_two_drafts_and_each_sees_their_own(desk, enquiry):
    desk.post(address(enquiry, "reply_autosave"), typed(body="From the officer"))
    desk.force_login(factories.staff("colleague", *RIGHTS))
    desk.post(address(enquiry, "reply_autosave"), typed(body="From the colleague"))
    page = desk.get(address(enquiry)).content.decode()
    assert "From the colleague" in page and "From the officer" not in page
    assert Reply.objects.count() == 2


def test_opening_the_page_writes_nothing(desk, enquiry):
    assert desk.get(address(enquiry)).status_code == 200
    assert not Reply.objects.exists()


def test_what_was_typed_survives_the_end_of_the_session(client, officer, enquiry):
    refused = client.post(address(enquiry), typed(body="Typed for an hour"))
    assert refused.status_code == 403
    sign_in = {"username": officer.username, "password": factories.PASSWORD, "next": address(enquiry)}
    client.post(reverse("accounts:login"), sign_in | {"typed": refused.context["typed"]})
    page = client.get(address(enquiry)).content.decode()
    assert "Typed for an hour" in page and "Your session had ended" in page
    assert not Reply.objects.exists()


def test_discarding_takes_the_files_with_it(desk, enquiry, django_capture_on_commit_callbacks):
    attach(desk, enquiry)
    row = ReplyAttachment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address(enquiry), {"verb": "discard"})
    assert not Reply.objects.exists() and not row.file.storage.exists(row.file.name)


# Files


def attach(desk, enquiry, name="offer.txt", content=b"An offer.", **changed):
    file = SimpleUploadedFile(name, content)
    return desk.post(address(enquiry, "reply_attach"), typed(**changed) | {"file": file})


def test_attaching_a_file_saves_what_is_typed(desk, enquiry):
    assert attach(desk, enquiry, "부두 도면.txt").status_code == 302
    row = ReplyAttachment.objects.get()
    assert row.reply.body == TEXT and row.name == "부두 도면.txt"
    assert "부두" not in row.file.name


def test_a_file_is_for_who_may_see_the_enquiry_and_people(desk, enquiry, client):
    attach(desk, enquiry)
    at = address(enquiry, "reply_attachment", ReplyAttachment.objects.get().pk)
    found = desk.get(at)
    assert b"".join(found.streaming_content) == b"An offer." and "attachment" in found["Content-Disposition"]
    desk.force_login(factories.staff("viewer", "enquiries.view_enquiry"))
    assert desk.get(at).status_code == 403
    desk.logout()
    assert desk.get(at).status_code == 302


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("program.exe", b"MZ"),
        ("picture.png", b"<svg onload=alert(1)>"),
        ("letter.docx", b"PK\x03\x04 not a document"),
        ("table.csv", b"\xff\xfe\x00"),
        ("empty.txt", b""),
        ("plan", b"without an ending"),
    ],
)
def test_a_file_that_is_not_what_we_send_is_refused_and_the_text_kept(desk, enquiry, name, content):
    page = attach(desk, enquiry, name, content)
    assert page.status_code == 422 and name in page.content.decode()
    assert Reply.objects.get().body == TEXT and not ReplyAttachment.objects.exists()


def test_all_files_of_a_mail_together_have_a_limit(enquiry, officer):
    draft = sendable(enquiry, officer)
    size = {"reply": draft, "stored_as": "x", "content_type": "text/plain", "size": reply_files.MOST_BYTES}
    ReplyAttachment.objects.create(name="one.txt", **size)
    ReplyAttachment.objects.create(name="two.txt", **size)
    with pytest.raises(NotPossible, match="together"):
        reply_files.attach(draft, SimpleUploadedFile("three.txt", b"3"))


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\folder\\offer.PDF", "offer.pdf"),
        ("in\u202efdp.txt", "infdp.txt"),
        ('a"b\r\nc.txt', "a-bc.txt"),
        (".htaccess.txt", "htaccess.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_of_a_file_is_harmless(given, clean):
    assert reply_files.clean_name(given) == clean


def test_a_file_is_removed_by_a_button(desk, enquiry):
    attach(desk, enquiry)
    draft = Reply.objects.get()
    verb = f"remove:{draft.attachments.get().pk}"
    desk.post(address(enquiry), typed(version=draft.version, verb=verb))
    assert not ReplyAttachment.objects.exists()


# Sending and taking back


def test_sending_gives_an_enquiry_that_nobody_has_to_the_sender(enquiry, officer):
    reply = sent(enquiry, officer)
    assert Enquiry.objects.get(pk=enquiry.pk).owner == officer
    assert reply.mail.subject == f"Grid capacity [{enquiry.reference}]"
    assert (reply.mail.not_before - reply.mail.queued_at).total_seconds() == pytest.approx(60, abs=1)


def test_what_is_missing_is_said_in_sentences_and_nothing_is_lost(desk, enquiry):
    page = desk.post(
        address(enquiry), typed(verb="send", to="mette@", subject="", body="Half")
    ).content.decode()
    assert "not an e-mail address" in page and "There is no subject" in page and "Half" in page
    assert Reply.objects.get().mail is None


def test_a_held_enquiry_is_released_before_it_is_answered(officer):
    held = factories.enquiry()
    Enquiry.objects.filter(pk=held.pk).update(held_at=held.received_at, held_why="Suspect")
    with pytest.raises(NotPossible, match="Release it first"):
        sent(held, officer)


def test_a_file_that_is_chosen_and_not_attached_is_not_forgotten(desk, enquiry):
    page = desk.post(address(enquiry), typed(verb="send", file="offer.pdf"))
    assert page.status_code == 422 and "not attached yet" in page.content.decode()
    assert not EnquiryMail.objects.filter(kind="reply").exists()


def test_pressing_send_twice_sends_once(desk, enquiry):
    desk.post(address(enquiry, "reply_autosave"), typed())
    for _ in range(2):
        desk.post(address(enquiry), typed(version=1, verb="send"))
    assert EnquiryMail.objects.filter(kind="reply").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_one_instant_send_one():
    enquiry, officer = factories.enquiry(), factories.staff("officer", *RIGHTS)
    draft = sendable(enquiry, officer)
    gate, refused = threading.Barrier(2), []

    def send_it():
        try:
            gate.wait()
            replies.send(enquiry, version=draft.version, by=officer)
        except NotPossible as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1 and EnquiryMail.objects.filter(kind="reply").count() == 1


def test_what_is_taken_back_is_the_draft_again(desk, enquiry, officer):
    reply = sent(enquiry, officer)
    panel = desk.get(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])).content.decode()
    assert "Take it back" in panel
    answer = desk.post(address(enquiry, "reply_take_back", reply.pk))
    assert answer.url == address(enquiry)
    draft = replies.draft_of(enquiry, by=officer)
    assert draft.pk == reply.pk and draft.body == TEXT
    assert EnquiryMail.objects.get(kind="reply").taken_back_at


def test_what_has_gone_cannot_be_taken_back(enquiry, officer):
    reply = sent(enquiry, officer)
    EnquiryMail.objects.filter(pk=reply.mail_id).update(sent_at=reply.mail.queued_at)
    with pytest.raises(NotPossible, match="cannot be taken back"):
        replies.take_back(reply, by=officer)


def test_another_draft_begun_meanwhile_is_not_overwritten_by_taking_back(enquiry, officer):
    reply = sent(enquiry, officer)
    other = sendable(enquiry, officer, body="Another")
    assert replies.take_back(reply, by=officer) is False
    assert replies.draft_of(enquiry, by=officer).pk == other.pk
    assert Reply.objects.get(pk=reply.pk).mail.taken_back_at


# Rights


@pytest.mark.parametrize("what", ["reply", "log_contact"])
@pytest.mark.parametrize(
    "rights", [["enquiries.view_enquiry", "partners.view_person"], ["enquiries.change_enquiry"]]
)
def test_who_may_not_change_enquiries_or_see_people_writes_to_nobody(client, enquiry, what, rights):
    client.force_login(factories.staff("somebody", *rights))
    assert client.get(address(enquiry, what)).status_code == 403
    assert client.post(address(enquiry, what), typed()).status_code == 403
    assert client.post(address(enquiry, "reply_autosave"), typed()).status_code == 403


def test_who_may_not_see_people_sees_no_reply_on_the_record(client, enquiry, officer):
    sent(enquiry, officer, subject="Secret subject")
    client.force_login(factories.staff("viewer", "enquiries.view_enquiry"))
    page = client.get(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])).content.decode()
    assert "Secret subject" not in page and enquiry.email not in page
