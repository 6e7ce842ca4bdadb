"""The form in which an enquiry becomes an investment project, or part of one."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from enquiries import conversion, countries, matching
from enquiries.admin.project_forms import staff_at_work
from enquiries.models import InvestmentProject, ProjectEnquiry, ProjectOrganisation, ProjectPerson
from enquiries.models.project_words import InvestmentType
from enquiries.names import script_language, text_language
from partners.models import Organisation, Person
from publishing import languages

KNOWN, OURS, NEW, NONE = "known", "ours", "new", "none"
NEW_PROJECT, EXISTING = "new", "existing"
PERSON_NAMES = ["latin_family", "latin_given", "hangul_family", "hangul_given"]


class Chooser(AutocompleteSelect):
    """Stock's chooser, with words in it while nothing is chosen: without any it has no name for a screen reader."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": "Type to find"}


def _chooser(model, field):
    return Chooser(model._meta.get_field(field), admin.site, attrs={"data-width": "100%"})


class ConvertForm(forms.Form):
    """What becomes of the enquiry, and who asked: somebody we know, or somebody to add in the same step."""

    use_required_attribute = False
    target = forms.ChoiceField(
        choices=[(NEW_PROJECT, "A new project"), (EXISTING, "A project that there is")],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Name of the project", max_length=200, required=False)
    description = forms.CharField(widget=forms.Textarea({"rows": 5}), required=False)
    investment_type = forms.ChoiceField(choices=InvestmentType, required=False)
    client_relationship_manager = forms.ModelChoiceField(queryset=None, required=False)
    project = forms.ModelChoiceField(
        label="Which project", queryset=InvestmentProject.objects.ongoing(), required=False
    )
    role = forms.ChoiceField(label="The organisation is its", choices=ProjectOrganisation.Role)
    organisation_is = forms.ChoiceField(widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label="Which organisation",
        queryset=Organisation.objects.filter(archived_at__isnull=True),
        required=False,
    )
    organisation_kind = forms.ChoiceField(label="Kind", choices=Organisation.Kind, required=False)
    organisation_country = forms.ChoiceField(label="Country of headquarters", required=False)
    person_is = forms.ChoiceField(widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        label="Which person", queryset=Person.objects.filter(archived_at__isnull=True), required=False
    )
    own_script = forms.ChoiceField(label="Writes the name in", choices=Person.Script, required=False)
    latin_family = forms.CharField(label="Family name, Latin letters", max_length=80, required=False)
    latin_given = forms.CharField(label="Given name, Latin letters", max_length=80, required=False)
    hangul_family = forms.CharField(label="Family name, Hangul", max_length=40, required=False)
    hangul_given = forms.CharField(label="Given name, Hangul", max_length=40, required=False)
    also = forms.ModelMultipleChoiceField(
        label="Other open enquiries of theirs that belong to it too",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data=None, *, enquiry, user):
        super().__init__(data, initial=_initial(enquiry), auto_id="id_%s")
        self.enquiry = enquiry
        for code in languages.codes():
            field = forms.CharField(
                label=f"Name in {languages.english_name(code)}", max_length=200, required=False
            )
            field.widget.attrs |= languages.marking(code)
            self.fields[self.name_field(code)] = field
        for name in ("hangul_family", "hangul_given"):
            self.fields[name].widget.attrs["lang"] = "ko"
        self.fields["organisation_country"].choices = [("", "Choose"), *countries.in_english()]
        self.fields["client_relationship_manager"].queryset = staff_at_work([enquiry.owner_id])
        self.fields["also"].queryset = conversion.others_of(enquiry)
        self.fields["also"].label_from_instance = _other
        self.fields["project"].widget = _chooser(ProjectEnquiry, "project")
        self.fields["organisation"].widget = _chooser(ProjectOrganisation, "organisation")
        self.fields["person"].widget = _chooser(ProjectPerson, "person")
        for name in ("project", "organisation", "person"):  # the chooser offers what the field has
            self.fields[name].widget.choices = self.fields[name].choices
        written_in = languages.marking(text_language(enquiry.plans, enquiry.language))
        self.fields["description"].widget.attrs |= written_in
        self._offer(user)
        self._suggest()

    def _offer(self, user):
        """The ways in which organisation and person can be given, of those that the user may take."""
        organisation, person = self.enquiry.known_organisation, self.enquiry.person
        ways = [(KNOWN, f"{organisation}, as in our records")] if organisation else []
        ways.append((OURS, "In our records"))
        ways += (
            [(NEW, "Not in our records yet: add it")] if user.has_perm("partners.add_organisation") else []
        )
        self.fields["organisation_is"].choices = ways
        sees = user.has_perm("partners.view_person")
        ways = [(KNOWN, f"{person}, as in our records")] if person and sees else []
        ways += [(OURS, "In our records")] if sees else []
        ways += (
            [(NEW, "Not in our records yet: add")] if sees and user.has_perm("partners.add_person") else []
        )
        self.fields["person_is"].choices = [*ways, (NONE, "Nobody for now")]
        if not sees:
            for name in ("description", "person", "own_script", *PERSON_NAMES):
                del self.fields[name]
            self.initial["person_is"] = NONE

    def _suggest(self):
        """Whom we may know already is chosen beforehand, with the reason; whoever sends the form decides."""
        for name, found in (
            ("organisation", matching.suggested_organisations(self.enquiry)),
            ("person", matching.suggested_people(self.enquiry)),
        ):
            if found and name in self.fields:
                self.initial |= {name: found[0].record.pk, f"{name}_is": OURS}
                self.fields[name].help_text = f"{'; '.join(found[0].reasons)}."

    @staticmethod
    def name_field(code):
        return f"organisation_name_{code.replace('-', '_')}"

    @property
    def name_fields(self):
        return [self[self.name_field(code)] for code in languages.codes()]

    @property
    def person_fields(self):
        return [self[name] for name in PERSON_NAMES if name in self.fields]

    def clean(self):
        given = super().clean()
        if given.get("target") == NEW_PROJECT:
            self._demand("name", "Give the project a name.")
        elif given.get("target") == EXISTING and "project" not in self.errors:
            self._demand("project", "Choose the project.")
        if given.get("organisation_is") == OURS:
            self._demand("organisation", "Choose the organisation.")
        elif given.get("organisation_is") == NEW:
            self._demand(self.name_field(languages.SOURCE), "Give its name in Latin letters at least.")
            self._demand("organisation_country", "Choose its country.")
        if given.get("person_is") == OURS:
            self._demand("person", "Choose the person.")
        elif given.get("person_is") == NEW:
            script = given.get("own_script") or Person.Script.LATIN
            self._demand(f"{script}_family", "Give the family name in the person's own script.")
        return given

    def _demand(self, name, sentence):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def organisation_given(self):
        """A row of ours, one to add, or None for the one that the enquiry has."""
        given = self.cleaned_data
        match given["organisation_is"]:
            case "ours":
                return given["organisation"]
            case "new":
                names = {code: given[self.name_field(code)] for code in languages.codes()}
                return conversion.NewOrganisation(
                    names, given["organisation_kind"], given["organisation_country"]
                )
        return None

    def person_given(self):
        given = self.cleaned_data
        match given["person_is"]:
            case "ours":
                return given["person"]
            case "new":
                return conversion.NewPerson(given["own_script"], {name: given[name] for name in PERSON_NAMES})
        return None

    def facts(self):
        names = ("name", "description", "investment_type", "client_relationship_manager")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


def _other(enquiry):
    """Another enquiry that may belong to the same project, without the name of its sender."""
    return f"{enquiry.reference}, {enquiry.organisation or 'no organisation'}: {enquiry.get_stage_display()}"


def _initial(enquiry):
    """What the enquiry tells, the names each in its script."""
    carried = conversion.carried(enquiry)
    in_hangul = script_language(enquiry.family_name + enquiry.given_name) == "ko"
    script = Person.Script.HANGUL if in_hangul else Person.Script.LATIN
    code = script_language(enquiry.organisation)
    named = ConvertForm.name_field(code if code in languages.codes() else languages.SOURCE)
    return {
        "target": NEW_PROJECT,
        "name": carried["name"],
        "description": carried["description"],
        "investment_type": InvestmentType.FDI,
        "client_relationship_manager": enquiry.owner_id,
        "role": ProjectOrganisation.Role.INVESTOR,
        "organisation_is": KNOWN if enquiry.known_organisation_id else NEW,
        named: enquiry.organisation,
        "organisation_kind": Organisation.Kind.INVESTOR,
        "organisation_country": enquiry.country,
        "person_is": KNOWN if enquiry.person_id else NEW if enquiry.family_name else NONE,
        "own_script": script,
        f"{script}_family": enquiry.family_name,
        f"{script}_given": enquiry.given_name,
    }
