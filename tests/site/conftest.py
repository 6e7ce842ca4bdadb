"""One crawl of the whole public site, shared by the tests of a process."""

import pytest

from tests.site.crawl import crawl


@pytest.fixture(scope="session")
def answers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return crawl()


@pytest.fixture(scope="session")
def pages(answers):
    """The HTML pages among them, error pages included."""
    return [answer for answer in answers if answer.is_page]


@pytest.fixture(scope="session")
def korean_pages(pages):
    return [answer for answer in pages if answer.address.language == "ko"]


@pytest.fixture
def no_faults():
    """no_faults(lines) fails with all the lines at once."""

    def check(faults):
        faults = list(faults)
        assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:60])

    return check
