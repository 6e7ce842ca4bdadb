"""Sets a document, in a process of its own: the typesetter keeps all that it has laid out, and a long report would stay
in the memory of whoever asked for it."""

import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

from reports.paper.glyphs import TAGGED, fonts

PAPER = Path(__file__).resolve().parent
ROOT = PAPER.parents[1]
LONGEST = 300  # seconds for 2,000 records on a busy machine
SAID = 300  # characters of what the typesetter says
GAVE_UP = "The PDF could not be made, and the fault has been noted. Take the CSV, which holds the same rows."
TOO_SLOW = (
    "The PDF took too long, so it was given up. Ask for less, or take the CSV, which holds the same rows."
)

logger = logging.getLogger(__name__)


class NoDocument(Exception):
    """There is none. The message is for whoever asked, at the desk, and says what to do."""


class NotSet(NoDocument):
    """The typesetter gave up, or was not ready in time. What it says of that goes to the log."""


def set_document(facts, moment):
    """The bytes of the document. `facts` is JSON, which typst shows and never reads."""
    command = [sys.executable, "-m", __name__, f"{moment.timestamp():.0f}"]
    try:
        done = subprocess.run(
            command, input=facts.encode(), capture_output=True, cwd=ROOT, timeout=LONGEST, check=True
        )
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.error("The typesetter gave up: %s", said[:SAID])
        raise NotSet(GAVE_UP) from None
    except subprocess.TimeoutExpired:
        raise NotSet(TOO_SLOW) from None
    return done.stdout


def main():
    content = typst.compile(
        PAPER / "paper.typ",
        root=PAPER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"facts": sys.stdin.buffer.read().decode()},
        pdf_standards=TAGGED,
        timestamp=datetime.fromtimestamp(int(sys.argv[1]), UTC),
    )
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
