"""The site as `make run` runs it, against kill -9 of each of its parts. It always answers again, and starts again."""

import os
import re
import signal

import pytest

from lcr_crm import supervisor
from tests.ground.sites import PATIENCE, Site, wait


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    folder.parent.chmod(0o755)
    site = Site(folder / "var")
    site.start()
    try:
        site.wait_until_ready()
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()
        left = supervisor.parts_of(site.folder)
        site.reset()
    assert not left


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
    second = Site(tmp_path / "var", PORT=str(site.port))
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
