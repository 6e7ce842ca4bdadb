"""What `manage.py check` refuses: a database in which Korean search is blind, and placeholders on a public site."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

PROJECT = Path(__file__).resolve().parent.parent.parent
KOREAN_IS_LETTERS = "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
PLACEHOLDERS = {
    "DATA_CONTROLLER": "[somebody]",
    "DATA_CONTROLLER_ADDRESS": "[somewhere]",
    "DATA_PROTECTION_EMAIL": "[address]",
    "ENQUIRY_RETENTION": "[a time]",
    "DEFAULT_FROM_EMAIL": "desk@example.org",
    "OFFICERS_EMAIL": "officers@example.org",
    "EMAIL_HOST": "",
}


def check(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "lcr_crm.settings"} | environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def database_with():
    made = []

    def database_with(options):
        name = f"made_{len(made)}_{os.getpid()}"
        made.append(name)
        administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0 " + options).format(sql.Identifier(name)))
        server = settings.DATABASES["default"]
        return f"postgresql://{server['USER']}@/{name}?host={quote(server['HOST'], safe='')}&port={server['PORT']}"

    yield database_with
    for name in made:
        administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def administer(statement):
    server = settings.DATABASES["default"]
    options = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "autocommit": True}
    with psycopg.connect(dbname="postgres", **options) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'", "lcr_crm.E001"),
        ("ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'", "lcr_crm.E002"),
        ("ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' LOCALE 'C'", "lcr_crm.E002"),
    ],
)
def test_a_database_in_which_korean_search_is_blind_is_refused(database_with, options, error):
    code, said = check("--database", "default", DATABASE_URL=database_with(options))
    assert code == 1
    assert error in said
    assert "CREATE DATABASE" in said


def test_a_database_that_knows_korean_letters_is_accepted(database_with):
    code, said = check("--database", "default", DATABASE_URL=database_with(KOREAN_IS_LETTERS))
    assert code == 0, said


def documented_production():
    text = (PROJECT / "docs" / "settings.md").read_text()
    [block] = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return dict(re.findall(r'^(\w+)="?(.*?)"?$', block, re.MULTILINE))


def test_the_documented_production_settings_pass_the_deploy_check():
    variables = documented_production()
    assert variables.pop("DATABASE_URL").startswith("postgresql://")
    code, said = check("--deploy", "--fail-level", "WARNING", **variables)
    assert code == 0, said


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_the_deploy_check_refuses_a_placeholder(name):
    variables = documented_production() | {name: PLACEHOLDERS[name]}
    variables.pop("DATABASE_URL")
    code, said = check("--deploy", **variables)
    assert code == 1
    assert re.search(r"lcr_crm.E00[345]", said)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("PORT", "http"),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://somewhere/name"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_a_hint(name, value):
    code, said = check(**{name: value})
    assert code == 1
    assert name in said
    assert re.search(r"Set it to|Example|Make one with|must be like", said)
