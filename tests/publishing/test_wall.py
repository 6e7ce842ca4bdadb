"""What the database itself refuses, whoever asks and however."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from opportunities.models import Opportunity
from publishing.models import Act, Edition
from publishing.publication import publish
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    (edition,) = publish([factories.opportunity()], ["en"], by=None)
    return edition


def copy_of(edition, number, live):
    return Edition(
        record_type=edition.record_type,
        record_id=edition.record_id,
        language=edition.language,
        number=number,
        texts=edition.texts,
        made_from={},
        title=edition.title,
        plain=edition.plain,
        live=live,
        act=edition.act,
    )


def test_two_editions_of_a_record_and_language_are_never_live_at_one_instant(edition):
    later = DateTimeTZRange(timezone.now() + timedelta(days=1), None)
    with pytest.raises(IntegrityError, match="one_live_edition_at_any_instant"):
        copy_of(edition, 2, later).save()


def test_an_edition_that_was_cancelled_stands_in_the_way_of_none(edition):
    copy_of(edition, 2, DateTimeTZRange(empty=True)).save()
    copy_of(edition, 3, DateTimeTZRange(empty=True)).save()


def test_the_number_of_an_edition_is_given_once(edition):
    with pytest.raises(IntegrityError, match="edition_number_once"):
        copy_of(edition, 1, DateTimeTZRange(empty=True)).save()


@pytest.mark.parametrize("column", ["title", "plain", "note", "language"])
def test_a_published_text_cannot_be_changed(edition, column):
    with pytest.raises(DatabaseError, match="insert-only"):
        Edition.objects.filter(pk=edition.pk).update(**{column: "forged"})


def test_the_texts_of_an_edition_cannot_be_changed_by_sql(edition):
    with pytest.raises(DatabaseError, match="insert-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_edition SET texts = '{}' WHERE id = %s", [edition.pk])


def test_the_window_of_an_edition_may_close(edition):
    edition.live = DateTimeTZRange(edition.live.lower, timezone.now())
    edition.save(update_fields=["live"])


def test_an_edition_cannot_be_deleted(edition):
    with pytest.raises(DatabaseError, match="insert-only"):
        edition.delete()


@pytest.mark.parametrize("change", [lambda acts: acts.update(why="forged"), lambda acts: acts.delete()])
def test_an_act_is_neither_changed_nor_deleted(edition, change):
    with pytest.raises(DatabaseError, match="insert-only"):
        change(Act.objects.filter(act=edition.act))


def test_who_published_may_be_forgotten_when_they_leave():
    leaver = factories.staff("leaver")
    (edition,) = publish([factories.opportunity()], ["en"], by=leaver)
    leaver.delete()
    edition.refresh_from_db()
    assert edition.by is None


def test_who_published_cannot_be_somebody_else_afterwards(edition):
    with pytest.raises(DatabaseError, match="insert-only"):
        Edition.objects.filter(pk=edition.pk).update(by=factories.staff("usurper"))


@pytest.mark.parametrize("empty", ["", None, "  "])
def test_an_english_title_is_never_empty(empty):
    record = factories.opportunity()
    with pytest.raises(IntegrityError, match="has_english_title"), transaction.atomic():
        Opportunity.objects.filter(pk=record.pk).update(title_en=empty)


def test_saving_the_working_copy_publishes_nothing(edition):
    record = edition.record
    record.title_en = "Another title"
    record.save()
    Opportunity.objects.filter(pk=record.pk).update(summary_en="Another summary.")
    assert Edition.objects.of(record).live().get().texts["title"] == "River barrage"
