"""The list of enquiries: the most urgent first, its filters, search, and its way out as files."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from enquiries import countries, export
from enquiries.admin.filters import FILTERS
from enquiries.admin.standing import stage, state_tag
from enquiries.clock import Clock
from enquiries.clock_display import beside_html, due_in, not_reached
from enquiries.models import Enquiry
from enquiries.models.enquiry import OPEN_WORDS
from enquiries.names import script_language, text_language
from exports.lists import ExportedList, Shape
from publishing.desk.display import in_language, moment, nobody, tag, two_lines
from publishing.desk.lists import LargeListAdmin
from publishing.search import Bigrams

SEE_PEOPLE = "partners.view_person"


class EnquiryList(ExportedList, LargeListAdmin):
    """The list part of EnquiryAdmin. Who may not see people sees which organisation asks, from where, when and how it
    stands, and can search for no more than that."""

    list_display = ["enquiry", "sender", "due", "standing_shown", "whose", "received"]
    open_list_display = ["open_enquiry", "from_where", "due", "standing_shown", "whose", "received"]
    list_display_links = ["enquiry", "open_enquiry"]
    list_filter = FILTERS
    list_select_related = ["owner", "team"]
    list_orders = [("urgency", "-pk"), ("-received_at", "-pk")]
    list_defer = ["original", "words", "search"]
    exports = [Shape(export.columns, "enquiries")]

    def get_list_display(self, request):
        return self.list_display if _sees_people(request) else self.open_list_display

    def get_list_display_links(self, request, list_display):
        return [name for name in self.list_display_links if name in list_display]

    def get_list_search(self, request):
        return self.list_search if _sees_people(request) else (OPEN_WORDS, Bigrams(OPEN_WORDS))

    def get_search_help(self, request):
        if not _sees_people(request):
            return "Organisation or reference"
        return "Name, organisation, e-mail, telephone, reference or words of the message, in either script"

    def prepare(self, request, rows):
        """Each row with its clock as it stands now; calendar, targets and what came back are read once a page."""
        now, clock = timezone.now(), Clock.now_in_force()
        came_back = dict(
            Enquiry.objects.filter(pk__in=[row.pk for row in rows])
            .order_by()
            .values_list("pk", not_reached())
        )
        for row in rows:
            row.not_reached = came_back.get(row.pk)
            row.clock_shown = due_in(row, now, clock).html
            row.hour_there = "" if row.closed_at else beside_html(row.country, now)
        return rows

    @admin.display()
    def enquiry(self, enquiry):
        start = Truncator(" ".join(enquiry.plans.split())).chars(80)
        return two_lines(in_language(start, text_language(start, enquiry.language)), enquiry.reference)

    @admin.display(description="enquiry")
    def open_enquiry(self, enquiry):
        return enquiry.reference

    @admin.display(description="from")
    def sender(self, enquiry):
        parts = [part for part in (enquiry.full_name.strip(), countries.name(enquiry.country)) if part]
        name = format_html("{}, {}", _marked(parts[0]), parts[1]) if len(parts) == 2 else "".join(parts)
        return two_lines(_marked(enquiry.organisation), name)

    @admin.display(description="from")
    def from_where(self, enquiry):
        return two_lines(_marked(enquiry.organisation), countries.name(enquiry.country))

    @admin.display(ordering="urgency")
    def due(self, enquiry):
        return format_html("{}{}", enquiry.clock_shown, enquiry.hour_there)

    @admin.display(description="state and stage")
    def standing_shown(self, enquiry):
        return two_lines(state_tag(enquiry), stage(enquiry.stage))

    @admin.display(description="officer")
    def whose(self, enquiry):
        owner, team = enquiry.owner, enquiry.team or ""
        if owner is None:
            return two_lines(nobody(), team)
        return two_lines(str(owner) if owner.is_active else nobody(f"{owner} has left"), team)

    @admin.display(ordering="received_at")
    def received(self, enquiry):
        check = tag("Details to check", "soon", "review") if enquiry.details_to_check else ""
        return format_html("{}{}", moment(enquiry.received_at), check)


def _sees_people(request):
    return request.user.has_perm(SEE_PEOPLE)


def _marked(name):
    return in_language(name, script_language(name)) if script_language(name) else name
