"""What every test has: the embedded database with the whole committed content, and no way out of the machine."""

import fcntl
import gc
import socket
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command, get_commands
from django.db import connection
from django.test.utils import setup_databases
from psycopg import sql

from lcr_crm import postgres

pytest_plugins = ["tests.browser", "tests.soak.report"]

LOCAL = {"127.0.0.1", "::1", "localhost"}
cluster_is_ours = pytest.StashKey()
content_copy = pytest.StashKey()
shared_content = pytest.StashKey()


def pytest_configure(config):
    gc.set_threshold(
        50_000, 20, 100
    )  # migrations make models by the thousand; a quarter of their time was collecting
    close_sockets()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty: files come from where they are written
    config.stash[cluster_is_ours] = postgres.embedded() and postgres.postmaster_pid() is None
    config.stash[shared_content] = f"test_{settings.DATABASES['default']['NAME']}_content"
    postgres.start_if_embedded()


def pytest_unconfigure(config):
    if hasattr(config, "workerinput") or shared_content not in config.stash:
        return
    drop_database(config.stash[shared_content])
    if config.stash[cluster_is_ours]:
        postgres.stop()


def close_sockets():
    """A test that asks anything outside this machine fails, and says what it asked for."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"A test tried to connect to {address}.")
        return connect(self, address)

    def guarded_look_up(host, *args, **kwargs):
        if host not in LOCAL and host is not None:
            raise AssertionError(f"A test tried to look up {host!r}.")
        return look_up(host, *args, **kwargs)

    socket.socket.connect = guarded_connect
    socket.getaddrinfo = guarded_look_up


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database, with the committed content. To migrate and to load is the dearest thing a run does, so the
    first process of a run does it, and every other copies what that one made; tests that commit are restored from it.

    Takes the place of pytest-django's own, which makes no test database when only browser tests are asked for.
    """
    if "load_content" not in get_commands():
        pytest.exit(
            "There is no command load_content, so the tests have no content to look at.", returncode=1
        )
    shared = request.config.stash[shared_content]
    run = getattr(request.config, "workerinput", {}).get("testrunuid") or uuid.uuid4().hex
    with django_db_blocker.unblock(), one_process_at_a_time():
        name = prepare_database(shared, run)
    request.config.stash[content_copy] = name, shared
    yield
    del request.config.stash[content_copy]
    connection.close()
    drop_database(name)


def prepare_database(shared, run):
    """Make this process's database and give its name. The shared one carries the mark of its run from the moment it is
    complete: what an earlier run left, or a process that died over it, is made anew."""
    database = connection.settings_dict
    name = database["TEST"]["NAME"] or f"test_{database['NAME']}"
    made = mark_of(shared) == run
    if made:
        copy_database(shared, name)
    setup_databases(
        verbosity=0, interactive=False, aliases=["default"], keepdb=made, serialized_aliases=set()
    )
    if not made:
        call_command("load_content", verbosity=0)
    connection.close()
    if not made:
        copy_database(name, shared)
        administer(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(shared), sql.Literal(run)))
    return name


@contextmanager
def one_process_at_a_time():
    """The system lets go of the lock when its holder dies."""
    with (postgres.var_dir() / "tests.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Tests that really commit leave the database to the next test as they found it."""
    try:
        return (yield)
    finally:
        if really_commits(item) and content_copy in item.config.stash:
            name, copy = item.config.stash[content_copy]
            connection.close()
            copy_database(copy, name)
            ContentType.objects.clear_cache()  # flushing gave the types other numbers, which the copy does not know


def really_commits(item):
    """Whether the test asks for a database without a transaction around it, by fixture or by mark."""
    mark = item.get_closest_marker("django_db")
    by_mark = mark is not None and mark.kwargs.get("transaction", False)
    return by_mark or bool({"transactional_db", "restored_content"} & set(item.fixturenames))


@pytest.fixture
def restored_content():
    """Asked for by a browser test that changes what is stored: the content is put back after it."""


def copy_database(source, target):
    names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
    drop_database(target)
    administer(sql.SQL("CREATE DATABASE {target} TEMPLATE {source} STRATEGY FILE_COPY").format(**names))


def drop_database(name):
    """By force: a page that was still loading may hold a connection."""
    administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def mark_of(name):
    """The comment on a database, or None where there is no such database."""
    comment = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {}"
    found = administer(sql.SQL(comment).format(sql.Literal(name)))
    return found and found[0]


def administer(statement):
    database = settings.DATABASES["default"]
    options = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
    password = {"password": database["PASSWORD"]} if database["PASSWORD"] else {}
    with psycopg.connect(dbname="postgres", autocommit=True, **options, **password) as server:
        answer = server.execute(statement)
        return answer.fetchone() if answer.description else None
