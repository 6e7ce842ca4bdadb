"""What the record of an enquiry shows that is read and not edited."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_info

from enquiries import countries
from enquiries.models import EnquiryConsent
from enquiries.names import text_language
from publishing.desk.display import facts, in_language, letter, moment, tag, two_lines

LABELS = {
    "mail_from": "From",
    "mail_to": "To",
    "mail_subject": "Subject",
    "mail_date": "Date, as the sender wrote it",
    "mail_attachments": "Attachments",
    "mail_text": "Text of the mail",
    "channel": "How it came",
    "received_at": "Received",
    "opportunities": "Opportunities",
    "plans": "Plans",
    "family_name": "Family name",
    "given_name": "Given name",
    "job_title": "Job title",
    "organisation": "Organisation",
    "country": "Country",
    "website": "Website",
    "sectors": "Sectors",
    "email": "E-mail",
    "telephone": "Telephone",
    "reply_language": "Answer in",
    "how_heard": "How they heard",
    "consent_email": "News by e-mail",
    "consent_telephone": "News by telephone",
    "consent_wording": "Words in which it was asked",
}


class RecordDisplay:
    """Read-only parts of the record page; mixed into its admin."""

    @admin.display(description="")
    def as_submitted(self, enquiry):
        """Name by name what the investor sent, whatever was corrected since."""
        language = enquiry.language
        pairs = [(label, _shown(enquiry.original.get(name), language)) for name, label in LABELS.items()]
        return facts(pairs)

    @admin.display(description="")
    def circumstances(self, enquiry):
        follows = enquiry.follows and format_html(
            '<a href="{}">{}</a>',
            reverse("admin:enquiries_enquiry_change", args=[enquiry.follows_id]),
            enquiry.follows.reference,
        )
        campaign = " / ".join(filter(None, [enquiry.utm_source, enquiry.utm_medium, enquiry.utm_campaign]))
        return facts(
            [
                ("Received", moment(enquiry.received_at, seoul=True)),
                ("Answer promised by", moment(enquiry.promised_by, seoul=True)),
                ("Language of the form", get_language_info(enquiry.language)["name"]),
                ("Channel", enquiry.get_channel_display()),
                ("Entered", enquiry.entered_by and two_lines(enquiry.entered_by, moment(enquiry.created_at))),
                ("Country", countries.name(enquiry.country) if enquiry.country else ""),
                ("Follows", follows and format_html("{} ({})", follows, enquiry.follows_why.lower())),
                ("Page before the form", enquiry.page),
                ("Campaign", campaign),
                ("Opened with", ", ".join(enquiry.shortlist)),
            ]
        )

    @admin.display(description="")
    def consents_given(self, enquiry):
        rows = [
            (
                EnquiryConsent.Kind(consent.kind).label,
                tag("Yes", "good", "done") if consent.given else tag("No"),
                in_language(consent.wording, consent.language),
                moment(consent.at),
            )
            for consent in enquiry.consents.all()
        ]
        return format_html_join("", "<p><b>{}</b> {}<br>{}<br>{}</p>", rows) or "None asked"

    @admin.display(description="")
    def mail_states(self, enquiry):
        rows = [
            (mail.get_kind_display(), _mail_tag(mail), mail.to, moment(mail.sent_at or mail.queued_at))
            for mail in enquiry.mails.all()
        ]
        return format_html_join("", "<p><b>{}</b> {}<br>{}<br>{}</p>", rows) or "None yet"


def _shown(value, language):
    text = ", ".join(value) if isinstance(value, list) else str(value or "")
    code = text_language(text, language)
    if "\n\n" in text:
        return letter(text, code)
    return in_language(text, code) if code != "en" else text


def _mail_tag(mail):
    if mail.sent_at:
        return tag("Sent", "good", "done")
    if mail.taken_back_at:
        return tag("Taken back", "plain", "back")
    if mail.attempts:
        return two_lines(tag(f"Not sent after {mail.attempts} attempts", "soon", "soon"), mail.last_error)
    return tag("Waiting", "plain", "clock")
