from modeltranslation.translator import TranslationOptions, register

from . import models


@register(models.Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "role")


@register(models.Person)
class PersonTranslation(TranslationOptions):
    fields = ("honorific",)


@register(models.Appointment)
class AppointmentTranslation(TranslationOptions):
    fields = ("title",)


@register(models.DelegationVisit)
class DelegationVisitTranslation(TranslationOptions):
    fields = ("title", "outcomes")


@register(models.VisitStop)
class VisitStopTranslation(TranslationOptions):
    fields = ("purpose",)


@register(models.Memorandum)
class MemorandumTranslation(TranslationOptions):
    fields = ("title", "summary", "fields_of_work", "exchanges")
