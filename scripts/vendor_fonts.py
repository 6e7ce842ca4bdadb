#!/usr/bin/env python3
"""Bring the site's typeface into static/vendor/pretendard, and the same for print into publishing/fonts.

Run it again to renew the files: `python3 scripts/vendor_fonts.py`. It needs npm and a network; the site needs neither.

Pretendard's dynamic subset leaves out most accented Latin letters, so German, Danish or Polish names would fall to
a system font in mid-word. We cut those letters from the full variable font into faces of our own. The Open Font
Licence reserves the name "Pretendard", so a changed font must carry another one.
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

PACKAGE = "pretendard"
VERSION = "1.3.9"
INTEGRITY = "sha512-PaQAADyLY5v4kYFwkpSJHbSSYIkiriY/1xXw75TKoZ9UQQqeU+tvP05yTdZAWibiIYoo8ZKtRv8PM7w0IaywSw=="
CUTTERS = ("fonttools==4.68.0", "brotli==1.2.1")

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "vendor" / "pretendard"
PRINT = ROOT / "publishing" / "fonts"
WEIGHTS = ("Light", "Regular", "SemiBold")  # those that a document is set in, 1.6 MB each
VARIABLE = Path("package/dist/web/variable")
FACES = 92

FAMILY = "Pretendard Variable"
CUT_FAMILY = "Prospectus Latin Extended"
# Two files, so that a Polish name does not fetch the Vietnamese letters too.
CUTS = {
    "prospectus-latin-extended.woff2": [(0xA0, 0x24F), (0x2010, 0x22FF), (0x2713, 0x2717)],
    "prospectus-latin-additional.woff2": [(0x1E00, 0x1EFF)],
}
LAYOUT = "kern,mark,mkmk,ccmp,locl,liga,calt,case,tnum,pnum,lnum"
NAMES_SHOWN = (1, 3, 4, 6, 16, 25)

HEADER = f"""/* Written by scripts/vendor_fonts.py from {PACKAGE} {VERSION}; run it again rather than edit this file.
   Pretendard, copyright Kil Hyung-jin, SIL Open Font License 1.1: OFL.txt. */
"""
FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: 45 920;
  font-display: swap;
  src: url("{file}") format("woff2");
  unicode-range: {ranges};
}}
"""
SOURCE = f"""# Where these files come from

- `subset/`: the variable dynamic subset of {PACKAGE} {VERSION}, unchanged. Integrity of the package: `{INTEGRITY}`.
- `{"`, `".join(CUTS)}`: letters and signs that the subset leaves out, cut from the full variable font of the same
  package and renamed "{CUT_FAMILY}", because the licence reserves the name "Pretendard".
- `OFL.txt`: the SIL Open Font License 1.1, which covers all of them.
- `pretendard.css`: written by `scripts/vendor_fonts.py`, like everything here.
"""
PRINT_SOURCE = f"""# Where these files come from

- `*.otf`: static weights of {PACKAGE} {VERSION}, unchanged, with every Hangul syllable: documents (PDF) are set in
  them, and embed what they use. They are never served. Integrity of the package: `{INTEGRITY}`.
- `OFL.txt`: the SIL Open Font License 1.1, which covers them.
- `scripts/vendor_fonts.py` writes all of it.
"""


def run(*command):
    """Run a command and stop with its own words when it fails."""
    subprocess.run([str(part) for part in command], check=True)


def fetch(folder):
    """The package's tarball, refused unless it is byte for byte the one we chose."""
    run("npm", "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", folder, "--silent")
    tarball = folder / f"{PACKAGE}-{VERSION}.tgz"
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        sys.exit(f"{tarball.name} is not the file we chose: sha512-{digest}")
    with tarfile.open(tarball) as archive:
        archive.extractall(folder, filter="data")
    return folder / VARIABLE


def subset_faces(css):
    """Each file of the dynamic subset with the characters it serves, in the package's own order."""
    rules = re.findall(r"@font-face\s*{(.*?)}", css, re.DOTALL)
    faces = []
    for rule in rules:
        name = re.search(r"url\([^)]*/([^/)]+\.woff2)\)", rule).group(1)
        faces.append((name, re.search(r"unicode-range:\s*([^;]+);", rule).group(1).strip()))
    if len(faces) != FACES:
        sys.exit(f"Expected {FACES} faces in the dynamic subset, found {len(faces)}")
    return faces


def points(ranges):
    """The code points that a unicode-range speaks for."""
    found = set()
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def as_ranges(codes):
    """A set of code points as a unicode-range."""
    runs = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:x}" if a == b else f"U+{a:x}-{b:x}" for a, b in runs)


def cut(full, target, codes):
    """Cut the given characters from the full font under our own name. Runs in the throwaway environment."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=LAYOUT.split(","), name_IDs=["*"])
    options.recalc_timestamp = False
    font = subset.load_font(full, options)
    wanted = points(codes) & set(font.getBestCmap())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    rename(font["name"])
    subset.save_font(font, target, options)
    print(as_ranges(wanted))


def rename(table):
    """Give every name that a reader or a program could show our own, and keep copyright and licence."""
    for record in list(table.names):
        if record.nameID in NAMES_SHOWN:
            name = CUT_FAMILY if record.nameID in (1, 4, 16) else CUT_FAMILY.replace(" ", "")
            table.setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
        elif "PretendardVariable-" in record.toUnicode():
            name = record.toUnicode().replace("PretendardVariable", CUT_FAMILY.replace(" ", ""))
            table.setName(name, record.nameID, record.platformID, record.platEncID, record.langID)


def cut_faces(source, served, folder):
    """Our own faces: only what the dynamic subset does not serve, so no character has two fonts."""
    run(sys.executable, "-m", "venv", folder / "venv")
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *CUTTERS)
    full = source / "woff2" / "PretendardVariable.woff2"
    for name, blocks in CUTS.items():
        wanted = {code for first, last in blocks for code in range(first, last + 1)} - served
        command = [python, __file__, "cut", full, TARGET / name, as_ranges(wanted)]
        answer = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
        yield name, answer.stdout.strip()


def print_faces(folder):
    """The weights that documents are set in. A document cannot be set in the parts that a browser loads."""
    shutil.rmtree(PRINT, ignore_errors=True)
    PRINT.mkdir(parents=True)
    for weight in WEIGHTS:
        shutil.copyfile(
            folder / f"package/dist/public/static/Pretendard-{weight}.otf", PRINT / f"Pretendard-{weight}.otf"
        )
    shutil.copyfile(folder / "package/dist/LICENSE.txt", PRINT / "OFL.txt")
    (PRINT / "SOURCE.md").write_text(PRINT_SOURCE)


def main():
    """Renew every file of static/vendor/pretendard and publishing/fonts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = fetch(folder)
        print_faces(folder)
        faces = subset_faces((source / "pretendardvariable-dynamic-subset.css").read_text())
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(source / "woff2-dynamic-subset", TARGET / "subset")
        shutil.copy(folder / "package/dist/LICENSE.txt", TARGET / "OFL.txt")
        served = set().union(*(points(ranges) for _, ranges in faces))
        rules = [FACE.format(family=FAMILY, file=f"subset/{file}", ranges=ranges) for file, ranges in faces]
        for file, ranges in cut_faces(source, served, folder):
            rules.append(FACE.format(family=CUT_FAMILY, file=file, ranges=ranges))
    (TARGET / "pretendard.css").write_text(HEADER + "\n".join(rules))
    (TARGET / "SOURCE.md").write_text(SOURCE)


if __name__ == "__main__":
    if sys.argv[1:2] == ["cut"]:
        cut(*sys.argv[2:])
    else:
        main()
