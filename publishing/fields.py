"""Text fields that keep their value in normal form, whichever way it is written: form, save, update() or lookup."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from publishing.text.normal_form import normal_html, normal_line, normal_prose
from publishing.text.tokens import FIGURE, SETTING, damaged_in, keys_of, tokens_of

UNKNOWN = {
    FIGURE: "There is no figure “{key}” for {token}. Choose one from the list of figures, or add the figure first.",
    SETTING: "“{key}” is not a setting that this text may name: {token}.",
}


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


class WithoutTokens:
    """Text that pages show as it stands: a token in it would be read as braces."""

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        for token in dict.fromkeys(tokens_of(value)):
            raise ValidationError(
                f"{token} works in the body of a record only. Write the words themselves here."
            )


class LineField(WithoutTokens, NormalForm, models.CharField):
    """One line of text."""


class ProseField(WithoutTokens, NormalForm, models.TextField):
    """Several lines of plain text; an empty line parts paragraphs."""

    normalise = staticmethod(normal_prose)


class RichTextField(NormalForm, models.TextField):
    """Sanitised HTML with tokens (publishing.text.tokens).

    `figures` names the model whose rows {{figure:key}} may name, as a foreign key names its own ("app.Model");
    `settings` are the names that {{setting:name}} may name. A text that names anything else is refused in every form.
    """

    normalise = staticmethod(normal_html)

    def __init__(self, *args, figures="", settings=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.figures, self.settings = figures, frozenset(settings)

    def figure_rows(self):
        """The figures that a text may name; no rows where it may name none."""
        return apps.get_model(self.figures)._default_manager.all() if self.figures else []

    def unknown_tokens(self, text):
        """The tokens of a text that stand for nothing, each once."""
        named = keys_of(FIGURE, [text]) if self.figures else set()
        figures = (
            set(self.figure_rows().filter(key__in=named).values_list("key", flat=True)) if named else set()
        )
        known = {FIGURE: figures, SETTING: self.settings}
        return [token for token in dict.fromkeys(tokens_of(text)) if token.key not in known[token.kind]]

    def to_python(self, value):
        """What a form sent is judged as it will be stored: an empty paragraph is no text."""
        value = super().to_python(value)
        return self.normalise(value) if isinstance(value, str) else value

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        refuse_tokens(damaged_in(value), self.unknown_tokens(value))


def refuse_tokens(damaged, unknown):
    """One sentence for each token at fault."""
    sentences = [
        f"“{words}” is not a whole token. Write it in one piece, as {{{{figure:key}}}}, with nothing in it bold "
        "or linked, or choose the figure from the list."
        for words in dict.fromkeys(damaged)
    ]
    sentences += [UNKNOWN[token.kind].format(token=token, key=token.key) for token in unknown]
    if sentences:
        raise ValidationError(sentences, code="tokens")
