"""A third language is one line in the settings and `make language`: done here with Arabic, which runs from right to
left, on an installation that has its content already. The database, the migrations and the catalogues are copies in a
folder of the test."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
WITH_ARABIC = "tests.languages.settings_with_arabic"
OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "DATABASE_URL")


class Installation:
    """A running installation in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.before = committed()
        shutil.copytree(PROJECT / "locale", folder / "locale")
        for migrations in PROJECT.glob("*/migrations"):
            copy = folder / "migrations_of_test" / migrations.parent.name
            shutil.copytree(migrations, copy, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, *command, settings=WITH_ARABIC):
        """What the command prints. One that fails fails the test, with all it said."""
        own = {"VAR_DIR": self.folder / "var", "FOLDER_OF_LANGUAGE": self.folder, "POSTGRES_FSYNC": "off"}
        environment = {name: value for name, value in os.environ.items() if name not in OF_MAKE}
        environment |= {name: str(value) for name, value in own.items()} | {
            "DJANGO_SETTINGS_MODULE": settings
        }
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def manage(self, *words, **options):
        return self.run(sys.executable, "manage.py", *words, **options)

    def make_language(self):
        """Make is told of this Python from here on: a blank in the folder's own name would part the word."""
        python = os.path.relpath(sys.executable, PROJECT)
        return self.run("make", "-o", ".venv/installed-dev", f"PY={python}", "language")

    def migrations(self):
        return sorted(path.name for path in self.folder.glob("migrations_of_test/*/0*.py"))


def committed():
    """A fingerprint of what `make language` writes in the project itself."""
    paths = [
        *PROJECT.glob("*/migrations/*.py"),
        *PROJECT.glob("locale/*/*/*"),
        PROJECT / "lcr_crm" / "settings.py",
    ]
    return {path: hashlib.md5(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture(scope="module")
def installation():
    """In two languages and with all its content; then `make language` with a third."""
    folder = Path(tempfile.mkdtemp(prefix="language-"))
    folder.chmod(0o755)
    inside = Installation(folder)
    try:
        inside.manage("migrate", "--verbosity", "0", settings="tests.settings")
        inside.manage("load_content", settings="tests.settings")
        inside.said = inside.make_language()
        yield inside
    finally:
        inside.run(sys.executable, "-m", "scripts.remove_data", "--quiet", settings="tests.settings")
        shutil.rmtree(folder)


def test_make_language_says_what_it_made(installation):
    assert "Add field title_ar to opportunity" in installation.said
    assert "Roles created: translator (Arabic)." in installation.said
    assert "Arabic: begun with" in installation.said


def test_no_committed_file_changes(installation):
    assert committed() == installation.before


def test_making_the_language_again_changes_nothing(installation):
    migrations = installation.migrations()
    catalogue = (installation.folder / "locale/ar/LC_MESSAGES/django.po").read_bytes()
    said = installation.make_language()
    assert "No changes detected" in said
    assert "No role was missing." in said
    assert installation.migrations() == migrations
    assert (installation.folder / "locale/ar/LC_MESSAGES/django.po").read_bytes() == catalogue


def test_the_site_has_arabic_everywhere(installation):
    """The tests of `with_arabic`, in a process of their own, where the settings name three languages."""
    said = installation.run(
        *(sys.executable, "-m", "pytest", "tests/languages/with_arabic"),
        *(f"--ds={WITH_ARABIC}", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header"),
    )
    assert int(re.search(r"(\d+) passed", said)[1]) > 40
