"""Compiles the .po files to .mo, which are committed: a bare machine has no msgfmt."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder=LOCALE):
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        print(f"compiled {path.with_suffix('.mo').relative_to(folder)}")


if __name__ == "__main__":
    compile_all()
