"""Files that come back: which format they are in, and whether they are safe to read. What is not is refused with a
sentence before anything reads it."""

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from publishing import languages

MOST_BYTES = 20 * 1024 * 1024
MOST_TEXTS = 20_000
MOST_PARTS = 300
MOST_UNPACKED = 80 * 1024 * 1024
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DOCUMENT_TYPE = re.compile("<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
UNICODE_MARKS = [  # the longer first: one begins with the other
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_LARGE = (
    f"The file is larger than {MOST_BYTES // 1024 // 1024} MB, so it was not read. Send fewer texts at once."
)


class FileRefused(ValidationError):
    """The file cannot be read, or is not safe to: nothing of it was taken."""


@dataclass(frozen=True)
class Returned:
    """One text as it stands in a file. `fault`: why this one cannot be taken."""

    key: str
    source: str
    target: str
    state: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Arrival:
    """What a file holds: texts in one language."""

    language: str
    texts: list


def kind_of(content):
    """XLSX or XLIFF, by what the file holds; its name decides nothing."""
    if content.startswith(ZIP):
        return "xlsx"
    if content.startswith(OLD_OFFICE):
        raise FileRefused(
            "This is an Excel file of the old kind, or one with a password. Save it as .xlsx without a password."
        )
    if not content.strip():
        raise FileRefused("The file is empty.")
    return "xliff"


def xml_text(content, name="The file"):
    """An XML document as text, without its declaration. Only UTF-8 and UTF-16, and no document type, with which
    entities could be defined."""
    encoding = next((encoding for mark, encoding in UNICODE_MARKS if content.startswith(mark)), "")
    declared = DECLARED.match(content)
    if not encoding:
        encoding = declared[1].decode().lower() if declared else _unmarked(content)
    if encoding not in {
        "utf-8",
        "utf8",
        "utf-8-sig",
        "us-ascii",
        "ascii",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
    }:
        raise FileRefused(f"{name} is written in {encoding.upper()}. Save it in UTF-8.")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused(
            f"{name} holds bytes that are not {encoding.removesuffix('-sig').upper()}. Save it in UTF-8."
        ) from None
    if not text.lstrip().startswith("<"):
        raise FileRefused(f"{name} is neither XLIFF 1.2 nor a spreadsheet (.xlsx).")
    if DOCUMENT_TYPE.search(text):
        raise FileRefused(
            f"{name} has a DOCTYPE, with which a file can draw in others, so it was not read. No tool needs it: "
            "save the file without."
        )
    if "\x00" in text:
        raise FileRefused(f"{name} holds null characters, so it is damaged.")
    return DECLARATION.sub("", text, count=1)


def _unmarked(content):
    """UTF-16 without a mark shows by where the null bytes stand."""
    if content[:2] == b"<\x00":
        return "utf-16-le"
    return "utf-16-be" if content[:2] == b"\x00<" else "utf-8"


def checked_archive(content):
    """A spreadsheet as a file to read, once its parts are known to be of a sane size and without a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise FileRefused(
                    "The spreadsheet unpacks to far more than any list of texts, so it was not read."
                )
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    xml_text(archive.read(part), "The spreadsheet")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise FileRefused("The spreadsheet is damaged or has a password, so it cannot be read.") from error
    return io.BytesIO(content)


def language_of(tag):
    """The site's language that a file names: ko, ko-KR and KO are Korean."""
    wanted = (tag or "").strip().lower().replace("_", "-")
    codes = {code.lower(): code for code in languages.codes()}
    if wanted in codes:
        return codes[wanted]
    return codes.get(wanted.split("-")[0]) or next(
        (code for lower, code in codes.items() if lower.split("-")[0] == wanted), None
    )


def target_language(tags):
    """The one language that the texts of a file are in."""
    found = {language_of(tag) or tag for tag in tags}
    if len(found) != 1:
        raise FileRefused("The file holds several target languages. Bring each back in a file of its own.")
    (code,) = found
    if code == languages.SOURCE or code not in languages.codes():
        names = ", ".join(languages.translations())
        shown = (code or "none")[:20]
        raise FileRefused(f"The target language of the file is “{shown}”; this site translates into {names}.")
    return code


def require_source(tags):
    if any(language_of(tag) != languages.SOURCE for tag in tags):
        raise FileRefused(f"The source language of the file is not “{languages.SOURCE}”.")
