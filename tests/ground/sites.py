"""Whole sites, as `make run` runs them, for the tests that hurt them."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from lcr_crm import supervisor

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180  # seconds, on a busy machine


class Site:
    """One site in a data folder and on a port of its own. `more` are environment variables on top."""

    def __init__(self, folder, **more):
        self.folder = folder
        self.output = folder.parent / "output"
        self.starts = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = kept | {"VAR_DIR": str(folder), "PORT": str(self.port), "POSTGRES_FSYNC": "off"}
        self.environment |= {"DJANGO_SETTINGS_MODULE": "lcr_crm.settings"} | more

    def start(self, as_under_make=False):
        command = [sys.executable, "manage.py", "serve"]
        if as_under_make:  # a shell stays between us and the supervisor
            command = ["sh", "-c", '"$@"; true', "sh", *command, "--stop-with-parent"]
        self.starts += 1
        with self.output.open("a") as output:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdout=output, stderr=output
            )

    def announced(self):
        """Whether the latest start is complete: one before it may still be ending."""
        return self.output.read_text().count("The prospectus:") == self.starts

    def ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait_until_ready(self):
        wait(lambda: (self.announced() and self.ready()) or self.process.poll() is not None)
        assert self.process.poll() is None, self.output.read_text()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=PATIENCE) == 0, self.output.read_text()

    def reset(self):
        """As `make reset` does."""
        command = [sys.executable, "-m", "scripts.remove_data"]
        subprocess.run(command, cwd=PROJECT, env=os.environ | {"VAR_DIR": str(self.folder)}, check=True)

    def parts(self, words):
        """The numbers of the processes of this site whose command line has these words."""
        commands = {pid: Path(f"/proc/{pid}/cmdline") for pid in supervisor.parts_of(self.folder)}
        return {pid for pid, path in commands.items() if path.exists() and words in path.read_text()}

    def database(self):
        """The number of the database's process, or None while there is none."""
        found = self.folder / "postgres" / "data" / "postmaster.pid"
        try:
            return int(found.read_text().split("\n", 1)[0])
        except (OSError, ValueError):  # stopped, or just starting
            return None


def wait(condition, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)
