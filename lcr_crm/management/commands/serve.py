import os
import socket
import sys
from functools import partial
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lcr_crm import environment, postgres, static_files, supervisor, web_log

HOST = "127.0.0.1"


class Command(BaseCommand):
    """The whole site under one process: database, migrations, content, web server and queue worker."""

    help = "Runs the whole site: database, migrations, content, web server and queue worker. Ctrl-C stops it."
    requires_system_checks = []  # `prepare` checks everything, the database too

    def add_arguments(self, parser):
        parser.add_argument(
            "--stop-with-parent",
            action="store_true",
            help="stop when the process that started this one ends, however it ends (used by make run)",
        )

    def handle(self, *args, **options):
        if options["stop_with_parent"]:
            supervisor.die_with_parent()
        supervisor.stop_on_signals()
        port = environment.number("PORT", 8000)
        address = f"http://{HOST}:{port}/"
        try:
            with supervisor.only_one(settings.VAR_DIR, address) as announce_stop:
                self.run(port, address, announce_stop)
        except supervisor.AlreadyRunning as error:
            raise CommandError(str(error)) from error

    def run(self, port, address, announce_stop):
        parts = []
        try:
            supervisor.end_leftovers(settings.VAR_DIR)
            refuse_used_port(port)
            postgres.start_if_embedded()
            self.prepare()
            parts += [web_server(port), queue_worker()]
            announced = partial(self.announced, port, address)
            supervisor.supervise(parts, postgres.start_if_embedded, announced)
        except KeyboardInterrupt:
            supervisor.say("\nStopping.")
        finally:
            supervisor.ignore_signals()
            announce_stop()
            supervisor.stop_all(parts)
            supervisor.end_leftovers(settings.VAR_DIR)  # a worker whose server was killed as it began
            if postgres.embedded():
                postgres.stop()
        supervisor.say("Stopped. Nothing is left running.")

    def prepare(self):
        call_command("check", databases=["default"], stdout=StringIO())
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_content")
        call_command("create_first_staff_user")
        static_files.collect()

    def announced(self, port, address):
        """Say where the site is, once it is there."""
        if not listens(port):
            return False
        mail = (
            f"goes out through {settings.EMAIL_HOST}"
            if settings.EMAIL_HOST
            else f"is written to {settings.EMAIL_FILE_PATH}"
        )
        supervisor.say(
            f"\nThe prospectus:  {address}\nStaff sign in:   {address}admin/\nMail:            {mail}\n"
            "Ctrl-C stops everything.\n"
        )
        return True


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def refuse_used_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used: {error.strerror}. If another program has it "
                f"(`ss -ltnp` names it), choose another port: PORT={port + 1} make run"
            ) from error


def web_server(port):
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += [
        "--workers",
        "2",
        "--blocking-threads",
        "8",
        "--respawn-failed-workers",
        "--respawn-interval",
        "0.2",
    ]
    command += ["--workers-kill-timeout", "5", "--log-level", "error", "--host", HOST, "--port", str(port)]
    command += web_log.arguments(settings.VAR_DIR, settings.PAGE_READS_LOG)
    return part("web server", [*command, "lcr_crm.web:application"])


def queue_worker():
    return part(
        "queue worker", [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency", "2"]
    )


def part(name, command):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GRANIAN_")}
    return supervisor.Part(
        name, command, kept | {"PYTHONUNBUFFERED": "1"}, settings.VAR_DIR, settings.BASE_DIR
    )
