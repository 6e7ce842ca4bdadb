"""A row of bytes is guarded as its cells would be one by one, sign for sign."""

from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from exports import cells, guards

AWKWARD = "=+-@＝＋－＠﹦﹢﹣﹫−⁺₋ \t\r\n;'\"\\|a가1é£語\u00a0\u3000\u200b\ufeff\x0b\x1f\x85\u0301\u2028,"
TYPED = some.text(some.sampled_from(AWKWARD)) | some.text(
    some.characters(exclude_characters="\x00", exclude_categories=["Cs"])
)
TELEPHONE = TYPED | some.from_regex(cells.TELEPHONE, fullmatch=True)
KINDS = [cells.text, cells.telephone, None]
thoroughly = settings(max_examples=400, deadline=None)


def row(texts):
    return guards.line(texts).encode()


def guarded(kinds, texts):
    return guards.of_columns([SimpleNamespace(guard=kind) for kind in kinds])(row(texts))


@thoroughly
@given(some.lists(some.tuples(some.sampled_from(KINDS), TELEPHONE), min_size=1, max_size=6))
@example([(cells.text, 'a "quoted" word'), (cells.telephone, "+44 151 233 2000"), (None, "-5")])
@example([(cells.text, "+44 151 233 2000"), (cells.telephone, "+44 151"), (cells.text, "")])
@example([(cells.text, ""), (cells.text, 'a","=b'), (None, "x")])
def test_a_row_is_guarded_as_each_of_its_cells(pairs):
    kinds, texts = zip(*pairs, strict=True)
    one_by_one = [kind(text) if kind else text for kind, text in pairs]
    assert guarded(kinds, texts) == row(one_by_one)


@pytest.mark.parametrize("before", ["", "a;\n "])
def test_every_sign_is_taken_as_it_is_in_a_cell(before):
    """Each stands where a cell could begin, before a formula, and within."""
    signs = [chr(n) for n in range(1, 0x11000) if not 0xD800 <= n < 0xE000]
    guard = guards.of_columns([SimpleNamespace(guard=cells.text)])
    for sign in signs:
        text = f"{before}{sign}=1;b{sign}"
        assert guard(row([text])) == row([cells.text(text)]), repr(text)


def test_what_most_cells_are_needs_no_guard():
    """The pattern is worth its while: names, addresses and plans in three scripts pass by it."""
    texts = [
        "José Müller",
        "정서연 (鄭瑞娟)",
        "A quay for £25m; two berths\n\nHydrogen, later.",
        "",
        "jung@saebyeok.kr",
    ]
    guard = guards.of_columns([SimpleNamespace(guard=cells.text)] * len(texts))
    as_sent = row(texts)
    assert guard(as_sent) is as_sent


def test_a_long_cell_is_told_in_time_in_proportion_to_its_length():
    """One megabyte, harmless to its last sign: a pattern that goes back would take hours."""
    text = "a;b\n" * 250_000 + "="
    assert guarded([cells.text, cells.text], ["x", text]) == row(["x", cells.text(text)])
