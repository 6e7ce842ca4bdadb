"""Records that tests of public pages add to the real content; only what is required, nothing random."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.models import Asset, CaseStudy
from partners.models import DelegationVisit, Memorandum, Organisation
from prospectus.models import Event, NewsItem, Page
from publishing.publication import publish
from tests import factories

BOTH = ("en", "ko")


def published(record, languages=BOTH, at=None):
    if languages:
        publish([record], languages, at=at, by=None)
    return record


def titles(slug):
    return {"slug": slug, "title_en": f"Lighthouse {slug}", "title_ko": f"등대 {slug}"}


def make_opportunity(slug, *, publish_it=True, languages=BOTH, **facts):
    opportunity = factories.opportunity(
        slug, title_en=f"Tidal project {slug}", title_ko=f"조력 사업 {slug}", **{"stage": "design"} | facts
    )
    return published(opportunity, languages) if publish_it else opportunity


def make_news(slug, languages=BOTH, at=None, **facts):
    texts = {
        "standfirst_en": "A lamp was lit.",
        "standfirst_ko": "등불을 켰습니다.",
        "body_en": "<p>The keeper lit the lamp.</p>",
        "body_ko": "<p>등대지기가 등불을 켰습니다.</p>",
    }
    row = titles(slug) | texts | {"date": "2026-10-05", "category": "place"} | facts
    return published(NewsItem.objects.create(**row), languages, at)


def make_event(slug, languages=BOTH, days=30, **facts):
    starts = datetime.datetime(2026, 7, 1, 14, tzinfo=datetime.UTC)
    if days is not None:
        starts = datetime.datetime.now(datetime.UTC).replace(microsecond=0) + datetime.timedelta(days=days)
    texts = {
        "summary_en": "Come and see.",
        "summary_ko": "와서 보십시오.",
        "venue_en": "Pier Head",
        "venue_ko": "피어헤드",
    }
    times = {"starts_at": starts, "ends_at": starts + datetime.timedelta(hours=2), "district": "liverpool"}
    return published(Event.objects.create(**titles(slug) | texts | times | facts), languages)


def make_page(slug, languages=BOTH, **texts):
    row = titles(slug) | {"body_en": "<p>Words.</p>", "body_ko": "<p>글입니다.</p>"} | texts
    return published(Page.objects.create(**row), languages)


def make_case_study(slug, languages=BOTH, **facts):
    row = titles(slug) | {"summary_en": "What was done.", "summary_ko": "한 일입니다."} | facts
    return published(CaseStudy.objects.create(**row), languages)


def make_memorandum(slug, languages=BOTH, **facts):
    row = titles(slug) | {"summary_en": "An agreement.", "summary_ko": "협약입니다.", "instrument": "mou"}
    return published(Memorandum.objects.create(**row | {"reference": slug[:20]} | facts), languages)


def make_visit(slug, languages=BOTH, **facts):
    row = titles(slug) | {"reference": slug[:20], "direction": "inbound", "starts": "2026-03-02"}
    lead = Organisation.objects.get(key="lcrca")
    return published(DelegationVisit.objects.create(**row | {"lead": lead} | facts), languages)


def make_asset(number, **facts):
    row = {
        "name_en": f"Lamp room {number}",
        "name_ko": f"등실 {number}",
        "status": "existing",
        "district": "wirral",
    }
    return Asset.objects.create(number=number, **row | facts)


def words(response):
    """The page with ordinary blanks, so that a test can look for what a reader sees."""
    return response.content.decode().replace("\xa0", " ")


def queries(client, address):
    """Number of queries of a page that was asked for before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
