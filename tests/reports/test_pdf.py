"""A report on paper, read back as its readers' programs read it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports.catalogue import BY_NAME
from reports.display import shown
from reports.paper import glyphs
from reports.paper.contents import TooManyRows
from reports.paper.press import NotSet, set_document
from reports.tables import Column, Kind, Row, Table
from reports.taking import Scope, Taken
from reports.writers.pdf import document
from tests.factories import enquiry, staff
from tests.reports import reading
from tests.reports.asking import taken

pytestmark = pytest.mark.django_db
SEE = ["enquiries.view_enquiry", "enquiries.export_enquiry", "reports.take_report"]


def set_by_hand(*rows, language="en", columns=None, totals=None):
    """A table of texts as a report."""
    columns = columns or [Column("name", "Name"), Column("number", "Number", Kind.NUMBER)]
    table = Table(columns, [Row(tuple(row)) for row in rows], totals=totals, matched=7)
    scope = Scope(
        "Harbour dues",
        "What was paid.",
        [("Period", "2026")],
        len(rows),
        7,
        "Jo",
        datetime(2026, 4, 1, tzinfo=UTC),
    )
    return Taken(BY_NAME["enquiries-by"], {}, table, scope, language)


def test_every_figure_of_the_table_stands_on_paper_in_its_row():
    enquiry(country="KR")
    enquiry(country="KR")
    enquiry(country="DE")
    report = taken("enquiries-by", staff("officer", *SEE), by="country")
    lines = [reading.words(line) for line in reading.text(document(report)).splitlines()]
    for row in [*report.content.rows, report.content.totals]:
        wanted = " ".join(
            value if isinstance(value, str) else shown(value, column.kind, "en")
            for value, column in zip(row.cells, report.content.columns, strict=True)
        )
        assert wanted in lines


def test_the_first_page_states_the_scope_and_every_page_its_number():
    rows = [(f"Quay {number}", number) for number in range(120)]
    found = reading.pages(document(set_by_hand(*rows)))
    assert len(found) > 2
    first = reading.words(found[0])
    assert "Period 2026" in first and "Records counted 7" in first and "Made by Jo" in first
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "Data as of 01:00 on Wednesday 1 April 2026" in reading.words(page)


def test_the_headings_are_repeated_on_every_page_that_has_rows():
    found = reading.pages(document(set_by_hand(*[(f"Quay {number}", number) for number in range(120)])))
    assert all("Number" in page for page in found if "Quay" in page)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_is_tagged_for_screen_readers_and_says_its_language_title_and_author(language):
    content = document(set_by_hand(("Quay", 1), language=language))
    facts = reading.facts(content)
    assert facts["Tagged"] == "yes"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert (facts["Title"], facts["Author"]) == ("Harbour dues", "Jo")
    assert f"/Lang({language})".encode() in content


def test_hangul_is_drawn_with_our_typeface_and_not_as_boxes():
    content = document(set_by_hand(("부두 사용료를 납부한 기업", 1), language="ko"))
    assert "부두 사용료를 납부한 기업" in reading.words(reading.text(content))
    assert all("Pretendard" in name and embedded for name, embedded in reading.fonts(content))
    assert glyphs.BOX not in reading.text(content)


def test_a_character_that_cannot_be_drawn_is_a_box_and_the_document_says_so():
    found = reading.words(reading.text(document(set_by_hand(("田中 Harbour 😀", 1)))))
    assert "□□ Harbour □" in found
    assert "A box stands for a character that the typeface does not have." in found


@pytest.mark.parametrize(
    "hostile",
    [
        '#eval("1 + 1")',
        "$ x^2 $ and \\ and *bold* and _thin_",
        "= Heading <label> @reference // comment /* and more */",
        '"]} #import "secrets.typ"',
        "=HYPERLINK(1)",
    ],
)
def test_what_somebody_typed_is_printed_as_it_was_typed(hostile):
    assert hostile in reading.words(reading.text(document(set_by_hand((hostile, 1)))))


def test_a_very_long_word_stays_within_its_column():
    word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3
    found = reading.text(document(set_by_hand((word, 4711), ("Quay", 12))))
    assert word in "".join(found.split()).replace("4711", "")


def test_control_characters_do_not_stop_the_document():
    assert "ab" in reading.text(document(set_by_hand(("a\x00\x1b\u202eb\x07", 1))))


def test_more_than_two_thousand_rows_are_refused_with_the_way_to_all_of_them():
    report = set_by_hand(("Quay", 1))
    with pytest.raises(TooManyRows) as refusal:
        document(replace(report, scope=replace(report.scope, rows=2_001)))
    assert "2,001 rows" in str(refusal.value) and "CSV" in str(refusal.value)
    assert document(replace(report, scope=replace(report.scope, rows=2_000)))


def test_a_listing_too_wide_for_paper_is_set_as_a_block_a_record_with_every_value():
    officer = staff("officer", *SEE, "partners.view_person")
    row = enquiry(
        given_name="Seo-yeon", family_name="Jung", organisation="Saebyeok", plans="Tides and quays. " * 10
    )
    found = reading.words(reading.text(document(taken("enquiries", officer))))
    for value in [row.reference, "Seo-yeon", "Jung", "Saebyeok", reading.words(row.plans)]:
        assert value in found


def test_who_may_not_see_people_gets_none_on_paper():
    row = enquiry(given_name="Seo-yeon", family_name="Jung", email="jung@saebyeok.example")
    found = reading.text(document(taken("enquiries", staff("viewer", *SEE))))
    assert row.reference in found
    assert "Seo-yeon" not in found and "jung@" not in found and "Given name" not in found


def test_a_wide_table_turns_the_page():
    columns = [Column(f"c{place}", f"A heading {place}") for place in range(10)]
    report = set_by_hand(tuple(f"Considerable {place}" for place in range(10)), columns=columns)
    width, height = reading.facts(document(report))["Page size"].split(" pts")[0].split(" x ")
    assert float(width) > float(height)


def test_what_cannot_be_set_is_an_error_and_no_half_document():
    with pytest.raises(NotSet):
        set_document("{}", datetime(2026, 4, 1, tzinfo=UTC))
