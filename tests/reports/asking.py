"""Asking a report as a member of staff would, without the page around it."""

from reports.catalogue import BY_NAME
from reports.taking import snapshot, take


def taken(name, user, *, language="en", now=None, **parameters):
    """The report of that name, with these parameters and the usual ones beside them."""
    report = BY_NAME[name]
    with snapshot() as moment:
        form = report.asking(parameters, now=now or moment)
        assert form.is_valid(), form.errors
        return take(report, form, user, moment=now or moment, language=language)


def rows(name, user, **asked):
    """{first cell: the other cells} of a table, "All" for its totals."""
    content = taken(name, user, **asked).content
    return {row.cells[0]: row.cells[1:] for row in [*content.rows, content.totals]}


def listed(name, user, **asked):
    """[{heading: value}] of a listing."""
    content = taken(name, user, **asked).content
    named = {f"cell_{place}": column.value for place, column in enumerate(content.columns)}
    headings = [column.heading for column in content.columns]
    return [
        dict(zip(headings, row, strict=True))
        for row in content.queryset.annotate(**named).values_list(*named)
    ]
