"""What stands on paper: a report as plain texts, ready to be set. Nothing of it is ever evaluated."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from exports.spreadsheets import values
from publishing import languages
from reports import stated
from reports.charts import chart_note, chart_said, chart_svg
from reports.display import shown
from reports.paper.glyphs import Drawn
from reports.paper.press import NoDocument
from reports.paper.widths import fit
from reports.parameters import period_words
from reports.tables import NUMERIC, Kind
from reports.words import said

MOST_ROWS = 2_000
MARK = settings.BASE_DIR / "static" / "admin_theme" / "mark.svg"
LONG = 60  # a value longer than this has a line of its own in a record
WHOLE = 1_200  # a record whose long values have more characters may go over a page


class TooManyRows(NoDocument):
    """More than paper holds. The message says the way to all of it."""


def words(language):
    """The document's own words, in its language. {page} and {pages} are filled in by the typesetter."""
    with translation.override(language):
        return {
            "authority": gettext("Liverpool City Region Combined Authority"),
            "page": gettext("Page {page} of {pages}"),
            "contents": gettext("Contents"),
            "introduction": gettext("Introduction"),
            "scope": gettext("What this report covers"),
            "notes": gettext("Notes"),
            "no_rows": gettext("There are no rows for what was asked."),
            "counted": gettext("records counted"),
        }


def key_figures(found, draw):
    """The page of key figures, in the active language."""
    before = found.period.before()
    said = {"period": period_words(found.period), "before": before and period_words(before)}
    about = gettext("For %(period)s, beside %(before)s.") if before else gettext("For %(period)s.")
    return {
        "title": draw(gettext("Key figures")),
        "about": draw(about % said),
        "period": draw(said["period"]),
        "figure": draw(gettext("Figure")),
        "before": draw(gettext("Period before")),
        "change": draw(gettext("Change")),
        "sections": [
            {
                "title": draw(title),
                "compared": any(figure.before for figure in figures),
                "rows": [
                    [draw(text) for text in (figure.label, figure.text, figure.before, figure.change)]
                    for figure in figures
                ],
            }
            for title, figures in found.sections
        ],
    }


def part(taken):
    """A report with all its rows, read now: call it within the snapshot in which the report was taken."""
    refuse_too_many(taken)
    scope, language, draw = taken.scope, taken.language, Drawn()
    with translation.override(language):
        found = _listed(taken, draw) if taken.is_listing else _tabled(taken, draw)
        notes = [draw(note) for note in stated.notes(taken)]
        as_of = shown(scope.as_of, Kind.MOMENT, language)
        made = gettext("Data as of %(as_of)s; made by %(by)s") % {"as_of": as_of, "by": scope.by}
        facts = {
            "title": draw(scope.title),
            "about": draw(scope.about),
            "subject": draw(taken.report.subject),
            "scope": [[draw(label), draw(text)] for label, text in stated.lines(taken)],
            "filters": draw(scope.filters),
            "made": draw(made),
            "matched": shown(scope.matched, Kind.NUMBER, language),
            "notes": notes,
            "chart": _chart(taken, draw),
        }
        if facts["chart"] and (left_out := chart_note(taken.content, language)):
            notes.append(draw(left_out))
        if draw.lacking:
            notes.append(
                gettext("A box stands for a character that the typeface does not have. The CSV has it.")
            )
    return facts | found


def _chart(taken, draw):
    """The table's drawing and what it says to whoever does not see it; None where there is nothing to draw."""
    if taken.is_listing or not (drawing := chart_svg(taken.content, taken.language)):
        return None
    return {"svg": draw(drawing), "alt": draw(chart_said(taken.content, taken.language))}


def refuse_too_many(taken):
    """The sentence is for whoever asked, at the desk, which runs in English."""
    if taken.scope.rows <= MOST_ROWS:
        return
    with translation.override(languages.SOURCE):
        title = str(taken.report.title)
    raise TooManyRows(
        f"“{title}” has {taken.scope.rows:,} rows. A PDF holds at most {MOST_ROWS:,}: take the CSV, which holds them "
        "all, or ask for less."
    )


def _tabled(taken, draw):
    table, language = taken.content, taken.language
    kinds = [column.kind for column in table.columns]

    def cells(row):
        pairs = zip(row.cells, kinds, strict=True)
        return [
            draw(value if isinstance(value, str) else shown(value, kind, language)) for value, kind in pairs
        ]

    rows = [cells(row) for row in table.rows]
    totals = cells(table.totals) if table.totals else None
    headings = [draw(column.heading) for column in table.columns]
    numeric = [kind in NUMERIC for kind in kinds]
    marked = [row.language for row in table.rows]
    return _set(headings, rows, numeric, totals=totals, marked=marked)


def _listed(taken, draw):
    content = taken.content
    read = list(values(content.queryset, content.columns))
    numeric = [_is_numeric([row[place] for row in read]) for place in range(len(content.columns))]
    rows = [[draw(_written(value)) for value in row] for row in read]
    return _set([draw(said(column.heading)) for column in content.columns], rows, numeric)


def _set(headings, rows, numeric, *, totals=None, marked=()):
    """The table with the widths in which it fits, or records where it fits in none."""
    found = fit(headings, [*rows, *([totals] if totals else [])], numeric)
    return {
        "headings": headings,
        "numeric": numeric,
        "rows": rows,
        "marked": [*marked] or [""] * len(rows),
        "totals": totals,
        "landscape": bool(found and found.landscape),
        "size": found.size if found else 7.8,
        "widths": found.widths if found else [],
        "records": [] if found else [_record(headings, row) for row in rows],
    }


def _record(headings, row):
    """The head of a record, its short values in their order, its long ones after them. What is empty is left out."""
    pairs = [[heading, value] for heading, value in zip(headings, row, strict=True) if value]
    head = row[0]
    rest = pairs[1:] if head else pairs
    short = [pair for pair in rest if len(pair[1]) <= LONG and "\n" not in pair[1]]
    long = [pair for pair in rest if pair not in short]
    return {
        "head": head,
        "short": short,
        "long": long,
        "breakable": sum(len(text) for _, text in long) > WHOLE,
    }


def _is_numeric(values):
    """Whether a column of a listing holds numbers and nothing else."""
    known = [value for value in values if value is not None]
    return bool(known) and all(map(_is_number, known))


def _is_number(value):
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _written(value):
    """As the CSV has it, figures grouped: dates and times in ISO's form, and the times London's."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:,}" if _is_number(value) else str(value)
