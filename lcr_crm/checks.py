"""System checks of the ground: a database that can read Korean, and no placeholder on a public site."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

DATABASE_HINT = (
    "Make a new database and load a dump into it: CREATE DATABASE lcr_crm TEMPLATE template0 ENCODING 'UTF8' "
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'; then let DATABASE_URL name it."
)
PLACEHOLDERS = ("DATA_CONTROLLER", "DATA_CONTROLLER_ADDRESS", "DATA_PROTECTION_EMAIL", "ENQUIRY_RETENTION")
ADDRESSES = ("DEFAULT_FROM_EMAIL", "OFFICERS_EMAIL")


@register(Tags.database)
def database_reads_korean(app_configs, databases, **kwargs):
    """In a database that knows no letters but ASCII, Korean trigrams are empty and searches find nothing, silently."""
    return [error for alias in databases or () for error in _database_errors(alias)]


def _database_errors(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), coalesce(to_jsonb(d) ->> 'datlocale', datctype) "
            "FROM pg_database d WHERE datname = current_database()"
        )
        encoding, locale = cursor.fetchone()
        cursor.execute(r"SELECT chr(44032) ~ '^\w$'" if encoding == "UTF8" else "SELECT false")
        (korean_is_letters,) = cursor.fetchone()
    if encoding != "UTF8":
        yield Error(
            f"The database has the encoding {encoding}; Korean needs UTF8.",
            hint=DATABASE_HINT,
            id="lcr_crm.E001",
        )
    elif not korean_is_letters:
        yield Error(
            f"The database has the LC_CTYPE {locale}, in which Korean syllables are not letters: "
            "search in Korean would find nothing.",
            hint=DATABASE_HINT,
            id="lcr_crm.E002",
        )


@register(deploy=True)
def no_placeholders(app_configs, **kwargs):
    for name in PLACEHOLDERS:
        if getattr(settings, name).startswith("["):
            yield Error(
                f"{name} is still a placeholder: {getattr(settings, name)}",
                hint=f"Set the environment variable {name}; docs/settings.md says to what.",
                id="lcr_crm.E003",
            )
    for name in ADDRESSES:
        if getattr(settings, name).endswith("@example.org"):
            yield Error(
                f"{name} is still the example {getattr(settings, name)}",
                hint=f"Set the environment variable {name} to an address of your own.",
                id="lcr_crm.E004",
            )
    if not settings.EMAIL_HOST:
        yield Error(
            f"Mail is written to {settings.EMAIL_FILE_PATH} and reaches nobody.",
            hint="Set EMAIL_HOST (and EMAIL_HOST_USER, EMAIL_HOST_PASSWORD) to your mail server.",
            id="lcr_crm.E005",
        )
