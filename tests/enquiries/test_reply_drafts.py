"""The draft of a reply: what is kept while it is written, and the files that go with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enquiries import reply_files
from enquiries.models import Reply, ReplyAttachment
from enquiries.triage import NotPossible
from tests import factories
from tests.enquiries.replying import RIGHTS, TEXT, address, sendable, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.staff("officer", *RIGHTS)


@pytest.fixture
def enquiry():
    return factories.enquiry()


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


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
