"""The project's settings with one more line; its migrations and catalogues are copies in a folder of the test."""

import os
import sys
from pathlib import Path

from tests.settings import *

LANGUAGES = [*LANGUAGES, ("ar", "العربية")]

FOLDER = Path(os.environ["FOLDER_OF_LANGUAGE"])
LOCALE_PATHS = [FOLDER / "locale"]
MIGRATION_MODULES = {
    path.parent.parent.name: f"migrations_of_test.{path.parent.parent.name}"
    for path in BASE_DIR.glob("*/migrations/__init__.py")
}
sys.path.insert(0, str(FOLDER))
