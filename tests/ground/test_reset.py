"""`make reset` knows the folders of the project, and touches no other."""

import os
import subprocess
import sys

from django.conf import settings


def test_it_deletes_what_benchmarks_left_and_nothing_of_somebody_else(tmp_path):
    notes = tmp_path / "bench" / "notes of somebody"
    for folder in (tmp_path, tmp_path / "bench" / "10000", notes):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "secret_key").write_text("secret")
    subprocess.run(
        [sys.executable, "-m", "scripts.remove_data", "--quiet"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(tmp_path)},
        check=True,
    )
    assert list((tmp_path / "bench").iterdir()) == [notes]
    assert list(notes.iterdir()) == [notes / "secret_key"]
    assert list(tmp_path.iterdir()) == [tmp_path / "bench"]
