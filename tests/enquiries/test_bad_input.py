import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enquiries.models import Enquiry
from tests.enquiries.filling import FORM, hidden_fields, send

pytestmark = pytest.mark.django_db


def assert_refused(response, *codes):
    assert response.status_code in (codes or (400, 413, 415))
    assert "<h1>" in response.content.decode()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("field", "length"),
    [
        ("given_name", 101),
        ("organisation", 201),
        ("plans", 5001),
        ("email", 300),
        ("website", 400),
        ("telephone", 50),
    ],
)
def test_what_is_too_long_is_kept_and_refused_with_its_length(client, field, length):
    response = send(client, **{field: "가" * length})
    assert_refused(response, 422)
    page = response.content.decode()
    assert f"This is {length} characters long" in page
    assert "가" * length in page


def test_plans_may_have_five_thousand_characters_whatever_the_line_ends(client):
    assert send(client, plans="가나\r\n" * 1666 + "다").status_code == 303


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\ufffd"])
def test_a_character_that_cannot_be_read_is_refused_with_a_sentence(client, character):
    response = send(client, plans=f"before{character}after", given_name=f"M{character}")
    assert_refused(response, 422)
    page = response.content.decode()
    assert page.count("There is a character here that cannot be read") == 4
    assert "before\ufffdafter" in page
    assert character == "\ufffd" or character not in page


def test_unreadable_characters_in_any_field_are_no_error_of_ours(client):
    changed = dict.fromkeys(
        ["reply_language", "country", "how_heard", "sectors", "opportunities", "submission_key", "started"],
        "a\x00b",
    )
    assert_refused(send(client, **changed), 422)


def test_unreadable_characters_in_what_people_do_not_see_are_stored_as_marks(client):
    send(client, query="?utm_source=%01x", page="/en/\x01")
    assert Enquiry.objects.get().page == "/en/\ufffd"


def test_a_body_that_is_not_utf8_is_refused(client):
    assert_refused(client.generic("POST", "/en/enquire/", b"plans=%B0%A1%FF", content_type=FORM))
    assert_refused(client.generic("POST", "/en/enquire/", "plans=투자".encode("euc-kr"), content_type=FORM))


@pytest.mark.parametrize("charset", ["euc-kr", "utf-7", "no-such-charset"])
def test_a_body_that_names_another_charset_is_refused(client, charset):
    body = "plans=투자".encode("euc-kr")
    assert_refused(client.generic("POST", "/en/enquire/", body, content_type=f"{FORM}; charset={charset}"))


def test_ten_thousand_fields_are_refused(client):
    body = "&".join(f"field{number}=x" for number in range(10_000))
    assert_refused(client.generic("POST", "/en/enquire/", body, content_type=FORM))
    assert_refused(client.get("/en/enquire/?" + body))


def test_a_body_of_fifty_megabytes_is_refused(client):
    assert_refused(client.generic("POST", "/en/enquire/", b"x" * 50_000_000, content_type=FORM))


def test_a_large_multipart_body_with_a_file_is_refused(client):
    file = SimpleUploadedFile("plans.pdf", b"x" * 50_000_000)
    assert_refused(client.post("/en/enquire/", hidden_fields() | {"plans": file}))


def test_a_small_file_is_refused_too(client):
    file = SimpleUploadedFile("plans.txt", b"x")
    assert_refused(send(client, attachment=file))


def test_a_broken_multipart_body_is_refused(client):
    kind = "multipart/form-data; boundary=x"
    assert_refused(client.generic("POST", "/en/enquire/", b"--x\r\nnonsense", content_type=kind), 400, 422)
    assert_refused(client.generic("POST", "/en/enquire/", b"", content_type="multipart/form-data"))


def test_what_is_no_form_is_refused(client):
    assert_refused(client.generic("POST", "/en/enquire/", b"{}", content_type="application/json"))


@pytest.mark.parametrize("address", ["?o=%00", "?%00=1", "%00", "thanks/%00/", "?o=%FF%FE", "thanks/%FF/"])
def test_a_null_or_broken_character_in_the_address_is_never_an_error_of_ours(client, address):
    assert client.get(f"/en/enquire/{address}").status_code < 500


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)("/en/enquire/").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_on_another_website_is_refused(client, headers):
    assert_refused(send(client, headers=headers), 403)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
)
def test_our_own_form_is_accepted(client, headers):
    assert send(client, headers=headers).status_code == 303


@pytest.mark.parametrize("number", ["12", "call me", "++82", "+82", "0" * 30])
def test_a_number_that_is_none_is_refused_with_an_example(client, number):
    response = send(client, telephone=number)
    assert_refused(response, 422)
    assert "such as +82 51 123 4567" in response.content.decode().split('id="id_telephone_error"')[1][:200]


@pytest.mark.parametrize(
    ("country", "typed", "stored"),
    [
        ("GB", "0151 233 2000", "+44 151 233 2000"),
        ("KR", "+44 (0)151-233-2000", "+44 151 233 2000"),
        ("KR", "02-1234-5678", "+82 2 1234 5678"),
        ("US", "650-253-0000", "+1 650 253 0000"),
        ("DK", "00821012345678", "+82 10 1234 5678"),
    ],
)
def test_a_number_is_stored_in_international_form(client, country, typed, stored):
    send(client, country=country, telephone=typed)
    assert Enquiry.objects.get().telephone == stored


def test_news_by_telephone_needs_a_number(client):
    assert "take back the tick" in send(client, consent_telephone="on").content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://files.example", "not a site", "http://["])
def test_a_website_that_is_none_is_refused(client, address):
    assert_refused(send(client, website=address), 422)


def test_choices_that_were_never_offered_are_refused_beside_their_field(client):
    response = send(client, country="ZZ", reply_language="tlh", sectors=["nonsense"], opportunities=["gone"])
    assert_refused(response, 422)
    for name in ["country", "reply_language", "sectors", "opportunities"]:
        assert f'id="id_{name}_error"' in response.content.decode()
