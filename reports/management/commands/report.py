import os
import sys
import tempfile
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from exports.copy import broken
from publishing import languages
from reports import catalogue, copies
from reports.operator import operator
from reports.paper.press import NoDocument

STDOUT = "-"
SOME = 20  # values of a parameter that are named
EVERY = 0.5  # seconds between two notes of how far it is
BROKE_OFF = "It broke off after %s rows (%s). No file was left."
NOT_ALLOWED = "%s may not take the report “%s”."


class Command(BaseCommand):
    """A report as a file: the copy of a member of staff, with their rights and logged as theirs, or of whoever works at
    the machine's command line, who has the database anyway."""

    help = (
        "Writes a report to a file, whole or not at all. Progress goes to stderr; the exit code is 0 only when every "
        "row was written."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="as --list says")
        parser.add_argument("--list", action="store_true", help="the reports and their parameters")
        parser.add_argument("--format", choices=list(copies.TYPES), default="csv")
        parser.add_argument(
            "--param", action="append", default=[], metavar="KEY=VALUE", help="any number of times"
        )
        parser.add_argument("--language", choices=languages.codes(), default=languages.SOURCE)
        parser.add_argument("--output", metavar="FILE", help=f"{STDOUT} is standard output")
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="for whom: their rights hold, and the log names them; without it nothing is withheld, and the log "
            "names the machine's account",
        )

    def handle(self, *args, **options):
        self.quiet = options["verbosity"] == 0
        if options["list"]:
            self.say_reports()
            return
        report, language = _report(options["name"]), options["language"]
        user = _user(report, options["by"])
        form = _form(report, _given(options["param"]), language)
        output = _output(options["output"])
        copy = copies.begin(report, form, user, options["format"], language)
        try:
            if output is None:
                _to_stdout(self.counted(copy), copy)
            else:
                _to_file(self.counted(copy), output)
        except NoDocument as refusal:
            raise CommandError(str(refusal)) from None
        except Exception as error:
            raise CommandError(BROKE_OFF % (copy.log.rows, type(error).__name__)) from error
        self.say(f"\r{copy.log.rows:,} rows written: complete.\n")

    def say_reports(self):
        for report in catalogue.REPORTS:
            self.stdout.write(f"{report.name}: {report.title}. {report.about}")
            for name, field in report.asking({}).fields.items():
                usual = f" (usually {field.initial})" if field.initial not in (None, "") else ""
                self.stdout.write(f"  --param {name}={_values(field)}{usual}")

    def counted(self, copy):
        """The pieces of a copy, with how far it is said now and then."""
        said = time.monotonic()
        for piece in copy.pieces:
            yield piece
            if time.monotonic() - said > EVERY:
                said = time.monotonic()
                self.say(f"\r{copy.log.rows:,} rows so far")

    def say(self, words):
        if not self.quiet:
            self.stderr.write(words, ending="")
            self.stderr.flush()


def _report(name):
    if not name:
        raise CommandError("Say which report. --list names them.")
    if name not in catalogue.BY_NAME:
        raise CommandError(f"There is no report “{name}”. --list names them.")
    return catalogue.BY_NAME[name]


def _user(report, username):
    if not username:
        return operator()
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no member of staff “{username}”.")
    if not report.may_take(user):
        raise CommandError(NOT_ALLOWED % (username, report.title))
    return user


def _given(pairs):
    found = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or key in found:
            raise CommandError(f"“{pair}”: a parameter is written --param key=value, each once.")
        found[key] = value
    return found


def _form(report, given, language):
    form = report.asking(given, language=language)
    unknown = [name for name in given if name not in form.fields]
    if unknown:
        raise CommandError(f"The report “{report.name}” has no parameter {', '.join(unknown)}.")
    if not form.is_valid():
        faults = [f"{name}: {' '.join(errors)}" for name, errors in form.errors.items()]
        raise CommandError("\n".join(faults))
    return form


def _output(name):
    """The path to write to, None for standard output."""
    if not name:
        raise CommandError(f"Say where to: --output FILE, or --output {STDOUT} for standard output.")
    if name == STDOUT:
        return None
    path = Path(name)
    if not path.parent.is_dir() or path.is_dir():
        raise CommandError(f"No file can be written at {path}.")
    return path


def _values(field):
    """What may be given: the keys of a choice, or what it is called."""
    keys = [str(key) for key, _ in getattr(field, "choices", ()) if key not in ("", None)]
    if len(keys) > SOME:
        return "|".join([*keys[:SOME], f"… ({len(keys)} in all)"])
    return "|".join(keys) if keys else f"<{field.label}>"


def _to_file(pieces, path):
    """Written beside it under another name, and put in its place once it is whole."""
    number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.writelines(pieces)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _to_stdout(pieces, copy):
    out = sys.stdout.buffer
    try:
        out.writelines(pieces)
    except Exception:
        out.write(broken(copy.log))
        raise
    finally:
        out.flush()
