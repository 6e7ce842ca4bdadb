"""Mails as they come in, for tests of what is uploaded."""

import base64

from django.core.files.uploadedfile import SimpleUploadedFile

UPLOAD = "/admin/enquiries/enquiry/upload/"
SERVER = "mx.example.org"
RECEIVED = (
    "from out.sorae.example (1.2.3.4) by mx.example.org with ESMTPS id 7; Mon, 16 Nov 2026 09:30:00 +0000"
)


def mail(text="Is there land by the river?", *, charset="utf-8", more="", received=RECEIVED, **headers):
    """A plain mail; headers are given by name, with _ for -. One given as None is left out."""
    usual = {
        "Received": received,
        "From": "Mette Holm <mette.holm@kjellerup.example>",
        "To": "investor-desk@example.org",
        "Subject": "Land by the river",
        "Date": "Mon, 16 Nov 2026 09:29:00 +0000",
        "Message-ID": "<first@kjellerup.example>",
        "Content-Type": f"text/plain; charset={charset}",
        "Content-Transfer-Encoding": "8bit",
    }
    usual |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in usual.items() if value is not None]
    head = "\r\n".join([*lines, *filter(None, [more])])
    return head.encode() + b"\r\n\r\n" + (text if isinstance(text, bytes) else text.encode(charset))


def word(text, charset):
    """An encoded word of a header."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def bounce(message_id, action="failed", **headers):
    """A mail server's report on a mail of ours."""
    parts = [
        "--B\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.",
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.sorae.example\r\n\r\n"
        f"Final-Recipient: rfc822; gone@sorae.example\r\nAction: {action}\r\nStatus: 5.1.1",
        f"--B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {message_id}\r\nSubject: Our reply\r\n\r\nHello.",
        "--B--",
    ]
    usual = {
        "Content_Type": 'multipart/report; report-type=delivery-status; boundary="B"',
        "From": "MAILER-DAEMON@mx.sorae.example",
        "Subject": "Undelivered Mail Returned to Sender",
        "Message_ID": "<bounce@mx.sorae.example>",
        "Auto_Submitted": "auto-replied",
    }
    return mail("\r\n".join(parts), **usual | headers)


def upload(client, raw, name="mail.eml", **more):
    """Upload a file as the page does, and follow where it leads."""
    data = {"file": SimpleUploadedFile(name, raw, "message/rfc822")} | more
    return client.post(UPLOAD, data, follow=True)
