from modeltranslation.translator import TranslationOptions, register

from enquiries.models import Sector


@register(Sector)
class SectorTranslation(TranslationOptions):
    fields = ("name",)
