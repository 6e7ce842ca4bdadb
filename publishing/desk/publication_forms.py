"""Forms of the publication page, one a verb. Whether a verb fits a language, and why not, is asked of its proof."""

from datetime import UTC, timedelta

from django import forms
from django.contrib.auth import get_permission_codename, get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing import languages
from publishing.desk.display import LIVERPOOL
from publishing.desk.forms import DayInput, MomentInput
from publishing.models import Edition
from publishing.models.desk import translate_permission
from publishing.translations.state import fingerprint_of

NEWER = (
    "The record was saved after you opened this page, so nothing was done. What stands here now is the newer text: "
    "look at it and, if it is right, press the button again."
)


class LondonField(forms.DateTimeField):
    """A date and time in London. An hour that comes twice or not at all, when clocks change, is refused."""

    widget = MomentInput

    def to_python(self, value):
        with timezone.override(UTC):
            found = super().to_python(value)
        if found is None:
            return None
        early = found.replace(tzinfo=LIVERPOOL)
        late = early.replace(fold=1)
        if early.utcoffset() < late.utcoffset():
            ahead = early.astimezone(UTC).astimezone(LIVERPOOL)
            raise ValidationError(
                f"{early:%-d %B %Y, %H:%M} does not exist in London: the clocks go forward over it. Choose "
                f"{ahead:%H:%M} or another time."
            )
        if early.utcoffset() > late.utcoffset():
            back = late.replace(minute=0) + timedelta(hours=1)
            raise ValidationError(
                f"{early:%-d %B %Y, %H:%M} comes twice in London: the clocks go back over it. Choose a time before "
                f"{early:%H}:00, or {back:%H:%M} or later."
            )
        return early


class AheadField(LondonField):
    """A moment in London that has not passed."""

    def clean(self, value):
        at = super().clean(value)
        if at and at <= timezone.now():
            raise ValidationError("This moment has passed. Leave it empty, or choose a later one.")
        return at


class LanguagesField(forms.MultipleChoiceField):
    """Which languages an act is about, each by its own name."""

    def __init__(self, **kwargs):
        choices = [(code, languages.own_name(code)) for code in languages.codes()]
        super().__init__(
            choices=choices,
            label="Languages",
            error_messages={"required": "Choose at least one language."},
            **kwargs,
        )


