"""Starts and stops the embedded server. Safe to call at any time, by any number of processes."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
import uuid
from contextlib import contextmanager

import psycopg
from psycopg import sql

from . import places, processes
from .account import choose

START_LIMIT = 120  # seconds; recovery after a crash takes time
STOP_LIMIT = 30
ORPHAN_LIMIT = 5  # seconds until what a killed server left behind is ended by force
LOG_LIMIT = 10 * 1024 * 1024
PAUSE = 0.02


class PostgresError(RuntimeError):
    """The embedded database cannot start. The message says what to do."""


def start_if_embedded():
    """Make sure the embedded database answers; a few milliseconds when it does. Nothing to do with a DATABASE_URL."""
    if not places.embedded() or _answers(places.NAME):
        return
    try:
        _prepare_folders()
        with _lock():
            _start()
    except PermissionError as error:
        raise PostgresError(
            f"The embedded database cannot use its files: {error}. Was it started by another account before? "
            f"Run as that account, name another data folder with VAR_DIR, or remove {places.var_dir()}."
        ) from error
    except OSError as error:
        raise PostgresError(f"The embedded database cannot start: {error}") from error
    except psycopg.OperationalError as error:  # whoever supervises the site must outlive this, and try again
        raise PostgresError(f"The embedded database ended as soon as it had started.{_tail()}") from error


def stop():
    """Stop the database of this data folder and wait until it is gone; queries are ended, data is safe."""
    if not places.home().exists():
        return
    with _lock():
        pid = processes.postmaster_pid()
        for how, limit in (
            (signal.SIGINT, STOP_LIMIT),
            (signal.SIGQUIT, ORPHAN_LIMIT),
            (signal.SIGKILL, ORPHAN_LIMIT),
        ):
            processes.send([pid] if pid and how != signal.SIGKILL else processes.running(), how)
            if _wait(lambda: not processes.running(), limit):
                return
    raise PostgresError(f"The embedded database does not stop: processes {processes.running()}.")


def remove():
    """Stop the embedded database and delete it with all it kept, wherever that lies."""
    stop()
    for folder in (places.home(), places.socket_dir(), *(data.parent for data in places.moved_data())):
        if folder.exists():
            shutil.rmtree(folder)


def _answers(database) -> bool:
    try:
        _connect(database).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(database):
    host = str(places.socket_dir())
    return psycopg.connect(
        host=host, port=places.PORT, user=places.NAME, dbname=database, connect_timeout=10, autocommit=True
    )


def _prepare_folders():
    places.home().mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        places.home().chmod(0o711)  # the server's account passes through; what lies inside is its own


@contextmanager
def _lock():
    """One start or stop at a time. The system releases it even when its holder is killed."""
    with (places.home() / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start():
    if not _answers("postgres"):
        account = choose()
        if not _survivor_answers():
            _initialise(account)
            _run(account)
    with _connect("postgres") as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.NAME]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(places.NAME)))


def _survivor_answers() -> bool:
    """Deal with processes left from before: a server that starts or stops is waited for, orphans are ended."""
    deadline = time.monotonic() + ORPHAN_LIMIT
    patience = time.monotonic() + START_LIMIT
    while processes.running():
        if _answers("postgres"):
            return True
        if not processes.postmaster_pid():
            processes.send(
                processes.running(), signal.SIGQUIT if time.monotonic() < deadline else signal.SIGKILL
            )
        elif time.monotonic() > patience:
            raise PostgresError(
                f"The embedded database runs (process {processes.postmaster_pid()}) but does not answer. "
                f"End that process and start again.{_tail()}"
            )
        time.sleep(PAUSE)
    return False


def _initialise(account):
    """Make the data directory under another name and rename it when complete: half of one is never taken for whole."""
    for unfinished in account.data.parent.glob("unfinished-*"):
        shutil.rmtree(unfinished, ignore_errors=True)  # its maker may just be ending
    if account.data.exists():
        account.give(account.data)
        return
    if account.data.parent != places.home() and (places.home() / "data").exists():
        raise PostgresError(
            f"The database in {places.home()} was made where user namespaces are allowed; here they are not. "
            "Move the project to a folder that every account may enter, such as /srv, and start again."
        )
    folder = account.data.parent / f"unfinished-{uuid.uuid4().hex[:8]}"
    folder.mkdir(mode=0o700)
    account.give(folder)
    locale = ("-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    access = ("--auth-local=trust", "--auth-host=reject")
    sync = () if _fsync() else ("--no-sync",)
    with _log() as log:
        command = account.command("initdb", "-D", folder, "-U", places.NAME, *locale, *access, *sync)
        code = subprocess.run(command, stdout=log, stderr=log, **account.options()).returncode
    if code:
        shutil.rmtree(folder, ignore_errors=True)
        raise PostgresError(f"The embedded database could not be made in {account.data}.{_tail()}")
    folder.rename(account.data)


def _run(account):
    _clear_stale_files(account)
    _make_socket_dir(account)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": '"' + str(places.socket_dir()).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "port": places.PORT,
        "cluster_name": places.cluster_name(),
    }
    if not _fsync():
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = account.command("postgres", "-D", account.data, *arguments)
    with _log() as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=log, start_new_session=True, **account.options()
        )
    processes.started.append(server)
    if (
        _wait(lambda: server.poll() is not None or _answers("postgres"), START_LIMIT)
        and server.returncode is None
    ):
        return
    if server.returncode is None:
        server.terminate()
    raise PostgresError(f"The embedded database did not start from {account.data}.{_tail()}")


def _clear_stale_files(account):
    """No process of ours runs, so a pid file is stale, even if its number belongs to some other process by now."""
    for path in (account.data / "postmaster.pid", *places.socket_dir().glob(".s.PGSQL.*")):
        path.unlink(missing_ok=True)


def _make_socket_dir(account):
    folder = places.socket_dir()
    if os.geteuid() == 0 and folder.exists() and folder.stat().st_uid != account.owner:
        shutil.rmtree(folder)  # made when the server ran under another account
    folder.mkdir(mode=0o700, exist_ok=True)
    account.give(folder)
    if folder.is_symlink() or folder.stat().st_uid != account.owner:
        raise PostgresError(f"{folder} belongs to another account. Remove it and start again.")
    folder.chmod(0o700)


def _fsync() -> bool:
    """Only tests turn it off: they have nothing to lose."""
    return os.environ.get("POSTGRES_FSYNC", "on").strip().lower() not in {"off", "0", "no", "false"}


def _log():
    path = places.home() / "log"
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_name("log.1"))
    return path.open("ab")


def _tail(lines=15) -> str:
    path = places.home() / "log"
    end = path.read_text(errors="replace").splitlines()[-lines:] if path.exists() else []
    return "\n".join(
        [
            "",
            f"The end of its log ({path}):",
            *(f"    {line}" for line in end),
            "What to do: free disk space or memory if the log says so; `make reset` starts again without the data;",
            "or set DATABASE_URL to a PostgreSQL 18 server of your own.",
        ]
    )


def _wait(condition, limit) -> bool:
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE)
    return True
