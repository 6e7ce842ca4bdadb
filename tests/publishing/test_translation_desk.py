"""What each button of the translator's desk does to a text and to what is known of it."""

import pytest
from django.db import connection
from django.test import Client

from opportunities.models import Opportunity
from publishing.models import Act, Provenance
from publishing.publication import note_provenance, publish
from publishing.standing import standings
from publishing.translations.state import states_of
from tests import factories
from tests.publishing.desk_form import desk_of, press, save, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """Both texts current in Korean."""
    record = factories.opportunity()
    for name in ("title", "summary"):
        note_provenance(record, name, "ko", getattr(record, f"{name}_en"))
    return record


@pytest.fixture
def translator():
    return factories.staff("translator", "publishing.translate_ko")


@pytest.fixture
def client(client, translator):
    client.force_login(translator)
    return client


def writer():
    return factories.staff("writer", "opportunities.view_opportunity", "opportunities.change_opportunity")


def state(record, field="summary"):
    return states_of([Opportunity.objects.get(pk=record.pk)])[record.pk]["ko"][field]


def notes(record, field="summary"):
    return Provenance.objects.filter(record_type__model="opportunity", record_id=record.pk, field=field)


def change(record, **texts):
    """A change by another route, which no hook sees."""
    Opportunity.objects.filter(pk=record.pk).update(**texts)


def test_a_translation_saved_here_is_current_and_made_from_the_english_shown(client, record, translator):
    change(record, summary_en="A barrage and a lagoon.")
    assert state(record) == "stale"
    assert save(client, record, "summary", "둑과 석호입니다.").status_code == 302
    record.refresh_from_db()
    assert (record.summary_ko, state(record)) == ("둑과 석호입니다.", "current")
    act = Act.objects.get(record_id=record.pk, verb="edited")
    assert (act.field, act.language, act.by) == ("summary", "ko", translator)


def test_saved_after_the_english_moved_on_it_is_stale_and_the_translator_is_told(client, record):
    data = shown(client.get(desk_of(record)), "summary")
    change(record, summary_en="Moved while the page was open.")
    response = client.post(desk_of(record), data | {"text": "새 번역입니다."}, follow=True)
    record.refresh_from_db()
    assert (record.summary_ko, state(record)) == ("새 번역입니다.", "stale")
    assert notes(record).get().made_from == "A barrage across the river."
    assert "saved, but stale" in response.content.decode()


def test_a_text_saved_unchanged_leaves_everything_as_it_was(client, record):
    change(record, summary_en="New English.")
    version = Opportunity.objects.get(pk=record.pk).version
    save(client, record, "summary", "강을 가로지르는 둑입니다.")
    assert state(record) == "stale"
    assert Opportunity.objects.get(pk=record.pk).version == version
    assert not Act.objects.filter(verb="edited").exists()


def test_an_emptied_translation_is_missing(client, record):
    save(client, record, "summary", "")
    assert state(record) == "missing"
    assert not notes(record).exists()


def test_still_right_makes_a_stale_translation_current(client, record):
    change(record, summary_en="A barrage across the wide river.")
    assert press(client, record, "summary", "still_right").status_code == 302
    assert state(record) == "current"
    record.refresh_from_db()
    assert record.summary_ko == "강을 가로지르는 둑입니다."
    assert Act.objects.get(record_id=record.pk, verb="still right").language == "ko"


def test_still_right_reviews_a_translation_that_nobody_had_noted(client):
    record = factories.opportunity()
    assert state(record) == "unreviewed"
    press(client, record, "summary", "still_right")
    assert state(record) == "current"


def test_still_right_holds_for_the_english_shown_and_not_for_a_later_one(client, record):
    change(record, summary_en="Second.")
    data = shown(client.get(desk_of(record)), "summary") | {"verb": "still_right"}
    change(record, summary_en="Third.")
    client.post(desk_of(record), data)
    assert state(record) == "stale"


def test_still_right_is_not_said_of_a_translation_that_somebody_changed_meanwhile(client, record):
    change(record, summary_en="Second.")
    data = shown(client.get(desk_of(record)), "summary") | {"verb": "still_right"}
    change(record, summary_ko="다른 사람의 글입니다.")
    assert client.post(desk_of(record), data).status_code == 409
    assert state(record) == "stale"


