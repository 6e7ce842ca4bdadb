"""Every way in which a text is written: the form, the desk, files, the shell, update(), SQL, COPY, fixtures."""

import json

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from publishing import languages
from publishing.models.publishable import column, translated_fields
from tests.admin_form import address, errors, save, shown
from tests.publishing.exchange_files import apply_all, bring_back, edited, rows, taken_out


def behind_the_desk():
    """{name: write(record, columns)} of the ways that know nothing of translations."""
    return {
        "shell": by_shell,
        "update()": by_update,
        "bulk_update()": by_bulk_update,
        "SQL": by_sql,
        "COPY": by_copy,
    }


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def by_shell(record, columns):
    found = fresh(record)
    for name, value in columns.items():
        setattr(found, name, value)
    found.save()


def by_update(record, columns):
    type(record).objects.filter(pk=record.pk).update(**columns)


def by_bulk_update(record, columns):
    found = fresh(record)
    for name, value in columns.items():
        setattr(found, name, value)
    type(record).objects.bulk_update([found], list(columns))


def by_sql(record, columns):
    changes = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{record._meta.db_table}" SET {changes} WHERE id = %s', [*columns.values(), record.pk]
        )


def by_copy(record, columns):
    names = ", ".join(f'"{name}"' for name in columns)
    changes = ", ".join(f'"{name}" = new."{name}"' for name in columns)
    table = f'"{record._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE new ON COMMIT DROP AS SELECT id, {names} FROM {table} LIMIT 0"
        )
        with cursor.copy(f"COPY new (id, {names}) FROM STDIN") as copy:
            copy.write_row((record.pk, *columns.values()))
        cursor.execute(f"UPDATE {table} SET {changes} FROM new WHERE new.id = {table}.id")
        cursor.execute("DROP TABLE new")


def by_form(client, record, **typed):
    response = save(client, record, **typed)
    assert response.status_code == 302, errors(response)


def by_form_opened_before(client, record, meanwhile, **typed):
    """Opens the form, lets something happen, saves; is told of it, and saves again knowingly."""
    opened = shown(client.get(address(record)))
    meanwhile()
    refused = client.post(address(record), opened | typed)
    assert refused.status_code == 200
    again = client.post(address(record), shown(refused))
    assert again.status_code == 302, errors(again)


def at_the_desk(client, record, field, code, verb, text=None, meanwhile=None):
    """Opens the translator's desk, may let something happen, and presses a button at a field."""
    opts = record._meta
    desk = reverse("admin:translation_desk", args=[code, opts.app_label, opts.model_name, record.pk])
    (row,) = (row for row in client.get(desk).context["rows"] if row.name == field)
    if meanwhile:
        meanwhile()
    data = {"verb": verb, "field": field, "shown_source": row.shown_source, "shown_text": row.shown_text}
    response = client.post(desk, data | {"text": row.value if text is None else text})
    assert response.status_code == 302, response.context["rows"]


def by_file(client, file_format, record, code, texts, states=None, meanwhile=None):
    """Takes the record's texts out, has them edited, brings them back and imports what can be."""
    content = edited(file_format, taken_out(file_format, [fresh(record)], code), texts, states)
    if meanwhile:
        meanwhile()
    arrived = bring_back(client, content)
    apply_all(client, arrived)
    done = {field: (row["outcome"], row["done"], row["why"]) for field, row in rows(arrived).items()}
    assert {field for field in {**texts, **(states or {})} if done[field][1] != "imported"} == set(), done


def by_fixture(record, folder, columns):
    """Loads a fixture with the whole record, as dumpdata would have written it, and these columns changed."""
    found = fresh(record)
    facts = [
        field
        for field in found._meta.concrete_fields
        if not (field.primary_key or field.name in translated_fields(type(record)))
        and not hasattr(field, "translated_field")
        and field.value_from_object(found) is not None
    ]
    fields = {field.name: field.value_to_string(found) for field in facts}
    texts = {
        column(name, code): getattr(found, column(name, code)) or ""
        for name in translated_fields(type(record))
        for code in languages.codes()
    }
    row = {"model": record._meta.label_lower, "pk": record.pk, "fields": fields | texts | columns}
    file = folder / "brought.json"
    file.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    call_command("loaddata", file, verbosity=0)
