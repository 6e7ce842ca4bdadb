"""A save after the session ended, or with a form from before somebody signed in anew, loses nothing that was typed."""

import pytest
from django.core import signing
from django.test import Client

from tests import factories
from tests.admin_form import address, errors, save, shown

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}


@pytest.fixture
def editor():
    return factories.superuser()


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def record():
    return factories.case_study()


@pytest.fixture
def opened(client, record):
    return shown(client.get(address(record)))


def sign_in(client, page, user, password=factories.PASSWORD):
    """Fills in the sign-in form that a page shows."""
    sent = {"username": user.username, "password": password}
    sent |= {name: page.context[name] for name in ("next", "typed") if page.context.get(name)}
    return client.post("/accounts/login/", sent)


def test_a_save_after_the_session_ended_asks_to_sign_in_and_keeps_what_was_typed(
    client, record, opened, editor
):
    client.logout()
    asked = client.post(address(record), opened | {"title_en": "Typed for an hour"})
    assert asked.status_code == 403
    assert "nothing is lost" in asked.content.decode()
    assert 'action="/accounts/login/"' in asked.content.decode()
    back = sign_in(client, asked, editor)
    assert back.url == address(record)
    page = client.get(back.url)
    assert shown(page)["title_en"] == "Typed for an hour"
    assert "Your session had ended, so nothing was saved" in page.content.decode()
    record.refresh_from_db()
    assert record.title_en == "Old dock"
    assert client.post(address(record), shown(page)).status_code == 302
    record.refresh_from_db()
    assert record.title_en == "Typed for an hour"


def test_what_was_typed_survives_a_wrong_password(client, record, opened, editor):
    client.logout()
    asked = client.post(address(record), opened | {"title_en": "Typed for an hour"})
    wrong = sign_in(client, asked, editor, password="not this one")
    assert wrong.status_code == 200
    page = client.get(sign_in(client, wrong, editor).url)
    assert shown(page)["title_en"] == "Typed for an hour"


def test_what_was_typed_stays_until_it_is_saved_or_thrown_away(client, record, opened, editor):
    client.logout()
    asked = client.post(address(record), opened | {"title_en": "Typed for an hour"})
    sign_in(client, asked, editor)
    for _ in range(2):
        assert shown(client.get(address(record)))["title_en"] == "Typed for an hour"
    page = client.get(address(record))
    assert 'name="_discard"' in page.content.decode()
    for _ in range(2):
        client.post(address(record), shown(page) | {"_discard": "1"})
    assert shown(client.get(address(record)))["title_en"] == "Old dock"
    record.refresh_from_db()
    assert record.version == 1


def test_once_saved_it_is_not_shown_again(client, record, opened, editor):
    client.logout()
    sign_in(client, client.post(address(record), opened | {"title_en": "Typed for an hour"}), editor)
    client.post(address(record), shown(client.get(address(record))))
    page = client.get(address(record))
    assert "Your session had ended" not in page.content.decode()


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(client, record, opened, editor):
    client.logout()
    asked = client.post(address(record), opened | {"title_en": "Typed for an hour"})
    colleague = Client()
    colleague.force_login(factories.superuser("colleague"))
    save(colleague, record, title_en="The colleague's title")
    page = client.get(sign_in(client, asked, editor).url)
    assert "colleague, on" in page.content.decode()
    assert [one.name for one in page.context["adminform"].form.conflicts] == ["title_en"]
    assert client.post(address(record), shown(page)).status_code == 302
    record.refresh_from_db()
    assert record.title_en == "Typed for an hour"


def test_a_new_record_typed_after_the_session_ended_is_kept_too(client, editor):
    add = "/admin/opportunities/casestudy/add/"
    typed = {"title_en": "Basin", "slug": "basin", "position": "1", "summary_en": "A basin."}
    typed |= {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
    client.logout()
    page = client.get(sign_in(client, client.post(add, typed), editor).url)
    assert shown(page)["title_en"] == "Basin"
    saved = client.post(add, shown(page))
    assert saved.status_code == 302, errors(saved)


def test_somebody_without_the_right_is_not_given_the_form(client, record, opened):
    client.logout()
    asked = client.post(address(record), opened | {"title_en": "Typed"})
    back = sign_in(client, asked, factories.staff("nobody"))
    assert client.get(back.url).status_code == 403


@pytest.mark.parametrize("typed", ["", "forged", "WyJ4Il0:1v:x"])
def test_a_forged_form_in_hand_only_signs_in(client, editor, typed):
    client.logout()
    sent = {"username": editor.username, "password": factories.PASSWORD, "typed": typed}
    assert client.post("/accounts/login/", sent).status_code == 302
    assert "typed" not in client.session


def test_no_password_is_kept(client, record, opened):
    client.logout()
    page = client.post(address(record), opened | {"new_password": "hunter2", "title_en": "Typed"})
    _path, kept = signing.loads(page.context["typed"], salt="accounts.typed")
    assert "hunter2" not in kept
    assert "csrfmiddlewaretoken" not in kept


def test_the_form_of_an_earlier_sign_in_is_kept(record, editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    opened = shown(client.get(address(record)))
    opened |= {"title_en": "Typed for an hour", "csrfmiddlewaretoken": "x" * 64}
    refused = client.post(address(record), opened, headers=HERE)
    assert refused.status_code == 302
    page = client.get(refused.url)
    assert shown(page)["title_en"] == "Typed for an hour"
    token = client.cookies["csrftoken"].value
    saved = client.post(address(record), shown(page) | {"csrfmiddlewaretoken": token}, headers=HERE)
    assert saved.status_code == 302
    record.refresh_from_db()
    assert record.title_en == "Typed for an hour"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://testserver.evil.example"])
def test_a_form_that_comes_from_elsewhere_is_refused_and_not_kept(record, editor, origin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    client.get(address(record))
    sent = {"title_en": "Forged", "csrfmiddlewaretoken": "x" * 64}
    headers = {"origin": origin} if origin else {}
    assert client.post(address(record), sent, headers=headers).status_code == 403
    assert "typed" not in client.session


def test_a_form_that_is_not_of_a_record_is_refused_as_ever(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    sent = {"old_password": "secret", "csrfmiddlewaretoken": "x" * 64}
    assert client.post("/accounts/password_change/", sent, headers=HERE).status_code == 403
    assert "typed" not in client.session


def test_only_the_newest_few_forms_are_kept(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    records = [factories.case_study(f"dock-{number}") for number in range(7)]
    for record in records:
        sent = {"title_en": "Typed", "csrfmiddlewaretoken": "x" * 64}
        assert client.post(address(record), sent, headers=HERE).status_code == 302
    assert set(client.session["typed"]) == {address(record) for record in records[2:]}
