"""One record of every publishable kind, tied to the others, placed where each list shows it first."""

import itertools
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from opportunities.models import Asset, Programme
from partners.models import Involvement, VisitStop
from publishing import languages
from publishing.models import Edition
from publishing.models.publishable import column, translated_fields
from tests import factories

LETTERS = "abcdefghijklmnop"
RECORDS = {
    "theme": "opportunities.Theme",
    "site": "opportunities.Site",
    "programme": "opportunities.Programme",
    "opportunity": "opportunities.Opportunity",
    "case study": "opportunities.CaseStudy",
    "memorandum": "partners.Memorandum",
    "visit": "partners.DelegationVisit",
    "news": "prospectus.NewsItem",
    "other news": "prospectus.NewsItem",
    "event": "prospectus.Event",
    "page": "prospectus.Page",
}


class Words:
    """Words that stand nowhere else, so that each is known again wherever it is seen."""

    def __init__(self):
        self.numbers = itertools.count()

    def new(self):
        number = next(self.numbers)
        return "zq" + "".join(LETTERS[number >> shift & 15] for shift in (12, 8, 4, 0)) + "qz"


def clear_the_stage():
    """Puts the committed content away, so that no page is busy with it."""
    Edition.objects.update(live=DateTimeTZRange(empty=True))
    Involvement.objects.all().delete()
    Asset.objects.all().delete()


def set_scene(words, now):
    """{name: record}; every text of every record is a word of its own."""
    make = {
        "theme": lambda slug: factories.theme(slug, position=0),
        "site": factories.site,
        "programme": lambda slug: Programme.objects.create(
            slug=slug, title_en="Fund", kind="fund", position=0
        ),
        "opportunity": lambda slug: factories.opportunity(slug, value_max=10**12, featured=0),
        "case study": lambda slug: factories.case_study(slug, position=0),
        "memorandum": lambda slug: factories.memorandum(slug, signed_on=now.date()),
        "visit": lambda slug: factories.visit(slug, starts=now.date().isoformat()),
        "news": lambda slug: factories.news_item(slug, date="2039-05"),
        "other news": lambda slug: factories.news_item(slug, date="2039-04"),
        "event": lambda slug: factories.event(slug, **soon(now)),
        "page": factories.page,
    }
    records = {name: made(words.new()) for name, made in make.items()}
    tie(records)
    assert {name: record._meta.label for name, record in records.items()} == RECORDS
    for record in records.values():
        for field, code in itertools.product(translated_fields(type(record)), languages.codes()):
            setattr(record, column(field, code), words.new())
        record.save()
        record.refresh_from_db()
    return records


def soon(now):
    return {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=2)}


def tie(records):
    theme, site, opportunity = records["theme"], records["site"], records["opportunity"]
    Asset.objects.create(number=9999, name_en="Workshop", status="existing", site=site, district="wirral")
    opportunity.theme_rows.create(theme=theme)
    records["programme"].themes.add(theme)
    records["case study"].themes.add(theme)
    records["memorandum"].themes.add(theme)
    for name, relation in (("opportunity", "site"), ("case study", "site"), ("event", "site")):
        setattr(records[name], relation, site)
    records["memorandum"].signed_at_site, records["memorandum"].programme = site, records["programme"]
    VisitStop.objects.create(visit=records["visit"], site=site, position=1, purpose_en="To see it")
    for name in ("news", "other news"):
        records[name].opportunities.add(opportunity)
        records[name].memoranda.add(records["memorandum"])
        records[name].visits.add(records["visit"])
