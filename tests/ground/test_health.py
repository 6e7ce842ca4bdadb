import pytest
from django.db import connection

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
