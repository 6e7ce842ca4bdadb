"""A spreadsheet through openpyxl: a row a text, its cells text and never formulas, whatever they begin with."""

import io
import re

from django.utils.translation import get_language_info
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from publishing import languages
from publishing.exchange.files import (
    MOST_TEXTS,
    Arrival,
    FileRefused,
    Returned,
    checked_archive,
    require_source,
    target_language,
)
from publishing.translations.state import CURRENT, MISSING, STALE, UNREVIEWED

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = "xlsx"
SHEET = "Texts"
MOST_IN_CELL = 32_767
MOST_COLUMNS = 30
COLUMNS = [
    ("ID", 18),
    ("Record", 28),
    ("Field", 16),
    ("source", 60),
    ("target", 60),
    ("State", 13),
    ("Note", 48),
]
OPEN_TO_WRITE = {"target", "State"}
NAMED_LANGUAGE = re.compile(r".*\(([A-Za-z][A-Za-z0-9_-]{1,19})\)\s*")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
RETURN_OR_ESCAPE = re.compile(r"(?P<return>(?<!_x005F)_x000D_)|_x005F_(?=x[0-9A-Fa-f]{4}_)")
ABOUT = [
    "One row is one text of one record. Write the translation in the column {target}; change nothing else.",
    "Leave a cell empty to leave that text untranslated. A text that you do not change is not changed here.",
    "State: missing, stale (the English has changed since the translation was made), unreviewed, current. Set it to "
    "“unreviewed” where somebody should look at your translation, and to “current” where the present translation is "
    "still right although it was stale or unreviewed.",
    "Tags such as <p> and <strong> and whatever stands in double braces, {{{{…}}}}, belong to the page: keep them, "
    "each as often as in the English.",
    "The texts are of {made}. If the English changes meanwhile, your translation is taken and marked as stale.",
]


def write(entries, language, made=""):
    """The entries as a workbook. Raises FileRefused when a text is longer than a cell holds."""
    too_long = [entry for entry in entries if max(len(entry.source), len(entry.target)) > MOST_IN_CELL]
    if too_long:
        named = ", ".join(f"“{entry.record}”: {entry.label}" for entry in too_long[:3])
        raise FileRefused(
            f"{named}: longer than the {MOST_IN_CELL:,} characters of a spreadsheet's cell. Take it out as XLIFF."
        )
    book = Workbook(write_only=True)
    headings = {"source": _heading(languages.SOURCE), "target": _heading(language)}
    _write_texts(book.create_sheet(SHEET), entries, language, headings)
    _write_about(book.create_sheet("About"), headings["target"], made)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _heading(code):
    return f"{get_language_info(code)['name']} ({code})"


def _write_texts(sheet, entries, language, headings):
    sheet.freeze_panes = "A2"
    sheet.sheet_view.rightToLeft = languages.direction(language) == "rtl"
    for letter, (_, width) in zip("ABCDEFG", COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    states = DataValidation(
        type="list", formula1=f'"{MISSING},{STALE},{UNREVIEWED},{CURRENT}"', allow_blank=True
    )
    states.add(f"F2:F{len(entries) + 2}")
    sheet.data_validations.append(states)
    sheet.append([_heading_cell(sheet, headings.get(name, name)) for name, _ in COLUMNS])
    for entry in entries:
        values = [
            str(entry.key),
            entry.record,
            entry.label,
            entry.source,
            entry.target,
            entry.state,
            entry.note,
        ]
        sheet.append(
            [
                _cell(sheet, value, name in OPEN_TO_WRITE)
                for (name, _), value in zip(COLUMNS, values, strict=True)
            ]
        )


def _cell(sheet, value, is_open=False):
    """Text, whatever it begins with, in a program that saves the file again too."""
    cell = WriteOnlyCell(sheet, ESCAPE_LIKE.sub("_x005F_", value) or None)
    if value:
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@", "'"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=not is_open)
    return cell


def _heading_cell(sheet, value):
    cell = _cell(sheet, value)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E2F0F2")
    return cell


def _write_about(sheet, target, made):
    sheet.column_dimensions["A"].width = 100
    for line in ABOUT:
        sheet.append(
            [_cell(sheet, line.format(target=f"“{target}”", made=made or "the day they were taken out"))]
        )


def read(content):
    """What a spreadsheet holds."""
    file = checked_archive(content)
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_TEXTS + 2, max_col=MOST_COLUMNS)
        places = _places(next(rows, ()))
        texts = [_returned(row, places) for row in rows if any(cell.value is not None for cell in row)]
    except FileRefused:
        raise
    except Exception as error:  # openpyxl meets a broken part with whatever its own parts raise
        raise FileRefused("The file is not a spreadsheet of texts (.xlsx), or it is damaged.") from error
    if not texts:
        raise FileRefused("The spreadsheet holds no texts.")
    if len(texts) > MOST_TEXTS:
        raise FileRefused(f"The spreadsheet holds more than {MOST_TEXTS:,} texts. Send fewer at once.")
    return Arrival(places["language"], texts)


def _places(heading):
    """Where each column stands, by its heading, and the language of the translations."""
    names = [str(cell.value or "").strip() for cell in heading]
    tags = {place: found[1] for place, name in enumerate(names) if (found := NAMED_LANGUAGE.fullmatch(name))}
    if "ID" not in names or len(tags) != 2:
        raise FileRefused(
            f"The first row of the sheet should name the columns ID, {_heading(languages.SOURCE)} and the language "
            "of the translation, as in the file that was taken out."
        )
    source, target = tags
    require_source({tags[source]})
    return {
        "ID": names.index("ID"),
        "source": source,
        "target": target,
        "State": names.index("State") if "State" in names else None,
        "language": target_language({tags[target]}),
    }


def _returned(row, places):
    def text(name):
        place = places[name]
        return "" if place is None else _text_of(row[place])

    state = text("State").strip().lower()
    return Returned(
        key=text("ID"),
        source=text("source"),
        target=text("target"),
        state=state if state in {UNREVIEWED, CURRENT} else "",
        fault=_fault(row[places["target"]]),
    )


def _text_of(cell):
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None:
        return ""
    return RETURN_OR_ESCAPE.sub(lambda found: "" if found["return"] else "_", str(value))


def _fault(cell):
    """Why a cell's text is not what somebody wrote in it."""
    kinds = {"f": "a formula", "d": "a date", "e": "an error", "b": "true or false"}
    kind = kinds.get(getattr(cell, "data_type", ""))
    return f"The cell holds {kind}, not text." if kind else ""
