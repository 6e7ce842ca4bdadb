"""How a working copy comes to be published: submitted, approved or sent back, discarded, looked at again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Act, Desk, Edition, Provenance
from publishing.publication import note_provenance, provenance_of, publish
from publishing.standing import standings
from publishing.workflow import (
    NotNow,
    approve,
    assign,
    discard,
    review,
    send_back,
    set_review_by,
    submit,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return factories.opportunity()


@pytest.fixture
def editor():
    return factories.staff("editor", "opportunities.change_opportunity")


def working(record, language="en"):
    record.refresh_from_db()
    return standings([record])[record.pk][language].working


def change(record, **columns):
    type(record).objects.filter(pk=record.pk).update(**columns or {"title_en": "New title"})


def english(record):
    return [(record, "en")]


def test_a_text_goes_through_review_to_approval(record, editor):
    submit(english(record), by=editor)
    assert working(record) == "in review"
    approve(english(record), by=None)
    assert working(record) == "approved"
    assert standings([record])[record.pk]["ko"].working == "changed"


def test_publishing_ends_the_review_of_what_was_published_only(record, editor):
    submit([(record, "en"), (record, "ko")], by=editor)
    publish([record], ["en"], by=None)
    assert working(record) == "unchanged" and working(record, "ko") == "in review"


def test_a_change_by_any_route_takes_the_text_out_of_review(record, editor):
    submit(english(record), by=editor)
    change(record)
    assert working(record) == "changed"
    submit(english(record), by=editor)
    assert working(record) == "in review"


def test_a_change_of_one_language_leaves_the_review_of_another(record, editor):
    submit([(record, "ko")], by=editor)
    change(record)
    assert working(record, "ko") == "in review"


def test_sent_back_with_a_comment_it_is_changed_again(record, editor):
    submit(english(record), by=editor)
    send_back(english(record), by=None, why="The figure is old")
    assert working(record) == "changed"
    assert Act.objects.get(verb="sent back").why == "The figure is old"
    desk = Desk.objects.get(record_id=record.pk, language="en")
    assert (desk.text_md5, desk.moved_at, desk.moved_by) == ("", None, None)


@pytest.mark.parametrize("why", ["", "  \n"])
def test_sending_back_without_a_comment_is_refused(record, editor, why):
    submit(english(record), by=editor)
    with pytest.raises(NotNow):
        send_back(english(record), by=None, why=why)
    assert working(record) == "in review"


def test_what_does_not_fit_is_refused_and_leaves_no_act(record):
    publish([record], ["en"], by=None)
    done = Act.objects.count()
    for verb in (submit, approve, discard):
        with pytest.raises(NotNow):
            verb(english(record), by=None)
    with pytest.raises(NotNow):
        send_back(english(record), by=None, why="x")
    with pytest.raises(NotNow):
        review([(record, "ko")], by=None)
    assert Act.objects.count() == done


def test_what_is_in_review_or_approved_already_is_refused(record):
    submit(english(record), by=None)
    with pytest.raises(NotNow):
        submit(english(record), by=None)
    approve(english(record), by=None)
    with pytest.raises(NotNow):
        approve(english(record), by=None)


@pytest.mark.parametrize("verb", [submit, approve])
def test_an_incomplete_text_is_refused_and_nothing_moves(verb):
    whole, half = factories.opportunity(), factories.opportunity("half", summary_en="")
    with pytest.raises(NotNow, match="summary is empty"):
        verb([(whole, "en"), (half, "en")], by=None)
    assert working(whole) == "changed"


def test_discarding_puts_the_last_published_text_back(record):
    publish([record], ["en"], by=None)
    change(record)
    discard(english(record), by=None)
    record.refresh_from_db()
    assert record.title_en == "River barrage" and working(record) == "unchanged"


def test_what_was_never_published_cannot_be_discarded(record):
    with pytest.raises(NotNow, match="never published"):
        discard(english(record), by=None)


def test_approval_reviews_translations_of_the_present_source_only(record):
    unreviewed = Provenance.State.UNREVIEWED
    note_provenance(record, "title", "ko", record.title_en, unreviewed)
    note_provenance(record, "summary", "ko", "An earlier summary.", unreviewed)
    approve([(record, "ko")], by=None)
    states = dict(provenance_of(record, "ko").values_list("field", "state"))
    assert states == {"title": "final", "summary": "unreviewed"}


def test_a_review_of_what_is_live_is_dated_and_sets_the_next(record):
    (edition,) = publish([record], ["en"], by=None)
    before = timezone.now()
    review(english(record), next_by=date(2031, 1, 2), by=None)
    assert Edition.objects.get(pk=edition.pk).reviewed_at >= before
    assert Desk.objects.get(record_id=record.pk, language="en").review_by == date(2031, 1, 2)


def test_a_review_date_leaves_the_rest_of_the_desk(record, editor):
    submit(english(record), by=editor)
    set_review_by(english(record), date(2031, 1, 2), by=None)
    assign(english(record), editor, by=None)
    desk = Desk.objects.get(record_id=record.pk, language="en")
    assert (desk.stage, desk.review_by, desk.assignee) == ("in review", date(2031, 1, 2), editor)
    set_review_by(english(record), None, by=None)
    assign(english(record), None, by=None)
    desk.refresh_from_db()
    assert (desk.stage, desk.review_by, desk.assignee) == ("in review", None, None)


def test_a_text_is_assigned_only_to_who_may_edit_it(record):
    translator = factories.staff("translator", "publishing.translate_ko")
    assign([(record, "ko")], translator, by=None)
    with pytest.raises(NotNow):
        assign(english(record), translator, by=None)


def test_texts_of_several_models_move_as_one_act(record):
    theme = factories.theme()
    submit([(record, "en"), (theme, "ko")], by=None)
    acts = Act.objects.filter(verb="submitted")
    assert acts.count() == 2 and acts.values("act").distinct().count() == 1


def test_refusals_are_sentences(record):
    with pytest.raises(ValidationError) as refused:
        send_back(english(record), by=None, why="x")
    assert refused.value.messages == ["“River barrage” in English is not in review, so nothing can go back."]


def test_many_texts_cost_as_many_queries_as_one():
    records = [factories.opportunity(f"record-{number}") for number in range(12)]

    def cost(verb, chosen, **more):
        with CaptureQueriesContext(connection) as queries:
            verb([(record, code) for record in chosen for code in ("en", "ko")], by=None, **more)
        return len(queries)

    for verb, more in ((submit, {}), (approve, {}), (set_review_by, {"day": date(2031, 1, 2)})):
        cost(verb, records[:1], **more)
        one = cost(verb, records[1:2], **more)
        assert cost(verb, records[2:], **more) <= one <= 12
