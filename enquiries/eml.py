"""Reads a mail as it came, whoever wrote it and however badly: nothing in it is believed, nothing in it can fail.

Headers are taken raw and decoded here, since what the standard library makes of a malformed one may raise. What cannot
be read is shown as a mark; the bytes themselves are kept beside (IncomingMail.raw).
"""

import base64
import binascii
import quopri
import re
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesHeaderParser, BytesParser

from enquiries.eml_text import decoded, of_html
from enquiries.forms.fields import showing_unreadable
from publishing.text.normal_form import normal_line, normal_prose

LONGEST_HEADER = 10_000
LONGEST_TEXT = 200_000
MOST_HEADERS = 500
# No mail that people write is nested deeper; one that is would take minutes to take apart.
MOST_PARTS_WITHIN, MOST_MAILS_WITHIN = 40, 20
MOST_LINES = 6_000_000
OVERLONG = re.compile(rb"(?im)^content-(?:type|disposition):(?:[^\n]{4000}|(?:[^\n]*\n[ \t]){80})")
MOST_ATTACHMENTS = 200

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an Outlook .msg begins
NOT_ONE = (
    "This is not a mail: it has no sender, no date and no subject. Save the mail as .eml and upload that."
)
IS_MSG = (
    "This is an Outlook file (.msg), which only Outlook reads. Open it in Outlook on the web or in the new Outlook, "
    "choose “…”, “Download” or “Save as”, and then “.eml”."
)
IS_EMPTY = "The file is empty. Save the mail again as .eml."
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,3000})\?=")
WORDS = re.compile(f"(?:{WORD.pattern})+".replace("(", "(?:").replace("(?:?:", "(?:"))
BETWEEN_WORDS = re.compile(r"\?=\s+=\?")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,390}>")
ADDRESS = re.compile(r"[^\s<>\"(),:;]{1,64}@[^\s<>\"(),:;@]{1,255}")
FAILED = re.compile(r"^action:\s*failed\b", re.IGNORECASE | re.MULTILINE)
ROBOTS = ("mailer-daemon@", "postmaster@")


