"""Two editors of one record: which fields the other one changed, which of them both did, both texts side by side."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.contrib.contenttypes.models import ContentType
from django.db.models import Manager, Model
from django.utils import timezone
from django.utils.text import capfirst

from publishing import languages
from publishing.desk.display import diff
from publishing.fields import NormalForm, RichTextField
from publishing.models import Act
from publishing.text.diffs import word_diff

WRITING = [Act.Verb.EDITED, Act.Verb.IMPORTED, Act.Verb.RESTORED, Act.Verb.DISCARDED]
NOTHING = "Nothing"


@dataclass(frozen=True)
class Difference:
    """One field as somebody else left it: `theirs`, and `mine` where I changed it too. Texts also as a word diff."""

    name: str
    label: str
    language: str
    theirs: str
    mine: str = ""
    changes: str = ""

    @property
    def language_name(self):
        return languages.english_name(self.language) if self.language else ""


def difference(form, name, before, theirs, *, mine=None):
    """`before` is what the diff leads from: what I saw or, where `mine` says what I typed, theirs."""
    model_field = form._meta.model._meta.get_field(name)
    label = capfirst(getattr(model_field, "translated_field", model_field).verbose_name)
    code = getattr(model_field, "language", "")
    if not isinstance(model_field, NormalForm):
        shown = "" if mine is None else in_words(model_field, mine)
        return Difference(name, label, code, in_words(model_field, theirs), shown)
    runs = word_diff(before, theirs if mine is None else mine, rich=isinstance(model_field, RichTextField))
    return Difference(
        name,
        label,
        code,
        theirs or NOTHING,
        "" if mine is None else mine or NOTHING,
        diff(runs, code or languages.SOURCE),
    )


def in_words(model_field, value):
    """A fact as staff read it."""
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, Model):
        return str(value)
    if model_field.many_to_many:
        return ", ".join(map(str, value or ())) or NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(display_for_field(value, model_field, NOTHING)) or NOTHING


def put(form, name, value):
    """Makes the form show and send a stored value in place of what was typed. The form's data must be a copy."""
    widget, key = form.fields[name].widget, form.add_prefix(name)
    value = form.fields[name].prepare_value(value)
    form.data.pop(key, None)
    if isinstance(widget, forms.CheckboxInput):
        if value:
            form.data[key] = "on"
    elif isinstance(value, (list, tuple)):
        form.data.setlist(key, [str(one) for one in value])
    else:
        shown = widget.format_value(value)
        shown = shown[0] if isinstance(shown, list) and shown else shown
        form.data[key] = "" if shown is None or shown == [] else str(shown)


def who_moved(record, since):
    """Who saved the record last after that moment, by whichever way leaves a trace: (user, when), or nobody."""
    record_type = ContentType.objects.get_for_model(record)
    entries = LogEntry.objects.filter(content_type=record_type, object_id=str(record.pk))
    acts = Act.objects.filter(record_type=record_type, record_id=record.pk, verb__in=WRITING)
    if since:
        entries, acts = entries.filter(action_time__gt=since), acts.filter(at__gt=since)
    entry = entries.select_related("user").order_by("-action_time").first()
    act = acts.select_related("by").first()
    found = [(entry.action_time, entry.user)] if entry else []
    found += [(act.at, act.by)] if act else []
    if not found:
        return "Somebody"
    when, who = max(found, key=lambda one: one[0])
    return f"{who or 'Somebody'}, on {timezone.localtime(when):%-d %B at %H:%M},"
