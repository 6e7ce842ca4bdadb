"""Fills in the translator's desk as a browser would: what a field's form showed, and what somebody typed over it."""

from django.urls import reverse


def desk_of(record, language="ko"):
    opts = record._meta
    return reverse("admin:translation_desk", args=[language, opts.app_label, opts.model_name, record.pk])


def shown(page, field):
    """What the form of that field would send if nobody touched it, with the line ends of a browser."""
    row = next(row for row in page.context["rows"] if row.name == field)
    data = {
        "field": field,
        "text": row.value,
        "shown_source": row.shown_source,
        "shown_text": row.shown_text,
        "verb": "save",
    }
    return {name: value.replace("\n", "\r\n") for name, value in data.items()}


def save(client, record, field, text, language="ko", **more):
    """Opens the desk, types one text and saves it."""
    page = client.get(desk_of(record, language))
    assert page.status_code == 200
    return client.post(desk_of(record, language), shown(page, field) | {"text": text} | more)


def press(client, record, field, verb, language="ko", **more):
    page = client.get(desk_of(record, language))
    return client.post(desk_of(record, language), shown(page, field) | {"verb": verb} | more)
