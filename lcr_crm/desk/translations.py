"""Which records have texts to translate, or to translate again: a panel for every language that the user translates."""

from django.contrib.contenttypes.models import ContentType
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.text import capfirst

from lcr_crm.desk.parts import Panel, Row, Sum
from publishing import languages
from publishing.desk.display import missing_count, stale_count
from publishing.desk.translations import desk_address
from publishing.translations.overview import TO_DO, Selection, counts_by_state, rows_of, texts_for
from publishing.translations.state import MISSING, STALE

MOST_SHOWN = 6


def to_bring_up_to_date(user):
    """Two queries a language. The sums are those of the list that the panel leads to."""
    texts = {code: texts_for(user, language=code) for code in languages.translations()}
    return [_panel(Selection(found, condition=TO_DO), code) for code, found in texts.items() if found]


def _panel(selection, code):
    name, counts = languages.english_name(code), counts_by_state(selection)
    return Panel(
        key=f"translations-{code}",
        title=f"{name} to bring up to date",
        rows=[_row(found, code) for found in rows_of(selection)[:MOST_SHOWN]],
        empty=f"Every text stands in {name}, made from its present {languages.english_name(languages.SOURCE)}.",
        more_url=f"{reverse('admin:translations')}?language={code}",
        more_label=f"All translations into {name}",
        sums=[_sum(counts[state].texts, state) for state in (STALE, MISSING)] if counts[""].records else [],
    )


def _sum(count, word):
    return Sum(count, f"text{pluralize(count)} {word}")


def _row(found, code):
    model = ContentType.objects.get_for_id(found["text_kind"]).model_class()
    return Row(
        url=desk_address(model(pk=found["pk"]), code),
        title=found["record_name"],
        sub=capfirst(model._meta.verbose_name),
        tags=[
            made(count)
            for made, count in ((stale_count, found["stale_texts"]), (missing_count, found["missing_texts"]))
            if count
        ],
    )
