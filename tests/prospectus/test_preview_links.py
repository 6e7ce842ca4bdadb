"""A link shows one record's kept text in one language for a week, and opens nothing else."""

from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.utils import timezone

from opportunities.models import Opportunity
from publishing.models import PreviewLink
from publishing.models.publishable import column, publishable_models
from publishing.previews import public_address, revoke, share, token_of
from publishing.publication import withdraw
from tests import factories
from tests.prospectus.public_records import make_event, make_opportunity, words
from tests.prospectus.test_previews import DRAFTS, change

pytestmark = pytest.mark.django_db

SECRET = "Nobody may read this yet"
ROUND_ABOUT = [
    "/en/",
    "/en/opportunities/",
    "/en/opportunities/?in=all",
    "/en/themes/",
    "/en/assets/",
    "/en/news/",
    "/en/news/feed/",
    "/en/events/",
    "/en/events/feed/",
    "/en/case-studies/",
    "/en/partnerships/?in=all",
    "/en/search/?q=Nobody",
    "/ko/search/?q=Nobody",
    "/sitemap.xml",
]


def shared(record, language="en"):
    link = share(record, language, why="Ms Kim, Busan", by=None)
    return link, f"/{language}/preview/{token_of(link)}/"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("label", sorted(DRAFTS))
def test_a_link_shows_every_kind_of_record_to_somebody_without_an_account(client, label, language):
    record = DRAFTS[label]()
    _link, address = shared(record, language)
    response = client.get(address)
    assert response.status_code == 200
    assert getattr(record, column("title", language)) in words(response)


def test_every_publishable_model_is_among_these():
    assert {model._meta.label_lower for model in publishable_models()} == set(DRAFTS)


def test_a_link_shows_the_text_as_it_was_when_it_was_made(client):
    record = factories.opportunity()
    _link, address = shared(record)
    change(record, title_en="Another title", summary_en="Another summary.")
    page = words(client.get(address))
    assert "River barrage" in page
    assert "Another title" not in page
    assert "Another summary." not in page


def test_a_link_shows_what_has_been_withdrawn(client):
    record = make_opportunity("over")
    withdraw([record], ["en", "ko"], why="Over", by=None)
    assert client.get(shared(record)[1]).status_code == 200


def test_the_bar_says_until_when_on_the_clock_of_its_reader(client):
    record = factories.opportunity()
    for language, sentence in (
        ("en", "until 09:00 on Thursday 7 January 2027, London time"),
        ("ko", "서울 시각 2027년 1월 7일(목) 18:00, 런던 시각 1월 7일(목) 09:00"),
    ):
        link, address = shared(record, language)
        ends = datetime(2027, 1, 7, 9, tzinfo=timezone.get_fixed_timezone(0))
        PreviewLink.objects.filter(pk=link.pk).update(at=ends - timedelta(days=7), expires_at=ends)
        page = words(client.get(address))
        assert sentence in page
        assert "Ms Kim" not in page


def test_a_link_sets_no_cookie_and_is_stored_and_indexed_by_nobody(client):
    response = client.get(shared(factories.opportunity())[1])
    assert not response.cookies
    assert "Vary" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert '<meta name="robots" content="noindex">' in words(response)


def test_the_switcher_of_a_link_names_its_own_language_alone(client):
    link, address = shared(make_opportunity("both"))
    response = client.get(address)
    assert [one.code for one in response.context["switcher"]] == ["en"]
    assert f"/ko/preview/{token_of(link)}" not in words(response)


def test_a_link_leads_nowhere_in_the_desk(client):
    assert "/admin/" not in words(client.get(shared(factories.opportunity())[1]))


def test_under_another_language_the_address_is_no_page(client):
    link, _address = shared(make_opportunity("both"))
    assert client.get(f"/ko/preview/{token_of(link)}/").status_code == 404


@pytest.mark.parametrize(
    "spoil", [lambda token: f"{token}x", lambda token: token[:-1], lambda token: f"9{token}"]
)
def test_an_address_that_was_not_signed_is_no_page(client, spoil):
    link, _address = shared(factories.opportunity())
    assert client.get(f"/en/preview/{spoil(token_of(link))}/").status_code == 404


