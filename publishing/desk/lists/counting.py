"""How many rows a list has: exactly while they are few, otherwise as the planner estimates. No large set is counted."""

import json
from dataclasses import dataclass
from math import floor, log10

COUNTED = 1000


@dataclass(frozen=True)
class Count:
    """A number of rows: exact, about so many, or over a number that nobody looked beyond."""

    number: int
    kind: str = "exact"

    @property
    def figure(self):
        return f"{self.number:,}"

    def __str__(self):
        said = {"exact": "", "about": "about ", "over": "over "}[self.kind]
        return f"{said}{self.figure}"


def count_of(queryset):
    """How many rows the queryset has, at the cost of a thousand."""
    number = queryset.order_by()[: COUNTED + 1].count()
    if number <= COUNTED:
        return Count(number)
    plan = json.loads(queryset.order_by().explain(format="json"))
    estimated = plan[0]["Plan"]["Plan Rows"]
    return Count(_rounded(estimated), "about") if estimated > COUNTED else Count(COUNTED, "over")


def _rounded(number):
    """To three figures: 412,000."""
    unit = 10 ** max(floor(log10(number)) - 2, 0)
    return round(number / unit) * unit
