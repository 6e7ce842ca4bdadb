"""Kills parts of a site, one at a time, as its seed decides."""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

LEAST_PAUSE, LONGEST_PAUSE = 1, 3  # seconds


class Killer:
    """SIGKILL for a web worker, the web server, the queue worker, the database or one of its connections, every one to
    three seconds for so long: each of them once, then at random. The end of `with` waits for the last."""

    def __init__(self, site, seed, seconds):
        self.site = site
        self.seconds = seconds
        self.random = random.Random(seed)
        self.killed = Counter()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._thread.join()

    def _run(self):
        ends = time.monotonic() + self.seconds
        order = self.random.sample(list(VICTIMS), len(VICTIMS))
        while order or time.monotonic() < ends:
            time.sleep(self.random.uniform(LEAST_PAUSE, LONGEST_PAUSE))
            self._kill(order.pop() if order else self.random.choice(list(VICTIMS)))

    def _kill(self, kind):
        for _ in range(50):  # it may just be starting again
            with contextlib.suppress(ProcessLookupError):
                if found := sorted(VICTIMS[kind](self.site)):
                    os.kill(self.random.choice(found), signal.SIGKILL)
                    self.killed[kind] += 1
                    return
            time.sleep(0.1)


def web_server(site):
    return sorted(site.parts("granian"))[:1]


def web_workers(site):
    return sorted(site.parts("granian"))[1:]


def queue_worker(site):
    return site.parts("procrastinate")


def database(site):
    return [site.database()] if site.database() else []


def connections(site):
    """The processes of the database that serve somebody."""
    server = site.database()
    return (
        [pid for pid in _processes() if _parent(pid) == server and "[local]" in _title(pid)] if server else []
    )


def _processes():
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _parent(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None  # ended meanwhile


def _title(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


VICTIMS = {
    "web worker": web_workers,
    "web server": web_server,
    "queue worker": queue_worker,
    "database": database,
    "a database connection": connections,
}
