from functools import partial

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from publishing.desk.base import DeskAdmin
from publishing.desk.display import tag
from reports import catalogue, packs
from reports.admin import board_pack_pages
from reports.models import BoardPack, BoardPackReport

LAST = 32_767  # where a row without a place goes


class ChosenForm(forms.ModelForm):
    """A report of a pack. Another report forgets what was asked of the one before."""

    position = forms.IntegerField(label="Place", min_value=1, max_value=999, required=False)

    class Meta:
        model = BoardPackReport
        fields = ["position", "report"]

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        current = self.instance.report
        choices = [
            (str(subject), [(report.name, report.title) for report in reports if report.may_take(user)])
            for subject, reports in catalogue.for_user(user)
        ]
        known = {name for _, reports in choices for name, _ in reports}
        if current and current not in known:
            choices.append(
                ("Not yours", [(current, getattr(catalogue.BY_NAME.get(current), "title", current))])
            )
        offered = [("", "Choose a report"), *((subject, reports) for subject, reports in choices if reports)]
        self.fields["report"] = forms.ChoiceField(label="Report", choices=offered)
        for name in self.fields:
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean_position(self):
        return self.cleaned_data["position"] or LAST

    def save(self, commit=True):
        if "report" in self.changed_data:
            self.instance.parameters = {}
        return super().save(commit)


class ChosenInline(admin.TabularInline):
    model = BoardPackReport
    form = ChosenForm
    verbose_name_plural = "Reports, in this order"
    fields = ["position", "report", "asked"]
    readonly_fields = ["asked"]
    extra = 2

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)

        class ForUser(formset):
            def get_form_kwargs(self, index):
                return super().get_form_kwargs(index) | {"user": request.user}

        return ForUser

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("reports.view_boardpack") or self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perms(["reports.change_boardpack"])

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("reports.change_boardpack" if obj else "reports.add_boardpack")

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @admin.display(description="What is asked of it")
    def asked(self, row):
        """The parameters in words, and the way to change them."""
        if not row.pk:
            return "As usual. Save, then say what is asked."
        said = packs.words(row)
        shown = "Not there any more" if said is None else said or "Everything"
        address = reverse("admin:reports_boardpack_asked", args=[row.pack_id, row.pk])
        return format_html('{} <a href="{}">{}</a>', shown, address, "Change what is asked")


class RetiredFilter(admin.SimpleListFilter):
    """What is in use, unless asked otherwise."""

    title = parameter_name = "retired"

    def lookups(self, request, model_admin):
        return [("yes", "Retired"), ("all", "All")]

    def choices(self, changelist):
        first, *rest = super().choices(changelist)
        return [first | {"display": "In use"}, *rest]

    def queryset(self, request, queryset):
        return (
            queryset if self.value() == "all" else queryset.filter(retired_at__isnull=self.value() != "yes")
        )


@admin.register(BoardPack)
class BoardPackAdmin(DeskAdmin):
    """Saved selections of reports, made into one document whenever the board meets. Retired, not deleted."""

    list_display = ["name", "language", "reports_in_it", "owner", "saved_at", "standing"]
    list_select_related = ["owner"]
    list_filter = [RetiredFilter]
    search_fields = ["name"]
    fields = ["name", "language", "introduction", "key_figures"]
    inlines = [ChosenInline]
    actions = ["retire", "use_again"]
    change_form_template = "reports/admin/board_pack.html"

    def get_changeform_initial_data(self, request):
        return {"key_figures": "last-quarter"} | super().get_changeform_initial_data(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count=Count("reports"))

    def get_urls(self):
        def page(view, *methods):
            return never_cache(self.admin_site.admin_view(require_http_methods(methods)(partial(view, self))))

        return [
            path(
                "<int:pk>/document/",
                page(board_pack_pages.document, "GET"),
                name="reports_boardpack_document",
            ),
            path(
                "<int:pk>/reports/<int:row>/",
                page(board_pack_pages.asked, "GET", "POST"),
                name="reports_boardpack_asked",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        moment = board_pack_pages.moment_of(request)
        query = f"?on={request.GET['on'].replace('+', '%2B')}" if moment else ""
        return super().change_view(
            request, object_id, form_url, {"on": moment, "on_query": query} | (extra_context or {})
        )

    def save_model(self, request, obj, form, change):
        if not change:
            obj.owner = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Places are numbered from one; a row without a place stands last."""
        super().save_related(request, form, formsets, change)
        rows = list(form.instance.reports.order_by("position", "pk"))
        for place, row in enumerate(rows, start=1):
            row.position = place
        BoardPackReport.objects.bulk_update(rows, ["position"])

    @admin.display(description="reports", ordering="count")
    def reports_in_it(self, pack):
        return pack.count

    @admin.display(description="")
    def standing(self, pack):
        return tag("Retired", "bare") if pack.retired_at else ""

    @admin.action(description="Retire the chosen packs", permissions=["change"])
    def retire(self, request, queryset):
        BoardPack.objects.filter(pk__in=queryset.values("pk"), retired_at=None).update(
            retired_at=timezone.now()
        )

    @admin.action(description="Use the chosen packs again", permissions=["change"])
    def use_again(self, request, queryset):
        BoardPack.objects.filter(pk__in=queryset.values("pk")).update(retired_at=None)
