#!/usr/bin/env python3
"""Bring the editor of rich texts into static/vendor/ckeditor5.

Run it again to renew the files: `python3 scripts/vendor_editor.py`. It needs npm and a network; the site needs neither.

CKEditor 5 is built once by its makers, so there is nothing to bundle here. It comes with plug-ins that we never load;
a build without them would need a bundler. Only staff load it, on pages with a rich text.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "ckeditor5"
VERSION = "48.5.2"
INTEGRITY = "sha512-7xWn4z/O6QUQf/Two826jQrfcN8uB+Fizn0/nVYHgvOvNRGIkaxQqfO2v/PmdU+IIB2QrtihDkk1vfwwYWe63w=="
FILES = (
    "dist/browser/ckeditor5.umd.js",
    "dist/browser/ckeditor5-editor.css",
    "LICENSE.md",
    "COPYING.GPL",
)
MAP = re.compile(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")

TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "ckeditor5"
SOURCE = f"""# Where these files come from

- `ckeditor5.umd.js`, `ckeditor5-editor.css`: the browser build of {PACKAGE} {VERSION}, unchanged but for the last
  line, which named a source map that is not here. Integrity of the package: `{INTEGRITY}`.
- `LICENSE.md`, `COPYING.GPL`: GNU General Public License, version 2 or later, which covers them; we take version 3.
- Source code: tag `v{VERSION}` of github.com/ckeditor/ckeditor5.
- Renewed by `scripts/vendor_editor.py`.
"""


def fetched(folder):
    """The package, refused unless it is byte for byte the one we chose."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", str(folder), "--silent"]
    subprocess.run(command, check=True)
    (tarball,) = folder.glob("*.tgz")
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != INTEGRITY:
        sys.exit(f"{tarball.name} is not the file we chose: {found}")
    return tarfile.open(tarball)


def main():
    """Renew every file of static/vendor/ckeditor5."""
    with tempfile.TemporaryDirectory() as name, fetched(Path(name)) as package:
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)
        for path in FILES:
            text = package.extractfile(f"package/{path}").read().decode()
            (TARGET / Path(path).name).write_text(MAP.sub("\n", text))
    (TARGET / "SOURCE.md").write_text(SOURCE)


if __name__ == "__main__":
    main()
