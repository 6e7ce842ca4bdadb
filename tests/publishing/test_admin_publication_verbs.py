"""Every verb of the publication page: its button, what it does, what is said, and that readers see it at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from publishing.models import Act, Desk, Edition
from publishing.publication import publish
from publishing.standing import standings
from publishing.workflow import submit
from tests import factories
from tests.publishing.desk_post import act, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return factories.opportunity()


@pytest.fixture
def client(client):
    client.force_login(factories.staff("manager", "opportunities.view_opportunity", "publishing.publish"))
    return client


def standing(record, language="en"):
    record.refresh_from_db()
    return standings([record])[record.pk][language]


def retitle(record, title="River tunnel"):
    type(record).objects.filter(pk=record.pk).update(title_en=title)


def readers(client, language="en"):
    return client.get(f"/{language}/opportunities/river-barrage/").status_code


def said(client, record, verb, **typed):
    """The message after the verb, which must have been done."""
    response = act(client, record, verb, **typed)
    assert response.status_code == 302, response.context["forms"][verb].errors
    return [str(message) for message in client.get(response.url).context["messages"]][-1]


def local(**ahead):
    return timezone.localtime() + timedelta(**ahead)


def test_taken_down_readers_are_told_so_at_once_in_every_language(client, record):
    publish([record], ["en", "ko"], by=None)
    assert readers(client) == readers(client, "ko") == 200
    told = said(client, record, "take_down")
    assert "Taken down in English and 한국어" in told and "To undo" in told
    assert readers(client) == readers(client, "ko") == 410


def test_taken_down_needs_no_reason_and_keeps_one(client, record):
    publish([record], ["en"], by=None)
    act(client, record, "take_down", why="Wrong owner")
    assert Act.objects.get(verb="withdrawn").why == "Wrong owner"


def test_taking_down_what_readers_do_not_have_is_said(client, record):
    response = act(client, record, "take_down")
    assert "Nothing is live or scheduled" in response.content.decode()


def test_past_its_end_readers_are_told_that_it_is_withdrawn(client, record):
    publish([record], ["en", "ko"], by=None)
    until = local(days=3).strftime("%Y-%m-%dT%H:%M")
    assert "Readers lose it in English on" in said(client, record, "expire", in_languages=["en"], until=until)
    (edition,) = Edition.objects.of(record).filter(language="en")
    assert not record.readable_in("en", edition.live.upper)
    Edition.objects.filter(pk=edition.pk).update(
        live=(edition.live.lower - timedelta(days=9), timezone.now() - timedelta(seconds=1))
    )
    assert (readers(client), readers(client, "ko")) == (410, 200)


def test_an_end_is_lifted(client, record):
    publish([record], ["en"], until=local(days=3), by=None)
    assert "It has no end" in said(client, record, "expire", in_languages=["en"], until="")
    assert standing(record).expires_at is None


def test_what_is_scheduled_is_cancelled(client, record):
    publish([record], ["en"], by=None)
    retitle(record)
    publish([record], ["en"], at=local(days=3), by=None)
    assert "Nothing is scheduled in English now" in said(client, record, "unschedule", in_languages=["en"])
    assert standing(record).state == "live" and standing(record).scheduled_for is None


def test_published_until_a_time(client, record):
    until = local(days=3).replace(second=0, microsecond=0)
    told = said(client, record, "publish", in_languages=["en"], until=until.strftime("%Y-%m-%dT%H:%M"))
    assert "Readers lose it on" in told
    assert standing(record).expires_at == until


def test_an_end_before_the_beginning_is_refused(client, record):
    times = {"at": "2035-07-02T09:00", "until": "2035-07-01T09:00"}
    response = act(client, record, "publish", in_languages=["en"], **times)
    assert "not after the beginning" in response.content.decode()
    assert not Edition.objects.of(record).exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2035-10-28T01:30", "comes twice in London: the clocks go back over it. Choose a time before 01:00"),
        ("2035-03-25T01:30", "does not exist in London: the clocks go forward over it. Choose 02:30"),
        ("2035-13-01T09:00", "Enter a valid date/time"),
        ("soon", "Enter a valid date/time"),
    ],
)
def test_a_moment_that_london_does_not_have_once_is_refused(client, record, typed, says):
    shown = act(client, record, "publish", in_languages=["en"], at=typed).content.decode()
    assert says in shown.replace("&#x27;", "'")
    assert not Edition.objects.of(record).exists()


def test_the_hour_after_the_clocks_went_back_is_that_of_winter(client, record):
    act(client, record, "publish", in_languages=["en"], at="2035-10-28T02:00")
    (edition,) = Edition.objects.of(record)
    assert edition.live.lower == datetime(2035, 10, 28, 2, 0, tzinfo=UTC)


def test_a_scheduled_text_is_brought_forward(client, record):
    publish([record], ["en"], at=local(days=3), by=None)
    act(client, record, "publish", in_languages=["en"])
    assert standing(record).state == "live"


def test_what_readers_have_already_is_not_published_again(client, record):
    publish([record], ["en"], by=None)
    response = act(client, record, "publish", in_languages=["en"])
    assert "readers have this text already" in response.content.decode()
    assert Edition.objects.of(record).count() == 1


def test_approved_and_sent_back(client, record):
    submit([(record, "en"), (record, "ko")], by=None)
    assert "Approved in English" in said(client, record, "approve", in_languages=["en"])
    assert "needs another word" not in page(client, record)
    refused = act(client, record, "send_back", in_languages=["ko"], why=" ")
    assert "Say what is to be changed" in refused.content.decode()
    said(client, record, "send_back", in_languages=["ko"], why="It needs another word")
    assert (standing(record).working, standing(record, "ko").working) == ("approved", "changed")
    assert "It needs another word" in page(client, record)


def test_what_changed_since_it_was_shown_is_not_approved(client, record):
    submit([(record, "en")], by=None)
    before = client.get(f"/admin/opportunities/opportunity/{record.pk}/publication/")
    shown = before.context["forms"]["approve"]["shown"].value()
    retitle(record)
    act(client, record, "approve", in_languages=["en"], shown=shown)
    assert standing(record).working == "changed"


def test_reviewed_as_still_right_with_the_next_date(client, record):
    (edition,) = publish([record], ["en"], by=None)
    before = timezone.now()
    said(client, record, "review", in_languages=["en"], next_by="2031-02-03")
    edition.refresh_from_db()
    assert edition.reviewed_at > before and standing(record).desk.review_by == date(2031, 2, 3)
    assert "3 Feb 2031" in page(client, record)


def test_a_review_date_is_set_and_lifted(client, record):
    said(client, record, "review_by", in_languages=["en", "ko"], day="2031-02-03")
    assert Desk.objects.filter(record_id=record.pk, review_by=date(2031, 2, 3)).count() == 2
    assert "No review date" in said(client, record, "review_by", in_languages=["en"], day="")


def test_assigned_to_somebody_who_may_write_it(client, record):
    editor = factories.staff("editor", "opportunities.change_opportunity")
    translator = factories.staff("translator", "publishing.translate_ko")
    said(client, record, "assign", in_languages=["en"], assignee=editor.pk)
    assert standing(record).desk.assignee == editor
    refused = act(client, record, "assign", in_languages=["en"], assignee=translator.pk).content.decode()
    assert "translator may not write" in refused
    stranger = factories.staff("stranger")
    assert act(client, record, "assign", in_languages=["en"], assignee=stranger.pk).status_code == 200
    assert standing(record).desk.assignee == editor


def test_discarding_shows_what_is_lost_and_wants_a_tick(client, record):
    publish([record], ["en"], by=None)
    retitle(record)
    assert "The underlined words are lost" in page(client, record)
    refused = act(client, record, "discard", in_languages=["en"])
    assert "Tick that you have read what will be lost" in refused.content.decode()
    assert standing(record).working == "changed"
    said(client, record, "discard", in_languages=["en"], sure="on")
    assert standing(record).working == "unchanged" and record.title_en == "River barrage"


def test_a_verb_in_no_language_is_refused(client, record):
    publish([record], ["en"], by=None)
    for verb in ("expire", "unschedule", "review", "review_by", "assign", "withdraw"):
        assert "Choose at least one language" in act(client, record, verb).content.decode(), verb


def test_an_unknown_language_is_refused(client, record):
    response = act(client, record, "publish", in_languages=["xx"])
    assert response.status_code == 200 and not Edition.objects.of(record).exists()


def test_only_what_makes_sense_is_offered(client, record):
    def offered():
        response = client.get(f"/admin/opportunities/opportunity/{record.pk}/publication/")
        return set(response.context["forms"])

    always = {"review_by", "assign"}
    assert offered() == always | {"publish"}
    publish([record], ["en", "ko"], by=None)
    live = {"expire", "review", "take_down", "withdraw"}
    assert offered() == always | live
    retitle(record)
    assert offered() == always | live | {"publish", "discard"}
    submit([(record, "en")], by=None)
    assert offered() == always | live | {"publish", "discard", "approve", "send_back"}
    publish([record], ["en"], at=local(days=3), by=None)
    assert offered() == always | live | {"publish", "unschedule"}


def test_where_it_is_linked_from_stands_beside_the_button(client, record):
    item = factories.news_item(body_en='<p><a href="/en/opportunities/river-barrage/">it</a></p>')
    publish([record, item], ["en"], by=None)
    shown = page(client, record)
    assert "Linked from" in shown and "text in English" in shown and "live in English" in shown
    assert "/newsitem/" not in shown  # this manager may not see news items


def test_script_in_a_reason_is_shown_as_text(client, record):
    publish([record], ["en"], by=None)
    act(client, record, "take_down", why="<script>alert(1)</script>")
    shown = page(client, record)
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown
