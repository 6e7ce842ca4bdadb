import pytest
from django.db import OperationalError, connection
from django.test import Client

from lcr_crm import health


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_public_sets_no_cookie_and_is_not_stored(client, db, address):
    response = client.get(address)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_readyz_names_a_silent_queue_worker(client, db):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "failures": ["the queue worker gives no sign"]}


def test_readyz_is_content_once_the_queue_worker_gives_a_sign(client, db):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert client.get("/readyz").json() == {"ready": True, "failures": []}


def test_readyz_names_missing_migrations(client, db):
    health._migrations_applied.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
    assert client.get("/readyz").json()["failures"] == ["migrations are not applied"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko"])
def test_while_the_database_does_not_answer_a_page_says_when_to_try_again(language):
    def gone(*_):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(gone):
        response = Client(raise_request_exception=False).get(f"/{language}/themes/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Content-Language"] == language
