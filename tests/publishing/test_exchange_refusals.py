"""What is refused, each with a sentence: files that are not safe to read, texts that are not ours or are damaged."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from publishing.exchange.dry_run import Outcome
from publishing.models import Act, Import
from tests.factories import opportunity, staff, superuser
from tests.publishing.exchange_files import (
    BRING_BACK,
    FORMATS,
    apply_all,
    bring_back,
    edited,
    handmade,
    outcomes,
    rows,
    taken_out,
    unit,
)

pytestmark = pytest.mark.django_db
KEY = "opportunities.opportunity:river-barrage:summary"
GOOD = unit(KEY, "새 요약입니다.")
DOCTYPE = (
    '<!DOCTYPE xliff [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
)
RICH = "<p>Read <strong>this</strong>: {{figure:length}}.</p>\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>"


@pytest.fixture
def record():
    return opportunity(body_en=RICH, body_ko="")


@pytest.fixture
def manager(client):
    user = superuser()
    client.force_login(user)
    return user


def archive(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def with_part(content, name, change):
    """A spreadsheet with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    return archive(parts | {name: change(parts.get(name, b""))})


def workbook(*rows_):
    book = Workbook()
    for row in rows_:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEADING = ["ID", "English (en)", "Korean (ko)"]
PROLOG = "<?xml version='1.0' encoding='{}'?>"
FILES = {
    "doctype": (handmade(GOOD, head=PROLOG.format("UTF-8") + DOCTYPE), "has a DOCTYPE"),
    "doctype in utf-16": (handmade(GOOD, head=DOCTYPE).decode().encode("utf-16"), "has a DOCTYPE"),
    "doctype in utf-16 without a mark": (
        handmade(GOOD, head=DOCTYPE).decode().encode("utf-16-le"),
        "has a DOCTYPE",
    ),
    "utf-32": (handmade(GOOD, head=DOCTYPE).decode().encode("utf-32"), "written in UTF-32"),
    "utf-7": (handmade(GOOD, head=PROLOG.format("UTF-7")), "written in UTF-7"),
    "latin-1": (handmade(GOOD, head=PROLOG.format("ISO-8859-1")), "written in ISO-8859-1. Save it in UTF-8"),
    "broken utf-8": (handmade(GOOD).replace("새".encode(), b"\xff\xfe"), "not UTF-8"),
    "euc-kr": (handmade(GOOD, head="").decode().encode("euc-kr"), "not UTF-8"),
    "ebcdic": (
        handmade(GOOD, head=PROLOG.format("cp037"))
        .replace("새 요약입니다.".encode(), b"")
        .decode()
        .encode("cp037"),
        "not UTF-8",
    ),
    "xliff 2": (handmade(GOOD, version="2.0"), "This is XLIFF 2"),
    "xliff 2 by its namespace": (
        b"<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0'/>",
        "This is XLIFF 2",
    ),
    "not well formed": (handmade(GOOD)[:-20], "not well-formed XML"),
    "null": (handmade(GOOD).replace("새".encode(), b"\x00"), "null characters"),
    "null as a reference": (handmade(unit(KEY, "&#0;")), "not well-formed XML"),
    "undefined entity": (handmade(unit(KEY, "&file;")), "not well-formed XML"),
    "too deep": (handmade("<group>" * 5000), "not well-formed XML"),
    "html": (b"<html><body>xliff</body></html>", "not XLIFF 1.2"),
    "no file": (
        b"<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'></xliff>",
        "not XLIFF 1.2",
    ),
    "no texts": (handmade(), "holds no texts"),
    "prose": ("새 요약입니다.".encode(), "neither XLIFF 1.2 nor a spreadsheet"),
    "bytes": (bytes(range(256)), "not UTF-8"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x01" * 50, "not UTF-8"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Save it as .xlsx"),
    "empty": (b" ", "The file is empty"),
    "japanese": (handmade(GOOD, target="ja"), "“ja”; this site translates into ko"),
    "english": (handmade(GOOD, target="en"), "“en”; this site translates into ko"),
    "no language": (handmade(GOOD, target=""), "target language"),
    "from german": (handmade(GOOD, source="de"), "source language"),
    "any archive": (archive({"a.txt": "a"}), "not a spreadsheet of texts"),
    "cut archive": (archive({"a.txt": "a" * 9000})[:60], "damaged"),
    "many parts": (archive({f"{number}.xml": "<a/>" for number in range(301)}), "unpacks to far more"),
    "bomb": (archive({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 90_000_000}), "unpacks to far more"),
    "doctype in a part": (
        with_part(workbook(HEADING), "xl/sharedStrings.xml", lambda old: DOCTYPE.encode() + b"<sst/>"),
        "has a DOCTYPE",
    ),
    "doctype in a part in utf-16": (
        with_part(workbook(HEADING), "xl/workbook.xml", lambda old: f"{DOCTYPE}<a/>".encode("utf-16")),
        "has a DOCTYPE",
    ),
    "part that is no xml": (with_part(workbook(HEADING), "xl/workbook.xml", lambda old: b"<a"), "damaged"),
    "no headings": (workbook(["a", "b"]), "The first row of the sheet"),
    "empty sheet": (workbook(), "The first row of the sheet"),
    "headings alone": (workbook(HEADING), "holds no texts"),
    "sheet in german": (workbook(["ID", "English (en)", "German (de)"], [KEY, "a", "b"]), "“de”; this site"),
}


