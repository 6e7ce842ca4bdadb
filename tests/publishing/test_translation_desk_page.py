"""What the translator's desk shows of a record."""

import pytest
from django.db import connection

from opportunities.models import Opportunity
from publishing.models.publishable import publishable_models
from publishing.publication import note_provenance, publish
from tests import factories
from tests.publishing.desk_form import desk_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(factories.staff("translator", "publishing.translate_ko"))
    return client


def page(client, record):
    response = client.get(desk_of(record))
    assert response.status_code == 200
    return response.content.decode()


def row(client, record, name):
    return next(row for row in client.get(desk_of(record)).context["rows"] if row.name == name)


def test_a_stale_text_is_shown_with_the_words_that_changed_in_its_source(client):
    record = factories.opportunity()
    note_provenance(record, "summary", "ko", "A barrage across the stream.")
    shown = page(client, record)
    assert "<del>stream.</del><ins>river.</ins>" in shown
    assert "강을 가로지르는 둑입니다." in shown and "Korean is still right" in shown


def test_source_and_translation_stand_side_by_side_each_marked_with_its_language(client):
    shown = page(client, factories.opportunity(body_en="<h2>Why</h2><p>Work.</p>"))
    assert '<div class="source-text" lang="en"><h2>Why</h2>' in shown
    assert row(client, factories.opportunity("second"), "title").box.count('lang="ko"') == 1


def test_the_length_is_told_with_the_most_that_the_column_holds(client):
    shown = page(client, factories.opportunity())
    assert '<span data-length data-most="200">6</span> of 200 characters' in shown


def test_the_glossary_suggests_what_the_source_uses_and_says_whether_the_translation_does(client):
    record = factories.opportunity(
        title_en="Combined Authority and freeports",
        title_ko="연합기구와 항구",
        summary_en="Net-zero retrofits.",
    )
    found = {hint.term: (hint.suggestion, hint.used) for hint in row(client, record, "title").hints}
    assert found == {"Combined Authority": ("연합기구", True), "freeport": ("자유무역항", False)}
    assert [hint.term for hint in row(client, record, "summary").hints] == ["net zero", "retrofit"]
    assert "자유무역항" in page(client, record)


def test_a_term_within_a_longer_one_is_not_suggested_as_well(client):
    record = factories.opportunity(summary_en="A memorandum of understanding on tidal power.")
    assert [hint.term for hint in row(client, record, "summary").hints] == [
        "memorandum of understanding (MOU)",
        "tidal power",
    ]


def test_a_figure_that_the_translation_lacks_is_named(client):
    record = factories.opportunity(
        summary_en="It costs £4bn.", summary_ko="사업비는 4억 파운드입니다.", value_min=4 * 10**9
    )
    shown = page(client, record)
    assert "Not found here: £4bn." in shown
    assert "Neither the English nor a fact says:" in shown and "4억 파운드" in shown
    assert "No fact of this record says" not in shown
    save(client, record, "summary", "사업비는 40억 파운드입니다.")
    assert "Not found here" not in page(client, record)


def test_a_figure_of_the_source_that_no_fact_bears_out_is_named(client):
    record = factories.opportunity(summary_en="It costs £4bn.", summary_ko="40억 파운드입니다.")
    assert "No fact of this record says: £4bn." in page(client, record)


def test_markup_in_a_text_is_shown_as_text_and_never_run(client):
    record = factories.opportunity(title_en="<script>alert(1)</script>", summary_en="a <b>b</b>")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE opportunities_opportunity SET body_en = '<p>x</p><script>alert(2)</script>' WHERE id = %s",
            [record.pk],
        )
    shown = page(client, record)
    source = shown.split('class="source-text"', 1)[1]
    assert "<script>alert" not in shown.replace("shown_source", "")
    assert "&lt;b&gt;" in source


def test_fields_that_are_empty_in_english_are_named_in_one_line(client):
    assert "Empty in English: Body, What is sought, Timescale, Jobs note." in page(
        client, factories.opportunity()
    )


def test_the_page_says_what_readers_have_and_how_the_working_copy_stands(client):
    record = factories.opportunity()
    publish([record], ["ko"], by=None)
    assert "Changed" not in page(client, record)
    save(client, record, "summary", "새 글입니다.")
    shown = page(client, record)
    assert "Live" in shown and "Changed" in shown and 'href="/ko/opportunities/river-barrage/"' in shown


def test_who_wrote_a_text_is_named(client):
    record = factories.opportunity()
    save(client, record, "summary", "새 글입니다.")
    assert "Translated by translator," in page(client, record)


def test_a_whole_record_says_so(client):
    record = factories.opportunity()
    for name in ("title", "summary"):
        note_provenance(record, name, "ko", getattr(record, f"{name}_en"))
    assert "Every text stands in Korean, made from the present English." in page(client, record)


@pytest.mark.parametrize("slug", ["mersey-tidal-power", "river-barrage"])
def test_the_number_of_queries_does_not_depend_on_what_there_is(client, slug, django_assert_max_num_queries):
    record = Opportunity.objects.filter(slug=slug).first() or factories.opportunity()
    page(client, record)
    with django_assert_max_num_queries(24):
        page(client, record)


def test_the_desk_of_every_record_of_the_committed_content_can_be_opened(client):
    for model in publishable_models():
        assert page(client, model._default_manager.first())
