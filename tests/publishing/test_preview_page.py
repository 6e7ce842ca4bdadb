"""The desk's preview page: look at the working copy, share it, take it back."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import PreviewLink
from publishing.models.publishable import publishable_models
from publishing.previews import public_address, revoke, share, staff_address
from tests import factories
from tests.admin_form import address

pytestmark = pytest.mark.django_db

LABELS = {model._meta.label_lower: model for model in publishable_models()}


@pytest.fixture
def record():
    return factories.opportunity()


def sign_in(client, *permissions):
    user = factories.staff("somebody", *permissions)
    client.force_login(user)
    return user


@pytest.fixture
def editor(client):
    return sign_in(client, "opportunities.view_opportunity", "opportunities.change_opportunity")


def page_of(client, record, query="", **more):
    return client.get(address(record, "preview") + query, **more)


def make(client, record, language="ko", why="Ms Kim, Busan"):
    data = {"verb": "share", "share-language": language, "share-why": why}
    return client.post(address(record, "preview"), data)


@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_kind_of_record_has_the_page(client, label):
    client.force_login(factories.superuser())
    record = LABELS[label].objects.first()
    page = page_of(client, record)
    assert page.status_code == 200
    assert [frame.address for frame in page.context["frames"]] == [
        staff_address(record, "en"),
        staff_address(record, "ko"),
    ]


def test_the_frames_are_of_the_real_page_and_loaded_when_they_are_seen(client, record, editor):
    page = page_of(client, record).content.decode()
    assert f'src="{staff_address(record, "ko")}?frame=1#river-barrage"' in page
    assert page.count("<iframe") == page.count('loading="lazy"') == 2


def test_one_language_is_looked_at_alone(client, record, editor):
    page = page_of(client, record, "?in=ko&width=desk")
    assert [frame.language for frame in page.context["frames"]] == ["ko"]
    assert page.context["width"] == "desk"
    assert [choice.label for choice in page.context["languages"] if choice.current] == ["한국어"]


@pytest.mark.parametrize(
    "query", ["?in=xx&width=wide", "?in=&width=", "?in=%F0%9F%8C%8A", "?width=phone&width=x"]
)
def test_a_look_that_there_is_not_is_side_by_side_on_a_phone(client, record, editor, query):
    page = page_of(client, record, query)
    assert len(page.context["frames"]) == 2
    assert page.context["width"] == "phone"


def test_required_text_that_is_missing_is_named(client, editor):
    page = page_of(client, factories.opportunity(summary_ko="")).content.decode()
    assert "Cannot be published yet: summary missing." in page


def test_a_link_is_made_and_its_address_can_be_copied(client, record, editor):
    assert make(client, record).status_code == 302
    link = PreviewLink.objects.get()
    assert (link.record, link.language, link.why, link.by) == (record, "ko", "Ms Kim, Busan", editor)
    page = page_of(client, record).content.decode()
    assert f'readonly value="{public_address(link)}"' in page
    assert "The link is made." in page


def test_a_link_is_for_somebody(client, record, editor):
    response = make(client, record, why="  ")
    assert response.status_code == 200
    assert "This field is required." in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_a_link_is_in_a_language_of_ours(client, record, editor):
    assert make(client, record, language="xx").status_code == 200
    assert not PreviewLink.objects.exists()


def test_a_name_of_any_length_is_no_error_of_ours(client, record, editor):
    assert make(client, record, why="a" * 5000).status_code == 200
    assert not PreviewLink.objects.exists()


def test_a_language_without_a_title_cannot_be_shared(client, editor):
    response = make(client, factories.opportunity(title_ko=""))
    assert "There is no 한국어 title yet" in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_a_link_is_revoked_from_the_page(client, record, editor):
    link = share(record, "ko", why="Ms Kim", by=editor)
    response = client.post(address(record, "preview"), {"verb": "revoke", "link": link.pk}, follow=True)
    link.refresh_from_db()
    assert not link.is_open
    assert "The link is revoked." in response.content.decode()
    assert public_address(link) not in response.content.decode()


def test_revoking_twice_says_that_it_had_ended(client, record, editor):
    link = share(record, "ko", why="Ms Kim", by=editor)
    revoke(link, by=editor)
    response = client.post(address(record, "preview"), {"verb": "revoke", "link": link.pk}, follow=True)
    assert "The link had ended already." in response.content.decode()


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 40, "²"])
def test_a_link_that_there_is_not_cannot_be_revoked(client, record, editor, number):
    response = client.post(address(record, "preview"), {"verb": "revoke", "link": number})
    assert response.status_code == 404


def test_the_link_of_another_record_is_not_revoked_here(client, record, editor):
    link = share(factories.opportunity("another"), "ko", why="Ms Kim", by=editor)
    response = client.post(address(record, "preview"), {"verb": "revoke", "link": link.pk})
    assert response.status_code == 404
    link.refresh_from_db()
    assert link.is_open


@pytest.mark.parametrize("verb", ["", "publish", "share2"])
def test_an_unknown_verb_does_nothing(client, record, editor, verb):
    assert client.post(address(record, "preview"), {"verb": verb}).status_code == 200


def test_somebody_who_only_reads_sees_who_has_a_link_and_no_address(client, record):
    link = share(record, "ko", why="Ms Kim, Busan", by=None)
    sign_in(client, "opportunities.view_opportunity")
    page = page_of(client, record).content.decode()
    assert "Ms Kim, Busan" in page
    assert public_address(link) not in page
    assert "Make a link" not in page


def test_somebody_who_only_reads_makes_and_revokes_none(client, record):
    link = share(record, "ko", why="Ms Kim, Busan", by=None)
    sign_in(client, "opportunities.view_opportunity")
    assert make(client, record).status_code == 403
    response = client.post(address(record, "preview"), {"verb": "revoke", "link": link.pk})
    assert response.status_code == 403
    assert PreviewLink.objects.get().is_open


def test_a_translator_looks_at_and_shares_one_language(client, record):
    sign_in(client, "publishing.translate_ko")
    page = page_of(client, record)
    assert [frame.language for frame in page.context["frames"]] == ["ko"]
    assert make(client, record, "ko").status_code == 302
    assert make(client, record, "en").status_code == 403


def test_a_translator_revokes_links_of_that_language_alone(client, record):
    english, korean = (share(record, code, why="Ms Kim", by=None) for code in ("en", "ko"))
    sign_in(client, "publishing.translate_ko")
    for link, status in ((english, 403), (korean, 302)):
        response = client.post(address(record, "preview"), {"verb": "revoke", "link": link.pk})
        assert response.status_code == status


def test_staff_without_a_right_are_refused(client, record):
    sign_in(client, "opportunities.view_theme")
    assert page_of(client, record).status_code == 403


def test_a_record_that_is_not_there_has_no_page(client, record, editor):
    assert client.get(address(record, "preview").replace(f"/{record.pk}/", "/999999/")).status_code == 404


def test_the_form_is_protected_against_other_sites(record):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.superuser())
    assert make(strict, record).status_code == 403


def test_many_links_take_no_more_queries_than_one(client, record, editor):
    ContentType.objects.get_for_models(*LABELS.values())
    counts = []
    for _round in range(2):
        share(record, "ko", why="Ms Kim", by=editor)
        page_of(client, record)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, record)
        counts.append(len(asked))
        for number in range(12):
            share(record, "ko", why=f"Reader {number}", by=editor)
    assert counts[0] == counts[1] <= 10
