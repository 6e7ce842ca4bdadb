"""Sets a document, in a process of its own: the typesetter keeps all that it has laid out, and a long report would stay
in the memory of whoever asked for it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

from reports.paper.glyphs import TAGGED, fonts

PAPER = Path(__file__).resolve().parent
ROOT = PAPER.parents[1]
LONGEST = 300  # seconds for 2,000 records on a busy machine


class NotSet(Exception):
    """The typesetter gave up. The message is its own."""


def set_document(facts, moment):
    """The bytes of the document. `facts` is JSON, which typst shows and never reads."""
    command = [sys.executable, "-m", __name__, f"{moment.timestamp():.0f}"]
    done = subprocess.run(
        command, input=facts.encode(), capture_output=True, cwd=ROOT, timeout=LONGEST, check=False
    )
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
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