@pytest.mark.parametrize(("content", "sentence"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(client, manager, record, content, sentence):
    response = bring_back(client, content)
    assert response.status_code == 200
    assert sentence in " ".join(response.context["back"].errors.get("file", ["no refusal"]))
    assert not Import.objects.exists()


UNITS = {
    "another model": (unit("accounts.user:administrator:username", "x"), "no kind of record"),
    "an untranslated model": (unit("opportunities.asset:a:name", "x"), "no kind of record"),
    "no model": (unit("opportunities.nothing:a:name", "x"), "no kind of record"),
    "no such record": (
        unit("opportunities.opportunity:gone:summary", "x"),
        "no opportunity with the address “gone”",
    ),
    "another record of the name": (unit(f"{KEY}#999999.0123456789ab", "x"), "was another opportunity"),
    "no such field": (
        unit("opportunities.opportunity:river-barrage:nothing", "x"),
        "no translated text named “nothing”",
    ),
    "untranslated field": (
        unit("opportunities.opportunity:river-barrage:slug", "x"),
        "no translated text named “slug”",
    ),
    "a column": (
        unit("opportunities.opportunity:river-barrage:title_en", "x"),
        "no translated text named “title_en”",
    ),
    "no id": (unit("", "x"), "not the ID"),
    "an id of another tool": (unit("1", "x"), "not the ID"),
    "a long id": (unit("x" * 5000, "x"), "not the ID"),
    "script": (unit(KEY, "&lt;script&gt;alert(1)&lt;/script&gt;"), "The text holds &lt;script&gt;"),
    "script as inline code": (unit(KEY, '<ph id="1">&lt;script&gt;</ph>a'), "The text holds &lt;script&gt;"),
    "handler": (unit(KEY, "&lt;b onclick=x&gt;"), "The text holds onclick=…"),
    "scheme": (unit(KEY, "JavaScript : alert(1)"), "The text holds JavaScript :"),
    "no source": (unit(KEY, "x", source=""), "does not say which text"),
    "too long": (
        unit("opportunities.opportunity:river-barrage:title", "가" * 231, source="River barrage"),
        "231 characters: the title holds 200 at most",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), UNITS.values(), ids=UNITS)
def test_a_text_that_cannot_be_taken_is_refused_with_a_sentence(client, manager, record, text, sentence):
    response = bring_back(client, handmade(text))
    assert list(outcomes(response).values()) == [Outcome.REFUSED]
    assert sentence in response.content.decode().replace("&#x27;", "'")
    apply_all(client, response)
    record.refresh_from_db()
    assert (record.summary_ko, record.version) == ("강을 가로지르는 둑입니다.", 1)
    assert not Act.objects.filter(verb=Act.Verb.IMPORTED).exists()


BODIES = {
    "token lost": ("<p><strong>가</strong></p><ul><li>1</li><li>2</li></ul>", "lacks {{figure:length}}"),
    "token changed": (RICH.replace("figure:length", "figure:width"), "lacks {{figure:length}}"),
    "token brought": (RICH.replace("One", "{{setting:email}}"), "holds {{setting:email}}"),
    "token cut": (RICH.replace("}}", "}"), "token is damaged"),
    "tag not closed": (RICH.replace("</strong>", ""), "damaged"),
    "tag crossed": (
        RICH.replace("<strong>this</strong>:", "<strong>this:").replace("</p>", "</p></strong>"),
        "damaged",
    ),
    "tag lost": (RICH.replace("<strong>", "").replace("</strong>", ""), "lacks &lt;strong&gt;"),
    "item lost": (RICH.replace("<li>Two</li>\n", ""), "lacks &lt;li&gt;"),
    "all tags lost": ("이것을 읽으십시오: {{figure:length}}.", "All its tags are gone"),
    "unknown tag": (RICH.replace("One", "<blink>One</blink>"), "not one that texts may have"),
    "picture": (RICH.replace("One", "<img src=x>"), "The text holds &lt;img&gt;"),
}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize(("text", "sentence"), BODIES.values(), ids=BODIES)
def test_a_text_with_damaged_tags_or_tokens_is_refused(client, manager, record, file_format, text, sentence):
    response = bring_back(client, edited(file_format, taken_out(file_format, [record]), {"body": text}))
    assert outcomes(response)["body"] == Outcome.REFUSED
    assert sentence in response.content.decode()
    apply_all(client, response)
    record.refresh_from_db()
    assert record.body_ko == ""


def test_paragraphs_may_be_parted_in_another_way_and_marks_added(client, manager, record):
    text = RICH.replace("</p>", "</p><p>둘째 <em>문단</em></p>").replace("One", "하나<br>둘")
    response = bring_back(client, edited("xliff", taken_out("xliff", [record]), {"body": text}))
    assert outcomes(response)["body"] == Outcome.CHANGES


def test_a_text_that_stands_twice_is_refused(client, manager, record):
    response = bring_back(client, handmade(GOOD, unit(KEY, "다른 요약입니다.")))
    assert {row["outcome"] for row in response.context["found"].rows} == {Outcome.REFUSED}
    assert "stands 2 times" in response.content.decode()


def test_a_renamed_record_is_refused(client, manager, record):
    content = edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"})
    type(record).objects.filter(pk=record.pk).update(slug="renamed")
    assert "no opportunity with the address" in rows(bring_back(client, content))["title"]["why"]
    opportunity("river-barrage")
    assert "was another opportunity" in rows(bring_back(client, content))["title"]["why"]


def test_several_languages_in_a_file_are_refused(client, manager, record):
    one = handmade(GOOD).decode()
    other = handmade(GOOD, target="en").decode()
    both = one.replace("</xliff>", other[other.index("<file") :])
    assert "several target languages" in bring_back(client, both.encode()).content.decode()


@pytest.mark.parametrize(
    ("value", "kind"), [("=1+1", "a formula"), (True, "true or false"), ("#N/A", "an error")]
)
def test_a_cell_that_is_not_text_is_refused(client, manager, record, value, kind):
    book = load_workbook(io.BytesIO(taken_out("xlsx", [record])))
    book["Texts"]["E2"].value = value
    file = io.BytesIO()
    book.save(file)
    response = bring_back(client, file.getvalue(), "back.xlsx")
    assert kind in rows(response)["title"]["why"]


def test_a_number_typed_into_a_cell_is_text(client, manager, record):
    book = load_workbook(io.BytesIO(taken_out("xlsx", [record])))
    book["Texts"]["E2"].value = 2031
    file = io.BytesIO()
    book.save(file)
    assert rows(bring_back(client, file.getvalue()))["title"]["text"] == "2031"


def test_a_sheet_with_a_row_far_below_is_read_at_once(client, manager, record):
    content = taken_out("xlsx", [record])
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    content = with_part(content, "xl/worksheets/sheet1.xml", lambda old: old.replace(b"</sheetData>", far))
    assert outcomes(bring_back(client, content))["title"] == Outcome.UNCHANGED


def test_a_file_of_200_mb_is_refused_before_it_is_read(client, manager):
    sent = Unreadable()
    response = client.generic(
        "POST",
        reverse(BRING_BACK),
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH="200000000",
        **{"wsgi.input": sent},
    )
    assert response.status_code == 413
    assert "larger than 20 MB, so it was not read" in response.content.decode()


class Unreadable:
    def read(self, *args):
        raise AssertionError("The body was read.")

    readline = read


def test_a_large_file_for_somebody_who_is_not_signed_in_is_refused_as_everywhere(client):
    response = client.generic(
        "POST", reverse(BRING_BACK), b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="200000000"
    )
    assert response.status_code == 400


def test_a_file_between_the_limits_is_read(client, manager, record):
    content = handmade(GOOD, "<!--" + "x" * 3_000_000 + "-->")
    assert outcomes(bring_back(client, content)) == {"summary": Outcome.CHANGES}


def test_other_pages_take_no_file_even_a_small_one(client, manager, record):
    for address in (
        reverse("admin:exchange_take_out"),
        reverse("admin:exchange"),
        "/en/enquire/",
        "/accounts/sign-in/",
    ):
        response = client.post(address, {"back-file": SimpleUploadedFile("a.xlf", b"a")})
        assert response.status_code in {400, 404, 405}, address


def test_two_files_at_once_are_refused(client, manager):
    files = [SimpleUploadedFile("a.xlf", b"a"), SimpleUploadedFile("b.xlf", b"b")]
    assert client.post(reverse(BRING_BACK), {"back-file": files}).status_code == 400


def test_bringing_back_without_a_file_says_so(client, manager):
    assert "Choose a file." in client.post(reverse(BRING_BACK), {}).content.decode()
    assert "The file is empty." in bring_back(client, b"").content.decode()


def test_a_file_is_taken_only_with_the_token_of_the_form(manager):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(manager)
    assert (
        visitor.post(reverse(BRING_BACK), {"back-file": SimpleUploadedFile("a.xlf", b"a")}).status_code == 403
    )


def test_the_pages_are_closed_to_whoever_may_not_translate(client):
    found = Import.objects.create(language="ko", file_name="a.xlf", rows=[])
    addresses = [reverse("admin:exchange"), reverse("admin:exchange_import", args=[found.pk])]
    for address in addresses:
        assert client.get(address).status_code == 302
    client.force_login(staff("viewer", "opportunities.view_opportunity"))
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, {"verb": "all"}).status_code in {403, 405}
    assert bring_back(client, handmade(GOOD)).status_code == 403
    assert client.post(reverse("admin:exchange_take_out"), {"out-language": "ko"}).status_code == 403


def translator(code="ko"):
    user = staff("translator")
    user.user_permissions.add(Permission.objects.get(codename=f"translate_{code}"))
    return user


def test_a_translator_brings_back_the_texts_of_every_kind_of_record(client, record):
    client.force_login(translator())
    response = bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"}))
    apply_all(client, response)
    record.refresh_from_db()
    assert record.title_ko == "새 둑"
