"""How a person is reached, and what they have agreed to: on the person's record, for those who may see people."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from partners import contacts
from partners.models import Consent, ContactPoint
from publishing.text.telephones import international

SEE_PEOPLE = "partners.view_person"


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
        if content.get("preferred") and content.get("retired_at"):
            self.add_error("preferred", "What is retired is not the first to try.")
        return content

    def _is_as_stored(self, content):
        """A number that was kept before there were rules may stay as it is."""
        return self.instance.pk and not {"kind", "value"} & set(self.changed_data)


class PeopleInline:
    """For rows that name people: who may not see people does not see them on another record either."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(SEE_PEOPLE) and super().has_view_permission(request, obj)


class ContactPointInline(PeopleInline, admin.TabularInline):
    """Ways to reach a person. Retired when one no longer works; a wrong one is corrected."""

    model = ContactPoint
    form = ContactPointForm
    extra = 0
    verbose_name_plural = "ways to reach them (private)"

    fields = ["kind", "value", "label", "language", "preferred", "source", "retired_at"]


class ConsentInline(PeopleInline, admin.StackedInline):
    """What they answered when they were asked. Another answer is another row: none is edited."""

    model = Consent
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
