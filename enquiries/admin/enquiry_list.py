"""The list of enquiries: the most urgent first, its filters, search, and its way out as files."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from enquiries import countries, export
from enquiries.admin.filters import FILTERS
from enquiries.admin.standing import says_more, state_tag
from enquiries.beside import beside
from enquiries.clock import Clock
from enquiries.clock_display import due_in, not_reached
from enquiries.models import Enquiry
from enquiries.models.enquiry import OPEN_WORDS
from enquiries.names import script_language, text_language
from exports.lists import ExportedList, Shape
from publishing.desk.display import LIVERPOOL, day_of, icon, in_language, nobody, tag, two_lines
from publishing.desk.lists import LargeListAdmin
from publishing.search import Bigrams

SEE_PEOPLE = "partners.view_person"
CHANGE, MANAGE = "enquiries.change_enquiry", "enquiries.manage_enquiry"
# Pages that belong to no one enquiry: words, name of the address, what a user needs to be shown them.
TOOLS = [
    ("Enter by hand", "by_hand", [CHANGE, SEE_PEOPLE]),
    ("Upload a mail", "upload", [CHANGE, SEE_PEOPLE]),
    ("Hand over", "hand_over", [MANAGE]),
]


class EnquiryList(ExportedList, LargeListAdmin):
    """The list part of EnquiryAdmin. Who may not see people sees which organisation asks, from where, when and how it
    stands, and can search for no more than that."""

    change_list_template = "enquiries/admin/enquiry_list.html"
    list_display = ["enquiry", "sender", "due", "standing_shown", "whose", "received"]
    open_list_display = ["open_enquiry", "from_where", "due", "standing_shown", "whose", "received"]
    list_display_links = ["enquiry", "open_enquiry"]
    list_filter = FILTERS
    list_views = [
        ("Late", {"due": "breached"}),
        ("Due today", {"due": "today"}),
        ("Unanswered", {"state": Enquiry.State.UNANSWERED.value}),
        ("Mine", {"owner": "me"}),
        ("Nobody’s", {"owner": "nobody"}),
        ("Held", {"state": Enquiry.State.HELD.value}),
    ]
    list_select_related = ["owner", "team"]
    list_orders = [("urgency", "-pk"), ("-received_at", "-pk")]
    list_defer = ["original", "words", "search"]
    exports = [Shape(export.columns, "enquiries")]

    def changelist_view(self, request, extra_context=None):
        tools = [
            {"words": words, "address": reverse(f"admin:enquiries_enquiry_{name}")}
            for words, name, needed in TOOLS
            if request.user.has_perms(needed)
        ]
        return super().changelist_view(request, {"tools": tools} | (extra_context or {}))

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
            row.clock_shown = _clock(row, now, clock)
        return rows

    @admin.display()
    def enquiry(self, enquiry):
        start = Truncator(" ".join(enquiry.plans.split())).chars(160)
        words = in_language(start, text_language(start, enquiry.language))
        return format_html('<span class="asked"><b>{}</b> {}</span>', enquiry.reference, words)

    @admin.display(description="enquiry")
    def open_enquiry(self, enquiry):
        return enquiry.reference

    @admin.display(description="from")
    def sender(self, enquiry):
        """The organisation; where there is none, the person in its place."""
        names = [_marked(name) for name in (enquiry.organisation, enquiry.full_name.strip()) if name]
        first, *rest = names or [countries.name(enquiry.country)]
        country = countries.name(enquiry.country) if names else ""
        return two_lines(first, format_html_join(", ", "{}", ((one,) for one in (*rest, country) if one)))

    @admin.display(description="from")
    def from_where(self, enquiry):
        return two_lines(_marked(enquiry.organisation), countries.name(enquiry.country))

    @admin.display(ordering="urgency")
    def due(self, enquiry):
        return enquiry.clock_shown

    @admin.display(description="state and stage")
    def standing_shown(self, enquiry):
        return two_lines(state_tag(enquiry), enquiry.get_stage_display() if says_more(enquiry) else "")

    @admin.display(description="officer")
    def whose(self, enquiry):
        owner, team = enquiry.owner, enquiry.team or ""
        if owner is None:
            return two_lines(nobody(), team)
        return two_lines(str(owner) if owner.is_active else nobody(f"{owner} has left"), team)

    @admin.display(ordering="received_at")
    def received(self, enquiry):
        check = tag("To check", "soon", "review") if enquiry.details_to_check else ""
        hour = f"{enquiry.received_at.astimezone(LIVERPOOL):%H:%M}"
        return two_lines(day_of(enquiry.received_at), format_html("{} {}", hour, check))


def _clock(enquiry, now, clock):
    """What is owed on one line, by when and the hour there on the other. What the state says already is left out."""
    shown = due_in(enquiry, now, clock)
    if enquiry.closed_at:
        return two_lines("", f"Closed {day_of(enquiry.closed_at)}")
    what = shown.tags
    if shown.tone == "paused" and shown.at is None:
        what = tag(f"Paused since {day_of(enquiry.waiting_since)}", shown.tone, shown.icon)
    when = shown.at and f"{shown.at_words} {_when(shown.at, now)}".strip()
    there = _hour_there(enquiry.country, now)
    return two_lines(what, format_html_join(" · ", "{}", ((one,) for one in (when, there) if one)))


def _when(at, now):
    """When in Liverpool: the year is said where it is not this one."""
    at = at.astimezone(LIVERPOOL)
    return formatted(at, "j M, H:i" if at.year == now.astimezone(LIVERPOOL).year else "j M Y, H:i")


def _hour_there(country, now):
    """The hour where the investor is, with a sign where nobody may be at work, and why in words."""
    found = beside(country, now)
    if found is None:
        return ""
    note = found.note and format_html(
        '<span class="away" title="{}">{}<span class="visually-hidden">, {}</span></span>',
        *(found.note, icon("scheduled"), found.note),
    )
    return format_html('<span class="there">{}{}</span>', found.hour, note)


def _sees_people(request):
    return request.user.has_perm(SEE_PEOPLE)


def _marked(name):
    return in_language(name, script_language(name)) if script_language(name) else name
