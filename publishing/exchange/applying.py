"""Does what a dry run said, and undoes it. Each in one transaction; nothing that was written meanwhile is lost."""

from collections import defaultdict
from dataclasses import asdict
from uuid import uuid4

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from publishing.exchange.dry_run import Row, provenance_by_field
from publishing.models import Act, Import, Provenance
from publishing.models.publishable import column
from publishing.rights import may_edit_text

IMPORTED, LEFT, UNDONE, KEPT = "imported", "left", "undone", "kept"


class NothingToDo(ValidationError):
    """Nothing was chosen, or nothing that was chosen can still be done. Nothing was written."""


@transaction.atomic
def apply_rows(pk, chosen, *, by):
    """Imports the chosen rows, by their places. A text that was changed since the dry run is left as it is."""
    found = Import.objects.select_for_update().get(pk=pk)
    if found.stage == Import.Stage.UNDONE:
        raise NothingToDo("This import was undone. Bring the file back again.")
    rows = [Row(**row) for row in found.rows]
    wanted = [rows[place] for place in sorted(chosen) if place < len(rows) and rows[place].is_importable]
    if not wanted:
        raise NothingToDo("Nothing was chosen that can be imported.")
    stored = Stored(wanted, found.language)
    for row in wanted:
        row.done_why = _in_the_way(row, stored, row.before, by)
        row.done = LEFT if row.done_why else IMPORTED
    texts = [(row, row.text, row.made_from, row.review) for row in wanted if row.done == IMPORTED]
    stored.write(texts, verb=Act.Verb.IMPORTED, act=found.act, why=found.file_name, by=by)
    if texts:
        found.stage, found.applied_at = Import.Stage.APPLIED, found.applied_at or timezone.now()
    return _keep(found, rows)


@transaction.atomic
def undo(pk, *, by):
    """Puts back the texts from before, with what they were made from. A text that was changed since the import is
    kept, and the row says so."""
    found = Import.objects.select_for_update().get(pk=pk)
    rows = [Row(**row) for row in found.rows]
    done = [row for row in rows if row.done in {IMPORTED, KEPT}]
    if found.stage != Import.Stage.APPLIED or not done:
        raise NothingToDo("There is nothing to undo.")
    stored = Stored(done, found.language)
    for row in done:
        imported = {"text": row.text, "made_from": row.made_from, "state": row.review}
        row.done_why = _in_the_way(row, stored, imported, by)
        row.done = KEPT if row.done_why else UNDONE
    texts = [
        (row, row.before["text"], row.before["made_from"], row.before["state"])
        for row in done
        if row.done == UNDONE
    ]
    stored.write(texts, verb=Act.Verb.RESTORED, act=uuid4(), why=f"Import of {found.file_name} undone", by=by)
    if texts and not any(row.done == KEPT for row in done):
        found.stage, found.undone_at = Import.Stage.UNDONE, timezone.now()
    return _keep(found, rows)


def _keep(found, rows):
    found.rows = [asdict(row) for row in rows]
    found.save(update_fields=["rows", "stage", "applied_at", "undone_at"])
    return found


def _in_the_way(row, stored, expected, by):
    """Why the row cannot be done any more: the text is not as it was when somebody decided on it."""
    model = apps.get_model(row.model)
    if not may_edit_text(by, model, stored.language):
        return f"You may not edit the texts of a {model._meta.verbose_name} in this language."
    if row.pk not in stored.records[row.model]:
        return "The record was deleted."
    if stored.now(row) != expected:
        return "Changed here since, so it was left as it is."
    return ""


class Stored:
    """The records that rows are of, locked until the transaction ends, and what is noted of their translations."""

    def __init__(self, rows, language):
        self.language = language
        self.records, self.noted = {}, {}
        pks = defaultdict(set)
        for row in rows:
            pks[row.model].add(row.pk)
        for label in sorted(pks):  # in one order, so that two imports cannot deadlock
            model = apps.get_model(label)
            locked = model._default_manager.select_for_update(of=("self",)).order_by("pk")
            self.records[label] = {record.pk: record for record in locked.filter(pk__in=pks[label])}
            self.noted[label] = provenance_by_field(model, pks[label], language)

    def now(self, row):
        """The translation as it stands, in the form of a row's `before`."""
        made_from, _, state = self.noted[row.model][row.pk].get(row.field, (None, "", None))
        text = getattr(self.records[row.model][row.pk], column(row.field, self.language)) or ""
        return {"text": text, "made_from": made_from, "state": state}

    def write(self, texts, *, verb, act, why, by):
        """Writes (row, text, made from, state) into the working copies, with provenance and an Act each."""
        columns, notes, gone, acts = defaultdict(set), [], defaultdict(set), []
        for row, text, made_from, state in texts:
            record = self.records[row.model][row.pk]
            name = column(row.field, self.language)
            setattr(record, name, text)
            columns[record].add(name)
            of = {
                "record_type": ContentType.objects.get_for_model(record),
                "record_id": row.pk,
                "field": row.field,
                "language": self.language,
            }
            acts.append(Act(**of, act=act, verb=verb, by=by, why=why))
            if made_from is None:
                gone[of["record_type"], row.field].add(row.pk)
            else:
                notes.append(Provenance(**of, made_from=made_from, state=state))
        for record, names in columns.items():
            record.version += 1
            record.save(update_fields=[*names, "version"])
        for (record_type, field), pks in gone.items():
            Provenance.objects.filter(
                record_type=record_type, field=field, language=self.language, record_id__in=pks
            ).delete()
        Provenance.objects.bulk_create(
            notes,
            update_conflicts=True,
            unique_fields=["record_type", "record_id", "field", "language"],
            update_fields=["made_from", "state"],
        )
        Act.objects.bulk_create(acts)
