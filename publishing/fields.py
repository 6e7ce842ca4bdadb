"""Text fields that keep their value in normal form, whichever way it is written: form, save, update() or lookup."""

from django.db import models

from .normal_form import normal_html, normal_line, normal_prose


class NormalForm:
    """Normalises in `get_prep_value`, which save(), update(), bulk_create() and lookups all pass through."""

    normalise = staticmethod(normal_line)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.normalise(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.normalise(value)
            setattr(model_instance, self.attname, value)
        return value


class LineField(NormalForm, models.CharField):
    """One line of text."""


class ProseField(NormalForm, models.TextField):
    """Several lines of plain text; an empty line parts paragraphs."""

    normalise = staticmethod(normal_prose)


class RichTextField(NormalForm, models.TextField):
    """Sanitised HTML."""

    normalise = staticmethod(normal_html)
