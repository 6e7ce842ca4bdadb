"""Collects the interface's sentences into the catalogue of every translation that the settings name, and compiles them.

A language without a catalogue gets one that holds every sentence collected so far, none of them translated; that
needs no gettext. Collecting sentences that have been written since does.
"""

import os
import shutil
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import get_language_info, to_locale

from scripts.compile_messages import compile_all

NOT_OURS = [".venv", "var"]
TWO_FORMS = "nplurals=2; plural=(n != 1);"


def translations():
    return [code for code, _ in settings.LANGUAGES[1:]]


def path_of(code, folder):
    return Path(folder) / to_locale(code) / "LC_MESSAGES" / "django.po"


def plural_forms(code):
    """How the language counts, as Django's own catalogue of it says."""
    path = path_of(code, Path(django.__file__).parent / "conf" / "locale")
    return polib.pofile(str(path)).metadata.get("Plural-Forms", TWO_FORMS) if path.exists() else TWO_FORMS


def start(code, folder, pattern):
    """A catalogue with the sentences of another, the pattern. `X-Complete: no` lets `make check` pass meanwhile."""
    name, forms = get_language_info(code)["name"], plural_forms(code)
    number_of_forms = int(forms.partition("nplurals=")[2].partition(";")[0])
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.header = f"{name} of the interface. Collected and compiled by `make messages`."
    catalogue.metadata = pattern.metadata | {
        "Language-Team": name,
        "Language": to_locale(code),
        "Plural-Forms": forms,
        "X-Complete": "no",
    }
    for entry in pattern:
        if not entry.obsolete:
            catalogue.append(untranslated(entry, number_of_forms))
    path = path_of(code, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    print(f"{name}: begun with {len(catalogue)} sentences to translate, in {path}")


def untranslated(entry, number_of_forms):
    return polib.POEntry(
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgctxt=entry.msgctxt,
        msgstr_plural=dict.fromkeys(range(number_of_forms), "") if entry.msgid_plural else {},
        comment=entry.comment,
        occurrences=entry.occurrences,
        flags=[flag for flag in entry.flags if flag != "fuzzy"],
    )


def can_collect(folder):
    """Django writes what it collects to the locale/ beside the sources, and to no other."""
    return bool(shutil.which("xgettext")) and folder.resolve() == Path(settings.BASE_DIR) / "locale"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lcr_crm.settings")
    django.setup()
    folder = Path(settings.LOCALE_PATHS[0])
    there = [path_of(code, folder) for code in translations() if path_of(code, folder).exists()]
    for code in translations():
        if there and not path_of(code, folder).exists():
            start(code, folder, polib.pofile(str(there[0])))
    if can_collect(folder):
        call_command(
            "makemessages",
            locale=[to_locale(code) for code in translations()],
            no_wrap=True,
            no_obsolete=True,
            add_location="file",
            ignore_patterns=NOT_OURS,
        )
    else:
        print(
            "Sentences written since the last `make messages` were not collected: that needs gettext. "
            "Install it (apt-get install gettext), then run `make messages`."
        )
    compile_all(folder)


if __name__ == "__main__":
    main()
