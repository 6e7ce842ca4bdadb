"""Coverage of translations and activity of publication against a reckoning by hand."""

import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType

from publishing import languages
from publishing.models import Act
from publishing.models.publishable import column, publishable_models, translated_fields
from publishing.translations.state import states_of
from tests import factories
from tests.factories import staff, superuser
from tests.reports.asking import rows, taken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def manager():
    return staff("manager", "publishing.view_edition", "publishing.view_act")


def test_coverage_counts_each_text_as_the_translators_desk_does(manager):
    """Text by text in Python, over the committed content and records in every state."""
    stale = factories.theme("stale-theme")
    type(stale).objects.filter(pk=stale.pk).update(summary_en="The source has moved.")
    factories.theme("missing-theme", summary_ko="")
    factories.opportunity("orphan", summary_en="", summary_ko="남은 번역입니다.")
    found = {
        (row.cells[0], row.cells[1]): row.cells[3:8] for row in taken("translations", manager).content.rows
    }
    for model in publishable_models():
        records = list(model._default_manager.all())
        states = states_of(records)
        for code in languages.translations():
            by_state = Counter(
                states[record.pk][code][name] for record in records for name in translated_fields(model)
            )
            counted = [by_state[state] for state in ("current", "unreviewed", "stale", "missing")]
            label = str(model._meta.verbose_name_plural)
            key = (label[0].upper() + label[1:], languages.english_name(code))
            assert found[key] == (sum(counted), *counted), key


def test_the_totals_of_coverage_are_the_sums_of_its_rows(manager):
    table = taken("translations", manager).content
    for place in [*range(2, 8), 9, 10]:
        assert table.totals.cells[place] == sum(row.cells[place] for row in table.rows)
    assert table.totals.cells[8] == table.totals.cells[4] / table.totals.cells[3]


def test_every_figure_of_coverage_leads_to_as_many_rows(client):
    factories.theme("missing-theme", summary_ko="")
    editor = superuser()
    client.force_login(editor)
    table = taken("translations", editor).content
    for row in table.rows:
        for key, address in row.links.items():
            page = client.get(address)
            assert page.context["page"].paginator.count == table.cell(key, row), (row.cells, address)


def test_activity_counts_acts_of_the_period_by_verb(manager):
    theme = factories.theme()
    kind = ContentType.objects.get_for_model(theme)
    verbs, made = list(Act.Verb), []
    at = datetime(2025, 3, 30, tzinfo=UTC)
    for number in range(90):
        act = Act(
            act=uuid.uuid4(),
            record_type=kind,
            record_id=theme.pk,
            language="ko" if number % 4 else "en",
            verb=verbs[number % len(verbs)],
            at=at + timedelta(days=5 * number),
        )
        made.append(act)
    Act.objects.bulk_create(made)
    asked = {"period": "days", "first": "2025-04-01", "last": "2026-03-31", "now": NOW}
    start, end = datetime(2025, 3, 31, 23, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC)
    counted = [act for act in made if start <= act.at < end]
    by_verb = Counter(act.verb for act in counted)
    totals = rows("publication-activity", manager, by="month", **asked)["All"]
    assert totals == (
        len(counted),
        by_verb["edited"] + by_verb["minor edit"] + by_verb["still right"],
        by_verb["imported"],
        by_verb["submitted"],
        by_verb["approved"],
        by_verb["sent back"],
        by_verb["published"] + by_verb["scheduled"],
        by_verb["withdrawn"],
    )
    by_language = rows("publication-activity", manager, by="language", **asked)
    in_korean = sum(act.language == "ko" for act in counted)
    assert (by_language["Korean"][0], by_language["English"][0]) == (in_korean, len(counted) - in_korean)
    months = [cells[0] for label, cells in rows("publication-activity", manager, by="month", **asked).items()]
    assert len(months) == 13 and sum(months[:-1]) == months[-1] == len(counted)


def test_the_working_column_of_a_language_is_what_coverage_looks_at(manager):
    theme = factories.theme("half-theme")
    before = rows("translations", manager)["Themes"]
    type(theme).objects.filter(pk=theme.pk).update(**{column("title", "ko"): ""})
    after = rows("translations", manager)["Themes"]
    assert (after[6] - before[6], after[2] - before[2]) == (1, 0)  # one more missing, as many texts
