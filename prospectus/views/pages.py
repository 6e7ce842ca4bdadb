from django.utils import timezone

from partners.models import Appointment
from prospectus.models import Page
from prospectus.setting_tokens import filled
from prospectus.views.base import RecordPage

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
        filled_in = reading.with_texts(body=filled(getattr(reading, "body", ""), reading.language))
        context |= {"reading": filled_in, "record": self.record}
        if self.record.special == Page.Special.LEADERSHIP:
            context |= leadership()
        return context


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
