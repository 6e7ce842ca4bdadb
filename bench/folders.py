"""The databases that are measured: each in a data folder of its own, filled by `manage.py make_sample`, kept for the
next run."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FSYNC = "off"  # the same for both sides of every ratio; reading, which is what is measured, does not sync


class Folder:
    """One database of so many enquiries."""

    def __init__(self, root, number):
        self.number, self.path = number, Path(root).resolve() / f"{number}"

    def prepare(self):
        """Migrated, filled up to its number, vacuumed and analysed."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "load_content", "--verbosity", "0")
        there = self.ask("bench.state")["enquiries"]
        if there > self.number:
            sys.exit(
                f"{self.path} holds {there} enquiries, more than {self.number}: remove it and run again."
            )
        if there < self.number:
            say(f"Filling {self.path.name} with {self.number - there:,} enquiries")
            self.run("manage.py", "make_sample", "--enquiries", self.number - there, "--seed", there + 1)
        self.ask("bench.state", "vacuum")

    def ask(self, module, *arguments):
        """What a module says when it runs on this database: JSON in its last line."""
        said = self.run("-m", module, *arguments, capture=True)
        return json.loads(said.strip().splitlines()[-1])

    def run(self, *arguments, capture=False):
        own = {
            "VAR_DIR": str(self.path),
            "POSTGRES_FSYNC": FSYNC,
            "DJANGO_SETTINGS_MODULE": "lcr_crm.settings",
            "PYTHONWARNINGS": "ignore:No directory at",  # of static files: nothing is collected for a measurement
        }
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG"}}
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=PROJECT,
            env=kept | own,
            stdout=subprocess.PIPE if capture else None,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{' '.join(map(str, arguments))} failed on {self.path}.")
        return done.stdout

    def stop(self):
        """Stop its database; the data stays."""
        self.run("-c", "from lcr_crm import postgres; postgres.stop()")


def say(words):
    print(words, file=sys.stderr, flush=True)
