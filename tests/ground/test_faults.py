"""The site as `make run` runs it, against kill -9 of each of its parts. It always answers again, and starts again."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lcr_crm import supervisor

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180  # seconds, on a busy machine


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.output = folder.parent / "output"
        self.starts = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self, as_under_make=False):
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment = kept | {"VAR_DIR": str(self.folder), "PORT": str(self.port), "POSTGRES_FSYNC": "off"}
        environment["DJANGO_SETTINGS_MODULE"] = "lcr_crm.settings"
        command = [sys.executable, "manage.py", "serve"]
        if as_under_make:  # a shell stays between us and the supervisor
            command = ["sh", "-c", '"$@"; true', "sh", *command, "--stop-with-parent"]
        self.starts += 1
        with self.output.open("a") as output:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=environment, stdout=output, stderr=output
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
        return int(found.read_text().split("\n", 1)[0]) if found.exists() else None


def wait(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    folder.parent.chmod(0o755)
    site = Site(folder / "var")
    site.start()
    site.wait_until_ready()
    yield site
    if site.process.poll() is None:
        site.stop()
    assert not supervisor.parts_of(site.folder)
    site.reset()


@pytest.fixture
def site(running):
    running.wait_until_ready()
    return running


def test_the_site_answers_and_prints_its_address_and_the_first_password_once(site):
    printed = site.output.read_text()
    assert f"http://127.0.0.1:{site.port}/" in printed
    assert "Mail:" in printed
    assert len(re.findall(r"^Password: ", printed, re.MULTILINE)) == 1


def test_a_killed_queue_worker_is_started_again(site):
    [before] = site.parts("procrastinate")
    os.kill(before, signal.SIGKILL)
    wait(lambda: site.parts("procrastinate") - {before})
    site.wait_until_ready()


def test_a_killed_web_server_is_started_again_and_its_workers_keep_no_port(site):
    before = site.parts("granian")
    assert len(before) == 3  # the server and two workers
    os.kill(min(before), signal.SIGKILL)
    wait(lambda: len(site.parts("granian") - before) == 3)
    site.wait_until_ready()
    assert not before & site.parts("granian")


def test_a_killed_web_worker_is_replaced(site):
    before = site.parts("granian")
    os.kill(max(before), signal.SIGKILL)
    wait(lambda: len(site.parts("granian") - {max(before)}) == 3)
    site.wait_until_ready()


def test_a_killed_database_is_started_again(site):
    before = site.database()
    os.kill(before, signal.SIGKILL)
    wait(lambda: site.database() not in {None, before} and site.ready())


def test_everything_killed_at_once_does_not_stop_the_next_start(site):
    for pid in (site.process.pid, site.database(), *site.parts("")):
        os.kill(pid, signal.SIGKILL)
    site.process.wait()
    site.start()
    site.wait_until_ready()


def test_a_killed_supervisor_leaves_nothing_that_stops_the_next_start(site):
    site.process.kill()
    site.process.wait()
    site.start()
    site.wait_until_ready()
    assert len(site.parts("granian")) == 3
    assert len(site.parts("procrastinate")) == 1


def test_a_second_start_is_refused_with_a_clear_sentence(site):
    second = Site(site.folder)
    second.output = site.output.with_name("second")
    second.start()
    assert second.process.wait(timeout=PATIENCE) == 1
    assert f"The site already runs at http://127.0.0.1:{site.port}/" in second.output.read_text()
    assert site.ready()


def test_a_port_in_use_is_named_and_another_proposed(site, tmp_path):
    second = Site(tmp_path / "var")
    second.port = site.port
    second.start()
    assert second.process.wait(timeout=PATIENCE) == 1
    assert f"Port {site.port} cannot be used" in second.output.read_text()
    assert f"PORT={site.port + 1} make run" in second.output.read_text()


def test_killing_make_stops_the_site(site):
    site.stop()
    site.start(as_under_make=True)
    site.wait_until_ready()
    site.process.kill()
    site.process.wait()
    wait(lambda: not supervisor.parts_of(site.folder))
    site.start()
    site.wait_until_ready()


def test_ctrl_c_stops_everything(site):
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(timeout=PATIENCE) == 0
    assert "Nothing is left running" in site.output.read_text()
    assert not supervisor.parts_of(site.folder)
    assert not (site.folder / "postgres" / "data" / "postmaster.pid").exists()
    site.start()
    site.wait_until_ready()


def test_reset_at_last_stops_the_site_and_deletes_only_what_is_its_own(site):
    notes = site.folder / "notes of somebody"
    notes.write_text("not ours")
    site.reset()
    assert site.process.wait(timeout=PATIENCE) == 0
    assert list(site.folder.iterdir()) == [notes]
