"""Files taken from lists, as tests take them."""

import csv
import io

from exports.jobs import make_spreadsheet
from exports.models import Spreadsheet


def lines(response):
    """The rows of a streamed CSV, the heading first."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def records(response):
    heading, *rows = lines(response)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def spreadsheet_of(client, address):
    """Asked for through the list, made by the job, fetched from its page: the bytes of the file."""
    page = client.post(address)
    asked = Spreadsheet.objects.latest("pk")
    assert page["Location"] == f"/admin/exports/spreadsheet/{asked.pk}/"
    make_spreadsheet(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "ready", asked.error
    return b"".join(client.get(f"/admin/exports/spreadsheet/{asked.pk}/file/").streaming_content)
