import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from exports import cells

DANGEROUS = "=+-@＝＋－＠﹦﹢﹣﹫−"
BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff\x00\x0b"


@pytest.mark.parametrize("starter", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "\t", "\r\n", "\u3000", "\u200b", "\x00", "\u200b \t"])
def test_text_never_begins_like_a_formula(starter, before):
    assert cells.text(f"{before}{starter}1+1").strip().startswith("'")


@pytest.mark.parametrize(
    "value", ["Mersey Tidal Power", "머지 조력발전", "3 = 2 + 1", "a@b.example", "'quoted'", ""]
)
def test_ordinary_text_is_left_as_it_is(value):
    assert cells.text(value) == value


def test_control_characters_are_taken_out():
    assert cells.text("a\x00b\x1bc\td\x85e\r\nf") == "abc de\nf"


def test_text_after_a_line_break_or_a_semicolon_is_guarded_too():
    assert cells.text("x;=1\n=2") == "x;'=1\n'=2"


@pytest.mark.parametrize("value", ["+44 151 233 2000", "+82 2 1234 5678", "+1 650 253 0000"])
def test_a_telephone_begins_with_its_plus(value):
    assert cells.telephone(value) == value


@pytest.mark.parametrize(
    "value", ["+44", "+1+1", "+44 151 233 2000;=1", "=1", "+44-151-2332000", "+1 (650) 2530000"]
)
def test_what_is_no_telephone_is_guarded_as_text(value):
    assert cells.telephone(value).startswith("'")


def test_a_plus_is_guarded_in_a_column_of_text():
    assert cells.text("+44 151 233 2000") == "'+44 151 233 2000"


@pytest.mark.parametrize(
    ("value", "written"), [(-3, "-3"), (Decimal("-1.5"), "-1.5"), ("-3", "'-3"), (True, "True")]
)
def test_only_a_number_may_be_negative(value, written):
    assert cells.number(value) == written


def first_visible(part):
    visible = (c for c in part if not c.isspace() and unicodedata.category(c) not in {"Cf", "Mn", "Cc"})
    return next(visible, "")


@given(some.text(alphabet=some.sampled_from(list(DANGEROUS + BLANKS + ";,'\"ab가1|"))) | some.text())
def test_no_part_of_any_text_could_be_taken_for_a_formula(value):
    for part in cells.text(value).replace(";", "\n").split("\n"):
        first = first_visible(part)
        assert unicodedata.normalize("NFKC", first)[:1] not in {*"=+-@", "−"} or not first


@given(some.text())
def test_what_is_guarded_is_whole_but_for_control_characters(value):
    kept = "".join(c for c in value if unicodedata.category(c) not in {"Cc", "Cs"} and c not in "' ")
    assert "".join(c for c in cells.text(value) if c not in "' \n") == kept


@given(some.text())
def test_a_telephone_column_never_lets_a_formula_through(value):
    written = cells.telephone(value)
    assert written == cells.text(value) or cells.TELEPHONE.fullmatch(written)