def test_an_editor_says_that_the_english_edit_was_minor(client, record):
    client.force_login(writer())
    change(record, summary_en="A barrage across the river!")
    assert press(client, record, "summary", "minor").status_code == 302
    assert state(record) == "current"


def test_a_minor_edit_is_not_said_of_english_that_changed_once_more(client, record):
    client.force_login(writer())
    change(record, summary_en="A barrage across the river!")
    data = shown(client.get(desk_of(record)), "summary") | {"verb": "minor"}
    change(record, summary_en="Quite another text.")
    response = client.post(desk_of(record), data)
    assert response.status_code == 422 and "changed again" in response.content.decode()
    assert state(record) == "stale"


def test_a_translator_cannot_call_an_edit_minor(client, record):
    change(record, summary_en="A barrage across the river!")
    assert "edit was minor" not in client.get(desk_of(record)).content.decode()
    assert press(client, record, "summary", "minor").status_code == 403
    assert state(record) == "stale"


def test_english_stored_in_no_normal_form_can_be_translated_all_the_same(client, record):
    """Raw SQL leaves two blanks, which no form would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE opportunities_opportunity SET summary_en = 'Two  blanks.', summary_ko = '빈칸  둘' WHERE id = %s",
            [record.pk],
        )
    assert save(client, record, "summary", "빈칸이 둘입니다.").status_code == 302
    assert state(record) == "current"


def test_saving_over_somebody_elses_text_is_refused_with_both_shown(client, record):
    data = shown(client.get(desk_of(record)), "summary")
    change(record, summary_ko="그 사람의 번역입니다.")
    refused = client.post(desk_of(record), data | {"text": "제 번역입니다."})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "그 사람의 번역입니다." in page and ">\n제 번역입니다.</textarea>" in page
    record.refresh_from_db()
    assert record.summary_ko == "그 사람의 번역입니다."


def test_after_the_refusal_the_next_save_puts_the_typed_text_in_place(client, record):
    data = shown(client.get(desk_of(record)), "summary")
    change(record, summary_ko="그 사람의 번역입니다.")
    refused = client.post(desk_of(record), data | {"text": "제 번역입니다."})
    assert client.post(desk_of(record), shown(refused, "summary")).status_code == 302
    record.refresh_from_db()
    assert record.summary_ko == "제 번역입니다."


def test_a_refused_save_remembers_the_english_that_its_translator_saw(client, record):
    data = shown(client.get(desk_of(record)), "summary")
    change(record, summary_ko="그 사람의 번역입니다.", summary_en="Moved as well.")
    refused = client.post(desk_of(record), data | {"text": "제 번역입니다."})
    client.post(desk_of(record), shown(refused, "summary"))
    assert state(record) == "stale"


def test_a_text_that_is_too_long_is_refused_and_kept(client, record):
    response = save(client, record, "title", "가" * 201)
    assert response.status_code == 422
    assert "at most 200 characters" in response.content.decode() and "가" * 201 in response.content.decode()
    record.refresh_from_db()
    assert record.title_ko == "강 하구 둑"


def test_a_token_that_stands_for_nothing_is_refused(client):
    record = factories.opportunity(body_en="<p>Body.</p>")
    response = save(client, record, "body", "<p>{{figure:no-such-figure}}</p>")
    assert response.status_code == 422
    record.refresh_from_db()
    assert not record.body_ko


def test_script_in_a_rich_text_is_taken_out(client):
    record = factories.opportunity(body_en="<p>Body.</p>")
    save(client, record, "body", "<p>본문<script>alert(1)</script></p>")
    record.refresh_from_db()
    assert record.body_ko == "<p>본문</p>"


def test_the_button_leads_to_the_next_field_that_needs_work(client, record):
    change(record, sought_en="Partners.", summary_en="New.")
    response = save(client, record, "summary", "새롭습니다.", verb="save_next")
    assert response.url.endswith("?done=save_next:summary#field-sought")
    assert save(client, record, "title", "제목", verb="save").url.endswith("#field-title")


def test_the_page_leads_to_the_next_record_with_something_to_do(client, record):
    other = factories.opportunity("zz-other", title_en="ZZ", title_ko="")
    response = client.get(f"{desk_of(record)}next/")
    assert response.url == desk_of(other)
    back = client.get(f"{desk_of(other)}next/", follow=True)
    assert "No other record has a stale or missing text in Korean." in back.content.decode()


def test_the_text_is_submitted_for_review_from_here(client, record):
    publish([record], ["ko"], by=None)
    save(client, record, "summary", "새 글입니다.")
    page = client.post(desk_of(record), {"verb": "submit"}, follow=True).content.decode()
    assert "Submitted for review in Korean." in page
    record.refresh_from_db()
    assert standings([record])[record.pk]["ko"].working == "in review"


def test_what_is_incomplete_cannot_be_submitted(client):
    record = factories.opportunity(summary_ko="")
    assert "before it has: summary" in client.get(desk_of(record)).content.decode()
    page = client.post(desk_of(record), {"verb": "submit"}, follow=True).content.decode()
    assert "is not complete in" in page
    assert standings([record])[record.pk]["ko"].working == "changed"


def test_saving_publishes_nothing(client, record):
    publish([record], ["ko"], by=None)
    save(client, record, "summary", "새 글입니다.")
    assert "새 글입니다." not in client.get("/ko/opportunities/river-barrage/").content.decode()


def test_another_language_is_refused_and_the_source_is_no_translation(client, record):
    for method in (client.get, client.post):
        assert method("/admin/translations/en/opportunities.opportunity/1/").status_code == 404
        assert method("/admin/translations/xx/opportunities.opportunity/1/").status_code == 404
    data = shown(client.get(desk_of(record)), "summary")
    client.force_login(factories.staff("outsider", "opportunities.view_opportunity"))
    assert client.get(desk_of(record)).status_code == 403
    assert client.post(desk_of(record), data | {"text": "나쁜 글"}).status_code == 403
    assert client.get(f"{desk_of(record)}next/").status_code == 403
    record.refresh_from_db()
    assert record.summary_ko == "강을 가로지르는 둑입니다."


@pytest.mark.parametrize("field", ["slug", "version", "summary_ko", "title_en", "value_min", "", "\x00"])
def test_no_other_field_than_a_translated_one_is_written(client, record, field):
    data = {"field": field, "text": "x", "shown_source": "", "shown_text": "", "verb": "save"}
    assert client.post(desk_of(record), data).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["ko/opportunities.asset/1/", "ko/accounts.user/1/", "ko/no.such/1/", "ko/opportunities.opportunity/0/"],
)
def test_what_is_not_translated_here_has_no_page(client, path):
    assert client.get(f"/admin/translations/{path}").status_code == 404


def test_a_translator_opens_no_record_in_its_own_form(client, record):
    assert client.get(f"/admin/opportunities/opportunity/{record.pk}/change/").status_code == 403
    assert client.get("/admin/opportunities/opportunity/").status_code == 403
    assert client.get("/admin/").status_code == 200


def test_an_editor_uses_the_desk_without_being_a_translator(client, record):
    client.force_login(writer())
    assert save(client, record, "summary", "편집자의 글입니다.").status_code == 302
    assert client.get(desk_of(factories.news_item())).status_code == 403


def test_a_save_after_the_session_ended_leads_to_the_sign_in_page_and_back(client, record):
    data = shown(client.get(desk_of(record)), "summary")
    client.logout()
    response = client.post(desk_of(record), data | {"text": "나쁜 글"})
    assert response.status_code == 302 and f"next={desk_of(record)}" in response.url
    record.refresh_from_db()
    assert record.summary_ko == "강을 가로지르는 둑입니다."


def test_a_post_without_the_csrf_token_is_refused(translator, record):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(translator)
    assert strict.post(desk_of(record), {"field": "summary", "text": "x"}).status_code == 403


def test_other_verbs_do_not_exist(client, record):
    assert press(client, record, "summary", "publish").status_code == 404
    assert client.put(desk_of(record)).status_code == 405
