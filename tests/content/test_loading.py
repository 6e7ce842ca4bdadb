"""The command that loads the first content: once, whole, and never over a person's work."""

import threading
from io import StringIO

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, models

from lcr_crm import roles as roles_module
from lcr_crm.management.commands import load_content
from opportunities.models import Asset, Opportunity, Theme
from partners.models import Organisation
from publishing.models import Act, Edition, Provenance
from publishing.models.publishable import publishable_models, translated_fields

pytestmark = pytest.mark.django_db

PUBLISHED = (Act, Edition, Provenance)


def load():
    said = StringIO()
    call_command("load_content", stdout=said)
    return said.getvalue()


def everything():
    """Every row of the content and of what was published."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in (*load_content.content_models(), *PUBLISHED)
    }


@pytest.fixture
def empty_tables():
    """Within the test's own transaction, so the content is back after it."""
    tables = ", ".join(model._meta.db_table for model in (*load_content.content_models(), *PUBLISHED))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture
def few_fixtures(tmp_path, monkeypatch):
    """Only three of the fixtures, as copies that a test may spoil."""
    names = ("sources", "themes", "pages")
    for name in names:
        text = (load_content.FIXTURES / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(load_content, "FIXTURES", tmp_path)
    monkeypatch.setattr(load_content, "CONTENT", names)
    return tmp_path


def test_loading_again_changes_nothing():
    before = everything()
    assert "there already" in load()
    assert everything() == before


def test_what_a_person_changed_survives_loading_again():
    Opportunity.objects.filter(slug="ruedi").update(title_ko="바꾼 제목", value_max=None)
    Organisation.objects.filter(key="uniform").delete()
    load()
    changed = Opportunity.objects.get(slug="ruedi")
    assert (changed.title_ko, changed.value_max) == ("바꾼 제목", None)
    assert not Organisation.objects.filter(key="uniform").exists()


def test_one_row_is_enough_to_keep_content_out(empty_tables):
    Theme.objects.create(slug="only-one", title_en="Only one", summary_en="By hand.")
    assert "there already" in load()
    assert Theme.objects.count() == 1
    assert not Asset.objects.exists()


def test_an_empty_database_receives_content_and_publishes_it(empty_tables, few_fixtures):
    said = load()
    assert "4 themes" in said
    assert "22 texts published" in said  # themes and pages, in two languages
    assert set(Edition.objects.values_list("number", "note", "by")) == {(1, "First content", None)}


def test_a_load_that_fails_leaves_nothing(empty_tables, few_fixtures):
    pages = few_fixtures / "pages.yaml"
    pages.write_text(
        pages.read_text(encoding="utf-8").replace("body_en:", "no_such_field:"), encoding="utf-8"
    )
    Group.objects.filter(name="viewer").delete()
    with pytest.raises(Exception, match="no_such_field"):
        load()
    assert not any(model._base_manager.exists() for model in (*load_content.content_models(), *PUBLISHED))
    assert not Group.objects.filter(name="viewer").exists()


def test_a_role_that_names_an_unknown_permission_stops_the_load(tmp_path, monkeypatch):
    roles = tmp_path / "roles.yaml"
    text = roles_module.ROLES.read_text(encoding="utf-8")
    roles.write_text(text.replace("view_theme,", "no_such_permission,"), encoding="utf-8")
    monkeypatch.setattr(roles_module, "ROLES", roles)
    with pytest.raises(Exception, match="Permission"):
        load()


def test_a_second_load_waits_for_the_first():
    said = []

    def load_in_another_connection():
        try:
            said.append(load())
        finally:
            connection.close()

    settings = connection.get_connection_params()
    names = {
        name: settings[name] for name in ("dbname", "host", "port", "user", "password") if settings.get(name)
    }
    with psycopg.connect(**names) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [load_content.LOCK])
        second = threading.Thread(target=load_in_another_connection)
        second.start()
        second.join(timeout=1)
        assert second.is_alive()
        first.rollback()
        second.join(timeout=30)
    assert "there already" in said[0]


def test_a_group_that_exists_is_not_overwritten():
    Group.objects.get(name="viewer").permissions.clear()
    load()
    assert not Group.objects.get(name="viewer").permissions.exists()


def test_a_group_that_is_missing_is_made_again():
    Group.objects.get(name="viewer").delete()
    Group.objects.get(name="translator (Korean)").delete()
    load()
    assert Group.objects.get(name="viewer").permissions.filter(codename="view_opportunity").exists()
    assert Group.objects.get(name="translator (Korean)").permissions.filter(codename="translate_ko").exists()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_record_is_readable(language):
    for model in publishable_models():
        assert model.objects.readable_in(language).count() == model.objects.count() > 0, model.__name__


def test_no_translation_is_stale_or_without_provenance():
    for model in publishable_models():
        for record in model.objects.all():
            notes = dict(
                Provenance.objects.filter(
                    record_type__model=model._meta.model_name, record_id=record.pk
                ).values_list("field", "made_from")
            )
            for name in translated_fields(model):
                if getattr(record, f"{name}_ko"):
                    assert notes[name] == (getattr(record, f"{name}_en") or ""), (record, name)


def test_everything_was_published_by_one_act_of_nobody():
    assert Act.objects.aggregate(acts=models.Count("act", distinct=True))["acts"] == 1
    assert set(Act.objects.values_list("verb", "by")) == {(Act.Verb.PUBLISHED, None)}
