import os
import sys
import tempfile
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from reports import packs
from reports.models import BoardPack
from reports.operator import operator
from reports.paper.press import NoDocument

VIEW = "reports.view_boardpack"


class Command(BaseCommand):
    """A board pack as a file: the document of a member of staff, with their rights and logged as theirs, or of whoever
    works at the machine's command line."""

    help = "Makes a board pack (PDF), whole or not at all."

    def add_arguments(self, parser):
        parser.add_argument("pack", help="its name or its number")
        parser.add_argument("--output", metavar="FILE", required=True, help="- is standard output")
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="for whom: their rights hold, and the log names them; without it nothing is left out, and the log "
            "names the machine's account",
        )

    def handle(self, *args, pack, output, by, verbosity, **options):
        try:
            made = packs.make(_pack(pack), by=_user(by) if by else operator())
        except (packs.NotPossible, NoDocument) as refusal:
            raise CommandError(str(refusal)) from None
        _write(made.content, output)
        if verbosity:
            left_out = f", {len(made.left_out)} reports left out" if made.left_out else ""
            self.stderr.write(f"{made.rows:,} rows written{left_out}: complete.")


def _user(username):
    user = get_user_model().objects.filter(username=username, is_active=True, is_staff=True).first()
    if user is None or not user.has_perm(VIEW):
        raise CommandError(f"{username} may not make board packs.")
    return user


def _pack(said):
    """By name, or by number where no pack has that name."""
    found = list(BoardPack.objects.filter(name=said, retired_at=None)[:2])
    if not found and said.isdecimal():
        found = list(BoardPack.objects.filter(pk=int(said)))
    if len(found) != 1:
        raise CommandError(f"{'Several packs are' if found else 'There is no pack'} called “{said}”.")
    return found[0]


def _write(content, output):
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(output)
    try:
        number, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise CommandError(f"No file can be written at {output}: {error.strerror}.") from None
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
