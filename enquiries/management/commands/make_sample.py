import time

from django.core.management.base import BaseCommand, CommandError

from enquiries.sample import refusals
from enquiries.sample.making import Making
from enquiries.sample.removing import remove as take_away

MOST = 5_000_000


class Command(BaseCommand):
    """Invented enquiries with everything that followed from them. Refuses wherever real ones could be."""

    help = (
        "Makes so many invented enquiries, with histories, contacts, mails and projects. Refuses on a server, with a "
        "mail server, on a public address, and beside enquiries that it did not make."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--enquiries", type=int, metavar="N", help="how many")
        what.add_argument("--remove", action="store_true", help="take away every sample made so far")
        parser.add_argument("--seed", type=int, default=1, help="another number, other enquiries (default 1)")
        parser.add_argument("--years", type=int, default=3, help="received over so many years (default 3)")

    def handle(self, *, enquiries, remove: bool, seed, years, verbosity, **options):
        self.quiet = verbosity == 0
        if why := refusals.reasons():
            raise CommandError("\n".join(["No sample is made or removed here.", *why]))
        if remove:
            self.say(f"Removed {take_away()} sample enquiries with all that belonged to them.\n")
            return
        if not (0 < enquiries <= MOST and 0 < years <= 20):
            raise CommandError(f"Between 1 and {MOST:,} enquiries over 1 to 20 years.")
        started = time.monotonic()
        Making(seed=seed, years=years).make(enquiries, self.counting(enquiries, started))
        seconds = time.monotonic() - started
        self.say(f"\n{enquiries:,} enquiries in {seconds:,.1f} s, {enquiries / seconds:,.0f} a second.\n")

    def counting(self, number, started):
        def say(made):
            pace = made / (time.monotonic() - started)
            self.say(f"\r{made:,} of {number:,} written, {pace:,.0f} a second", ending="")

        return say

    def say(self, words, ending=""):
        if not self.quiet:
            self.stderr.write(words, ending=ending)
            self.stderr.flush()
