"""Files that go with replies: which kinds, how large, how they are named, where they lie.

They are private: under a random name outside everything that is served, and handed out only to staff who may see the
enquiry. A file is what its first bytes say, not what it is called.
"""

import io
import re
import secrets
import unicodedata
import zipfile

from django.db import transaction
from django.db.models import Sum

from enquiries.models import Reply, ReplyAttachment
from enquiries.triage import NotPossible, locked

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_BYTES_A_MAIL = 10 * MEGABYTE, 20 * MEGABYTE
MOST_FILES = 20
LONGEST_NAME = 120
TOO_LARGE = f"A file may have {MOST_BYTES // MEGABYTE} MB at most. Send a link to a larger one."
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
# Kind by extension: content type, and what proves it.
KINDS = {
    "pdf": ("application/pdf", lambda content: content.startswith(b"%PDF-")),
    "png": ("image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    "docx": (f"{OFFICE}wordprocessingml.document", lambda content: _office(content, "word/")),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", lambda content: _office(content, "xl/")),
    "pptx": (f"{OFFICE}presentationml.presentation", lambda content: _office(content, "ppt/")),
    "odt": (f"{OPEN}text", lambda content: _open_document(content, "text")),
    "ods": (f"{OPEN}spreadsheet", lambda content: _open_document(content, "spreadsheet")),
    "odp": (f"{OPEN}presentation", lambda content: _open_document(content, "presentation")),
    "txt": ("text/plain", lambda content: _is_text(content)),
    "csv": ("text/csv", lambda content: _is_text(content)),
    "ics": ("text/calendar", lambda content: _is_text(content) and b"BEGIN:VCALENDAR" in content),
}


@transaction.atomic
def attach(reply, upload):
    """Keep one file with a draft."""
    locked(reply.enquiry)
    if not Reply.objects.filter(pk=reply.pk, mail__isnull=True).exists():
        raise NotPossible("The reply has been sent meanwhile. Nothing was attached.")
    name = clean_name(upload.name)
    if upload.size > MOST_BYTES:
        raise NotPossible(TOO_LARGE)
    rows = reply.attachments
    if rows.count() >= MOST_FILES:
        raise NotPossible(f"A mail takes {MOST_FILES} files at most.")
    if (rows.aggregate(all=Sum("size"))["all"] or 0) + upload.size > MOST_BYTES_A_MAIL:
        raise NotPossible(
            f"All files of a mail together may have {MOST_BYTES_A_MAIL // MEGABYTE} MB at most."
        )
    content_type = kind_of(name, upload.read())
    upload.seek(0)
    row = ReplyAttachment(
        reply=reply,
        stored_as=secrets.token_hex(24),
        name=name,
        content_type=content_type,
        size=upload.size,
    )
    row.file.save(name, upload, save=True)
    return row


@transaction.atomic
def detach(reply, attachment_id):
    """Remove one file from a draft. One that is gone already is no fault."""
    locked(reply.enquiry)
    forget(ReplyAttachment.objects.filter(reply=reply, reply__mail__isnull=True, pk=attachment_id))


def forget(attachments):
    """Delete rows, and their files once that is certain."""
    for attachment in attachments:
        storage, path = attachment.file.storage, attachment.file.name
        attachment.delete()
        transaction.on_commit(lambda storage=storage, path=path: storage.delete(path))


def clean_name(name):
    """The name as the investor sees it: without folders, signs that systems refuse, and what turns letters round."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name or "")[-1])
    name = " ".join(NOT_IN_NAMES.sub("-", UNSEEN.sub("", name)).split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not stem or not dot:
        return name[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension[:10].lower()}"


def kind_of(name, content):
    """The content type of a file that we send; anything else is refused with the reason."""
    extension = name.rpartition(".")[2].lower()
    if extension not in KINDS:
        raise NotPossible(f"“{name}” is of a kind that we do not send. We send {', '.join(sorted(KINDS))}.")
    if not content:
        raise NotPossible(f"“{name}” is empty.")
    content_type, proves = KINDS[extension]
    if not proves(content):
        raise NotPossible(
            f"“{name}” is not what its name says. Save it anew as {extension}, and attach that."
        )
    return content_type


def _members(content):
    """The names in a zip file; none where it is no zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            return found.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []


def _office(content, folder):
    """A document of that kind without macros."""
    names = _members(content)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not macros


def _open_document(content, kind):
    if "mimetype" not in _members(content):
        return False
    return f"mimetype{OPEN}{kind}".encode() in content[:200]


def _is_text(content):
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False
