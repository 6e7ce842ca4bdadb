"""Replaced by the preview page."""

from django.http import Http404


def preview_page(model_admin, request, pk):
    raise Http404(pk)
