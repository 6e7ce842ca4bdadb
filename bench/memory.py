"""The greatest amount of memory a process had resident while something ran."""

import threading
from pathlib import Path

PAUSE = 0.005


def resident():
    """Megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


class Watch:
    """with Watch() as watch: …; watch.most is the peak above what was resident at the beginning."""

    def __enter__(self):
        self.before = self.peak = resident()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()
        return self

    def _look(self):
        while not self.done.wait(PAUSE):
            self.peak = max(self.peak, resident())

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()
        self.peak = max(self.peak, resident())

    @property
    def most(self):
        return round(self.peak - self.before, 1)