def comment(label, help_text="", required=False, missing="Say why, for colleagues."):
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class VerbForm(forms.Form):
    """A verb in chosen languages. `proofs` are those of the record as the page shows it, `allowed` the languages in
    which this person may do it."""

    in_languages = LanguagesField()
    as_shown = False

    def __init__(self, *args, record, proofs=None, allowed=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.proofs, self.allowed = record, proofs or {}, allowed
        if self.as_shown:
            self.fields["opened_version"] = forms.IntegerField(widget=forms.HiddenInput)
            self.fields["shown"] = forms.CharField(widget=forms.HiddenInput)
            self.initial |= {"opened_version": record.version, "shown": fingerprint_of(record)}

    def fits(self, proof):
        """Whether the verb makes sense for a text that stands so."""
        raise NotImplementedError

    def why_not(self, proof):
        """What to say beside a language in which it does not fit though it might; empty: the language is left out."""
        return ""

    def wanted(self, proof):
        """Whether the language is ticked to begin with."""
        return True

    @property
    def fitting(self):
        return [code for code in self.allowed if self.fits(self.proofs[code])]

    @property
    def options(self):
        """The languages to tick."""
        ticked = self.data.getlist(self.add_prefix("in_languages")) if self.is_bound else None
        for code in self.allowed:
            proof = self.proofs[code]
            fits = self.fits(proof)
            why_not = "" if fits else self.why_not(proof)
            if fits or why_not:
                yield {
                    "code": code,
                    "name": languages.own_name(code),
                    "fits": fits,
                    "why_not": why_not,
                    "ticked": fits and (self.wanted(proof) if ticked is None else code in ticked),
                }

    @property
    def own_fields(self):
        """What the verb asks for besides its languages."""
        return [field for field in self.visible_fields() if field.name != "in_languages"]

    def clean(self):
        cleaned = super().clean()
        if self.as_shown:
            now = {"opened_version": self.record.version, "shown": fingerprint_of(self.record)}
            if any(cleaned.get(name) != value for name, value in now.items()):
                self.data = self.data.copy()
                for name, value in now.items():
                    self.errors.pop(name, None)
                    self.data[self.add_prefix(name)] = value
                raise ValidationError(NEWER, code="newer")
        return cleaned


class SubmitForm(VerbForm):
    why = comment("Comment", "What changed, or what to look at. The manager reads it.")
    as_shown = True

    def fits(self, proof):
        return proof.standing.working == "changed" and not proof.required_missing

    def why_not(self, proof):
        return proof.why_not if proof.standing.working == "changed" else ""


class ApproveForm(VerbForm):
    as_shown = True

    def fits(self, proof):
        return proof.standing.working == "in review" and not proof.required_missing


class SendBackForm(VerbForm):
    why = comment("Comment", required=True, missing="Say what is to be changed: the writer reads it.")

    def fits(self, proof):
        return proof.standing.working in ("in review", "approved")


class PublishForm(VerbForm):
    at = AheadField(label="From, London time", required=False, help_text="Empty: now.")
    until = AheadField(
        label="Until, London time",
        required=False,
        help_text="Empty: no end. After it, readers are told that the page is withdrawn.",
    )
    note = comment("Note", "For colleagues. Kept with the edition.")
    as_shown = True

    def fits(self, proof):
        return not proof.why_not

    def why_not(self, proof):
        return proof.why_not

    def wanted(self, proof):
        return proof.standing.changed or proof.is_first

    @property
    def has_more(self):
        """Whether the rarely used part is to stand open."""
        return any(self[name].value() or self[name].errors for name in ("at", "until", "note"))

    def clean(self):
        cleaned = super().clean()
        at, until = cleaned.get("at"), cleaned.get("until")
        if at and until and until <= at:
            self.add_error("until", "This is not after the beginning. Choose a later end, or none.")
        for code in cleaned.get("in_languages", []):
            proof = self.proofs.get(code)
            if proof and not proof.required_missing and proof.why_not:
                raise ValidationError(f"{languages.own_name(code)}: readers have this text already.")
        return cleaned


class ExpireForm(VerbForm):
    until = AheadField(
        label="Readers lose it on, London time",
        required=False,
        help_text="Empty: it has no end. What is scheduled to follow it before then ends then, too.",
    )
    why = comment("Reason")

    def fits(self, proof):
        return proof.is_ahead

    def wanted(self, proof):
        return len(self.fitting) == 1


class UnscheduleForm(VerbForm):
    why = comment("Reason")

    def fits(self, proof):
        return bool(proof.standing.scheduled_for)


class ReviewForm(VerbForm):
    next_by = forms.DateField(
        label="Look at it again by", required=False, widget=DayInput, help_text="Empty: no date."
    )

    def fits(self, proof):
        return bool(proof.standing.live_since)


class ReviewByForm(VerbForm):
    day = forms.DateField(label="Review by", required=False, widget=DayInput, help_text="Empty: no date.")

    def fits(self, proof):
        return True


class AssignForm(VerbForm):
    assignee = forms.ModelChoiceField(
        queryset=get_user_model().objects.none(), required=False, empty_label="Nobody", label="To"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = who_may_edit(type(self.record))

    def fits(self, proof):
        return True

    def wanted(self, proof):
        return False


class DiscardForm(VerbForm):
    sure = forms.BooleanField(
        label="I have read what will be lost",
        error_messages={
            "required": "Tick that you have read what will be lost: it is not kept anywhere else."
        },
    )
    why = comment("Reason")
    as_shown = True

    @property
    def losses(self):
        """The proofs of what may be discarded."""
        return [self.proofs[code] for code in self.fitting]

    def fits(self, proof):
        return bool(proof.lost) and proof.standing.changed

    def wanted(self, proof):
        return len(self.fitting) == 1


class WithdrawForm(VerbForm):
    why = comment("Reason", required=True)

    def fits(self, proof):
        return proof.is_ahead

    def wanted(self, proof):
        return len(self.fitting) == 1


class TakeDownForm(VerbForm):
    """Every language at once."""

    in_languages = None
    why = comment("Reason, if there is time to say it")

    def fits(self, proof):
        return proof.is_ahead


class RestoreForm(forms.Form):
    """Put an edition's texts back into the working copy."""

    edition = forms.ModelChoiceField(queryset=Edition.objects.none(), widget=forms.HiddenInput)
    replace = forms.BooleanField(required=False)

    def __init__(self, *args, record, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields["edition"].queryset = Edition.objects.of(record)

    def clean(self):
        cleaned = super().clean()
        edition = cleaned.get("edition")
        if edition and self.standing[edition.language].changed and not cleaned.get("replace"):
            name = languages.own_name(edition.language)
            raise ValidationError(
                f"The working copy in {name} has changes that were never published, and restoring edition "
                f"{edition.number} replaces them. Tick “replace the changed working copy” to do so."
            )
        return cleaned


def who_may_edit(model):
    """Staff who may write such records in some language."""
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    change = f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}"
    permissions = [change, *(f"publishing.{translate_permission(code)}" for code in languages.translations())]
    backend = "django.contrib.auth.backends.ModelBackend"
    found = users.none()
    for permission in permissions:
        found = found | users.filter(
            pk__in=get_user_model().objects.with_perm(permission, backend=backend).values("pk")
        )
    return found.order_by("username")
