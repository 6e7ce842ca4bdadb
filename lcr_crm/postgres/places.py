"""Where the embedded database lives. Everything is computed from VAR_DIR; nothing is started or written here."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

NAME = "lcr_crm"
PORT = "5432"  # only names the socket file: the server listens on no network port
SOCKET_PATH_LIMIT = 107  # bytes, a limit of the operating system
SHARED = Path("/var/tmp")  # survives a restart and may be entered by everyone

PROJECT = Path(__file__).resolve().parent.parent.parent


def var_dir() -> Path:
    """The data folder: database, uploaded files, mail, collected static files."""
    return Path(os.environ.get("VAR_DIR", "").strip() or PROJECT / "var").resolve()


def embedded() -> bool:
    return not os.environ.get("DATABASE_URL", "").strip()


def home() -> Path:
    return var_dir() / "postgres"


def fingerprint() -> str:
    """Short name of this cluster, different for each data folder."""
    return hashlib.sha256(os.fsencode(home())).hexdigest()[:12]


def cluster_name() -> str:
    """Shown in the title of each of the server's processes, by which we know our own."""
    return f"{NAME}_{fingerprint()}"


def everyone_may_enter(path: Path) -> bool:
    """Whether another account can pass through this folder and all above it, as far as they exist."""
    existing = [folder for folder in (path, *path.parents) if folder.exists()]
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in existing)


def socket_dir() -> Path:
    """Inside the data folder; in the temporary folder where the path is too long or closed to the server's account."""
    inside = home() / "socket"
    too_long = len(os.fsencode(inside / f".s.PGSQL.{PORT}")) > SOCKET_PATH_LIMIT
    closed = os.geteuid() == 0 and not everyone_may_enter(var_dir())
    if too_long or closed:
        return Path(tempfile.gettempdir()) / f"{NAME}-{os.geteuid()}-{fingerprint()}"
    return inside


def moved_data():
    """Where root without user namespaces keeps the data of a folder that others may not enter."""
    return [SHARED / f"{NAME}-postgres-data-{fingerprint()}" / "data"]


def connection_settings() -> dict:
    """The database part of Django's settings."""
    return {"NAME": NAME, "USER": NAME, "HOST": str(socket_dir()), "PORT": PORT}
