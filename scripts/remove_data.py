"""Stops what runs on the data folder and deletes what the project keeps there: `make reset`, and before `make test`."""

import os
import shutil
import sys

from lcr_crm import postgres, supervisor

KEPT = (
    "media",
    "mail",
    "log",
    "static",
    "static.stamp",
    "secret_key",
    "supervisor",
    "tests.lock",
    "web-log.json",
)


def remove(folder):
    """Only what the project itself put there: VAR_DIR may by mistake name a folder that holds other things."""
    os.environ["VAR_DIR"] = str(folder)
    if not folder.exists():
        return
    supervisor.stop_running(folder)
    postgres.remove()
    for path in (folder / name for name in KEPT):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def measured(bench):
    """The databases of `make bench`, one folder each, named for its number of enquiries; then the one they lie in."""
    return [*(path for path in sorted(bench.glob("*")) if path.is_dir() and path.name.isdigit()), bench]


def main(quiet):
    folder = postgres.var_dir()
    if not quiet:
        print(
            f"Stopping what runs and deleting the data in {folder}: database, files, written mail, static files."
        )
    for each in (folder / "test", folder / "check", *measured(folder / "bench"), folder):
        remove(each)
    if not quiet:
        print("Done. `make run` starts again from the committed content.")


if __name__ == "__main__":
    main("--quiet" in sys.argv)
