"""What our own mail servers wrote into a mail: when it came in, and what they found out about its sender. Anybody can
write the rest."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BY = re.compile(r"\bby\s+([A-Za-z0-9.\-]+)")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def is_ours(host, servers):
    """Whether a host is one of our mail servers: named, or beneath a name that begins with a dot."""
    host = host.lower().rstrip(".")
    return any(
        host == server.lower() or (server.startswith(".") and host.endswith(server.lower()))
        for server in servers
    )


def received_by_us(mail, servers):
    """(moment, server) of the topmost Received header that a server of ours wrote; (None, "") where none did."""
    for value in mail.values("received"):
        written_by = BY.search(value)
        if written_by and is_ours(written_by[1], servers) and (moment := _moment(value.rpartition(";")[2])):
            return moment, written_by[1].lower()
    return None, ""


def authentication(mail, servers):
    """The Authentication-Results of a server of ours, as written. Anybody can write one that looks like ours into a
    mail, so they count only above the first line of somebody else's server after our own."""
    found, ours_seen = [], False
    for name, value in mail.headers:
        if name == "received":
            written_by = BY.search(value)
            ours = bool(written_by) and is_ours(written_by[1], servers)
            if ours_seen and not ours:
                break
            ours_seen = ours_seen or ours
        elif name == "authentication-results":
            server = value.partition(";")[0].split()
            if server and is_ours(server[0], servers):
                found.append(value)
    return "\n".join(found) if ours_seen else ""


def _moment(text):
    try:
        moment = parsedate_to_datetime(text.strip()[:100])
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment >= EARLIEST else None
