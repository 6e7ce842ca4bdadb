"""How a person is reached, and what they have agreed to: on the person's record, for those who may see people."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from partners import contacts
from partners.models import Consent, ContactPoint
from publishing.text.telephones import international

SEE_PEOPLE = "partners.view_person"
MINUTE = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ContactPointForm(forms.ModelForm):
    """Stored in the one form in which it is found again."""

    class Meta:
        model = ContactPoint
        fields = "__all__"

    def clean(self):
        content = super().clean()
        if content.get("kind") and content.get("value") and not self._is_as_stored(content):
            try:
                content["value"] = contacts.normal_value(content["kind"], content["value"])
            except ValidationError as error:
                self.add_error("value", error)
        if content.get("value") and self._is_there(content):
            self.add_error("value", "They have this one already.")
        if content.get("preferred") and content.get("retired_at"):
            self.add_error("preferred", "What is retired is not the first to try.")
        return content

    def _is_as_stored(self, content):
        """A number that was kept before there were rules may stay as it is."""
        return self.instance.pk and not {"kind", "value"} & set(self.changed_data)

    def _is_there(self, content):
        rows = ContactPoint.objects.filter(person=self.instance.person_id, kind=content.get("kind"))
        return rows.filter(value__iexact=content["value"]).exclude(pk=self.instance.pk).exists()


class ContactPointFormSet(forms.BaseInlineFormSet):
    """The rows of one person together: each once, and one of a kind to try first."""

    def clean(self):
        super().clean()
        left = [
            form.cleaned_data for form in self.forms if form not in self.deleted_forms and form.is_valid()
        ]
        left = [row for row in left if row.get("value")]
        if len({(row["kind"], row["value"].lower()) for row in left}) < len(left):
            raise ValidationError("The same address or number stands here twice.")
        first = [row["kind"] for row in left if row.get("preferred")]
        if len(set(first)) < len(first):
            raise ValidationError("One of a kind is the first to try. Take the tick away from the others.")

    def save(self, commit=True):
        """What is no longer the first to try is written before what is."""
        no_longer = [
            form.instance.pk for form in self.initial_forms if not form.cleaned_data.get("preferred")
        ]
        ContactPoint.objects.filter(pk__in=no_longer, preferred=True).update(preferred=False)
        return super().save(commit)


class ConsentForm(forms.ModelForm):
    """An answer to a question of consent, once from each source."""

    class Meta:
        model = Consent
        fields = "__all__"

    def clean(self):
        content = super().clean()
        same = Consent.objects.filter(
            person=self.instance.person_id, kind=content.get("kind"), source=content.get("source")
        )
        if same.exists():
            self.add_error(
                "source", "This answer is there already from this source. Say what is new about it."
            )
        return content


class PeopleInline:
    """For rows that name people: who may not see people does not see them on another record either."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(SEE_PEOPLE) and super().has_view_permission(request, obj)


class ContactPointInline(PeopleInline, admin.TabularInline):
    """Ways to reach a person. Retired when one no longer works; a wrong one is corrected."""

    model = ContactPoint
    form, formset = ContactPointForm, ContactPointFormSet
    extra = 0
    verbose_name_plural = "ways to reach them (private)"

    formfield_overrides = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MINUTE}}
    fields = ["kind", "value", "label", "language", "preferred", "source", "retired_at"]


class ConsentInline(PeopleInline, admin.StackedInline):
    """What they answered when they were asked. Another answer is another row: none is edited."""

    model = Consent
    form = ConsentForm
    extra = 0
    verbose_name_plural = "consents (private; a change of mind is added as another)"

    fields = [("kind", "given"), "wording", ("language", "at"), "source"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return forms.ChoiceField(label="Language of the wording", choices=settings.LANGUAGES)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def by_contact_point(people, typed):
    """People with that address or number, whole or in part, however the number is written."""
    typed = typed.strip()
    condition = Q(value__icontains=typed)
    if sum(letter.isdigit() for letter in typed) >= 6:
        for country in ("", "GB", "KR"):
            try:
                number = international(typed, country)
            except ValueError:
                continue
            condition |= Q(kind=ContactPoint.Kind.TELEPHONE, value=number)
    return people.filter(Exists(ContactPoint.objects.filter(condition, person=OuterRef("pk"))))
