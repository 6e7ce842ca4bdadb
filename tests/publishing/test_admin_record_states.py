"""What each edit through a record's form makes of its translations, and what may be said of a stale one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.models import CaseStudy
from publishing.models import Act
from publishing.publication import note_provenance, publish
from publishing.rows import of_records
from tests import factories
from tests.admin_form import address, errors, save, shown
from tests.publishing.record_form import acts, by_sql, form_of, noted, state

pytestmark = pytest.mark.django_db
KOREAN = "다시 옮긴 부두입니다."


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.fixture
def record():
    """A record of which every translation was made from the English beside it."""
    record = factories.case_study()
    for field in ("title", "summary"):
        note_provenance(record, field, "ko", getattr(record, f"{field}_en"))
    return record


@pytest.fixture
def stale(record, client):
    save(client, record, summary_en="A dry dock.")
    assert state(record) == "stale"
    return record


def test_a_changed_translation_was_made_from_the_english_beside_it(client, record):
    save(client, record, summary_ko=KOREAN)
    assert (noted(record), state(record)) == ("A dock.", "current")


def test_a_stale_translation_that_is_changed_is_current_again(client, stale):
    save(client, stale, summary_ko=KOREAN)
    assert (noted(stale), state(stale)) == ("A dry dock.", "current")


def test_both_changed_in_one_save_are_current_and_made_from_the_new_english(client, record):
    save(client, record, summary_en="A new dock.", summary_ko=KOREAN)
    assert (noted(record), state(record)) == ("A new dock.", "current")


def test_english_changed_alone_leaves_the_old_translation_standing_and_stale(client, stale):
    stale.refresh_from_db()
    assert (noted(stale), stale.summary_ko) == ("A dock.", "부두입니다.")


def test_english_changed_and_changed_back_is_as_before(client, stale):
    save(client, stale, summary_en="A dock.")
    assert state(stale) == "current"


def test_an_emptied_translation_is_missing_and_was_made_from_nothing(client, record):
    save(client, record, summary_ko="")
    assert (noted(record), state(record)) == (None, "missing")


def test_emptied_english_leaves_the_translation_stale(client, record):
    save(client, record, lesson_en="Dig deeper.", lesson_ko="더 깊이 파야 합니다.")
    save(client, record, lesson_en="")
    assert state(record, "lesson") == "stale"
    assert "English edit was minor" not in client.get(address(record)).content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"position": "7"}, {"title_en": "New dock", "title_ko": "새 부두"}, {"slug": "new-dock"}]
)
def test_saving_unchanged_or_moved_or_with_another_field_leaves_a_text_as_before(client, stale, typed):
    note_provenance(stale, "title", "ko", "Old dock", state="unreviewed")
    save(client, stale, **typed)
    assert state(stale) == "stale"
    assert state(stale, "title") == ("current" if "title_en" in typed else "unreviewed")


def test_line_ends_and_blanks_are_no_change(client, record):
    by_sql(record, body_en="<p>One</p>\n<p>Two</p>", body_ko="<p>하나</p>\n<p>둘</p>")
    note_provenance(record, "body", "ko", "<p>One</p>\n<p>Two</p>")
    save(client, record, summary_en="A  dock. ")
    assert (state(record, "body"), state(record)) == ("current", "current")
    assert acts(record) == set()


def test_a_translation_of_which_nobody_noted_the_source_stays_unreviewed(client):
    record = factories.case_study()
    save(client, record, title_en="New dock")
    assert (state(record), state(record, "title")) == ("unreviewed", "unreviewed")


def test_a_record_added_with_both_languages_has_its_translations_noted(client):
    data = {"title_en": "Basin", "title_ko": "독", "slug": "basin", "position": "1"}
    data |= {"summary_en": "A basin.", "summary_ko": "독입니다."}
    data |= {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
    response = client.post("/admin/opportunities/casestudy/add/", data)
    assert response.status_code == 302, errors(response)
    record = CaseStudy.objects.get(slug="basin")
    assert (noted(record), record.version) == ("A basin.", 1)
    assert acts(record) == {("edited", name, code) for name in ("title", "summary") for code in ("en", "ko")}


# A minor edit


def test_a_minor_edit_leaves_current_translations_current(client, record):
    save(client, record, summary_en="A dock!", minor="on")
    assert (noted(record), state(record)) == ("A dock!", "current")
    assert acts(record) == {("edited", "summary", "en"), ("minor edit", "summary", "ko")}


def test_a_minor_edit_leaves_stale_translations_stale(client, stale):
    save(client, stale, summary_en="A dry dock!", minor="on")
    assert (noted(stale), state(stale)) == ("A dock.", "stale")
    assert not acts(stale, "minor edit")


def test_a_minor_edit_leaves_unreviewed_translations_unreviewed(client, record):
    note_provenance(record, "summary", "ko", "A dock.", state="unreviewed")
    save(client, record, summary_en="A dock!", minor="on")
    assert state(record) == "unreviewed"


def test_a_minor_edit_does_not_claim_a_translation_that_was_changed_as_well(client, record):
    save(client, record, summary_en="A dock!", summary_ko=KOREAN, minor="on")
    assert state(record) == "current"
    assert not acts(record, "minor edit")


# What may be said of a stale text


def test_a_stale_text_shows_what_changed_in_its_source_word_by_word(client, stale):
    page = client.get(address(stale)).content.decode()
    assert "<ins>dry </ins>" in page
    assert "The English since the Korean was made" in page
    assert "Korean is still right" in page
    assert "English edit was minor" in page


def test_a_current_text_has_no_difference_and_no_button(client, record):
    page = client.get(address(record)).content.decode()
    assert "still right" not in page
    assert 'class="diff"' not in page


def test_still_right_makes_it_current_and_stays_on_the_record(client, stale):
    response = save(client, stale, _still_right="summary:ko")
    assert response.url.startswith(address(stale))
    assert (noted(stale), state(stale)) == ("A dry dock.", "current")
    assert ("still right", "summary", "ko") in acts(stale)


def test_still_right_saves_what_was_typed_besides(client, stale):
    save(client, stale, _still_right="summary:ko", title_en="Newly typed")
    stale.refresh_from_db()
    assert (stale.title_en, state(stale)) == ("Newly typed", "current")


def test_still_right_is_said_of_the_english_saved_with_it(client, stale):
    save(client, stale, _still_right="summary:ko", summary_en="A wet dock.")
    assert (noted(stale), state(stale)) == ("A wet dock.", "current")


def test_the_edit_was_minor_makes_it_current(client, stale):
    save(client, stale, _minor="summary:ko")
    assert state(stale) == "current"
    assert ("minor edit", "summary", "ko") in acts(stale)


def test_an_unreviewed_text_can_be_said_to_be_right(client):
    record = factories.case_study()
    assert "Korean is right" in client.get(address(record)).content.decode()
    save(client, record, _still_right="summary:ko")
    assert state(record) == "current"


def test_an_emptied_translation_cannot_be_right_and_the_rest_is_saved(client, stale):
    response = save(client, stale, _still_right="summary:ko", summary_ko="", title_en="Newly typed")
    page = client.get(response.url.partition("#")[0]).content.decode()
    assert "There is no translation yet" in page
    stale.refresh_from_db()
    assert (stale.title_en, state(stale)) == ("Newly typed", "missing")


@pytest.mark.parametrize("forged", ["summary:en", "summary:xx", "slug:ko", "summary", ":", "summary:ko:ko"])
def test_a_button_that_names_no_translation_says_nothing(client, stale, forged):
    assert save(client, stale, _still_right=forged).status_code == 302
    assert state(stale) == "stale"


def test_a_refused_save_says_nothing_of_a_translation(client, stale):
    assert save(client, stale, _still_right="summary:ko", title_en="").status_code == 200
    assert state(stale) == "stale"


def test_who_may_only_look_sees_no_button_and_no_tick(client, stale):
    client.force_login(factories.staff("reader", "opportunities.view_casestudy"))
    page = client.get(address(stale)).content.decode()
    assert "still right" not in page
    assert 'name="minor"' not in page


# Who did what


def test_a_save_writes_one_act_a_text_under_one_decision(client, record):
    save(client, record, title_en="New dock", title_ko="새 부두", summary_ko=KOREAN)
    assert acts(record) == {("edited", "title", "en"), ("edited", "title", "ko"), ("edited", "summary", "ko")}
    assert Act.objects.filter(of_records([record])).values("act").distinct().count() == 1


def test_a_text_says_who_translated_it_and_when(client, record):
    save(client, record, summary_ko=KOREAN)
    assert form_of(client, record).fields["summary_ko"].made.startswith("Translated by administrator, ")
    assert form_of(client, record).fields["title_ko"].made == ""


def test_a_text_says_who_last_found_it_right(client, stale):
    save(client, stale, _still_right="summary:ko")
    assert (
        form_of(client, stale).fields["summary_ko"].made.startswith("Said to be still right by administrator")
    )


def test_the_form_asks_no_more_with_many_stale_texts(client, stale):
    with CaptureQueriesContext(connection) as one:
        client.get(address(stale))
    save(client, stale, body_en="<p>3</p>", body_ko="<p>가</p>", lesson_en="<p>4</p>", lesson_ko="<p>나</p>")
    save(client, stale, title_en="1", body_en="<p>5</p>", lesson_en="<p>6</p>")
    assert [state(stale, name) for name in ("title", "body", "lesson")] == ["stale"] * 3
    with CaptureQueriesContext(connection) as many:
        client.get(address(stale))
    assert len(many) == len(one)


def test_the_form_shows_what_the_public_has_and_how_the_copy_stands(client, record):
    publish([record], ["en", "ko"], by=None)
    save(client, record, title_en="New dock")
    page = client.get(address(record)).content.decode()
    assert "Live" in page
    assert "Changed" in page


def test_the_form_leads_to_publication_preview_and_each_translation(client, record):
    page = client.get(address(record)).content.decode()
    for view in ("publication", "preview"):
        assert f'href="{address(record, view)}"' in page
    assert f'href="/admin/translations/ko/opportunities.casestudy/{record.pk}/"' in page


def test_a_long_text_is_refused_with_a_sentence_and_not_lost(client, record):
    response = save(client, record, title_en="x" * 300)
    assert response.status_code == 200
    assert "x" * 300 in response.content.decode()
    assert shown(response)["title_en"] == "x" * 300
