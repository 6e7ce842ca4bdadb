from modeltranslation.translator import TranslationOptions, register

from enquiries.models import ReplyTemplate, Sector


@register(Sector)
class SectorTranslation(TranslationOptions):
    fields = ("name",)


@register(ReplyTemplate)
class ReplyTemplateTranslation(TranslationOptions):
    fields = ("subject", "body")
