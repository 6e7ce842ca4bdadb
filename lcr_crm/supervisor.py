"""Keeps the parts of the site running under one process, and leaves nothing behind that stops the next start.

A part that ends is started again, later each time. When this process is killed outright the system tells the parts
to stop; whatever survives carries a mark in its environment, by which the next start knows it as ours.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from .postgres import processes

MARK = "LCR_CRM_PART_OF"  # environment variable of every part; its value is the data folder
TICK = 0.2
STOP_LIMIT = 10  # seconds
STEADY = 30  # a part that ran so long starts again at once
LONGEST_PAUSE = 30
PR_SET_PDEATHSIG = 1


class AlreadyRunning(RuntimeError):
    """Another supervisor serves this data folder."""


def die_with_parent(how=signal.SIGTERM):
    """Ask the system for a signal at the moment our parent ends, however it ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)


def stop_on_signals():
    """SIGTERM and a closed terminal end the program as Ctrl-C does."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)


def ignore_signals():
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)


@contextmanager
def only_one(folder: Path, address):
    """Hold the data folder for this supervisor. Waits for one that is just stopping, refuses beside one that runs."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "supervisor").open("a+") as file:
        deadline = time.monotonic() + 2 * STOP_LIMIT
        while not _locked(file):
            holder = _holder(file)
            if not holder.get("stopping") or time.monotonic() > deadline:
                raise AlreadyRunning(
                    f"The site already runs at {holder.get('address', 'an unknown address')} "
                    f"(process {holder.get('pid', 'unknown')}). Stop it first, or name another data folder and port: "
                    "VAR_DIR=/some/folder PORT=8001 make run"
                )
            time.sleep(TICK)
        state = {"pid": os.getpid(), "address": address}
        _write(file, state)
        try:
            yield lambda: _write(file, state | {"stopping": True})
        finally:
            _write(file, {})


def stop_running(folder: Path):
    """Ask the supervisor of this data folder, if there is one, to stop, and wait for it."""
    with (folder / "supervisor").open("a+") as file:
        if _locked(file):
            return
        processes.send([_holder(file)["pid"]], signal.SIGTERM)
        deadline = time.monotonic() + 3 * STOP_LIMIT
        while not _locked(file) and time.monotonic() < deadline:
            time.sleep(TICK)


def _locked(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file):
    file.seek(0)
    try:
        return json.loads(file.read())
    except ValueError:
        return {"stopping": True}  # between taking the lock and writing it


def _write(file, state):
    file.seek(0)
    file.truncate()
    file.write(json.dumps(state))
    file.flush()


def end_leftovers(folder: Path):
    """End the parts of a supervisor that was killed. Call only while holding the data folder."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + STOP_LIMIT
        processes.send(parts_of(folder), how)
        while parts_of(folder):
            if time.monotonic() > deadline:
                break
            time.sleep(TICK)
        else:
            return


def parts_of(folder: Path):
    mark = os.fsencode(f"{MARK}={folder}")
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in entry.read_bytes().split(b"\0"):
                found.append(int(entry.parent.name))
        except OSError:
            continue  # ended meanwhile, or belongs to another account
    return found


class Part:
    """One program that must always run."""

    def __init__(self, name, command, environment, data_folder, project):
        self.name = name
        self.command = command
        self.environment = environment | {MARK: str(data_folder)}
        self.project = project
        self.process = None
        self.pause = 0
        self.next_start = 0

    def keep_running(self):
        if self.process is None:
            if time.monotonic() >= self.next_start:
                self._start()
        elif self.process.poll() is not None:
            self._plan_restart()

    def _start(self):
        supervisor = os.getpid()

        def tie_to_supervisor():
            die_with_parent()
            if os.getppid() != supervisor:
                os._exit(1)

        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.project,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=tie_to_supervisor,
        )

    def _plan_restart(self):
        code, self.process = self.process.returncode, None
        steady = time.monotonic() - self.started > STEADY
        self.pause = 0.5 if steady or not self.pause else min(2 * self.pause, LONGEST_PAUSE)
        self.next_start = time.monotonic() + self.pause
        reason = f"signal {-code}" if code < 0 else f"code {code}"
        say(f"The {self.name} ended ({reason}). It is started again in {self.pause:g} s.")

    def ask_to_stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stopped(self):
        return self.process is None or self.process.poll() is not None

    def kill(self):
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)  # with the processes it started
            except ProcessLookupError:
                pass
            self.process.wait()


def supervise(parts, keep_database_running, announced):
    """Until Ctrl-C or SIGTERM, which raise KeyboardInterrupt here. `announced` is called until it says yes."""
    next_look = 0
    complaint = None
    said = False
    while True:
        for part in parts:
            part.keep_running()
        said = said or announced()
        if time.monotonic() >= next_look:
            try:
                keep_database_running()
                complaint = None
            except RuntimeError as error:
                if str(error) != complaint:
                    complaint = str(error)
                    say(complaint)
            next_look = time.monotonic() + 5 * TICK
        time.sleep(TICK)


def stop_all(parts):
    for part in parts:
        part.ask_to_stop()
    deadline = time.monotonic() + STOP_LIMIT
    while time.monotonic() < deadline and not all(part.stopped() for part in parts):
        time.sleep(TICK / 4)
    for part in parts:
        part.kill()


def say(text):
    print(text, file=sys.stdout, flush=True)
