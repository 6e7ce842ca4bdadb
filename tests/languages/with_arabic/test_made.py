"""What `make language` made, and what it left as it was."""

import json
from io import StringIO

import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from modeltranslation.translator import translator

from opportunities.models import Opportunity
from publishing.models import Edition
from publishing.models.publishable import publishable_models, translated_fields
from publishing.translations.state import MISSING
from scripts.check_messages import faults_of_file, to_translate

pytestmark = pytest.mark.django_db

CATALOGUE = settings.LOCALE_PATHS[0] / "ar" / "LC_MESSAGES" / "django.po"


def test_every_translated_field_has_an_arabic_column():
    for model in translator.get_registered_models(abstract=False):
        with connection.cursor() as cursor:
            table = connection.introspection.get_table_description(cursor, model._meta.db_table)
        columns = {column.name for column in table}
        assert {f"{name}_ar" for name in translator.get_options_for_model(model).all_fields} <= columns


def test_what_was_written_and_published_is_untouched():
    assert not Opportunity.objects.filter(title_ko=None).exists()
    assert not Opportunity.objects.exclude(title_ar=None).exists()
    assert set(Edition.objects.live().values_list("language", flat=True)) == {"en", "ko"}


def test_every_text_that_english_has_is_missing_in_arabic():
    said = StringIO()
    call_command("translations", language="ar", json=True, stdout=said)
    listed = [json.loads(line) for line in said.getvalue().splitlines()]
    assert {(row["language"], row["state"]) for row in listed} == {("ar", MISSING)}
    assert sorted((row["model"], row["slug"], row["field"]) for row in listed) == sorted(
        (model._meta.label_lower, record.slug, name)
        for model in publishable_models()
        for record in model.objects.all()
        for name in translated_fields(model)
        if getattr(record, f"{name}_en")
    )


def test_translators_of_arabic_have_its_desk_and_nothing_else():
    permissions = Group.objects.get(name="translator (Arabic)").permissions
    assert list(permissions.values_list("codename", flat=True)) == ["translate_ar"]


def test_the_catalogue_holds_every_sentence_and_counts_as_arabic_does():
    arabic, korean = polib.pofile(str(CATALOGUE)), polib.pofile(str(CATALOGUE).replace("/ar/", "/ko/"))
    assert {entry.msgid for entry in arabic} == {entry.msgid for entry in korean if not entry.obsolete}
    assert "nplurals=6" in arabic.metadata["Plural-Forms"]


def test_a_catalogue_that_is_begun_passes_the_check_and_is_counted():
    assert list(faults_of_file(CATALOGUE)) == []
    assert len(to_translate(polib.pofile(str(CATALOGUE)))) > 300


def test_system_checks_have_nothing_to_say():
    call_command("check", fail_level="WARNING", databases=["default"])
