"""Parameters of reports as forms: the only readers of a report's address, its command line and its saved selections."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import languages
from publishing.desk.forms import DayInput
from publishing.formats import format_date
from reports import periods
from reports.periods import LONDON

UNIT = "unit"  # of a period given in days: month, quarter or year


class ReportForm(forms.Form):
    """Every field has an initial value, so that a report without parameters is one with the usual ones. `language` is
    that of the names to choose from."""

    def __init__(self, data=None, *, now=None, language=languages.SOURCE, **more):
        self.now, self.language = now or timezone.now(), language
        given = {name: value for name, value in (data or {}).items() if value not in ("", None)}
        super().__init__(self.usual() | given, **more)

    def usual(self):
        return {name: field.initial for name, field in self.base_fields.items() if field.initial is not None}

    @property
    def today(self):
        return self.now.astimezone(LONDON).date()

    def chosen(self):
        """{name: text} of what was chosen, as an address or a saved selection holds it. Asked after `is_valid`."""
        found = {}
        for name in self.fields:
            value = self.data.get(name)
            if value not in (None, "") and name in self.cleaned_data:
                found[name] = value.isoformat() if hasattr(value, "isoformat") else str(value)
        return found

    def frozen(self):
        """What was chosen, in a form that means the same on any other day."""
        return self.chosen()

    def said(self):
        """(label, words) of each parameter that is in force, for people, in the active language."""
        return [
            (str(field.label), words)
            for name, field in self.fields.items()
            if (words := self.words(name, field))
        ]

    def words(self, name, field):
        value = self.cleaned_data.get(name)
        if value in (None, "", False):
            return ""
        if isinstance(field, forms.ChoiceField):
            return str(dict(_flat(field.choices)).get(value, value))
        if isinstance(field, forms.BooleanField):
            return gettext("yes")
        if isinstance(field, forms.ModelChoiceField):
            return field.label_from_instance(value)
        return format_date(value) if isinstance(field, forms.DateField) else str(value)


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


class PeriodForm(ReportForm):
    """The days that a report is about: `cleaned_data["period"]` is a `Period` after cleaning."""

    period = forms.ChoiceField(label=_("Period"), choices=periods.NAMED, initial="this-year")
    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("period")
        if name != "days":
            return cleaned | {"period": self.named(name), "period_name": name} if name else cleaned
        first, last = cleaned.get("first"), cleaned.get("last")
        if not first and not last and not self.errors:
            self.add_error("first", _("Say from which day, to which day, or both."))
        elif first and last and last < first:
            self.add_error("last", _("This day is before the first one."))
        else:
            cleaned |= {"period": periods.Period(first, last, self._unit(first, last)), "period_name": name}
        return cleaned

    def named(self, name):
        return periods.named(name, self.today)

    def _unit(self, first, last):
        """A frozen quarter is still compared with the quarter before. An address says so (`frozen`); what does not lie
        in one unit has none."""
        months = periods.LENGTHS.get(self.data.get(UNIT), 0)
        fits = months and first and last and first.day == 1 and last < periods.shifted(first, months)
        return months if fits else 0

    def chosen(self):
        found = super().chosen()
        if found.get("period") == "days" and self.cleaned_data["period"].months:
            found[UNIT] = self.data[UNIT]
        return found

    def frozen(self):
        """What was chosen, with the days that a named period means today in place of its name."""
        found, period = self.chosen(), self.cleaned_data["period"]
        if period.is_open or found.get("period") == "days":
            return found
        unit = next((name for name, months in periods.LENGTHS.items() if months == period.months), None)
        days = {"period": "days", "first": period.first.isoformat(), "last": period.last.isoformat()}
        return found | days | ({UNIT: unit} if unit else {})

    def words(self, name, field):
        if name in {"first", "last"}:
            return ""
        return period_words(self.cleaned_data["period"]) if name == "period" else super().words(name, field)


def period_words(period):
    """1 April 2026 to 23 November 2026."""
    first, last = (day and format_date(day) for day in (period.first, period.last))
    if first and last:
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return gettext("from %(first)s") % {"first": first}
    return gettext("up to %(last)s") % {"last": last} if last else gettext("all time")
