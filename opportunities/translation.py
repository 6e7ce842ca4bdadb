from modeltranslation.translator import TranslationOptions, register

from . import models


@register(models.Source)
class SourceTranslation(TranslationOptions):
    fields = ("name",)


@register(models.Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(models.Site)
class SiteTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(models.Opportunity)
class OpportunityTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "sought", "timescale", "jobs_note")


@register(models.Asset)
class AssetTranslation(TranslationOptions):
    fields = ("name",)


@register(models.CaseStudy)
class CaseStudyTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "lesson")


@register(models.Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("title", "summary", "funding")


@register([models.Statistic, models.Figure])
class QuantityTranslation(TranslationOptions):
    fields = ("label",)
