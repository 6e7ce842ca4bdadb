"""Rows for tests: what each model requires and nothing else, the same every time. Texts are in both languages."""

import uuid

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import User
from enquiries.intake import obligations
from enquiries.models import Enquiry
from opportunities.models import CaseStudy, Figure, Opportunity, Site, Source, Theme
from partners.models import DelegationVisit, Memorandum, Organisation, Person
from prospectus.models import Event, NewsItem, Page

PASSWORD = "correct horse battery staple"


def staff(username="officer", *permissions):
    """A member of staff with these permissions, each as "room.verb_model"."""
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, is_staff=True)
    for name in permissions:
        room, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=room, codename=codename))
    return user


def superuser(username="administrator"):
    return User.objects.create_superuser(username, f"{username}@example.org", PASSWORD)


def theme(slug="tidal-power", **given):
    texts = {
        "title_en": "Tidal power",
        "title_ko": "조력 발전",
        "summary_en": "Tides.",
        "summary_ko": "조수입니다.",
    }
    return Theme.objects.create(slug=slug, **texts | given)


def opportunity(slug="river-barrage", **given):
    texts = {
        "title_en": "River barrage",
        "title_ko": "강 하구 둑",
        "summary_en": "A barrage across the river.",
        "summary_ko": "강을 가로지르는 둑입니다.",
    }
    facts = {"stage": "feasibility", "district": "wirral"}
    return Opportunity.objects.create(slug=slug, **texts | facts | given)


def case_study(slug="old-dock", **given):
    texts = {
        "title_en": "Old dock",
        "title_ko": "옛 부두",
        "summary_en": "A dock.",
        "summary_ko": "부두입니다.",
    }
    return CaseStudy.objects.create(slug=slug, **texts | given)


def site(slug="north-shore", **given):
    texts = {"title_en": "North shore", "title_ko": "북쪽 기슭"}
    return Site.objects.create(slug=slug, **texts | {"kind": "place", "district": "wirral"} | given)


def source(key="test-report", **given):
    names = {"title": "A report", "name_en": "Report, 2025", "name_ko": "2025년 보고서"}
    return Source.objects.create(key=key, **names | {"kind": "web"} | given)


def figure(key="barrage-length", **given):
    facts = {"label_en": "Length", "label_ko": "길이", "value": 2, "unit": "km"}
    return Figure.objects.create(key=key, **facts | given)


def organisation(key="harbour-works", **given):
    names = {"name_en": "Harbour Works", "name_ko": "하버웍스"}
    return Organisation.objects.create(key=key, **names | {"kind": "company", "country": "GB"} | given)


def person(key="kim-min-jun", **given):
    names = {
        "latin_family": "Kim",
        "latin_given": "Min-jun",
        "hangul_family": "김",
        "hangul_given": "민준",
        "own_script": "hangul",
    }
    return Person.objects.create(key=key, **names | given)


def memorandum(slug="harbour-accord", **given):
    texts = {
        "title_en": "Harbour accord",
        "title_ko": "항만 협약",
        "summary_en": "An accord.",
        "summary_ko": "협약입니다.",
    }
    return Memorandum.objects.create(
        slug=slug, **texts | {"reference": "MOU-2031-0001", "instrument": "mou"} | given
    )


def visit(slug="spring-visit", **given):
    facts = {"reference": "DV-2031-0001", "direction": "inbound", "starts": "2031-04"}
    facts |= {"title_en": "Spring visit", "title_ko": "봄 방문"}
    lead = given.pop("lead", None) or organisation("visit-lead")
    return DelegationVisit.objects.create(slug=slug, lead=lead, **facts | given)


def page(slug="how-we-work", **given):
    texts = {"title_en": "How we work", "title_ko": "일하는 방식", "body_en": "Work.", "body_ko": "일합니다."}
    return Page.objects.create(slug=slug, **texts | given)


def news_item(slug="dock-opens", **given):
    texts = {
        "title_en": "Dock opens",
        "title_ko": "부두 개장",
        "standfirst_en": "It opens.",
        "standfirst_ko": "문을 엽니다.",
        "body_en": "It opened.",
        "body_ko": "문을 열었습니다.",
    }
    return NewsItem.objects.create(slug=slug, **texts | {"date": "2031-05", "category": "place"} | given)


def event(slug="harbour-day", **given):
    texts = {
        "title_en": "Harbour day",
        "title_ko": "항만의 날",
        "summary_en": "A day.",
        "summary_ko": "하루입니다.",
        "venue_en": "Town hall",
        "venue_ko": "시청",
    }
    facts = {"starts_at": "2031-06-01T09:00Z", "ends_at": "2031-06-01T16:00Z", "district": "liverpool"}
    return Event.objects.create(slug=slug, **texts | facts | given)


def theme_of(record, slug="theme-of-it"):
    """A theme, given to the opportunity."""
    found = theme(slug)
    record.theme_rows.create(theme=found)
    return found


def enquiry(**given):
    """An enquiry as the public form would have stored it at `received_at`, without its mails and first stage row."""
    answers = {
        "given_name": "Mette",
        "family_name": "Holm",
        "organisation": "Kjellerup Offshore",
        "country": "DK",
        "email": "mette.holm@kjellerup.example",
        "reply_language": "en",
        "language": "en",
        "plans": "Is there grid capacity at the port for 40 MW?",
    }
    received_at = given.pop("received_at", None) or timezone.now()
    facts = {"received_at": received_at, **obligations(received_at), "original": answers}
    digest = {"content_digest": uuid.uuid4().hex * 2}
    made = Enquiry.objects.create(**answers | facts | digest | given)
    made.refresh_from_db()
    return made
