import re

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from partners.models import Appointment
from prospectus.models import Page
from prospectus.views.base import RecordPage
from publishing import languages

TOKEN = re.compile(r"\{\{\s*setting:(\w+)\s*\}\}")
SETTINGS = {
    "controller": "DATA_CONTROLLER",
    "controller_address": "DATA_CONTROLLER_ADDRESS",
    "data_protection_email": "DATA_PROTECTION_EMAIL",
    "retention": "ENQUIRY_RETENTION",
    "contact_email": "CONTACT_EMAIL",
}
AUTHORITY = "lcrca"


class PageView(RecordPage):
    """A page that stands by itself. What only the operator knows stands in its text as {{setting:controller}} and
    the like, so that no published text has to be changed when the site moves."""

    queryset = Page.objects.all()

    def get_template_names(self):
        leadership = self.record.special == Page.Special.LEADERSHIP
        return ["prospectus/leadership.html" if leadership else "prospectus/page.html"]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        reading = self.read([self.record])[self.record]
        context |= {"reading": filled(reading), "record": self.record}
        if self.record.special == Page.Special.LEADERSHIP:
            context |= leadership()
        return context


def filled(reading):
    """The same reading with the settings' values, escaped, in the place of their tokens."""
    in_source = reading.language == languages.SOURCE
    value_of = value_in_source if in_source else value_marked
    return reading.with_texts(body=mark_safe(TOKEN.sub(value_of, getattr(reading, "body", ""))))


def value_in_source(match):
    """An unknown token stays as it is: the editor sees it in the preview."""
    name = SETTINGS.get(match[1])
    return escape(getattr(settings, name)) if name else match[0]


def value_marked(match):
    """The operator writes settings in the source language; addresses of mail are of no language."""
    value = value_in_source(match)
    is_words = match[1] in SETTINGS and "@" not in value
    return format_html("<span{}>{}</span>", languages.marked(languages.SOURCE), mark_safe(value)) if is_words else value


def leadership():
    """Who leads the Combined Authority, and who sits on its Innovation Board: public appointments that still run.

    A member of the board stands beside the organisation he or she comes from.
    """
    rows = Appointment.objects.filter(public=True, person__archived_at__isnull=True)
    today = timezone.localdate()
    running = [
        appointment
        for appointment in rows.select_related("person", "organisation")
        if not appointment.until_date or appointment.until_date.last_day >= today
    ]
    board = [appointment for appointment in running if appointment.kind == Appointment.Kind.BOARD]
    posts = [appointment for appointment in running if appointment.kind == Appointment.Kind.POST]
    homes = {post.person_id: post.organisation for post in reversed(posts)}
    members = {appointment.person_id for appointment in board}
    return {
        "leaders": [
            (post, post.organisation)
            for post in posts
            if post.organisation.key == AUTHORITY and post.person_id not in members
        ],
        "board": [(appointment, homes.get(appointment.person_id)) for appointment in board],
    }
