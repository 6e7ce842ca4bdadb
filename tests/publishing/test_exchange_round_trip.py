"""A file that is taken out and brought back without an edit changes nothing, whatever the texts are."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.models import Opportunity
from publishing import languages
from publishing.exchange.dry_run import Outcome, read_file, rows_of
from publishing.exchange.entries import carried, entries_of
from publishing.models import Act, Import, Provenance
from publishing.models.publishable import column, translated_fields
from tests.factories import opportunity, staff, superuser
from tests.publishing.exchange_files import FORMATS, apply_all, bring_back, everything, outcomes, taken_out

pytestmark = pytest.mark.django_db

PIECES = [
    "강 하구 둑",
    "سد النهر",
    "=1+1",
    "+44 151",
    "-",
    "@all",
    "'quoted'",
    '"twice"',
    "]]>",
    "&amp;",
    "&",
    "<",
    ">",
    "\t",
    "\n",
    "\n\n",
    "_x0041_",
    "_x000D_",
    "{{figure:length}}",
    "{{setting:email}}",
    "\u200f",
    "\ufffe",
    "é",
    "e\u0301",
    "🌊",
    "\u00a0",
    "  ",
    "\r\n",
]
PLAIN = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=8).map("".join)
WORDS = PLAIN.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
TAGGED = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["p", "h2", "strong", "em", "ul", "li", "blockquote", "sub"]),
    WORDS,
)
RICH = st.lists(TAGGED | WORDS | st.just("<br>") | st.just('<a href="/en/">'), min_size=1, max_size=6).map(
    "".join
)


def stored():
    """Everything that an import could have changed."""
    columns = {
        (record._meta.label, record.pk): (
            record.version,
            *(
                getattr(record, column(name, code))
                for name in translated_fields(type(record))
                for code in languages.codes()
            ),
        )
        for record in everything()
    }
    provenance = sorted(
        Provenance.objects.values_list("record_type", "record_id", "field", "language", "md5", "state")
    )
    return columns, provenance, Act.objects.count()


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_round_trip_of_the_whole_content_changes_nothing(client, file_format):
    client.force_login(superuser())
    before = stored()
    page = bring_back(client, taken_out(file_format, everything()))
    assert page.status_code == 200
    assert set(outcomes(page).values()) == {Outcome.UNCHANGED}
    assert len(page.context["found"].rows) > 300
    apply_all(client, page)
    assert stored() == before
    assert Import.objects.get().stage == Import.Stage.DRY_RUN


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_text_of_every_state_comes_back_as_it_was(client, file_format):
    client.force_login(superuser())
    record = opportunity(
        title_ko="", sought_en="Money.", sought_ko="자금", timescale_en="Soon", timescale_ko="곧"
    )
    Provenance.objects.create(record=record, field="summary", language="ko", made_from="An older text.")
    Provenance.objects.create(
        record=record, field="sought", language="ko", made_from="Money.", state="unreviewed"
    )
    Provenance.objects.create(record=record, field="timescale", language="ko", made_from="Soon")
    entries = entries_of([record], "ko")
    assert {entry.key.field: entry.state for entry in entries} == {
        "title": "missing",
        "summary": "stale",
        "sought": "unreviewed",
        "timescale": "current",
    }
    before = stored()
    page = bring_back(client, taken_out(file_format, [record]))
    assert set(outcomes(page).values()) == {Outcome.UNCHANGED}
    apply_all(client, page)
    assert stored() == before


def unchanged(record, user, file_format):
    """Whether both texts come back as they went out."""
    entries = entries_of([record], "ko")
    content = FORMATS[file_format].write(entries, "ko")
    arrival = read_file(content)
    found = rows_of(arrival, user)
    return len(found) == len(entries) and {row.outcome for row in found} <= {Outcome.UNCHANGED}


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain=PLAIN, other=PLAIN)
def test_any_plain_text_goes_out_and_comes_back(django_user_model, file_format, plain, other):
    record, user = kept(django_user_model)
    record.summary_en, record.summary_ko = stored_form("summary", plain), stored_form("summary", other)
    record.save()
    assert unchanged(record, user, file_format)


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=RICH, target=RICH)
def test_any_rich_text_goes_out_and_comes_back(django_user_model, file_format, source, target):
    record, user = kept(django_user_model)
    record.body_en, record.body_ko = stored_form("body", source), stored_form("body", target)
    record.save()
    assert unchanged(record, user, file_format)


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=RICH, target=RICH)
def test_any_new_rich_text_comes_in_exactly_as_it_was_written(django_user_model, file_format, source, target):
    """What another copy of the record says is taken word for word, tag for tag, or refused: never altered."""
    record, user = kept(django_user_model)
    record.body_en, record.body_ko = stored_form("body", f"<p>Text</p>{source}"), ""
    record.save()
    sent = stored_form("body", carried(target))
    (entry,) = [entry for entry in entries_of([record], "ko") if entry.key.field == "body"]
    content = FORMATS[file_format].write([replace(entry, target=sent)], "ko")
    (row,) = rows_of(read_file(content), user)
    assert row.text in {"", sent}
    assert row.text or row.why or not sent


def kept(users):
    """One record and one editor for every example."""
    user = users.objects.filter(username="keeper").first() or staff(
        "keeper", "opportunities.change_opportunity"
    )
    return Opportunity.objects.filter(slug="kept").first() or opportunity("kept"), user


def stored_form(name, text):
    """As the database would give it back: without what it cannot hold."""
    return Opportunity._meta.get_field(name).normalise(text.encode(errors="ignore").decode())
