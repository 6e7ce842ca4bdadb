"""Staff see the working copy in the real page, and nobody else does."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from opportunities.models import Opportunity, Programme
from prospectus.models import NewsItem
from publishing.models.publishable import column, publishable_models
from publishing.previews import staff_address
from publishing.publication import publish
from tests import factories
from tests.prospectus.public_records import make_opportunity, words
from tests.site.test_headers import POLICY, policy

pytestmark = pytest.mark.django_db

LABELS = sorted(model._meta.label_lower for model in publishable_models())
OF_LABEL = {model._meta.label_lower: model for model in publishable_models()}
TITLES = {"en": "Words nobody has published", "ko": "아무도 게시하지 않은 제목"}


def programme(slug="harbour-fund", **given):
    texts = {
        "title_en": "Harbour fund",
        "title_ko": "항만 기금",
        "summary_en": "A fund.",
        "summary_ko": "기금입니다.",
    }
    return Programme.objects.create(slug=slug, kind="fund", **texts | given)


DRAFTS = {
    "opportunities.casestudy": factories.case_study,
    "opportunities.opportunity": factories.opportunity,
    "opportunities.programme": programme,
    "opportunities.site": factories.site,
    "opportunities.theme": factories.theme,
    "partners.delegationvisit": factories.visit,
    "partners.memorandum": factories.memorandum,
    "prospectus.event": factories.event,
    "prospectus.newsitem": factories.news_item,
    "prospectus.page": factories.page,
}


def change(record, **texts):
    type(record).objects.filter(pk=record.pk).update(**texts)
    record.refresh_from_db()
    return record


@pytest.fixture
def desk(client):
    client.force_login(factories.superuser())
    return client


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("label", LABELS)
def test_the_working_copy_of_every_kind_of_record_stands_in_a_page(desk, label, language):
    record = OF_LABEL[label].objects.first()
    change(record, **{column("title", language): TITLES[language]})
    response = desk.get(staff_address(record, language))
    assert response.status_code == 200
    assert TITLES[language] in words(response)


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("label", LABELS)
def test_a_record_that_was_never_published_has_a_preview(desk, label, language):
    record = DRAFTS[label]()
    response = desk.get(staff_address(record, language))
    assert response.status_code == 200
    assert getattr(record, column("title", language)) in words(response)


def test_the_preview_is_the_real_page_with_the_same_template(desk):
    record = Opportunity.objects.get(slug="mersey-tidal-power")
    shown = desk.get(staff_address(record, "ko"))
    public = desk.get("/ko/opportunities/mersey-tidal-power/")
    assert shown.template_name == public.template_name
    assert "prospectus/opportunity.html" in [one.name for one in shown.templates]


def test_readers_go_on_reading_what_is_published(desk):
    record = change(Opportunity.objects.get(slug="mersey-tidal-power"), title_en=TITLES["en"])
    desk.get(staff_address(record, "en"))
    assert TITLES["en"] not in words(desk.get(record_page(record)))


def record_page(record):
    return f"/en/opportunities/{record.slug}/"


def test_the_preview_in_one_language_holds_no_word_of_another(desk):
    record = factories.opportunity(sought_en="A builder of barrages")
    page = words(desk.get(staff_address(record, "ko")))
    assert "강을 가로지르는 둑입니다." in page
    assert "A builder of barrages" not in page
    assert "A barrage across the river." not in page


def test_a_preview_needs_no_notice_that_it_is_shown_in_english(desk):
    record = make_opportunity("in-english-only", languages=["en"])
    assert desk.get("/ko/opportunities/in-english-only/").context["is_fallback"]
    page = desk.get(staff_address(record, "ko"))
    assert not page.context["is_fallback"]
    assert "조력 사업 in-english-only" in words(page)


def test_other_records_of_the_page_are_shown_as_published(desk):
    theme = factories.theme()
    publish([theme], ["en", "ko"], by=None)
    change(theme, title_en="A theme rewritten")
    record = factories.opportunity()
    record.theme_rows.create(theme=theme)
    page = words(desk.get(staff_address(record, "en")))
    assert "Tidal power" in page
    assert "A theme rewritten" not in page


def test_other_drafts_stay_out_of_the_page(desk):
    theme = factories.theme()
    publish([theme], ["en"], by=None)
    shown, hidden = (
        programme("shown-fund", title_en="Shown fund"),
        programme("other-fund", title_en="Other fund"),
    )
    for one in (shown, hidden):
        one.themes.add(theme)
    page = words(desk.get(staff_address(shown, "en")))
    assert "Shown fund" in page
    assert "Other fund" not in page


def test_the_cover_of_a_draft_stands_in_the_page_itself(desk):
    record = factories.opportunity(value_min=4_000_000, value_max=9_000_000)
    page = words(desk.get(staff_address(record, "en")))
    assert f"/covers/{record.slug}-" not in page
    assert page.count('<div class="cover__art') == 2


def test_the_bar_says_in_the_language_of_the_page_that_it_is_a_preview(desk):
    record = factories.opportunity()
    assert "Preview of the working copy." in words(desk.get(staff_address(record, "en")))
    assert "작업본 미리보기입니다." in words(desk.get(staff_address(record, "ko")))


def test_the_bar_leads_back_to_the_record(desk):
    record = factories.opportunity()
    back = reverse("admin:opportunities_opportunity_change", args=[record.pk])
    assert f'href="{back}"' in words(desk.get(staff_address(record, "ko")))


def test_the_switcher_leads_to_the_preview_in_the_other_language(desk):
    record = factories.opportunity()
    page = desk.get(staff_address(record, "en"))
    assert [one.url for one in page.context["switcher"]] == [
        staff_address(record, "en"),
        staff_address(record, "ko"),
    ]
    assert not any(one.fallback for one in page.context["switcher"])


def test_in_a_frame_links_lead_out_of_it_and_none_leads_to_the_desk(desk):
    page = words(desk.get(staff_address(factories.opportunity(), "en") + "?frame=1"))
    assert '<base target="_blank">' in page
    assert "/admin/" not in page


def test_a_preview_is_stored_and_indexed_by_nobody(desk):
    response = desk.get(staff_address(factories.opportunity(), "en"))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in words(response)
    assert 'rel="canonical"' not in words(response)
    assert 'rel="alternate" hreflang' not in words(response)


def test_only_the_preview_for_staff_may_be_framed_and_only_by_this_site(desk):
    record = factories.opportunity()
    publish([record], ["en"], by=None)
    shown = desk.get(staff_address(record, "en"))
    assert policy(shown.headers) == POLICY | {"frame-ancestors": "'self'"}
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    for path in (
        record_page(record),
        reverse("admin:index"),
        "/en/",
        "/en/preview/opportunities.opportunity/0/",
    ):
        response = desk.get(path)
        assert policy(response.headers) == POLICY, path
        assert response.headers["X-Frame-Options"] == "DENY", path


def test_an_anonymous_reader_is_asked_to_sign_in(client):
    response = client.get(staff_address(factories.opportunity(), "en"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("accounts:login"))


@pytest.mark.parametrize("permission", ["opportunities.view_opportunity", "opportunities.change_opportunity"])
def test_whoever_may_see_the_records_sees_their_previews(client, permission):
    client.force_login(factories.staff("reader", permission))
    assert client.get(staff_address(factories.opportunity(), "en")).status_code == 200


def test_staff_without_a_right_to_the_records_are_refused(client):
    client.force_login(factories.staff("officer", "prospectus.view_page"))
    assert client.get(staff_address(factories.opportunity(), "en")).status_code == 403


def test_somebody_with_the_right_who_is_no_longer_staff_is_refused(client):
    leaver = factories.staff("leaver", "opportunities.view_opportunity")
    leaver.is_staff = False
    leaver.save()
    client.force_login(leaver)
    assert client.get(staff_address(factories.opportunity(), "en")).status_code == 403


def test_a_translator_sees_the_language_of_the_desk_and_no_other(client):
    client.force_login(factories.staff("translator", "publishing.translate_ko"))
    record = factories.opportunity()
    page = client.get(staff_address(record, "ko"))
    assert page.status_code == 200
    assert [one.code for one in page.context["switcher"]] == ["ko"]
    assert "/admin/" not in words(page)
    assert client.get(staff_address(record, "en")).status_code == 403


@pytest.mark.parametrize(
    "label", ["accounts.user", "publishing.act", "opportunities.asset", "no.such", "nonsense"]
)
def test_nothing_but_publishable_records_has_a_preview(desk, label):
    assert desk.get(f"/en/preview/{label}/1/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30])
def test_a_record_that_is_not_there_has_no_preview(desk, pk):
    assert desk.get(f"/en/preview/opportunities.opportunity/{pk}/").status_code == 404


def test_a_preview_takes_no_more_queries_than_a_public_page(desk, django_assert_max_num_queries):
    ContentType.objects.get_for_models(*publishable_models())
    record = NewsItem.objects.first()
    desk.get(staff_address(record, "ko"))
    with django_assert_max_num_queries(12):
        desk.get(staff_address(record, "ko"))
