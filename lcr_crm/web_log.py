"""How the web server logs: its own complaints to the console, the reads of public pages to a file, nothing else."""

import json

from reports import access_log


def arguments(folder, log):
    """The web server's arguments, with its configuration written into a folder of the data. Nothing of Django is needed
    to load it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    path = folder / "web-log.json"
    path.write_text(json.dumps(configuration(log), indent=1))
    return ["--access-log", "--access-log-fmt", access_log.FORMAT, "--log-config", str(path)]


def configuration(log):
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "[%(levelname)s] %(message)s"}, "bare": {"format": "%(message)s"}},
        "filters": {"reads": {"()": "reports.access_log.ReadsOfPages"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"},
            # Opened again when the job that counts has put it aside.
            "reads": {
                "class": "logging.handlers.WatchedFileHandler",
                "formatter": "bare",
                "filters": ["reads"],
                "filename": str(log),
                "encoding": "utf-8",
                "errors": "replace",
                "delay": True,
            },
        },
        "loggers": {
            "_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False},
            "granian.access": {"handlers": ["reads"], "level": "INFO", "propagate": False},
        },
    }
