"""Tests of an installation in three languages. `tests/languages/test_third_language.py` makes it and runs them; where
the settings name two languages there is nothing here to run."""

import pytest
from django.conf import settings

from opportunities.models import Opportunity
from publishing.publication import publish

collect_ignore_glob = [] if "ar" in dict(settings.LANGUAGES) else ["test_*.py"]

TITLE = "محطة ميرسي لطاقة المد والجزر"
SUMMARY = "مشروع لتوليد الكهرباء من حركة المد والجزر في مصب نهر ميرسي."
SLUG = "mersey-tidal-power"


@pytest.fixture(scope="session")
def django_db_setup():
    """The database that `make language` has just widened, not one made for tests: that it was widened is the test."""


@pytest.fixture
def opportunity(db):
    """Live in English and Korean; its Arabic is not written."""
    return Opportunity.objects.get(slug=SLUG)


@pytest.fixture
def in_arabic(opportunity):
    """The same with its required texts in Arabic, published."""
    opportunity.title_ar, opportunity.summary_ar = TITLE, SUMMARY
    opportunity.save()
    publish([opportunity], ["ar"], by=None)
    return opportunity
