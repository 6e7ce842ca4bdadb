"""Visitors of the public form: each sends it at a moment fixed beforehand, however the site is doing just then.

Who gets no answer, or an error, sends the same form again, as a reload does; one in ten goes away instead.
"""

import asyncio
import re
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from publishing import languages

ANSWER_WITHIN = 20  # seconds, then the connection is given up
FILLS_IN = 4  # seconds: what is sent sooner after it was opened is held as a robot's
PAUSE = 2  # until a form is sent again
GOES_AWAY = 10  # one visitor in so many does not send again
THANKS = re.compile(r"^/[\w-]+/enquire/thanks/")
HEAD_LIMIT = 64 * 1024


class NoAnswer(Exception):
    """The connection was refused, broken or silent."""


@dataclass
class Visitor:
    """One form and what came of it. `number` stands in its answers, by which it is found again."""

    number: int
    language: str
    fields: dict
    outcomes: list = field(default_factory=list)  # a status, or None for no answer
    acknowledged_after: float | None = None

    @property
    def acknowledged(self):
        return self.acknowledged_after is not None

    @property
    def goes_away(self):
        return self.number % GOES_AWAY == 0


def arrive(port, number):
    """So many visitors with a form each. The page of each language is opened once: the moment at which it was opened
    is the same for all, the key of each form is made here as the page makes it."""
    codes = languages.codes()
    started = {code: asyncio.run(_started(port, code)) for code in codes}
    return [_visitor(index, codes[index % len(codes)], started) for index in range(number)]


def _visitor(index, language, started):
    answers = {
        "given_name": "민재" if language == "ko" else "Mette",
        "family_name": "오" if language == "ko" else "Holm",
        "organisation": f"Kjellerup {index}",
        "country": "KR" if language == "ko" else "DK",
        "email": address_of(index),
        "reply_language": language,
        "plans": f"{index}: 머지 조력발전의 협력 절차를 알고 싶습니다."
        if language == "ko"
        else f"{index}: grid?",
    }
    hidden = {"submission_key": str(uuid.uuid4()), "started": started[language], "page": ""}
    return Visitor(index, language, answers | hidden)


def address_of(number):
    return f"visitor{number}@kjellerup.example"


async def _started(port, language):
    status, _, page = await _ask(port, "GET", f"/{language}/enquire/")
    assert status == 200
    return re.search(r'name="started" value="([^"]*)"', page)[1]


async def send_all(port, visitors, rate, patience):
    """Each visitor at its moment, `rate` a second; ends when the last has been answered or has gone away, and in any
    case `patience` seconds after the last was due."""
    begun = time.monotonic() + FILLS_IN
    deadline = begun + len(visitors) / rate + patience
    await asyncio.gather(
        *(_send(port, visitor, begun + index / rate, deadline) for index, visitor in enumerate(visitors))
    )


async def _send(port, visitor, due, deadline):
    await asyncio.sleep(max(0, due - time.monotonic()))
    while True:
        try:
            status, location, _ = await _ask(port, "POST", f"/{visitor.language}/enquire/", visitor.fields)
        except NoAnswer:
            status, location = None, ""
        visitor.outcomes.append(status)
        if status == 303 and THANKS.match(location):
            visitor.acknowledged_after = time.monotonic() - due
            return
        if visitor.goes_away or time.monotonic() + PAUSE > deadline:
            return
        await asyncio.sleep(PAUSE)


async def _ask(port, method, path, fields=None):
    """(status, Location, body) of one request on a connection of its own."""
    body = urlencode(fields or {}).encode()
    head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", ""]
    writer = None
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=HEAD_LIMIT)
            writer.write("\r\n".join(head).encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            page = await reader.read() if method == "GET" else b""
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise NoAnswer from error
    finally:
        if writer:
            writer.close()
    first, *headers = answer.decode("latin-1").split("\r\n")
    location = next((line[9:].strip() for line in headers if line.lower().startswith("location:")), "")
    return int(first.split()[1]), location, page.decode()
