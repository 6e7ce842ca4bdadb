from django.contrib import admin
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat

from partners.models import Appointment, Consent, Person
from publishing.desk.base import PairedInline, TranslatedAdmin
from publishing.desk.display import in_language, two_lines

from .archiving import ArchivedFilter, ArchivingAdmin
from .contact_points import SEE_PEOPLE, ConsentInline, ContactPointInline, by_contact_point

SHORTEST_CONTACT = 4  # letters of an address or number that are looked for


def _joined(*parts):
    return Concat(*parts, output_field=TextField())


class AppointmentInline(PairedInline):
    model = Appointment
    autocomplete_fields = ["organisation"]
    lines = ["title", ("organisation", "kind"), ("from_date", "until_date", "position", "key"), "public"]


@admin.register(Person)
class PersonAdmin(ArchivingAdmin, TranslatedAdmin):
    """Names in both scripts, each found by either, whole or in part."""

    list_display = ["both_names", "posts", "own_script", "in_use"]
    list_filter = [ArchivedFilter, "own_script", "appointments__kind"]
    search_fields = ["latin_order", "family_first", "hangul_order", "hangul_apart", "key"]
    search_help_text = "Name in either script, family name first or last; e-mail address or telephone."
    inlines = [AppointmentInline, ContactPointInline, ConsentInline]
    texts_heading, texts_note = (
        "Honorific",
        "Professor, Dr, Sir: before the name, as each language writes it.",
    )
    staff_only = ["name_confidence", "source_note"]

    def get_search_fields(self, request):
        return self.search_fields

    def get_search_results(self, request, queryset, search_term):
        """By name or, for those who may see people, by an address or number that is theirs."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if len(search_term.strip()) >= SHORTEST_CONTACT and request.user.has_perm(SEE_PEOPLE):
            reached = by_contact_point(queryset, search_term)
            if request.resolver_match.url_name == "autocomplete":
                reached = reached.filter(archived_at__isnull=True)
            found = queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=reached.values("pk")))
        return found, may_repeat

    def save_formset(self, request, form, formset, change):
        """A consent says who recorded it."""
        if formset.model is Consent:
            for consent in formset.save(commit=False):
                consent.recorded_by = request.user
                consent.save()
            formset.save_m2m()
        else:
            super().save_formset(request, form, formset, change)

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("appointments__organisation")
        return people.annotate(
            latin_order=_joined("latin_given", Value(" "), "latin_family"),
            family_first=_joined("latin_family", Value(" "), "latin_given"),
            hangul_order=_joined("hangul_family", "hangul_given"),
            hangul_apart=_joined("hangul_given", Value(" "), "hangul_family"),
        )

    def get_fieldsets(self, request, obj=None):
        honorific, *rest = super().get_fieldsets(request, obj)
        names = {
            "fields": [
                "own_script",
                ("latin_given", "latin_family", "honours"),
                ("hangul_family", "hangul_given"),
                "key",
            ],
            "description": "One row for one human. The own script is the one in which the person writes the name.",
        }
        return [("Name", names), honorific, *rest]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name.startswith("hangul_"):
            field.widget.attrs["lang"] = "ko"
        return field

    @admin.display(description="name", ordering="latin_family")
    def both_names(self, person):
        return two_lines(person.latin_name or person.hangul_name, in_language(person.hangul_name, "ko"))

    @admin.display(description="posts")
    def posts(self, person):
        return "; ".join(f"{post.title_en}, {post.organisation}" for post in person.appointments.all())
