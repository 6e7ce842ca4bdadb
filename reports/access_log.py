"""What the web server writes down of the reads of public pages, one line each: when, which page, campaign, referring
host. Whoever reads is not written down at all: no address, no browser, no query, no token.

Loaded by the web server's own logging (`lcr_crm/web_log.py`), before Django is.
"""

import logging
import re
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from crawlerdetect import CrawlerDetect

# What the web server hands over of each request; the filter below takes from it what may be kept.
FORMAT = (
    "%(method)s %(status)d %(path)s %(query_string)s "
    "%(header{referer})s %(header{host})s %(header{user-agent})s %(header{purpose})s %(header{sec-purpose})s"
)
REFERRER, HOST, BROWSER, PURPOSE, SEC_PURPOSE = (f"_h{place}" for place in range(5))
NONE = "-"  # the server's word for a header that was not sent
READ = {200, 304}
PAGE = re.compile(r"/[a-z]{2,3}(-[a-z0-9]+)*/([^\s?#]*/)?", re.IGNORECASE)
NO_PAGE = {"preview", "thanks", "feed"}  # parts of a path: made for one reader, or for a program
LONGEST_PATH, LONGEST_CAMPAIGN, LONGEST_HOST = 300, 100, 253
FIELDS = 4


class ReadsOfPages(logging.Filter):
    """Lets through the reads of public pages by people, cut down to what is counted."""

    def filter(self, record):
        request = record.args
        if not isinstance(request, dict) or not is_read(request):
            return False
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        record.msg = "\t".join(
            [
                when,
                _clean(request["path"]),
                campaign(request["query_string"])[:LONGEST_CAMPAIGN],
                referring_host(request[REFERRER], request[HOST])[:LONGEST_HOST],
            ]
        )
        record.args = ()
        return True


def is_read(request):
    """Whether a person has read a public page."""
    path = request["path"]
    return (
        request["method"] == "GET"
        and request["status"] in READ
        and len(path) <= LONGEST_PATH
        and PAGE.fullmatch(path) is not None
        and not NO_PAGE.intersection(path.split("/"))
        and not any("prefetch" in request[header].lower() for header in (PURPOSE, SEC_PURPOSE))
        and not is_robot(request[BROWSER])
    )


@lru_cache(maxsize=4096)
def is_robot(browser):
    """A program that says so, or that does not say what it is."""
    return browser in ("", NONE) or CrawlerDetect(user_agent=browser).isCrawler()


def campaign(query):
    return (
        _clean(parse_qs(query, max_num_fields=50).get("utm_campaign", [""])[0])
        if "utm_campaign" in query
        else ""
    )


def referring_host(referrer, own_host):
    """The host whose page led here; empty for none and for our own."""
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return "" if host == own_host.partition(":")[0].lower() else _clean(host)


def _clean(text):
    return "".join(character if character.isprintable() else " " for character in text)


def read(line):
    """(when, path, campaign, referring host) of a line; None where it is not one of ours."""
    parts = line.rstrip("\n").split("\t")
    if len(parts) != FIELDS:
        return None
    try:
        when = datetime.fromisoformat(parts[0])
    except ValueError:
        return None
    return (when, *parts[1:]) if when.tzinfo and PAGE.fullmatch(parts[1]) else None
