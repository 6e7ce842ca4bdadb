"""Reckoning apart from the reports: plain Python over rows, and the lists of admin that figures lead to."""

from datetime import date
from unittest import mock
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user
from django.test import RequestFactory
from django.urls import resolve

from enquiries.models import Enquiry
from enquiries.working_time import calendar
from reports import catalogue
from reports.tables import Kind
from reports.taking import snapshot, take

LONDON = ZoneInfo("Europe/London")


def taken(name, user, language="en", **parameters):
    """A report's table or listing, as its page takes it."""
    report = catalogue.BY_NAME[name]
    form = report.form(parameters)
    assert form.is_valid(), form.errors
    with snapshot() as moment:
        return take(report, form, user, moment=moment, language=language).content


def cells(table):
    """{name of a row: {key of a column: cell}}, the last row under “All”."""
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    keys = [column.key for column in table.columns]
    return {row.cells[0]: dict(zip(keys, row.cells, strict=True)) for row in rows}


def london(moment):
    return moment.astimezone(LONDON).date()


def in_year(moment):
    return date(2024, 4, 1) <= london(moment) <= date(2025, 3, 31)


def enquiries():
    """The enquiries of the year that go on by themselves."""
    rows = Enquiry.objects.select_related("owner", "team", "project_row__project").prefetch_related(
        "opportunities__theme_rows__theme", "sectors", "waits"
    )
    return [row for row in rows if row.merged_into_id is None and in_year(row.received_at)]


def started(enquiry):
    """The earliest receipt of all that was merged into it, and into that."""
    return min(
        [enquiry.received_at, *(started(other) for other in Enquiry.objects.filter(merged_into=enquiry))]
    )


def percentile(values, share):
    """Between the two nearest, in proportion."""
    if not values:
        return None
    values = sorted(values)
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def working_hours(start, end, pauses=()):
    return calendar().between(start, end, pauses).total_seconds() / 3600


def working_days(start, end):
    kept, number, day = calendar(), 0, start
    while day < end:
        day = date.fromordinal(day.toordinal() + 1)
        number += kept.is_working_day(day)
    return number


def wrong_links(client, table):
    """[(row, column, figure, rows in the list, address)] of every link whose list has another number of rows than the
    figure says. Those of the last row are followed to the page itself, the others to its view, where one row is enough
    to have them counted. A list of the same address is asked once."""
    numbers, wrong, kinds = {}, [], {column.key: column.kind for column in table.columns}
    keys = [column.key for column in table.columns]
    for row in [*([table.totals] if table.totals else []), *table.rows]:
        for key, address in row.links.items():
            if kinds[key] != Kind.NUMBER:
                continue
            if address not in numbers:
                count = rows_of if row is table.totals else rows_of_view
                numbers[address] = count(client, address)
            figure = row.cells[keys.index(key)]
            if figure != numbers[address]:
                wrong.append((row.cells[0], key, figure, numbers[address], address))
    return wrong


def rows_of(client, address):
    """How many rows the list says, and shows on its page as far as they fit."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return _number(response.context["cl"])


def rows_of_view(client, address):
    request = RequestFactory().get(address)
    request.user = get_user(client)
    view = resolve(urlsplit(address).path).func
    with mock.patch.object(view.model_admin, "list_per_page", 1):
        response = view(request)
    assert response.status_code == 200, (address, response.status_code)
    return _number(response.context_data["cl"])


def _number(changelist):
    assert changelist.count.kind == "exact"
    assert changelist.result_count == min(changelist.count.number, changelist.list_per_page)
    return changelist.count.number
