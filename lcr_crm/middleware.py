from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
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


class RefuseFiles(FileUploadHandler):
    """Reads a form as far as its first file."""

    def new_file(self, *args, **kwargs):
        raise TooManyFilesSent("This page takes no file.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


class RefuseUnreadableRequestMiddleware:
    """A clear 4xx for what can only be an accident or an attack: a null character in the address, which PostgreSQL
    cannot store, a body larger than any of our forms could be, and a file for a page that takes none.

    A view marked with `accepts_file` takes one of the size it says, from signed-in staff.
    """

    forms_around_a_file = 64 * 1024

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
        accepted = getattr(view_func, "accepts_file", None)
        if accepted and request.method == "POST" and request.user.is_active and request.user.is_staff:
            too_large = int(length) > accepted.most_bytes + self.forms_around_a_file
            return accepted.too_large(request) if too_large else None
        if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The body is larger than any form of ours.")
        request.upload_handlers = [RefuseFiles(request)]
        return None
