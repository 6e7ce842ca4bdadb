"""python -m bench: prepares the databases, measures, prints the table. True only when every mark is met."""

import argparse
import statistics
import sys

from bench import report
from bench.folders import Folder, say
from lcr_crm import postgres

ROUNDS = 3


def arguments():
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--small", type=int, default=10_000, help="enquiries of the small database")
    parser.add_argument("--large", type=int, default=1_000_000, help="enquiries of the large one")
    parser.add_argument("--rows", type=int, default=500_000, help="rows of the exports")
    parser.add_argument("--only", choices=["lists", "exports", "reports"], help="one part")
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    parser.add_argument("--folder", default=postgres.var_dir() / "bench")
    return parser.parse_args()


def main():
    asked = arguments()
    small, large = Folder(asked.folder, asked.small), Folder(asked.folder, asked.large)
    measured = []
    try:
        for folder in (small, large) if asked.only != "exports" else (large,):
            folder.prepare()
        version = large.ask("bench.state")["version"]
        if asked.only in (None, "exports"):
            say("Measuring the exports")
            rows = min(asked.rows, asked.large)
            measured += shown(report.of_exports(large.ask("bench.exports", rows, rows)))
        if asked.only in (None, "lists"):
            say("Measuring the lists")
            measured += shown(report.of_lists(*in_turn(small, large)))
        if asked.only in (None, "reports"):
            say("Measuring the reports")
            at = [folder.ask("bench.reports") for folder in (small, large)]
            measured += shown(report.of_reports(*at, (asked.small, asked.large)))
    finally:
        small.stop()
        large.stop()
    text = report.table(measured, (asked.small, asked.large), version)
    print(text)
    if asked.write:
        report.write(text)
    sys.exit(not all(row.met for row in measured))


def shown(rows):
    """Said at once: what comes next may fail."""
    for row in rows:
        say(row.line)
    return rows


def in_turn(small, large):
    """Both measured in turn several times over, so that a busy minute of the machine hits both; the median of each."""
    rounds = [(small.ask("bench.lists"), large.ask("bench.lists")) for _ in range(ROUNDS)]
    return tuple(
        {name: statistics.median(found[side][name] for found in rounds) for name in rounds[0][side]}
        for side in (0, 1)
    )


if __name__ == "__main__":
    main()
