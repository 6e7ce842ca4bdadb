import xml.etree.ElementTree as ET

import pytest

from reports import charts
from reports.tables import Chart, Column, Kind, Row, Table

SVG = "{http://www.w3.org/2000/svg}"


def table(figures, kind="bars", columns=(Kind.NUMBER,)):
    """A row for each figure, or for each tuple of figures."""
    keys = [f"c{n}" for n in range(len(columns))]
    heads = [
        Column("group", "Country"),
        *(Column(key, f"Heading {key}", each) for key, each in zip(keys, columns, strict=True)),
    ]
    rows = [
        Row((f"Place {n}", *(given if isinstance(given, tuple) else (given,))))
        for n, given in enumerate(figures)
    ]
    return Table(heads, rows, chart=Chart(kind, "group", tuple(keys)))


def drawn(given, **more):
    return ET.fromstring(charts.chart_svg(given, "en", **more))


def blocks(svg, side):
    return [float(block.get(side)) for block in svg.iter(f"{SVG}rect")]


def texts(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize(("kind", "side"), [("bars", "width"), ("columns", "height")])
def test_lengths_are_as_the_figures_from_zero(kind, side):
    short, long = blocks(drawn(table([250, 1000], kind)), side)
    assert long == pytest.approx(short * 4, abs=0.5)


@pytest.mark.parametrize("kind", ["bars", "columns"])
@pytest.mark.parametrize("figures", [[None, 3], [0, 3], [-5, 3], [-5, -3], [None, 0, 1]])
def test_what_is_zero_negative_or_not_known_can_be_drawn(kind, figures):
    svg = drawn(table(figures, kind))
    assert len(blocks(svg, "width")) == len([figure for figure in figures if figure])
    assert min([0, *blocks(svg, "width"), *blocks(svg, "height")]) >= 0


@pytest.mark.parametrize("figures", [[], [0, 0], [None, None]])
def test_where_no_bar_would_stand_nothing_is_drawn(figures):
    assert charts.chart_svg(table(figures), "en") == "" == charts.chart_on_page(table(figures), "en")


def test_negative_figures_lie_on_the_other_side_of_zero():
    below, above = (float(block.get("x")) for block in drawn(table([-5, 5])).iter(f"{SVG}rect"))
    assert below < above


def test_every_bar_carries_the_figure_that_the_table_has():
    assert {"1,250", "–", "0"} <= set(texts(drawn(table([1250, None, 0]))))


def test_of_many_bars_the_largest_are_drawn_in_the_order_of_the_table_and_it_is_said():
    given = table([*range(20)])
    names = [text for text in texts(drawn(given)) if text.startswith("Place")]
    assert names == [f"Place {n}" for n in range(5, 20)]
    assert charts.chart_note(given, "en") == "The largest 15 of 20 are drawn; the table has them all."
    assert "The largest 15 of 20 are drawn" in drawn(given).get("aria-label")


def test_time_is_never_thinned_out():
    assert len(blocks(drawn(table([1] * 36, "columns")), "width")) == 36
    assert charts.chart_note(table([1] * 36, "columns"), "en") == ""


def test_several_series_have_a_legend_and_figures_of_another_kind_a_scale_of_their_own():
    svg = drawn(table([(1, 1_000_000), (2, 2_000_000)], columns=(Kind.NUMBER, Kind.POUNDS)))
    assert {"Heading c0", "Heading c1", "2", "£2m"} <= set(texts(svg))
    widths = [width for width in blocks(svg, "width") if width != 11]  # the squares of the legend
    assert widths[0] == pytest.approx(widths[1] / 2, abs=1) == pytest.approx(widths[2], abs=80)


def test_on_a_page_it_has_classes_and_no_colour_of_its_own():
    page = charts.chart_on_page(table([3]), "en")
    assert page.count("<svg") == 2 and "only-wide" in page and "only-slim" in page
    assert "#" not in page and "style=" not in page


def test_alone_it_has_colours_and_a_font_of_its_own_and_no_class():
    svg = charts.chart_svg(table([3]), "ko")
    assert "class=" not in svg and 'fill="#0b5d72"' in svg and 'font-family="Pretendard"' in svg


def test_names_that_somebody_typed_are_escaped():
    heads = [Column("group", "<b>"), Column("c0", "Number", Kind.NUMBER)]
    given = Table(heads, [Row(("<script>", 1))], chart=Chart("bars", "group", ("c0",)))
    assert "<script>" not in charts.chart_on_page(given, "en") and "<b>" not in charts.chart_on_page(
        given, "en"
    )


def test_without_rows_or_without_a_chart_nothing_is_drawn():
    assert charts.chart_on_page(table([]), "en") == ""
    assert charts.chart_svg(Table([Column("a", "A")], [Row(("x",))]), "en") == ""
