"""What tests of a record's form ask again and again."""

from publishing.models import Act, Provenance
from publishing.translations.state import states_of
from tests.admin_form import address


def noted(record, field="summary", language="ko"):
    """The source text that the translation was made from; None: nobody noted any."""
    found = Provenance.objects.filter(
        record_type__model=record._meta.model_name, record_id=record.pk, field=field, language=language
    )
    return found.values_list("made_from", flat=True).first()


def state(record, field="summary", language="ko"):
    """How the text stands, reckoned from what is stored."""
    return states_of([type(record).objects.get(pk=record.pk)])[record.pk][language][field]


def form_of(client, record):
    return client.get(address(record)).context["adminform"].form


def acts(record, *verbs):
    """{(verb, field, language)} of everything done to the record's texts, or of what was done by these verbs."""
    found = Act.objects.filter(record_type__model=record._meta.model_name, record_id=record.pk)
    rows = found.filter(verb__in=verbs) if verbs else found
    return set(rows.values_list("verb", "field", "language"))


def by_sql(record, **texts):
    """Changes columns behind the form's back: no version, no note, no trace."""
    type(record).objects.filter(pk=record.pk).update(**texts)