def test_the_signature_of_one_link_opens_no_other(client):
    record = factories.opportunity()
    first, second = shared(record)[0], shared(record)[0]
    signature = token_of(first).partition(".")[2]
    assert client.get(f"/en/preview/{second.pk}.{signature}/").status_code == 404


def test_what_was_signed_for_another_purpose_opens_nothing(client):
    link, _address = shared(factories.opportunity())
    for signer in (signing.Signer(sep="."), signing.Signer(salt="publishing.previews", sep=".")):
        assert client.get(f"/en/preview/{signer.sign(link.pk)}/").status_code == 404


@pytest.mark.parametrize("token", ["1", "x", "1." + "a" * 5000, "99999999999999999999.abc", "%F0%9F%8C%8A.a"])
def test_an_invented_address_is_no_page(client, token):
    assert client.get(f"/en/preview/{token}/").status_code == 404


def ended(client, address, language="en"):
    response = client.get(address)
    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert [one.code for one in response.context["switcher"]] == [language]
    return words(response)


def test_after_a_week_it_is_over_and_the_page_says_whom_to_ask(client):
    link, address = shared(factories.opportunity())
    week_ago = timezone.now() - timedelta(days=7)
    PreviewLink.objects.filter(pk=link.pk).update(at=week_ago, expires_at=week_ago + timedelta(days=7))
    page = ended(client, address)
    assert "Please ask the person who sent you the link" in page
    assert "River barrage" not in page


def test_a_revoked_link_is_over_at_once(client):
    link, address = shared(factories.opportunity(), "ko")
    revoke(link, by=None)
    page = ended(client, address, "ko")
    assert "링크를 보낸 담당자에게 새 링크를 요청해 주십시오." in page
    assert "강 하구 둑" not in page


def test_the_link_of_a_deleted_record_is_over(client):
    record = factories.opportunity()
    _link, address = shared(record)
    record.delete()
    ended(client, address)


@pytest.mark.parametrize("label", sorted(DRAFTS))
def test_a_link_makes_no_other_address_readable(client, label):
    record = change(DRAFTS[label](), title_en=SECRET)
    before = {path: client.get(path).content for path in ROUND_ABOUT}
    assert SECRET in words(client.get(shared(record)[1]))
    for path in ROUND_ABOUT:
        response = client.get(path)
        assert SECRET not in words(response), path
        assert response.content == before[path], path


def test_the_page_the_cover_and_the_calendar_of_a_draft_stay_closed(client):
    draft = factories.opportunity()
    event = make_event("harbour-talk", languages=[])
    for record in (draft, event):
        assert client.get(shared(record)[1]).status_code == 200
    for path in (
        f"/en/opportunities/{draft.slug}/",
        f"/en/covers/{draft.slug}-wide.svg",
        f"/en/events/{event.slug}/",
        f"/en/events/{event.slug}.ics",
    ):
        assert client.get(path).status_code == 404, path


def test_every_picture_of_the_page_is_there(client):
    draft = factories.opportunity(value_max=5_000_000)
    draft.theme_rows.create(theme=Opportunity.objects.filter(themes__isnull=False).first().themes.first())
    page = client.get(shared(draft)[1])
    covers = {part.split('"')[0] for part in words(page).split('src="')[1:]}
    assert covers
    assert all(client.get(path).status_code == 200 for path in covers if not path.startswith("/static/"))


def test_the_address_is_whole_and_in_the_language_of_the_text(settings):
    settings.SITE_URL = "https://invest.example"
    link, address = shared(factories.opportunity(), "ko")
    assert public_address(link) == f"https://invest.example{address}"


def test_nothing_stored_opens_a_preview():
    link, address = shared(factories.opportunity())
    stored = " ".join(str(value) for value in PreviewLink.objects.values_list().get(pk=link.pk))
    assert address.rpartition(".")[2].rstrip("/") not in stored
