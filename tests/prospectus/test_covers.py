"""Covers as files of their own."""

import pytest

from publishing.publication import withdraw
from tests.prospectus.public_records import make_opportunity, queries

pytestmark = pytest.mark.django_db
TIDAL = "/en/covers/mersey-tidal-power-{}.svg"


@pytest.mark.parametrize("shape", ["wide", "plate"])
@pytest.mark.parametrize("name", ["home", "mersey-tidal-power", "glass-futures-2"])
def test_a_cover_is_a_picture_that_may_be_kept_for_an_hour(client, name, shape):
    response = client.get(f"/en/covers/{name}-{shape}.svg")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "public" in response.headers["Cache-Control"]
    assert "max-age=3600" in response.headers["Cache-Control"]
    assert response.content.startswith(b"<svg ")
    assert "Vary" not in response.headers


def test_a_cover_that_is_still_the_same_is_not_sent_again(client):
    tag = client.get(TIDAL.format("wide")).headers["ETag"]
    response = client.get(TIDAL.format("wide"), headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_a_shape_that_does_not_exist_is_not_found(client):
    assert client.get(TIDAL.format("round")).status_code == 404


def test_there_is_no_cover_of_what_nobody_may_read(client):
    make_opportunity("draft", publish_it=False)
    withdraw([make_opportunity("over")], ["en", "ko"], why="Over", by=None)
    for slug in ("draft", "over", "nothing"):
        assert client.get(f"/en/covers/{slug}-wide.svg").status_code == 404


def test_a_cover_needs_one_query(client):
    assert queries(client, TIDAL.format("wide")) == 1
    assert queries(client, "/ko/covers/home-plate.svg") == 1