class NotAMail(ValueError):
    """What was uploaded cannot be taken in; the sentence says why and what to do."""


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail: what it calls itself, and how large it is."""

    name: str
    content_type: str
    size: int


@dataclass
class ReadMail:
    """What a mail says, as text that can be stored and shown."""

    from_name: str = ""
    from_address: str = ""
    to: str = ""
    subject: str = ""
    date: str = ""
    message_id: str = ""
    answers: list = field(default_factory=list)  # Message-IDs, the nearest first
    text: str = ""
    attached: list = field(default_factory=list)
    reports_on: list = field(default_factory=list)  # Message-IDs of what came back
    is_report: bool = False
    has_failed: bool = False
    is_automatic: bool = False
    holds_mail: bool = False
    remarks: list = field(default_factory=list)
    headers: list = field(default_factory=list)  # (name in lower case, value) from the top

    def values(self, name):
        return [value for found, value in self.headers if found == name]


def read(raw):
    """The mail in these bytes. Raises NotAMail."""
    if not raw.strip(b"\0 \t\r\n"):
        raise NotAMail(IS_EMPTY)
    if raw.startswith(OLE):
        raise NotAMail(IS_MSG)
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    message, is_whole = _taken_apart(raw)
    mail = ReadMail(headers=_headers(message))
    if not any(mail.values(name) for name in ("from", "date", "subject", "message-id", "received")):
        raise NotAMail(NOT_ONE)
    _read_headers(mail)
    if is_whole:
        _read_parts(mail, message)
    else:
        mail.remarks.append(
            "The mail is too deeply nested or too long to be taken apart. Its original is kept: read it there."
        )
    mail.text = mail.text[:LONGEST_TEXT]
    return mail


def _taken_apart(raw):
    if _is_fit(raw):
        try:
            return BytesParser(policy=policy.compat32).parsebytes(raw), True
        except (RecursionError, ValueError, LookupError):
            pass
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw[: 1024 * 1024]), False


def _is_fit(raw):
    """Whether taking it apart takes a time that somebody can wait for."""
    lowered = raw.lower()
    depth, mails, lines = lowered.count(b"boundary="), lowered.count(b"message/"), raw.count(b"\n")
    return (
        depth <= MOST_PARTS_WITHIN
        and mails <= MOST_MAILS_WITHIN
        and lines * (depth + 1) <= MOST_LINES
        and not OVERLONG.search(raw)
    )


def _headers(message):
    pairs = list(message.raw_items())[:MOST_HEADERS]
    return [(str(name).lower(), _header(str(value))) for name, value in pairs]


def _header(value):
    """One header in plain text, on one line: encoded words decoded, and bytes that were never encoded."""
    value = value[:LONGEST_HEADER]
    if not value.isascii():
        try:
            value = decoded(value.encode("ascii", "surrogateescape"))
        except UnicodeEncodeError:  # text already
            pass
    value = WORDS.sub(_words, BETWEEN_WORDS.sub("?==?", value))
    return normal_line(showing_unreadable(value))


def _words(found):
    """Encoded words that follow each other, joined before they are read: some senders part a letter between two."""
    runs = []
    for code, way, content in WORD.findall(found[0]):
        data = _word(content, way.lower())
        if runs and runs[-1][0] == code.lower():
            runs[-1][1] += data
        else:
            runs.append([code.lower(), data])
    return "".join(decoded(data, code.partition("*")[0]) for code, data in runs)


def _word(content, way):
    if way == "q":
        return quopri.decodestring(content.replace("_", " ").encode("utf-8", "replace"))
    try:
        return base64.b64decode(content + "=" * (-len(content) % 4))
    except (binascii.Error, ValueError):
        return content.encode("utf-8", "replace")


def _first(mail, name):
    return next(iter(mail.values(name)), "")


def _read_headers(mail):
    mail.from_name, mail.from_address = name_and_address(_first(mail, "from") or _first(mail, "sender"))
    mail.to = _first(mail, "to")[:1000]
    mail.subject = _first(mail, "subject")[:400]
    mail.date = _first(mail, "date")[:100]
    mail.message_id = next(iter(MESSAGE_ID.findall(_first(mail, "message-id"))), "")
    references = (
        MESSAGE_ID.findall(_first(mail, "in-reply-to")) + MESSAGE_ID.findall(_first(mail, "references"))[::-1]
    )
    mail.answers = list(dict.fromkeys(references))[:50]
    submitted = _first(mail, "auto-submitted").lower()
    mail.is_automatic = (
        (submitted != "" and not submitted.startswith("no"))
        or bool(mail.values("x-autoreply") or mail.values("x-autorespond"))
        or _first(mail, "precedence").lower() == "auto_reply"
        or mail.from_address.lower().startswith(ROBOTS)
    )


def name_and_address(value):
    """("Mette Holm", "mette@holm.example") of a From header, as far as it has them."""
    value = value[:2000]
    found = ADDRESS.findall(value.rpartition("<")[2]) or ADDRESS.findall(value)
    address = found[0] if found else ""
    name = value.partition("<")[0] if "<" in value else value.replace(address, "", 1)
    return normal_line(name.strip().strip("\"'()").replace("\\", ""))[:200], address[:320]


def _read_parts(mail, message):
    plain, marked_up = [], []
    mail.is_report = (
        message.get_content_type() == "multipart/report"
        and "delivery-status" in str(message.get_param("report-type", "")).lower()
    )
    for part, within in _walk(message):
        kind = part.get_content_type()
        if kind == "message/rfc822" or kind == "text/rfc822-headers":
            _read_returned(mail, part, kind)
        elif kind == "message/delivery-status":
            mail.has_failed = mail.has_failed or bool(FAILED.search(_status(part)))
        elif within or part.is_multipart():
            continue
        elif kind in {"text/plain", "text/html"} and not _is_file(part):
            text = decoded(part.get_payload(decode=True) or b"", part.get_param("charset"))
            (plain if kind == "text/plain" else marked_up).append(text)
        else:
            _attach(mail, _name_of(part), kind, len(part.get_payload(decode=True) or b""))
    text = "\n\n".join(one for one in plain if one.strip())
    if not text.strip():
        text = "\n\n".join(map(of_html, marked_up))
    mail.text = normal_prose(showing_unreadable(text[: LONGEST_TEXT * 2]))
    if mail.holds_mail and not mail.is_report:
        mail.remarks.append(
            "Another mail is attached. The outer one was taken in; to take in the inner one, save it as .eml."
        )


def _walk(message, within=False):
    """Every part, and whether it belongs to a mail within the mail."""
    pending = [(message, within)]
    while pending:
        part, inside = pending.pop()
        yield part, inside
        if part.is_multipart():  # of any other, get_payload() would decode with whatever charset it names
            inner = inside or part.get_content_maintype() == "message"
            pending.extend((child, inner) for child in reversed(part.get_payload()))


def _status(part):
    fields = part.get_payload() if part.is_multipart() else [part]
    return "\n".join(f"{name}: {value}" for block in fields for name, value in block.raw_items())


def _read_returned(mail, part, kind):
    """A mail within: one that came back, or one that somebody attached."""
    if kind == "text/rfc822-headers":
        inner = BytesHeaderParser(policy=policy.compat32).parsebytes(
            (part.get_payload(decode=True) or b"")[:100_000]
        )
    else:
        inner = next(iter(part.get_payload()), None) if part.is_multipart() else None
    if inner is None:
        return
    headers = dict(reversed(_headers(inner)))
    mail.reports_on += MESSAGE_ID.findall(headers.get("message-id", ""))[:1]
    if kind == "message/rfc822":
        mail.holds_mail = True
        subject = headers.get("subject", "")
        _attach(mail, f"{subject or 'Mail'}.eml", kind, 0)


def _is_file(part):
    return "attachment" in str(part.get("content-disposition", ""))[:200].lower() or bool(part.get_filename())


def _name_of(part):
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return _header(str(name)).replace("/", "_").replace("\\", "_")


def _attach(mail, name, kind, size):
    if len(mail.attached) < MOST_ATTACHMENTS:
        mail.attached.append(Attached((name or "(no name)")[:150], showing_unreadable(kind)[:100], size))
