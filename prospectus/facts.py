"""Key figures of an opportunity as a page shows them: what, how much, from which source, as at when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.formats import figure_parts, format_partial_date, money_parts
from publishing.templatetags.figures import anatomy


@dataclass(frozen=True)
class Fact:
    term: str
    figure: str
    source: str


def source_line(as_at, names):
    """“As at 2022. Innovation Prospectus, 2022”, with what is known of it."""
    date = _("As at %(date)s.") % {"date": format_partial_date(as_at)} if as_at else ""
    return " ".join(part for part in (date, ", ".join(names)) if part)


def facts_of(opportunity):
    """Every figure of the record that the source gives, typed columns first. What it does not give is not listed."""
    line = source_line(opportunity.as_at, [source.name for source in opportunity.sources.all()])
    typed = [
        (_("Funding secured"), money(opportunity.funding_secured)),
        (_("Gross value added"), money(opportunity.gva)),
        (_("Jobs"), number(opportunity.jobs_direct, "jobs")),
        (_("Jobs in construction"), number(opportunity.jobs_construction, "jobs")),
        (_("Further jobs beyond"), number(opportunity.jobs_indirect, "jobs")),
        (_("Apprenticeships a year"), number(opportunity.jobs_apprenticeships, "people")),
        (_("CO2 saving"), number(opportunity.co2_saving, "tonnes_per_year")),
    ]
    facts = [Fact(term, figure, line) for term, figure in typed if figure]
    for row in opportunity.figures.all():
        parts = figure_parts(
            row.value, row.unit, qualifier=row.qualifier, value_max=row.value_max, labelled=True
        )
        facts.append(Fact(row.label, anatomy(parts), source_line(row.as_at, [row.source.name])))
    return facts


def money(pounds):
    return "" if pounds is None else anatomy(money_parts(pounds, pounds))


def number(value, unit):
    return "" if value is None else anatomy(figure_parts(value, unit, labelled=True))
