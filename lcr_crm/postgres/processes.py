"""Which processes are this cluster's. The server carries the cluster's name in the title of each."""

import os
from pathlib import Path

from . import places

started = []  # servers this process started: kept so that they are reaped when they die


def postmaster_pid() -> int | None:
    """The server's first process, if it runs; a stale pid file and a pid that now belongs to another do not count."""
    for data in (places.home() / "data", *places.moved_data()):
        try:
            pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            continue
        if pid in running():
            return pid
    return None


def running() -> list[int]:
    """Every process of this cluster."""
    for server in started:
        server.poll()
    mark = places.cluster_name().encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            title = entry.read_bytes()
        except OSError:
            continue
        if mark in title and b"postgres" in title:
            found.append(int(entry.parent.name))
    return found


def send(pids, how):
    for pid in pids:
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            pass
