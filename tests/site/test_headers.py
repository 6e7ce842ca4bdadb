"""What every public address says about itself beside its content, and that everything else asks to sign in."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.site.addresses import STAFF_DOORS, WITHOUT_LANGUAGE
from tests.site.urlwalk import patterns

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Whoever follows a link from a preview tells nobody where it was.
OTHERWISE = {"prospectus:preview_link": {"Referrer-Policy": "no-referrer"}}
STAFF_PAGES = [
    "admin:index",
    "admin:opportunities_opportunity_changelist",
    "admin:opportunities_opportunity_add",
]
CLOSED = [pattern for pattern in patterns() if not pattern.is_open]


def policy(headers):
    parts = [part.strip().split(" ", 1) for part in headers.get("Content-Security-Policy", "").split(";")]
    return {part[0]: part[-1] for part in parts if part != [""]}


def test_every_public_pattern_is_known_to_the_list_of_addresses(answers):
    known = {answer.address.name for answer in answers} | STAFF_DOORS
    unknown = {pattern.name or pattern.path for pattern in patterns() if pattern.is_open} - known
    assert not unknown, f"open to everybody and not in tests/site/addresses.py: {sorted(unknown)}"


def test_every_public_address_answers_as_it_should(answers, no_faults):
    no_faults(
        f"{answer}: {answer.status} and not {answer.address.status}"
        for answer in answers
        if answer.status != answer.address.status
    )


def test_no_public_address_sets_a_cookie(answers, no_faults):
    no_faults(f"{answer}: {answer.cookies}" for answer in answers if answer.cookies)


def test_only_the_root_varies_and_only_on_the_language_asked_for(answers):
    varying = {answer.address.path: answer.headers["Vary"] for answer in answers if "Vary" in answer.headers}
    assert varying == {"/": "Accept-Language"}


def test_every_public_address_carries_the_one_policy(answers, no_faults):
    no_faults(f"{answer}: {policy(answer.headers)}" for answer in answers if policy(answer.headers) != POLICY)


def test_every_public_address_forbids_guessing_framing_and_telling_where_one_came_from(answers, no_faults):
    no_faults(
        f"{answer}: {name}: {answer.headers.get(name)}"
        for answer in answers
        for name, value in ALWAYS.items()
        if answer.headers.get(name) != OTHERWISE.get(answer.address.name, {}).get(name, value)
    )


def test_every_page_names_its_language(answers, no_faults):
    no_faults(
        f"{answer}: {answer.headers.get('Content-Language')}"
        for answer in answers
        if answer.address.name not in WITHOUT_LANGUAGE
        and answer.headers.get("Content-Language") != answer.address.language
    )


def test_the_form_and_its_thanks_are_stored_by_nobody(answers):
    forms = [answer for answer in answers if answer.address.name.startswith("enquiries:")]
    assert forms
    assert all("no-store" in answer.headers["Cache-Control"] for answer in forms)


def test_previews_are_stored_and_indexed_by_nobody(answers):
    previews = [answer for answer in answers if answer.address.name == "prospectus:preview_link"]
    assert {answer.status for answer in previews} == {200, 410}
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in previews)
    assert all("noindex" in answer.headers["X-Robots-Tag"] for answer in previews)


@pytest.mark.parametrize("name", sorted(STAFF_DOORS - {"admin:login", "accounts:password_reset_confirm"}))
def test_the_doors_for_staff_carry_the_policy_too(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert policy(response.headers) == POLICY
    assert {header: response.headers.get(header) for header in ALWAYS} == ALWAYS


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_desk_carries_the_policy_too(client, name):
    client.force_login(get_user_model().objects.create_superuser("inspector"))
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert policy(response.headers) == POLICY


@pytest.mark.parametrize("method", ["get", "post"])
def test_everything_else_asks_an_anonymous_reader_to_sign_in(client, method, no_faults):
    assert len(CLOSED) > 100  # the desk is among them

    def asks(response):
        if response.status_code == 302:
            return response.headers["Location"].startswith(
                (reverse("accounts:login"), reverse("admin:login"))
            )
        form_in_hand = b'name="typed"' in response.content  # what was typed is not lost by it
        return method == "post" and response.status_code == 403 and form_in_hand

    answers = [(pattern, getattr(client, method)(pattern.path)) for pattern in CLOSED]
    no_faults(
        f"{pattern.path} ({pattern.name}): {response.status_code}"
        for pattern, response in answers
        if not asks(response)
    )
