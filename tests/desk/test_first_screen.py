"""The first page of the desk: what an editor, a manager and a translator start from."""

import datetime

import pytest
from django.utils import timezone

from publishing.models import Desk
from publishing.publication import launch, publish
from publishing.translations.translating import save_translation
from publishing.workflow import review, set_review_by, submit
from tests import factories

pytestmark = pytest.mark.django_db

EDITOR = ("opportunities.view_opportunity", "opportunities.change_opportunity")


@pytest.fixture
def editor():
    return factories.staff("editor", *EDITOR)


@pytest.fixture
def manager():
    return factories.staff("manager", *EDITOR, "publishing.publish")


@pytest.fixture
def translator():
    return factories.staff("translator", "publishing.translate_ko")


@pytest.fixture
def barrage():
    record = factories.opportunity("river-barrage")
    publish([record], ["en", "ko"], by=None)
    return record


def panel(client, user, key):
    client.force_login(user)
    columns = client.get("/admin/").context["columns"]
    return {panel.key: panel for column in columns for panel in column}.get(key)


def titles(found):
    return [row.title for row in found.rows]


def translate(record, user, text="강을 가로지르는 큰 둑입니다."):
    return save_translation(
        record,
        "summary",
        "ko",
        text,
        shown_source=record.summary_en,
        shown_text=record.summary_ko,
        by=user,
    )


def test_an_editors_own_unpublished_change_stands_on_the_first_page(client, editor, barrage):
    translate(barrage, editor)
    assert titles(panel(client, editor, "my-changes")) == ["River barrage"]


def test_a_change_of_a_colleague_is_not_among_mine(client, editor, manager, barrage):
    translate(barrage, manager)
    assert titles(panel(client, editor, "my-changes")) == []


def test_a_change_that_was_published_is_no_longer_mine_to_finish(client, editor, barrage):
    publish([translate(barrage, editor)], ["ko"], by=None)
    assert titles(panel(client, editor, "my-changes")) == []


def test_a_submitted_text_waits_for_the_manager_and_not_for_the_editor(client, editor, manager, barrage):
    submit([(translate(barrage, editor), "ko")], by=editor)
    assert titles(panel(client, manager, "waiting-for-review")) == ["River barrage"]
    assert panel(client, editor, "waiting-for-review") is None


def test_a_text_that_moved_on_after_it_was_submitted_no_longer_waits(client, editor, manager, barrage):
    submit([(translate(barrage, editor), "ko")], by=editor)
    type(barrage).objects.filter(pk=barrage.pk).update(summary_ko="다른 문장입니다.")
    assert titles(panel(client, manager, "waiting-for-review")) == []


def test_a_published_text_whose_review_is_overdue_stands_first(client, editor, barrage):
    today = timezone.localdate()
    set_review_by([(barrage, "en")], today - datetime.timedelta(days=1), by=editor)
    set_review_by([(barrage, "ko")], today + datetime.timedelta(days=5), by=editor)
    rows = panel(client, editor, "review-dates").rows
    assert [row.sub for row in rows] == ["Opportunity · English", "Opportunity · 한국어"]
    assert "Overdue" in rows[0].tags[0]
    assert "Due" in rows[1].tags[0]


def test_a_review_moves_the_date_on(client, editor, barrage):
    today = timezone.localdate()
    set_review_by([(barrage, "en")], today, by=editor)
    review([(barrage, "en")], next_by=today + datetime.timedelta(days=180), by=editor)
    assert titles(panel(client, editor, "review-dates")) == []


def test_what_goes_live_or_expires_next_stands_in_order(client, editor, barrage):
    now = timezone.now()
    other = factories.opportunity("harbour-heat", title_en="Harbour heat")
    launch([(other, "en")], at=now + datetime.timedelta(days=2), by=None)
    launch([(barrage, "en")], until=now + datetime.timedelta(days=1), by=None)
    rows = panel(client, editor, "scheduled-next").rows
    assert [row.title for row in rows] == ["River barrage", "Harbour heat"]
    assert "Expires" in rows[0].tags[0]
    assert "Goes live" in rows[1].tags[0]


def test_a_translator_sees_own_changes_and_the_language_of_the_desk_only(client, translator, barrage):
    translate(barrage, translator)
    assert titles(panel(client, translator, "my-changes")) == ["River barrage"]
    for key in ("waiting-for-review", "review-dates", "scheduled-next", "enquiries"):
        assert panel(client, translator, key) is None


def test_somebody_who_writes_nothing_sees_none_of_these_lists(client):
    officer = factories.staff("officer", "opportunities.view_opportunity")
    for key in ("my-changes", "waiting-for-review", "review-dates", "scheduled-next"):
        assert panel(client, officer, key) is None


def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, editor, manager, barrage, django_assert_max_num_queries
):
    client.force_login(manager)

    def queries():
        with django_assert_max_num_queries(30) as captured:
            client.get("/admin/")
        return len(captured)

    submit([(translate(barrage, editor), "ko")], by=editor)
    queries()
    few = queries()
    for number in range(12):
        record = factories.opportunity(f"scheme-{number}")
        publish([record], ["en", "ko"], by=None)
        submit([(translate(record, manager), "ko")], by=manager)
    assert Desk.objects.filter(stage=Desk.Stage.IN_REVIEW).count() == 13
    assert queries() == few


def test_a_translators_menu_is_the_desk_and_nothing_else(client, translator):
    client.force_login(translator)
    groups = client.get("/admin/").context["app_list"]
    assert [group["name"] for group in groups] == ["Publishing"]
    assert [page["name"] for page in groups[0]["models"]] == ["Translations", "Files out and back"]


def test_every_page_of_the_menu_opens(client, editor):
    client.force_login(editor)
    for group in client.get("/admin/").context["app_list"]:
        for page in group["models"]:
            assert client.get(page["admin_url"]).status_code == 200, page["name"]
