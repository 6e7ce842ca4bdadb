"""System checks that keep the wall: an unregistered or careless subclass of Publishable is refused."""

from django.core.checks import Error, register
from modeltranslation.translator import NotRegistered, translator

from publishing import languages
from publishing.models.publishable import publishable_models


@register("models")
def publishable_models_are_registered(app_configs, **kwargs):
    return [error for model in publishable_models() for error in _errors_of(model)]


def _errors_of(model):
    try:
        registered = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        registered = {}
    if not {"title", *model.required_texts} <= set(registered):
        missing = sorted({"title", *model.required_texts} - set(registered))
        yield Error(
            f"{model._meta.label} does not register {', '.join(missing)} with modeltranslation, "
            "so it would be silently in one language.",
            hint=f"Add them to the model's TranslationOptions in {model._meta.app_label}/translation.py.",
            obj=model,
            id="publishing.E001",
        )
    source_title = f"title_{languages.SOURCE}"
    if not any(source_title in str(constraint.deconstruct()) for constraint in model._meta.constraints):
        yield Error(
            f"{model._meta.label} lacks the constraint that its {languages.own_name(languages.SOURCE)} title is not "
            "empty.",
            hint="Let its Meta inherit Publishable.Meta, and add to constraints rather than replace them.",
            obj=model,
            id="publishing.E002",
        )
