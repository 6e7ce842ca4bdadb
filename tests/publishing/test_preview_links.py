"""Making and revoking preview links: who may, what is kept, and what is written down."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from publishing.models import Act, PreviewLink
from publishing.previews import NothingToShow, links_of, links_signed, may_preview, revoke, share, token_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_link_keeps_the_working_copy_of_one_language():
    link = share(factories.opportunity(), "ko", why="Busan", by=None)
    assert link.texts["title"] == "강 하구 둑"
    assert "River barrage" not in link.texts.values()


def test_a_link_lasts_seven_days():
    link = share(factories.opportunity(), "en", why="Busan", by=None)
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    assert link.is_open


def test_the_database_refuses_a_link_that_lasts_longer():
    link = share(factories.opportunity(), "en", why="Busan", by=None)
    with pytest.raises(IntegrityError, match="a_preview_link_lasts_a_week_at_most"), transaction.atomic():
        PreviewLink.objects.filter(pk=link.pk).update(expires_at=F("at") + timedelta(days=8))


def test_a_text_without_a_title_is_not_shown_to_anybody():
    record = factories.opportunity(title_ko="")
    with pytest.raises(NothingToShow, match="한국어"):
        share(record, "ko", why="Busan", by=None)
    assert not links_of(record).exists()
    assert not Act.objects.filter(record_id=record.pk, verb=Act.Verb.PREVIEW_SHARED).exists()


def test_making_and_revoking_are_written_down_with_who_and_for_whom():
    editor, record = factories.staff("editor"), factories.opportunity()
    revoke(share(record, "ko", why="Ms Kim", by=editor), by=editor)
    acts = Act.objects.filter(record_id=record.pk, record_type__model="opportunity").order_by("pk")
    assert [(act.verb, act.language, act.by, act.why) for act in acts] == [
        (Act.Verb.PREVIEW_SHARED, "ko", editor, "For Ms Kim"),
        (Act.Verb.PREVIEW_REVOKED, "ko", editor, "For Ms Kim"),
    ]


def test_a_link_is_revoked_once():
    record = factories.opportunity()
    link = share(record, "en", why="Ms Kim", by=None)
    assert revoke(link, by=None)
    assert not revoke(link, by=None)
    assert Act.objects.filter(record_id=record.pk, verb=Act.Verb.PREVIEW_REVOKED).count() == 1


def test_a_link_that_came_to_its_end_is_not_revoked_as_well():
    link = share(factories.opportunity(), "en", why="Ms Kim", by=None)
    long_ago = timezone.now() - timedelta(days=9)
    PreviewLink.objects.filter(pk=link.pk).update(at=long_ago, expires_at=long_ago + timedelta(days=7))
    assert not revoke(link, by=None)


def test_a_token_finds_its_own_link_and_a_changed_one_none():
    link = share(factories.opportunity(), "en", why="Ms Kim", by=None)
    assert links_signed(token_of(link)).get() == link
    for other in (str(link.pk), f"{link.pk}.", "", ".", token_of(link)[:-1], token_of(link).upper()):
        assert not links_signed(other).exists()


def test_links_of_one_record_are_not_those_of_another_with_its_number():
    opportunity = factories.opportunity()
    page = factories.page(pk=opportunity.pk + 1000)
    other = factories.theme(pk=page.pk)
    share(page, "en", why="Ms Kim", by=None)
    assert links_of(page).count() == 1
    assert not links_of(other).exists()


@pytest.mark.parametrize(
    ("permission", "seen"),
    [
        ("opportunities.view_opportunity", {"en", "ko"}),
        ("opportunities.change_opportunity", {"en", "ko"}),
        ("publishing.translate_ko", {"ko"}),
        ("opportunities.view_theme", set()),
    ],
)
def test_who_may_see_the_working_copy(permission, seen):
    user, model = factories.staff("somebody", permission), type(factories.opportunity())
    assert {code for code in ("en", "ko") if may_preview(user, model, code)} == seen
