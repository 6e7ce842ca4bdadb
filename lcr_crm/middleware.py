from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.utils import translation

from publishing import languages


class LanguageOfAddressMiddleware:
    """The first part of the address decides the language: /ko/ is Korean. Everything else, /admin/ and /accounts/
    among it, runs in the source language whatever the browser says; no response varies on anything but its address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        first = request.path_info.split("/", 2)[1] if "/" in request.path_info else ""
        language = first if first in languages.codes() else languages.SOURCE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RefuseUnreadableRequestMiddleware:
    """A clear 4xx for what can only be an accident or an attack: a null character in the address, which PostgreSQL
    cannot store, and a body larger than any of our forms could be."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("A null character in the address.")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            raise BadRequest("The length of the body is not a number.")
        if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The body is larger than any form of ours.")
