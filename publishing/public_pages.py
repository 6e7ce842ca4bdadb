"""What every public page knows of its languages: its own, where the switcher leads, which alternates to announce."""

from dataclasses import dataclass

from django.conf import settings

from publishing import languages


@dataclass(frozen=True)
class LanguageChoice:
    """One entry of the switcher. It leads to the same page; `fallback` says that the page is not readable in that
    language and shows the source text instead, so the reader knows before the click."""

    code: str
    name: str
    url: str
    current: bool
    fallback: bool


def address_in(request, language):
    """The same address in another language, query included."""
    rest = request.get_full_path().lstrip("/").split("/", 1)
    return f"/{language}/{rest[1] if len(rest) > 1 else ''}"


def page_context(request, readable_in=None):
    """Context of a public page. `readable_in`: codes in which its record is readable; every language when left out."""
    current = request.LANGUAGE_CODE
    readable = set(languages.codes() if readable_in is None else readable_in)
    switcher = [
        LanguageChoice(code, name, address_in(request, code), code == current, code not in readable)
        for code, name in settings.LANGUAGES
    ]
    path = request.path.lstrip("/").split("/", 1)[-1]
    return {
        "page_language": current,
        "page_direction": languages.direction(current),
        "switcher": switcher,
        "is_fallback": current not in readable,
        "source_language": languages.SOURCE,
        "alternates": [
            (code, f"{settings.SITE_URL}/{code}/{path}") for code in languages.codes() if code in readable
        ],
        "canonical": f"{settings.SITE_URL}{request.path}",
        "contact_email": settings.CONTACT_EMAIL,
    }
