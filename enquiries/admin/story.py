"""What happened with an enquiry, newest first: received, given, moved, said, heard, noted, merged. One list from the
rows that the verbs leave; seven queries, however long the story is."""

from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join

from enquiries.models import Enquiry
from enquiries.names import text_language
from partners.models import Interaction
from publishing.desk.display import letter, moment, tag

FROM_THEM, CONVERSATION = Interaction.Direction.FROM_THEM, Interaction.Direction.CONVERSATION
LOOKS = {
    Interaction.Channel.EMAIL: "mail",
    Interaction.Channel.TELEPHONE: "telephone",
}


class Entry(NamedTuple):
    """One thing that happened: `words` in a line, `text` beneath it as somebody wrote it, in its language."""

    at: Any
    icon: str
    tone: str
    words: str
    who: str = ""
    text: str = ""
    language: str = ""
    mark: str = ""


def story(enquiry, *, sees_people):
    """The entries. Who may not see people reads that something was said, not what."""
    entries = [
        *_received(enquiry),
        *_assignments(enquiry),
        *_moves(enquiry),
        *_contacts(enquiry, sees_people),
        *_merged(enquiry),
    ]
    if sees_people:
        entries += _notes(enquiry)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def as_html(entries):
    """The list as staff see it."""
    item = '<li class="is-{}">{}<div><p>{} {}</p><p class="quiet">{}{}</p>{}</div></li>'
    rows = (
        (
            entry.tone,
            format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"></use></svg>', entry.icon),
            entry.words,
            entry.mark,
            format_html("{} · ", entry.who) if entry.who else "",
            moment(entry.at),
            letter(entry.text, entry.language) if entry.text else "",
        )
        for entry in entries
    )
    return format_html('<ol class="timeline">{}</ol>', format_html_join("", item, rows))


def _received(enquiry):
    words = f"Received: {enquiry.get_channel_display().lower()}"
    yield Entry(enquiry.received_at, "inbox", "calm", words, enquiry.entered_by or "")
    if enquiry.held_at:
        yield Entry(enquiry.held_at, "held", "soon", "Held: it may come from a robot")
    if enquiry.released_at:
        yield Entry(enquiry.released_at, "done", "good", "Released", enquiry.released_by or "")


def _assignments(enquiry):
    for row in enquiry.assignments.select_related("officer", "team", "by"):
        yield Entry(row.at, "person", "plain", str(row), row.by or "By rule", row.why)


def _moves(enquiry):
    for row in enquiry.stage_changes.select_related("by"):
        if row.from_stage:
            yield Entry(row.at, "changed", "plain", str(row), row.by or "", row.why)


def _contacts(enquiry, sees_people):
    rows = enquiry.interaction_rows.select_related("interaction__logged_by")
    for contact in (row.interaction for row in rows):
        heard = contact.direction == FROM_THEM
        words = f"{contact.get_channel_display()}, {contact.get_direction_display().lower()}"
        yield Entry(
            contact.at,
            LOOKS.get(contact.channel, "note"),
            "tide" if heard else "good" if contact.reached else "late",
            f"{words}: {contact.subject}" if sees_people else words,
            contact.logged_by or "",
            contact.notes if sees_people else "",
            text_language(contact.notes, enquiry.reply_language) if sees_people else "",
            "" if contact.reached else tag("Not reached", "late", "late"),
        )


def _notes(enquiry):
    for row in enquiry.notes.select_related("by"):
        yield Entry(row.at, "note", "plain", "Note", row.by or "", row.text)


def _merged(enquiry):
    for other in Enquiry.objects.filter(merged_into=enquiry).only("reference", "closed_at"):
        yield Entry(other.closed_at, "link", "plain", f"{other.reference} was merged into this one")
