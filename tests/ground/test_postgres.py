import os
import signal
import stat
import time
from pathlib import Path

import pytest

from tests.ground.clusters import ACCOUNTS, IS_ROOT, cluster

KILL_SERVER = "import signal; os.kill(postgres.postmaster_pid(), signal.SIGKILL)"


@pytest.fixture(params=ACCOUNTS, scope="module")
def each_account(request):
    with cluster(request.param) as one:
        yield one


@pytest.fixture(scope="module")
def one():
    """A cluster that each test leaves as the next may find it: any state from which it starts."""
    with cluster() as one:
        yield one


@pytest.fixture
def fresh():
    with cluster() as fresh:
        yield fresh


def test_it_starts_and_knows_korean_letters(each_account):
    each_account.start(LC_ALL="C", LANG="")
    each_account.run("with connect() as c: c.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')")
    [[version, encoding, locale, trigrams]] = each_account.sql(
        "SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datlocale, "
        "cardinality(show_trgm('감염병')) FROM pg_database WHERE datname = 'lcr_crm'"
    )
    assert (version.split(".")[0], encoding, locale, trigrams) == ("18", "UTF8", "C.UTF-8", 4)


def test_a_killed_server_starts_again_with_its_data(each_account):
    first = each_account.start()
    each_account.run("with connect() as c: c.execute('CREATE TABLE kept AS SELECT 42 AS answer')")
    each_account.run(KILL_SERVER)
    assert each_account.start() != first
    assert each_account.sql("SELECT answer FROM kept") == [[42]]


# It dies between the first sign of life and the first question that it is asked.
KILL_AS_SOON_AS_IT_RUNS = """
from lcr_crm.postgres import launcher, processes
run = launcher._run
def run_and_kill(account):
    run(account)
    os.kill(processes.postmaster_pid(), 9)
    while launcher._answers("postgres"):
        pass
launcher._run = run_and_kill
try:
    postgres.start_if_embedded()
except launcher.PostgresError as error:
    print(str(error).splitlines()[0])
launcher._run = run
postgres.start_if_embedded()
"""


def test_a_server_that_dies_as_it_starts_is_told_as_such_and_started_again(one):
    one.run("postgres.stop()")
    assert "ended as soon as it had started" in one.run(KILL_AS_SOON_AS_IT_RUNS)
    assert one.sql("SELECT 1") == [[1]]


def test_two_starts_at_once_make_one_server(each_account):
    each_account.run("postgres.stop()")
    code = "postgres.start_if_embedded(); print(postgres.postmaster_pid())"
    starts = [each_account.begin(code) for _ in range(3)]
    answers = [start.communicate(timeout=120) for start in starts]
    assert len({output for output, _ in answers}) == 1, answers


def test_a_stopped_server_leaves_no_process(each_account):
    each_account.start()
    each_account.run("postgres.stop()")
    assert each_account.run("from lcr_crm.postgres import processes; print(processes.running())") == "[]"


def test_a_start_finds_the_running_server_in_milliseconds(one):
    pid = one.start()
    code = "import time; t = time.monotonic(); postgres.start_if_embedded(); print(time.monotonic() - t)"
    assert float(one.run(code)) < 0.5
    assert one.start() == pid


@pytest.mark.parametrize("name", ["a path with 'quotes' \" and spaces", "x" * 130, "한국어"])
def test_it_runs_under_a_path_that_is(name):
    with cluster(name=name) as unusual:
        unusual.start()
        assert unusual.sql("SELECT 1") == [[1]]


def test_a_stale_pid_file_with_the_number_of_a_living_process_does_not_stop_it(one):
    one.start()
    one.run(KILL_SERVER)
    pid_file = one.folder / "postgres" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert one.start() != os.getpid()


def test_half_a_data_directory_is_never_taken_for_whole(fresh):
    started = fresh.begin("postgres.start_if_embedded()")
    home = fresh.folder / "postgres"
    while not list(home.glob("unfinished-*")):
        time.sleep(0.005)
    started.send_signal(signal.SIGKILL)
    started.communicate()
    assert not (home / "data").exists()
    fresh.start()
    assert fresh.sql("SELECT 1") == [[1]]


def test_it_listens_on_no_port_and_its_socket_is_its_owners(one):
    one.start()
    assert one.sql("SHOW listen_addresses") == [[""]]
    folder = Path(one.run("print(postgres.connection_settings()['HOST'])"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_started_where_a_database_url_is_given(fresh):
    fresh.run("postgres.start_if_embedded()", DATABASE_URL="postgresql://user@example.org/name")
    assert not fresh.folder.exists()


def test_a_start_that_fails_shows_the_log_and_says_what_to_do(fresh):
    fresh.start()
    fresh.run("postgres.stop()")
    with (fresh.folder / "postgres" / "data" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'a great deal'\n")
    failed = fresh.begin("postgres.start_if_embedded()")
    _, errors = failed.communicate(timeout=60)
    assert failed.returncode == 1
    assert "did not start" in errors
    assert "a great deal" in errors
    assert "make reset" in errors


def test_a_server_whose_folder_was_deleted_does_not_stop_the_next_start(one):
    one.start()
    one.run("import shutil; shutil.rmtree(postgres.var_dir() / 'postgres')")
    one.start()
    assert one.sql("SELECT 1") == [[1]]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_it_runs_in_a_folder_that_others_may_not_enter(account):
    with cluster(account, closed=True) as closed:
        closed.start()
        assert closed.sql("SELECT 1") == [[1]]


def test_root_may_be_allowed_namespaces_later_or_no_more():
    accounts = ACCOUNTS[:2] if IS_ROOT else ACCOUNTS * 2
    with cluster() as one:
        for account in [*accounts, *accounts]:
            one.account = account
            one.start()
            one.run("postgres.stop()")
