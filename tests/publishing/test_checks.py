"""The system checks that keep a new kind of record inside the wall."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from publishing import checks
from publishing.models import Publishable


def errors_of(monkeypatch, model):
    monkeypatch.setattr(checks, "publishable_models", lambda: [model])
    return [error.id for error in checks.publishable_models_are_registered(None)]


@isolate_apps("publishing")
def test_a_record_that_is_not_registered_for_translation_is_refused(monkeypatch):
    class Silent(Publishable):
        class Meta(Publishable.Meta):
            app_label = "publishing"

    assert errors_of(monkeypatch, Silent) == ["publishing.E001"]


@isolate_apps("publishing")
def test_a_record_that_loses_the_english_title_constraint_is_refused(monkeypatch):
    class Careless(Publishable):
        class Meta:
            app_label = "publishing"

    assert "publishing.E002" in errors_of(monkeypatch, Careless)


@isolate_apps("publishing")
def test_a_record_whose_required_text_is_not_translated_is_refused(monkeypatch):
    class Half(Publishable):
        body = models.TextField()
        required_texts = ("title", "body")

        class Meta(Publishable.Meta):
            app_label = "publishing"

    assert "publishing.E001" in errors_of(monkeypatch, Half)


@pytest.mark.parametrize("model", checks.publishable_models(), ids=lambda model: model._meta.label)
def test_every_record_of_the_house_passes(monkeypatch, model):
    assert errors_of(monkeypatch, model) == []
