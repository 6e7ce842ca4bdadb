"""{% take_down record %}: the button that takes a record from readers at once, on any page of it."""

from django import template
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from publishing.models import Edition
from publishing.rights import may_publish

register = template.Library()


@register.inclusion_tag("admin/publishing/take_down.html", takes_context=True)
def take_down(context, record):
    """Shown to those who may publish, while anything of the record is live or scheduled. One query."""
    if record is None or not may_publish(context["request"].user, type(record)):
        return {"is_ahead": False}
    still = Q(live__upper_inf=True) | Q(live__endswith__gt=timezone.now())
    opts = record._meta
    return {
        "is_ahead": Edition.objects.of(record).filter(still, live__isempty=False).exists(),
        "action": reverse(f"admin:{opts.app_label}_{opts.model_name}_publication", args=[record.pk]),
        "csrf_token": context.get("csrf_token"),
    }
