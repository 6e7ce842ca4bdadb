"""How long reports take in this database and how much memory, each taken as its page takes it; and the one report that
has a row for each enquiry, streamed to its end."""

import json
import statistics
import time

from bench.memory import Watch
from bench.ready import set_up

ROUNDS = 3
ALL = {"period": "all"}
TABLES = {
    "enquiries-by": ALL | {"by": "country"},
    "response-times": ALL | {"by": "quarter"},
    "unanswered-by": {},
    "funnel": ALL | {"by": "source"},
    "pipeline": {"which": "all"},
}
LISTING = "enquiries"


def main():
    set_up()
    found = {name: measured(name, asked) for name, asked in TABLES.items()}
    found[f"{LISTING}, as CSV"] = streamed()
    print(json.dumps(found))


def measured(name, asked):
    """Of a report taken several times, after one that does not count."""
    return _watched(lambda: _taken(name, asked))


def streamed():
    """Of the report with a row for each enquiry, read to its end as whoever downloads it does."""
    from accounts.models import User
    from reports import catalogue, copies

    report, officer = catalogue.BY_NAME[LISTING], User.objects.get(username="sample-officer-1")

    def download():
        form = report.asking(ALL)
        form.full_clean()
        for piece in copies.begin(report, form, officer, "csv").pieces:
            _ = len(piece)

    return _watched(download)


def _taken(name, asked):
    from accounts.models import User
    from reports import catalogue
    from reports.taking import snapshot, take

    report = catalogue.BY_NAME[name]
    with snapshot() as moment:
        form = report.asking(asked, now=moment)
        form.full_clean()
        return take(report, form, User(is_superuser=True), moment=moment)


def _watched(work):
    """{seconds: the median, memory: the most above idle}."""
    seconds, memory = [], []
    for turn in range(ROUNDS + 1):
        with Watch() as watch:
            started = time.perf_counter()
            work()
            took = time.perf_counter() - started
        if turn:
            seconds.append(took)
            memory.append(watch.most)
    return {"seconds": statistics.median(seconds), "memory": max(memory)}


if __name__ == "__main__":
    main()
