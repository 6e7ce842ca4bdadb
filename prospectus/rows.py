"""How an opportunity stands in a list: its figures in words, its bar and its gauge."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prospectus.drawings import bars, stage
from publishing.formats import format_money

KINDS_OF_JOBS = ("jobs_direct", "jobs_construction", "jobs_indirect", "jobs_apprenticeships")


def jobs_in_words(opportunity):
    """(number, what it counts) for each published kind of jobs."""
    words = {
        "jobs_direct": lambda n: ngettext("job", "jobs", n),
        "jobs_construction": lambda n: ngettext("job in construction", "jobs in construction", n),
        "jobs_indirect": lambda n: ngettext("further job beyond", "further jobs beyond", n),
        "jobs_apprenticeships": lambda n: ngettext("apprenticeship a year", "apprenticeships a year", n),
    }
    return [
        (f"{number:,}", words[kind](number))
        for kind in KINDS_OF_JOBS
        if (number := getattr(opportunity, kind))
    ]


def stage_gauge(opportunity):
    return stage.gauge(opportunity.stage_index)


class OpportunityRow:
    """One opportunity as a row of the list or a plate of the home page."""

    def __init__(self, reading, themes=()):
        self.reading, self.themes = reading, themes
        self.record = record = reading.record
        self.url = record.get_absolute_url()
        self.value = format_money(record.value_min, record.value_max)
        self.gauge = stage_gauge(record)
        self.jobs = jobs_in_words(record)
        self.jobs_total = f"{record.jobs:,}" if record.jobs else ""

    @property
    def value_bar(self):
        label = (
            _("Value %(value)s, on a scale from £1m to £20bn") % {"value": self.value}
            if self.value
            else _("No value published")
        )
        return bars.value_bar(self.record.value_min, self.record.value_max, label=label)
