"""Whatever arrives at a public address is answered clearly: never with a 500, never with a cookie."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.site.urlwalk import patterns

pytestmark = pytest.mark.django_db

BROKEN = {
    "null": "%00",
    "not-utf8": "%ff%fe",
    "half-a-surrogate": "%ed%a0%80",
    "overlong": "%c0%80",
    "line-break": "a%0d%0aSet-Cookie:%20a=1",
    "unknown": "%F0%9F%8C%8A%E2%80%AE%EF%BF%BF",
    "sql": "%27%3B--%20%25s%20%5C%20%7B0%7D%20%28%21%26%3A%2A",
    "number": "99999999999999999999999",
    "negative": "-1",
    "long": "a" * 6000,
}
PARAMETERS = {
    "prospectus:opportunities": ["theme", "district", "stage", "value", "sort", "q", "page", "in"],
    "prospectus:assets": ["theme", "district", "status", "q", "in"],
    "prospectus:case_studies": ["page", "in"],
    "prospectus:partnerships": ["in"],
    "prospectus:news": ["page", "in"],
    "prospectus:events": ["page", "in"],
    "prospectus:search": ["q", "page"],
    "enquiries:enquire": ["o", "utm_source", "utm_medium", "utm_campaign"],
    "accounts:login": ["next"],
    "admin:login": ["next"],
}
ALONE = {"q", "page", "sort"}  # what is read even where another parameter is not understood
REFUSED = range(400, 500)
HARMLESS = {200, 301, 302, 304}
TOO_MUCH = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1_000_000
UNKNOWN_WORDS = ["a" * 300, "%E2%80%AE", "..%2f..%2fetc%2fpasswd", "a%0d%0aSet-Cookie:%20a=1"]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture(scope="module")
def paths(answers):
    """One address of each public pattern, with what the pattern is called."""
    found = {}
    for answer in answers:
        if answer.status in {200, 302, 503}:
            found.setdefault(answer.address.name, urlsplit(answer.address.path).path)
    doors = {pattern.name: pattern.path for pattern in patterns() if pattern.is_open}
    return doors | found


def fault(visitor, response, allowed=HARMLESS):
    """What is wrong with an answer, in a few words."""
    if response.status_code not in REFUSED and response.status_code not in allowed:
        return f"answers {response.status_code}"
    if "a" in visitor.cookies or "\n" in str(response.headers.get("Location", "")):
        return "lets a header in"
    if response.status_code in REFUSED and b"<title>" not in response.content and response.content:
        return f"{response.status_code} without a page of ours"
    return ""


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_no_parameter_of_any_address_is_ever_an_error_of_ours(visitor, paths, value, no_faults):
    def faults():
        for name, path in paths.items():
            expected = HARMLESS | ({503} if name == "readyz" else set())
            known = PARAMETERS.get(name, [])
            together = "&".join(f"{parameter}={value}" for parameter in [*known, "unheard-of"])
            for query in (together, *(f"{parameter}={value}" for parameter in known if parameter in ALONE)):
                address = f"{path}?{query}"
                if found := fault(visitor, visitor.get(address), expected):
                    yield f"{address[:120]} {found}"

    no_faults(faults())


def test_a_null_is_refused_in_the_query_of_every_address(visitor, paths, no_faults):
    no_faults(name for name, path in paths.items() if visitor.get(f"{path}?q=%00").status_code != 400)


@pytest.mark.parametrize("value", [*BROKEN.values(), *UNKNOWN_WORDS])
def test_no_path_is_ever_an_error_of_ours(visitor, paths, value, no_faults):
    def faults():
        for path in {*paths.values(), "/admin/", "/static/", "/en/covers/", "/ko/covers/home-"}:
            if found := fault(visitor, visitor.get(f"{path}{value}/"), {200, 301, 302}):
                yield f"{path}{value[:80]}/ {found}"

    no_faults(faults())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_method_that_an_address_does_not_know_is_refused(visitor, paths, method, no_faults):
    def faults():
        for name, path in paths.items():
            if name != "root" and (status := getattr(visitor, method)(path).status_code) not in REFUSED:
                yield f"{method.upper()} {path} answers {status}"

    no_faults(faults())


def test_every_address_answers_a_request_for_its_headers_alone(visitor, paths, no_faults):
    for path in paths.values():
        assert visitor.head(path).content == b"", path
    no_faults(
        path for path in paths.values() if visitor.head(path).status_code != visitor.get(path).status_code
    )


def test_a_large_body_is_refused_everywhere(visitor, paths, no_faults):
    body = b"a=" + b"b" * TOO_MUCH

    def faults():
        for path in paths.values():
            response = visitor.generic("POST", path, body, "application/x-www-form-urlencoded")
            if response.status_code not in REFUSED:
                yield f"{path} answers {response.status_code}"

    no_faults(faults())


def test_files_and_broken_forms_are_refused_everywhere(visitor, paths, no_faults):
    part = "--x\r\nContent-Disposition: form-data; name=a; filename=a.txt\r\n\r\na\r\n--x--\r\n"
    bodies = [
        ("multipart/form-data; boundary=x", part),
        ("multipart/form-data", part),
        ("application/json", "{"),
    ]

    def faults():
        for path in paths.values():
            for kind, body in bodies:
                response = visitor.generic("POST", path, body, kind)
                if response.status_code not in REFUSED:
                    yield f"{path} answers {response.status_code} to {kind}"

    no_faults(faults())


def test_ten_thousand_parameters_are_no_error_of_ours(visitor, paths, no_faults):
    query = "&".join(f"q={number}" for number in range(10_000))
    answers = ((path, visitor.get(f"{path}?{query}").status_code) for path in paths.values())
    no_faults(f"{path}: {status}" for path, status in answers if status == 500)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "*" * 5000},
        {"Accept-Language": "ko;q=often, en;q=-1,,;;"},
        {"If-None-Match": 'W/"x", "'},
        {"If-Modified-Since": "yesterday"},
        {"Cookie": "sessionid=" + "x" * 4000},
        {"Referer": "http://[::1"},
        {"Host": "elsewhere.example"},
        {"Content-Length": "many"},
        {"X-Forwarded-Host": "elsewhere.example"},
        {"Content-Type": "text/html; charset=nonsense"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_is_ever_an_error_of_ours(visitor, paths, headers, no_faults):
    answers = ((path, visitor.get(path, headers=headers).status_code) for path in paths.values())
    no_faults(f"{path}: {status}" for path, status in answers if status == 500)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_refusal_is_a_page_of_ours_in_the_language_of_its_address(visitor, language):
    for response in (visitor.post(f"/{language}/"), visitor.get(f"/{language}/search/?q=%00")):
        page = response.content.decode()
        assert response.status_code in REFUSED
        assert f'<html lang="{language}"' in page
        assert "<style" not in page
