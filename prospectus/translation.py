from modeltranslation.translator import TranslationOptions, register

from . import models


@register(models.Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


@register(models.NewsItem)
class NewsItemTranslation(TranslationOptions):
    fields = ("title", "standfirst", "body")


@register(models.Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "venue", "address")
