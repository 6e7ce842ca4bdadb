"""The project's settings with one more language; its migrations and catalogues are those of a folder of the test."""

import os
import sys
from pathlib import Path

from tests.settings import *

LANGUAGES = [*LANGUAGES, ("ar", "العربية")]

FOLDER = Path(os.environ["FOLDER_OF_LANGUAGE"])
LOCALE_PATHS = [FOLDER / "locale"]
ROOMS = [path.parent.parent.name for path in BASE_DIR.glob("*/migrations/__init__.py")]
MIGRATION_MODULES = {room: f"migrations_of_test.{room}" for room in ROOMS}
sys.path.insert(0, str(FOLDER))
