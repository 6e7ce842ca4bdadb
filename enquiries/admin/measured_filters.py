"""Filters of the list of enquiries by what is measured: what was met, missed, or came of it. Reports lead here."""

import re

from django.utils import timezone

from enquiries import measures
from enquiries.indicators import DONE, INDICATORS, OPEN, standing
from enquiries.measures import UNKNOWN
from enquiries.project_stages import Status
from publishing.desk.lists.filters import ChoiceFilter, WrittenFilter


class YesNoFilter(ChoiceFilter):
    """Whether a column has a value."""

    column = ""

    def lookups(self, request, model_admin):
        return [("yes", "Yes"), ("no", "No")]

    def narrow(self, queryset, value, request):
        return queryset.filter(**{f"{self.column}__isnull": value == "no"})


def whether(name, column, title):
    facts = {"parameter_name": name, "title": title, "column": column}
    return type(f"{name.title()}Filter", (YesNoFilter,), facts)


class ProjectFilter(ChoiceFilter):
    """Whether it became an investment project, and whether that was won."""

    title, parameter_name = "investment project", "project"

    def lookups(self, request, model_admin):
        return [("yes", "Became one"), ("won", "That was won"), ("no", "None")]

    def narrow(self, queryset, value, request):
        if value == "won":
            return queryset.filter(project_row__project__status=Status.WON)
        return queryset.filter(project_row__isnull=value == "no")


class ObligationFilter(ChoiceFilter):
    """How an obligation stands against its target."""

    measure = staticmethod(measures.reply)
    words = ()

    def lookups(self, request, model_admin):
        return list(zip(("met", "breached", "neither"), self.words, strict=True))

    def narrow(self, queryset, value, request):
        return queryset.filter(self.measure(timezone.now())[value])


class ReplyFilter(ObligationFilter):
    title, parameter_name = "first reply against target", "reply"
    words = ("In time", "Late, or none yet", "Not due yet")


class QualificationFilter(ObligationFilter):
    title = parameter_name = "qualification"
    measure = staticmethod(measures.qualification)
    words = ("In time", "Late, or none yet", "Not due")


class WrittenOrUnknownFilter(WrittenFilter):
    """A column of text without choices, and under “unknown” where it is empty."""

    column = None

    def said(self, value):
        return "Not known" if value == UNKNOWN else super().said(value)

    def narrow(self, queryset, value, request):
        return queryset.filter(**{self.column or self.parameter_name: "" if value == UNKNOWN else value})


class PageFilter(WrittenOrUnknownFilter):
    """The page before the form, without its language."""

    title, parameter_name = "page before the form", "page"

    def narrow(self, queryset, value, request):
        if value == UNKNOWN:
            return super().narrow(queryset, value, request)
        return queryset.alias(page_read=measures.page_read()).filter(page_read=value)


class CampaignFilter(WrittenOrUnknownFilter):
    title = parameter_name = "campaign"
    column = "utm_campaign"


class IndicatorFilter(WrittenFilter):
    """A national service indicator: done, open, within-5 or later-5 working days."""

    pattern = re.compile(rf"{DONE}|{OPEN}|(within|later)-\d{{1,3}}")

    def said(self, value):
        how, _, number = value.partition("-")
        return f"{how.capitalize()} {number} working days" if number else how.capitalize()

    def narrow(self, queryset, value, request):
        how, _, number = value.partition("-")
        rows = INDICATORS[self.parameter_name].timed(timezone.now())
        return queryset.filter(pk__in=rows.filter(standing(how, int(number or 0))).values("pk"))


def of_indicator(name):
    facts = {"title": name.upper(), "parameter_name": name}
    return type(f"{name.title()}Filter", (IndicatorFilter,), facts)


FILTERS = [
    whether("replied", "first_reply_at", "replied"),
    ReplyFilter,
    whether("qualified", "qualified_at", "qualified"),
    QualificationFilter,
    ProjectFilter,
    whether("closed", "closed_at", "closed"),
    PageFilter,
    CampaignFilter,
    of_indicator("spi1"),
]
