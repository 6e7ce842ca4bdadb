"""What a file that comes back does: per text in the dry run, when it is applied, and when that is undone."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opportunities.models import Opportunity
from publishing.exchange.applying import NothingToDo, apply_rows
from publishing.exchange.dry_run import Outcome
from publishing.models import Act, Import, Provenance
from publishing.publication import publish
from publishing.reading import read
from publishing.translations.state import states_of, texts_of
from tests.factories import opportunity, page, staff, superuser
from tests.publishing.exchange_files import (
    FORMATS,
    apply_all,
    bring_back,
    edited,
    handmade,
    outcomes,
    press,
    rows,
    taken_out,
    unit,
)

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("file_format", FORMATS)
RICH = "<p>Read <strong>this</strong>: {{figure:length}}.</p>"


@pytest.fixture
def record():
    found = opportunity(body_en=RICH, body_ko="")
    Provenance.objects.create(record=found, field="title", language="ko", made_from=found.title_en)
    return found


@pytest.fixture
def editor(client):
    user = staff("editor", "opportunities.change_opportunity")
    client.force_login(user)
    return user


def of(found):
    """Which record a row of the register is of."""
    return {"record_type": ContentType.objects.get_for_model(found), "record_id": found.pk}


def state(record, field, language="ko"):
    return states_of([record])[record.pk][language][field]


@both
def test_the_dry_run_says_per_text_what_would_happen_and_writes_nothing(client, editor, record, file_format):
    content = edited(
        file_format, taken_out(file_format, [record]), {"title": "새 둑", "body": "<p>태그 없음</p>"}
    )
    response = bring_back(client, content)
    assert outcomes(response) == {
        "title": Outcome.CHANGES,
        "summary": Outcome.UNCHANGED,
        "body": Outcome.REFUSED,
    }
    assert "{{figure:length}}" in rows(response)["body"]["why"]
    record.refresh_from_db()
    assert (record.title_ko, record.body_ko, record.version) == ("강 하구 둑", "", 1)
    assert not Act.objects.filter(**of(record)).exists()
    text = response.content.decode()
    assert "<del>강 하구</del>" in text and "<ins>새</ins>" in text


@both
def test_applying_writes_the_texts_their_source_and_an_act_each(client, editor, record, file_format):
    korean = "<p><strong>이것</strong>을 읽으십시오: {{figure:length}}.</p>"
    content = edited(file_format, taken_out(file_format, [record]), {"title": "새 둑", "body": korean})
    apply_all(client, bring_back(client, content, "korea.xlf"))
    record.refresh_from_db()
    assert (record.title_ko, record.body_ko, record.version) == ("새 둑", korean, 2)
    assert state(record, "title") == state(record, "body") == "current"
    acts = Act.objects.filter(**of(record), verb=Act.Verb.IMPORTED)
    assert {(act.field, act.why, act.by) for act in acts} == {
        ("title", "korea.xlf", editor),
        ("body", "korea.xlf", editor),
    }
    assert len({act.act for act in acts}) == 1


@both
def test_a_text_whose_source_has_moved_comes_in_as_stale(client, editor, record, file_format):
    content = edited(file_format, taken_out(file_format, [record]), {"title": "새 둑"})
    Opportunity.objects.filter(pk=record.pk).update(title_en="Tidal barrage")
    response = bring_back(client, content)
    assert outcomes(response)["title"] == Outcome.MOVED
    assert "<ins>Tidal</ins>" in response.content.decode()
    apply_all(client, response)
    record.refresh_from_db()
    assert record.title_ko == "새 둑"
    assert state(record, "title") == "stale"
    assert Provenance.objects.get(**of(record), field="title", language="ko").made_from == "River barrage"


def test_a_source_that_moves_between_dry_run_and_import_makes_it_stale(client, editor, record):
    response = bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"}))
    Opportunity.objects.filter(pk=record.pk).update(title_en="Tidal barrage")
    apply_all(client, response)
    record.refresh_from_db()
    assert (record.title_ko, state(record, "title")) == ("새 둑", "stale")


@pytest.mark.parametrize(
    ("file_format", "word"),
    [("xliff", "needs-review-translation"), ("xliff", "needs-review-l10n"), ("xlsx", "unreviewed")],
)
def test_a_text_marked_for_review_comes_in_as_unreviewed(client, editor, record, file_format, word):
    content = edited(file_format, taken_out(file_format, [record]), {"title": "새 둑"}, {"title": word})
    apply_all(client, bring_back(client, content))
    record.refresh_from_db()
    assert state(record, "title") == "unreviewed"


@pytest.mark.parametrize(("file_format", "word"), [("xliff", "final"), ("xlsx", "current")])
def test_a_stale_text_that_the_file_calls_right_becomes_current(client, editor, record, file_format, word):
    Opportunity.objects.filter(pk=record.pk).update(title_en="Tidal barrage")
    record.refresh_from_db()
    content = edited(file_format, taken_out(file_format, [record]), {}, {"title": word})
    response = bring_back(client, content)
    assert outcomes(response)["title"] == Outcome.CONFIRMED
    apply_all(client, response)
    record.refresh_from_db()
    assert (record.title_ko, state(record, "title")) == ("강 하구 둑", "current")


def test_a_text_that_was_not_touched_in_the_file_does_not_undo_what_was_written_here(client, editor, record):
    content = taken_out("xliff", [record])
    Opportunity.objects.filter(pk=record.pk).update(title_ko="더 나은 둑")
    response = bring_back(client, content)
    assert outcomes(response)["title"] == Outcome.UNCHANGED
    assert "it stays" in rows(response)["title"]["why"]


def test_a_text_that_was_changed_here_since_is_not_ticked(client, editor, record):
    content = edited("xliff", taken_out("xliff", [record]), {"title": "새 둑", "summary": "새 요약입니다."})
    Opportunity.objects.filter(pk=record.pk).update(title_ko="더 나은 둑")
    response = bring_back(client, content)
    ticked = {shown.row.field: shown.is_ticked for shown in response.context["page"].rows}
    assert ticked == {"title": False, "summary": True}
    assert "Tick it to replace" in response.content.decode()


def test_an_empty_text_in_the_file_empties_nothing(client, editor, record):
    content = edited("xliff", taken_out("xliff", [record]), {"title": ""})
    response = bring_back(client, content)
    assert outcomes(response)["title"] == Outcome.UNCHANGED
    apply_all(client, response)
    record.refresh_from_db()
    assert record.title_ko == "강 하구 둑"


def test_only_the_chosen_texts_are_imported_and_the_others_can_be_later(client, editor, record):
    content = edited("xliff", taken_out("xliff", [record]), {"title": "새 둑", "summary": "새 요약입니다."})
    response = bring_back(client, content)
    place = {shown.row.field: shown.place for shown in response.context["page"].rows}
    response = press(client, response, "chosen", [place["summary"]])
    record.refresh_from_db()
    assert (record.title_ko, record.summary_ko) == ("강 하구 둑", "새 요약입니다.")
    press(client, response, "chosen", [place["title"]])
    record.refresh_from_db()
    assert (record.title_ko, record.version) == ("새 둑", 3)


def test_choosing_nothing_says_so(client, editor, record):
    response = bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"}))
    for chosen in ([], ["99"], ["-1"], ["x"], ["9" * 40]):
        assert "Nothing was chosen" in press(client, response, "chosen", chosen).content.decode()
    assert Import.objects.get().stage == "dry run"


def test_a_text_changed_since_the_dry_run_is_left_and_the_rest_is_imported(client, editor, record):
    content = edited("xliff", taken_out("xliff", [record]), {"title": "새 둑", "summary": "새 요약입니다."})
    response = bring_back(client, content)
    Opportunity.objects.filter(pk=record.pk).update(title_ko="더 나은 둑")
    response = apply_all(client, response)
    record.refresh_from_db()
    assert (record.title_ko, record.summary_ko) == ("더 나은 둑", "새 요약입니다.")
    assert "changed since the dry run" in response.content.decode()
    assert "Changed here since" in rows(response)["title"]["done_why"]


def test_a_record_deleted_since_the_dry_run_is_left_out(client, editor, record):
    other = opportunity("other")
    content = edited("xliff", taken_out("xliff", [record, other]), {"title": "새 둑"})
    response = bring_back(client, content)
    record.delete()
    apply_all(client, response)
    other.refresh_from_db()
    assert other.title_ko == "새 둑"


def test_applying_twice_imports_once(client, editor, record):
    response = bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"}))
    apply_all(client, response)
    again = apply_all(client, response)
    assert "Nothing was chosen" in again.content.decode()
    record.refresh_from_db()
    assert record.version == 2


def test_undoing_puts_back_every_text_its_source_and_its_state(client, editor, record):
    Provenance.objects.create(
        record=record, field="summary", language="ko", made_from="Old.", state="unreviewed"
    )
    korean = "<p><strong>이것</strong>: {{figure:length}}</p>"
    texts = {"title": "새 둑", "summary": "새 요약입니다.", "body": korean}
    kept = texts_of(record, "ko"), states_of([record])
    noted = set(Provenance.objects.filter(**of(record)).values_list("field", "made_from", "state"))
    response = bring_back(client, edited("xliff", taken_out("xliff", [record]), texts))
    response = apply_all(client, response)
    record.refresh_from_db()
    assert texts_of(record, "ko")["body"] == korean
    response = press(client, response, "undo")
    record.refresh_from_db()
    assert (texts_of(record, "ko"), states_of([record])) == kept
    assert set(Provenance.objects.filter(**of(record)).values_list("field", "made_from", "state")) == noted
    assert record.version == 3
    assert Act.objects.filter(**of(record), verb=Act.Verb.RESTORED).count() == 3
    assert Import.objects.get().stage == "undone"
    assert "There is nothing to undo" in press(client, response, "undo").content.decode()
    assert "was undone" in apply_all(client, response).content.decode()


def test_undoing_keeps_a_text_that_was_changed_after_the_import_and_says_which(client, editor, record):
    texts = {"title": "새 둑", "summary": "새 요약입니다."}
    response = apply_all(client, bring_back(client, edited("xliff", taken_out("xliff", [record]), texts)))
    Opportunity.objects.filter(pk=record.pk).update(title_ko="더 나은 둑")
    response = press(client, response, "undo")
    record.refresh_from_db()
    assert (record.title_ko, record.summary_ko) == ("더 나은 둑", "강을 가로지르는 둑입니다.")
    assert rows(response)["title"]["done"] == "kept"
    assert "Kept, because changed after the import: 1 text" in response.content.decode()


def test_an_import_changes_nothing_that_readers_have(client, editor, record):
    publish([record], ["en", "ko"], by=editor)
    apply_all(client, bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"})))
    assert read([record], "ko")[record].title == "강 하구 둑"


def test_two_thousand_texts_are_read_shown_and_imported_quickly(client, django_assert_max_num_queries):
    client.force_login(superuser())
    made = [opportunity(f"number-{number}") for number in range(1000)]
    content = edited("xliff", taken_out("xliff", made), {"title": "새 둑", "summary": "새 요약입니다."})
    with django_assert_max_num_queries(40):
        response = bring_back(client, content)
    assert response.context["page"].importable == 2000
    assert len(response.context["page"].rows) == 200
    with django_assert_max_num_queries(1060):  # one a record, and no more for each of its texts
        apply_all(client, response)
    assert Opportunity.objects.filter(title_ko="새 둑", summary_ko="새 요약입니다.").count() == 1000


def test_a_dry_run_takes_as_many_queries_for_many_texts_as_for_few(editor, client):
    few = edited("xliff", taken_out("xliff", [opportunity("one")]), {"title": "새 둑"})
    many = edited(
        "xliff", taken_out("xliff", [opportunity(f"number-{n}") for n in range(30)]), {"title": "새 둑"}
    )
    bring_back(client, few)
    with CaptureQueriesContext(connection) as first:
        bring_back(client, few)
    with CaptureQueriesContext(connection) as second:
        bring_back(client, many)
    assert len(first) == len(second)


def test_rows_of_a_model_that_the_user_may_not_write_are_refused(client, editor, record):
    other = page()
    content = edited("xliff", taken_out("xliff", [record, other]), {"title": "새 제목"})
    response = bring_back(client, content)
    whys = {row["key"]: row["why"] for row in response.context["found"].rows}
    assert "You may not edit" in whys[f"prospectus.page:{other.slug}:title"]
    apply_all(client, response)
    record.refresh_from_db()
    other.refresh_from_db()
    assert (record.title_ko, other.title_ko) == ("새 제목", "일하는 방식")


def test_a_right_taken_away_since_the_dry_run_imports_nothing(client, editor, record):
    bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"}))
    found = Import.objects.get()
    apply_rows(found.pk, {0, 1, 2}, by=staff("nobody"))
    record.refresh_from_db()
    assert record.title_ko == "강 하구 둑"
    assert Import.objects.get().stage == "dry run"


def test_handmade_units_with_the_plain_key_are_taken(client, editor, record):
    content = handmade(unit("opportunities.opportunity:river-barrage:summary", "새 요약입니다."))
    response = bring_back(client, content)
    assert outcomes(response) == {"summary": Outcome.CHANGES}


def test_ko_kr_and_utf_16_are_understood(client, editor, record):
    key = "opportunities.opportunity:river-barrage:summary"
    for content in (
        handmade(unit(key, "새 요약입니다."), target="ko-KR", source="en-GB"),
        handmade(unit(key, "새 요약입니다."), head="<?xml version='1.0' encoding='UTF-16'?>")
        .decode()
        .encode("utf-16"),
        b"\xef\xbb\xbf" + handmade(unit(key, "새 요약입니다.")),
        handmade(unit(key, "새 요약입니다."), head="").decode().encode("utf-16-be"),
    ):
        assert outcomes(bring_back(client, content)) == {"summary": Outcome.CHANGES}


def test_an_old_dry_run_is_forgotten_and_an_import_is_not(client, editor, record):
    content = edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"})
    apply_all(client, bring_back(client, content))
    bring_back(client, taken_out("xliff", [record]))
    Import.objects.update(at=timezone.now() - timedelta(days=8))
    bring_back(client, content)
    assert sorted(Import.objects.values_list("stage", flat=True)) == ["applied", "dry run"]


def test_the_pages_answer_with_nothing_and_with_files_in_every_stage(client, editor, record):
    address = reverse("admin:exchange")
    assert "No file has come back yet" in client.get(address).content.decode()
    content = edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"})
    response = apply_all(client, bring_back(client, content))
    bring_back(client, content, "zweite <b>.xlf")
    press(client, response, "undo")
    listed = client.get(address).content.decode()
    assert "Undone" in listed and "Dry run" in listed and "zweite &lt;b&gt;.xlf" in listed


def test_an_act_leads_to_the_import_that_it_is_of(client, editor, record):
    response = apply_all(
        client, bring_back(client, edited("xliff", taken_out("xliff", [record]), {"title": "새 둑"}))
    )
    act = Act.objects.get(**of(record), verb=Act.Verb.IMPORTED)
    answer = client.get(reverse("admin:exchange_import_of", args=[act.act]))
    assert answer.url == response.request["PATH_INFO"]


def test_a_broken_choice_imports_nothing():
    user = superuser()
    found = Import.objects.create(language="ko", file_name="a", rows=[], by=user)
    with pytest.raises(NothingToDo):
        apply_rows(found.pk, {0, 5}, by=user)
