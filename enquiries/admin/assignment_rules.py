"""Who gets what: the rules in their order, and a page on which an enquiry can be tried against them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join

from enquiries import assignment, countries
from enquiries.admin.triage_forms import officers
from enquiries.models import AssignmentRule, Enquiry
from opportunities.models import Opportunity
from publishing.desk.base import DeskAdmin
from publishing.desk.display import tag, tags


class TryForm(forms.Form):
    """An enquiry as far as rules look at it."""

    country = forms.ChoiceField(required=False)
    language = forms.ChoiceField(label="Answer in", choices=Enquiry._meta.get_field("reply_language").choices)
    opportunity = forms.ModelChoiceField(
        Opportunity.objects.none(), required=False, empty_label="None named", label="Asks about"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "Not known"), *countries.in_english()]
        self.fields["opportunity"].queryset = Opportunity.objects.order_by("title_en")


@admin.register(AssignmentRule)
class AssignmentRuleAdmin(DeskAdmin):
    """The first rule whose every condition holds decides. A rule is put out of use rather than deleted: what it gave
    says so."""

    change_list_template = "enquiries/admin/rules.html"
    empty_words = "No rule yet: no enquiry is given to anybody by itself."
    list_display = ["rule", "position", "gives_to", "standing"]
    list_editable = ["position"]
    list_display_links = ["rule"]
    list_select_related = ["theme", "opportunity", "officer", "team"]
    list_filter = ["in_use"]
    fieldsets = [
        (
            "If",
            {
                "fields": ["theme", "opportunity", ("country", "language")],
                "description": "All that is chosen must hold. What is left open holds for every enquiry.",
            },
        ),
        ("Then give to", {"fields": [("officer", "team")], "description": "One of the two."}),
        ("Order", {"fields": ["position", "in_use"], "classes": ["side"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Themes, opportunities and colleagues are looked after elsewhere; who has left is given nothing."""
        if db_field.name == "officer":
            kwargs["queryset"] = officers()
        elif db_field.name == "team":
            kwargs["queryset"] = db_field.related_model.objects.in_use()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        for name in ("theme", "opportunity", "officer", "team"):
            if field := form.base_fields.get(name):
                for what in ("add", "change", "delete", "view"):
                    setattr(field.widget, f"can_{what}_related", False)
                if name in {"officer", "team"} and obj and (kept := getattr(obj, f"{name}_id")):
                    field.queryset = field.queryset | type(getattr(obj, name)).objects.filter(pk=kept)
        return form

    def get_urls(self):
        view = self.admin_site.admin_view(self.try_view)
        return [path("try/", view, name="enquiries_assignmentrule_try"), *super().get_urls()]

    def try_view(self, request):
        """Which rule would decide, and why not the others. Nothing is given to anybody."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = TryForm(request.GET if "language" in request.GET else None)
        rows, decides = [], None
        if form.is_valid():
            typed = form.cleaned_data
            about = {typed["opportunity"].pk} if typed["opportunity"] else set()
            asked = assignment.Asked.about(about, country=typed["country"], language=typed["language"])
            rows, decides = self._tried(assignment.verdicts(asked))
        context = self.admin_site.each_context(request) | {
            "title": "Try the rules",
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "decides": decides,
            "receiver": decides
            and (assignment.at_work(decides.officer) if decides.officer else decides.team),
        }
        return TemplateResponse(request, "enquiries/admin/rules_try.html", context)

    def _tried(self, verdicts):
        """(rows to show, the rule that decides)."""
        decides = next((rule for rule, reasons in verdicts if not reasons), None)
        rows = [
            {
                "rule": rule,
                "mark": tag("Decides", "good", "done") if rule == decides else "",
                "why": format_html_join(" ", "{}", ((reason,) for reason in reasons))
                or ("" if rule == decides else "It would hold, but an earlier one decides."),
            }
            for rule, reasons in verdicts
        ]
        return rows, decides

    @admin.display(description="if")
    def rule(self, rule):
        return rule.conditions

    @admin.display(description="gives to")
    def gives_to(self, rule):
        return rule.officer or rule.team

    @admin.display(description="")
    def standing(self, rule):
        gone = rule.officer and not rule.officer.is_active
        retired = rule.team and rule.team.retired_at
        return tags(
            "" if rule.in_use else tag("Not in use", "bare"),
            tag("Has left: passed over", "soon", "soon") if gone else "",
            tag("Retired: passed over", "soon", "soon") if retired else "",
        )
