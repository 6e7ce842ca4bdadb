"""Embedded databases of their own for the tests of the launcher, under each kind of account that can run one."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from lcr_crm.postgres import places
from lcr_crm.postgres.account import NAMESPACE

PROJECT = Path(__file__).resolve().parent.parent.parent
IS_ROOT = os.geteuid() == 0
ACCOUNTS = (
    ["root in a namespace", "root through nobody", "an ordinary user"] if IS_ROOT else ["an ordinary user"]
)


class Cluster:
    def __init__(self, folder, account, environment=None):
        self.folder = folder
        self.account = account
        self.environment = {"VAR_DIR": str(folder), "POSTGRES_FSYNC": "off"} | (environment or {})

    def run(self, code, **more):
        """Run a few lines of Python that see `postgres` and `connect`, as the account; gives what they print."""
        done = self.begin(code, **more)
        output, errors = done.communicate(timeout=120)
        assert done.returncode == 0, errors
        return output.strip()

    def begin(self, code, **environment):
        start = (
            "import json, os, psycopg\nfrom lcr_crm import postgres\n"
            "def connect():\n"
            "    s = postgres.connection_settings()\n"
            "    return psycopg.connect(host=s['HOST'], port=s['PORT'], user=s['USER'], dbname=s['NAME'])\n"
        )
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command, options = self.as_account([sys.executable, "-c", start + code])
        return subprocess.Popen(
            command,
            env=inherited | self.environment | environment | {"PATH": self.path()},
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def as_account(self, command):
        if self.account != "an ordinary user" or not IS_ROOT:
            return command, {}
        if all(map(places.everyone_may_enter, (PROJECT, Path(sys.prefix), Path(sys.base_prefix)))):
            nobody = pwd.getpwnam("nobody")
            return command, {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        return [*NAMESPACE, *command], {}

    def path(self):
        if self.account != "root through nobody":
            return os.environ["PATH"]
        refusing = self.folder.parent / "refusing"
        refusing.mkdir(exist_ok=True)
        (refusing / "unshare").write_text("#!/bin/sh\nexit 1\n")
        (refusing / "unshare").chmod(0o755)
        return f"{refusing}:{os.environ['PATH']}"

    def start(self, **environment):
        """Start it, and give the number of the server's process."""
        return int(self.run("postgres.start_if_embedded(); print(postgres.postmaster_pid())", **environment))

    def sql(self, statement):
        code = f"with connect() as c: print(json.dumps(c.execute({statement!r}).fetchall(), default=str))"
        return json.loads(self.run(code))


@contextmanager
def cluster(account=ACCOUNTS[0], name="var", closed=False):
    """A cluster in a new folder, removed afterwards with all that belongs to it."""
    folder = Path(tempfile.mkdtemp(prefix="ground-"))
    if not closed:
        folder.chmod(0o755)
    inside = Cluster(folder / name, account)
    _, options = inside.as_account([])
    if options:
        os.chown(folder, options["user"], options["group"])
    try:
        yield inside
    finally:
        inside.run("postgres.remove()")
        shutil.rmtree(folder)
