"""How long an export of the list takes in this database, against what is known to be quick: seconds and megabytes."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.memory import Watch
from bench.ready import set_up

COLUMNS = 11
ROUNDS = 3


def main(rows, spreadsheet_rows):
    set_up()
    with tempfile.TemporaryDirectory() as folder:
        found = csv(rows, Path(folder)) | xlsx(spreadsheet_rows, Path(folder))
    print(json.dumps(found))


def the_list(number):
    """(the first so many rows of the list of enquiries, eleven of the columns that its export has)."""
    from django.contrib import admin

    from accounts.models import User
    from enquiries.models import Enquiry

    listing = admin.site.get_model_admin(Enquiry)
    columns = listing.exports[0].columns(User(is_superuser=True))
    chosen = [column for column in columns if column.heading in WANTED]
    if len(chosen) != COLUMNS:
        sys.exit(f"The export has no such columns: {WANTED - {column.heading for column in chosen}}")
    last = Enquiry.objects.order_by("pk").values_list("pk", flat=True)[number - 1]
    return Enquiry.objects.filter(pk__lte=last).order_by("pk"), chosen


WANTED = {
    *(
        "Reference",
        "Received (London)",
        "Stage",
        "Family name",
        "Given name",
        "Organisation",
        "Country",
        "E-mail",
    ),
    *("Telephone", "Answer in", "Plans"),
}


def csv(number, folder):
    """The response of the export, read to its end, against psql's \\copy of the same rows and columns; each as often,
    in turn, after one that does not count."""
    queryset, columns = the_list(number)
    ours, theirs, memory = [], [], []
    for turn in range(ROUNDS + 1):
        with Watch() as watch:
            seconds, lines = _ours(queryset, columns, folder / "ours.csv")
        if lines != number + 1:
            sys.exit(f"The export has {lines} lines for {number} rows.")
        other = _psql(queryset, columns, folder / "psql.csv")
        if turn:
            ours.append(seconds)
            theirs.append(other)
            memory.append(watch.most)
    return {
        "rows": number,
        "csv": round(statistics.median(ours), 2),
        "copy": round(statistics.median(theirs), 2),
        "memory": max(memory),
    }


def _ours(queryset, columns, path):
    from accounts.models import User
    from exports import copy

    officer = User.objects.get(username="sample-officer-1")
    started = time.perf_counter()
    response = copy.download(queryset, columns, what="bench", filters="", by=officer)
    with path.open("wb") as file:
        for piece in response.streaming_content:
            file.write(piece)
    seconds = time.perf_counter() - started
    response.close()
    return seconds, _records(path)


def _records(path):
    """Records end in CR LF; a line break within a cell is LF alone."""
    with path.open("rb") as file:
        return sum(piece.count(b"\r\n") for piece in iter(lambda: file.read(1 << 20), b""))


def _psql(queryset, columns, path):
    """The bare values, as anybody would copy them out by hand."""
    from django.db import connection
    from psycopg import ClientCursor

    from lcr_crm.postgres.account import installation

    named = {f"cell_{place}": column.value for place, column in enumerate(columns)}
    sql, given = queryset.annotate(**named).values_list(*named).query.sql_with_params()
    connection.ensure_connection()
    filled = ClientCursor(connection.connection).mogrify(sql, given)
    facts = connection.settings_dict
    script = path.with_suffix(".sql")
    script.write_text(f"\\copy ({filled}) TO '{path}' WITH (FORMAT csv)\n")
    command = [installation() / "bin" / "psql", "-X", "-q", "-h", facts["HOST"], "-p", facts["PORT"]]
    started = time.perf_counter()
    subprocess.run([*command, "-U", facts["USER"], "-d", facts["NAME"], "-f", script], check=True)
    return time.perf_counter() - started


def xlsx(number, folder):
    """The spreadsheet as the job writes it, against xlsxwriter's constant-memory mode; the same rows, read alike."""
    from exports import spreadsheets, workbook

    queryset, columns = the_list(number)
    started = time.perf_counter()
    rows = spreadsheets.values(queryset, columns)
    workbook.write(folder / "ours.xlsx", columns, rows, expected=number)
    ours = time.perf_counter() - started
    started = time.perf_counter()
    _with_xlsxwriter(folder / "theirs.xlsx", columns, spreadsheets.values(queryset, columns))
    theirs = time.perf_counter() - started
    return {"xlsx_rows": number, "xlsx": round(ours, 2), "xlsxwriter": round(theirs, 2)}


def _with_xlsxwriter(path, columns, rows):
    """Text as text, as ours has it."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.heading for column in columns])
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(number, place, value, moments)
                else:
                    sheet.write(number, place, value)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
