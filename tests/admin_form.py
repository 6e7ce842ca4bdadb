"""Fills in a form of the staff admin as a browser would: everything it showed, and what somebody typed over it."""

from django.urls import reverse


def address(record, view="change"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{view}", args=[record.pk])


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def shown(response):
    """What the form on the page would send if nobody touched it. Line ends become two characters, as browsers do it."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is None or value is False:
                continue
            if value is True:
                data[bound.html_name] = "on"
            elif isinstance(value, (list, tuple)):
                data[bound.html_name] = [getattr(one, "pk", one) for one in value]
            else:
                sent = (
                    bound.field.widget.format_value(value)
                    if hasattr(bound.field.widget, "format_value")
                    else value
                )
                data[bound.html_name] = sent[0] if isinstance(sent, list) else sent
    return {name: _as_sent(value) for name, value in data.items() if value is not None}


def _as_sent(value):
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def save(client, record, **typed):
    """Opens the record, types over some fields and saves."""
    page = client.get(address(record))
    assert page.status_code == 200
    return client.post(address(record), shown(page) | typed)


def errors(response):
    form = response.context["adminform"].form
    inlines = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return form.errors, [formset.errors for formset in inlines if any(formset.errors)]
