"""The embedded PostgreSQL 18: for every machine without a database server of its own.

Used by the settings and by `manage.py`, so nothing here imports Django. See docs/decisions/0002-embedded-postgres.md.
"""

from .launcher import PostgresError, remove, start_if_embedded, stop
from .places import connection_settings, embedded, var_dir
from .processes import postmaster_pid

__all__ = [
    "PostgresError",
    "connection_settings",
    "embedded",
    "postmaster_pid",
    "remove",
    "start_if_embedded",
    "stop",
    "var_dir",
]
