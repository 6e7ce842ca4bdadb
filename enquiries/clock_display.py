"""How an enquiry's clock stands, in word and shape."""

from publishing.desk.display import moment, tag


def due_tag(enquiry, now, clock):
    if enquiry.due_at is None:
        return tag(enquiry.get_state_display())
    return tag("Late" if enquiry.due_at <= now else moment(enquiry.due_at), "late" if enquiry.due_at <= now else "plain")
