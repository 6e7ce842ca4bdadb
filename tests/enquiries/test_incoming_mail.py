"""Mails that officers upload: what they become, whatever they are made of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enquiries import by_hand, eml
from enquiries.eml_text import of_html
from enquiries.models import Enquiry, IncomingMail
from enquiries.sender import language_of, name_parts
from tests import factories
from tests.enquiries.mails import RECEIVED, SERVER, UPLOAD, mail, upload, word

pytestmark = pytest.mark.django_db
KOREAN = "안녕하십니까. 머지강 부지에 관심이 있어 문의드립니다."


@pytest.fixture(autouse=True)
def our_server(settings):
    settings.MAIL_SERVERS = [SERVER]


@pytest.fixture
def desk(client):
    officer = factories.staff("officer")
    officer.groups.add(Group.objects.get(name="officer"))
    client.force_login(officer)
    client.officer = officer
    return client


def newest():
    return Enquiry.objects.latest("pk")


# A new enquiry


def test_a_mail_becomes_an_enquiry_whose_clock_runs_from_when_our_server_received_it(desk):
    upload(desk, mail())
    enquiry = newest()
    assert (enquiry.stage, enquiry.channel, enquiry.details_to_check) == ("new", "email", True)
    assert enquiry.received_at == datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
    assert (enquiry.given_name, enquiry.family_name) == ("Mette", "Holm")
    assert enquiry.email == "mette.holm@kjellerup.example" and enquiry.entered_by == desk.officer
    assert enquiry.plans == "Is there land by the river?"
    assert not enquiry.mails.exclude(kind="assignment").exists()
    row = enquiry.incoming.get()
    assert bytes(row.raw) == mail() and row.received_by == SERVER


def test_a_time_that_no_server_of_ours_wrote_is_not_believed(desk):
    forged = RECEIVED.replace("by mx.example.org", "by mx.elsewhere.example")
    page = upload(desk, mail(received=forged)).content.decode()
    assert timezone.now() - newest().received_at < timedelta(minutes=1)
    assert "No mail server of ours" in page


def test_a_time_that_is_still_to_come_is_not_believed(desk):
    upload(desk, mail(received=RECEIVED.replace("2026", "2099")))
    assert newest().received_at <= timezone.now()


def test_of_several_lines_of_ours_the_topmost_counts(desk):
    later = RECEIVED.replace("09:30", "09:31")
    upload(desk, mail(received=f"{later}\r\nReceived: {RECEIVED}"))
    assert newest().received_at.minute == 31


@pytest.mark.parametrize(
    ("stored", "declared"),
    [
        ("utf-8", "utf-8"),
        ("cp949", "euc-kr"),
        ("cp949", "ks_c_5601-1987"),
        ("cp949", "utf-8"),
        ("cp949", "iso-8859-1"),
        ("cp949", "no-such-charset"),
        ("cp949", "idna"),
        ("iso2022_kr", "iso-2022-kr"),
        ("iso2022_kr", "us-ascii"),
        ("utf-8", "euc-kr"),
        ("utf-16", "utf-16"),
    ],
)
def test_korean_is_read_whatever_its_charset_is_said_to_be(stored, declared):
    raw = mail(KOREAN.encode(stored), Content_Type=f"text/plain; charset={declared}")
    assert eml.read(raw).text == KOREAN


def test_a_korean_sender_is_named_and_answered_in_korean(desk):
    sender = f"{word('오민재', 'euc-kr')} <Minjae.Oh@SORAE.example>"
    upload(desk, mail(KOREAN, From=sender, Subject=word("부지 문의", "euc-kr")))
    enquiry = newest()
    assert (enquiry.family_name, enquiry.given_name, enquiry.reply_language) == ("오", "민재", "ko")
    assert enquiry.email == "Minjae.Oh@sorae.example"
    assert enquiry.incoming.get().subject == "부지 문의"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Holm, Mette", ("Holm", "Mette")),
        ("Mette Marie Holm (Sales)", ("Holm", "Mette Marie")),
        ("남궁민수", ("남궁", "민수")),
        ("오 민재", ("오", "민재")),
        ("mette@holm.example", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_parted_as_its_script_has_it(name, parts):
    assert name_parts(name) == parts


def test_an_english_mail_with_a_korean_signature_is_english():
    assert language_of("We are looking for forty megawatts of grid capacity by the port. 오민재") == "en"


def test_a_mail_of_html_alone_is_read_as_its_words():
    markup = "<head><title>x</title><style>p{}</style></head><p>Dear all,</p><p>one<br>two</p><img src='http://a/'>"
    assert eml.read(mail(markup, Content_Type="text/html")).text == "Dear all,\n\none\ntwo"
    assert of_html("<script>alert(1)</script>1 < 2") == "1 < 2"


def test_of_two_versions_the_plain_one_is_shown_and_files_are_listed():
    parts = (
        '--B\r\nContent-Type: multipart/alternative; boundary="C"\r\n\r\n'
        "--C\r\nContent-Type: text/plain\r\n\r\nPlain.\r\n--C\r\nContent-Type: text/html\r\n\r\n<p>Rich.\r\n--C--\r\n"
        '--B\r\nContent-Type: application/pdf; name="=?utf-8?b?6rOE7ZqNLnBkZg==?="\r\n'
        "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nQUJD\r\n--B--"
    )
    read = eml.read(mail(parts, Content_Type='multipart/mixed; boundary="B"'))
    assert read.text == "Plain."
    assert [(one.name, one.content_type, one.size) for one in read.attached] == [
        ("계획.pdf", "application/pdf", 3)
    ]


def test_a_mail_within_a_mail_is_listed_and_said(desk):
    inner = "--B\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n"
    inner += "From: a@b.example\r\nSubject: Inner\r\n\r\nInner text.\r\n--B--"
    page = upload(desk, mail(inner, Content_Type='multipart/mixed; boundary="B"')).content.decode()
    assert newest().plans == "See below." and "Another mail is attached" in page and "Inner.eml" in page


def test_a_long_text_is_cut_for_the_plans_and_kept_whole_in_the_original(desk):
    upload(desk, mail("word " * 4000))
    assert len(newest().plans) <= 5000 and len(newest().original["mail_text"]) > 15_000


@pytest.mark.parametrize(
    "headers",
    [
        {"From": None},
        {"From": "not an address at all"},
        {"From": "((((((((" * 5000},
        {"Subject": "=?utf-8?b?=?=?euc-kr?q?" * 300},
        {"Subject": "a\x00b"},
        {"Date": "Tomorrow", "Message-ID": "<<<>"},
        {"Content_Type": 'text/plain; charset="x\x00y"'},
        {"Content_Type": "multipart/mixed"},
        {"Content_Type": "message/rfc822"},
        {"Content_Transfer_Encoding": "base64"},
        {"Received": "by mx.example.org; Mon, 99 Nov 2026 99:99:99 +9999"},
        {"Content_Disposition": "attachment; filename*=nonsense''%ff%fe"},
    ],
)
def test_a_malformed_mail_is_taken_in_as_far_as_it_can_be_read(desk, headers):
    before = Enquiry.objects.count()
    response = upload(desk, mail(**headers))
    assert response.status_code == 200 and Enquiry.objects.count() == before + 1
    assert desk.get(f"/admin/enquiries/enquiry/{newest().pk}/change/").status_code == 200


def test_a_mail_nested_a_thousand_times_is_taken_in_with_its_headers(desk):
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(1000))
    page = upload(desk, mail(Content_Type=None, more=nested)).content.decode()
    assert newest().plans == "Land by the river" and "too deeply nested" in page


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The file is empty"),
        (b"\0" * 50, "The file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "Outlook file"),
        (b"PK\x03\x04 a spreadsheet", "This is not a mail"),
        (bytes(range(256)) * 40, "This is not a mail"),
        (b"Just some words.", "This is not a mail"),
    ],
)
def test_what_is_no_mail_is_refused_with_a_sentence(desk, raw, words):
    before = Enquiry.objects.count()
    response = upload(desk, raw)
    assert response.status_code == 422 and words in response.content.decode()
    assert Enquiry.objects.count() == before


def test_a_file_that_is_too_large_is_refused_before_it_is_read(desk):
    response = desk.post(UPLOAD, {"file": SimpleUploadedFile("mail.eml", mail() + b"a" * (26 * 1024 * 1024))})
    assert response.status_code == 413 and "larger than 25 MB" in response.content.decode()


def test_the_same_mail_twice_leads_to_what_it_is_already(desk):
    upload(desk, mail())
    before = Enquiry.objects.count()
    for raw in (mail(), mail(), mail("The same message, exported by another program.")):
        assert "is here already" in upload(desk, raw).content.decode()
    assert Enquiry.objects.count() == before and IncomingMail.objects.count() == 1


def test_an_acknowledgement_goes_only_where_it_is_ticked(desk):
    now = timezone.now().strftime("%a, %d %b %Y %H:%M:%S +0000")
    upload(desk, mail(received=RECEIVED.partition(";")[0] + f"; {now}"), acknowledge="on")
    assert newest().mails.filter(kind="acknowledgement").count() == 1


# What our server found out about the sender


def test_what_our_server_found_out_is_shown_as_written(desk):
    found = "mx.example.org; dkim=pass header.d=kjellerup.example"
    page = upload(desk, mail(more=f"Authentication-Results: {found}")).content.decode()
    assert newest().incoming.get().authentication == found and "dkim=pass" in page


@pytest.mark.parametrize(
    "more",
    [
        "Authentication-Results: mx.forger.example; dkim=pass",
        "Received: from x by y.forger.example; Mon, 16 Nov 2026 09:29:30 +0000\r\n"
        "Authentication-Results: mx.example.org; dkim=pass",
    ],
)
def test_what_anybody_else_wrote_about_the_sender_is_not_shown(desk, more):
    page = upload(desk, mail(more=more)).content.decode()
    assert newest().incoming.get().authentication == "" and "dkim=pass" not in page


# Pages and rights


def test_the_original_is_saved_as_it_came_and_never_opened_here(desk):
    upload(desk, mail())
    row = IncomingMail.objects.get()
    response = desk.get(f"/admin/enquiries/enquiry/incoming/{row.pk}/original/")
    assert response.content == mail() and "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment")


def test_who_may_not_see_people_sees_no_mail(desk):
    upload(desk, mail())
    row = IncomingMail.objects.get()
    desk.force_login(factories.staff("half", "enquiries.change_enquiry", "enquiries.view_enquiry"))
    for address in (f"incoming/{row.pk}/", f"incoming/{row.pk}/original/", "upload/"):
        assert desk.get(f"/admin/enquiries/enquiry/{address}").status_code == 403
    assert upload(desk, mail()).status_code == 403
    record = desk.get(f"/admin/enquiries/enquiry/{row.enquiry_id}/change/").content.decode()
    assert "Land by the river" not in record and "kjellerup" not in record


def test_nothing_of_a_mail_is_markup_on_our_pages(desk):
    page = upload(desk, mail("<script>x</script>", Subject="<img src=x>", From='"<b>Eve</b>" <e@x.example>'))
    assert "<script>x" not in page.content.decode() and "<img src=x" not in page.content.decode()


def test_checked_details_are_noted_by_who_checked_them(desk):
    upload(desk, mail())
    enquiry = newest()
    desk.post(f"/admin/enquiries/enquiry/{enquiry.pk}/checked/")
    by_hand.details_checked(enquiry, by=desk.officer)
    enquiry.refresh_from_db()
    assert not enquiry.details_to_check and enquiry.notes.get().by == desk.officer


def test_the_record_shows_the_mail_beside_what_was_corrected(desk):
    upload(desk, mail())
    Enquiry.objects.filter(pk=newest().pk).update(plans="Corrected.", family_name="Corrected")
    page = desk.get(f"/admin/enquiries/enquiry/{newest().pk}/change/").content.decode()
    assert "Is there land by the river?" in page and "Mette Holm &lt;mette.holm@kjellerup.example&gt;" in page
