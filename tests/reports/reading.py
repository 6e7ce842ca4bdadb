"""Reading a document as its readers' programs do: poppler's tools."""

import subprocess


def _run(program, *options, content):
    found = subprocess.run([program, *options], input=content, capture_output=True, check=True)
    return found.stdout.decode()


def text(content, *options):
    """Every word, lines as they stand on the page."""
    return _run("pdftotext", "-layout", *options, "-", "-", content=content)


def pages(content):
    """The text of each page."""
    return text(content).split("\f")[:-1]


def facts(content):
    """{what: value} of the document's own facts."""
    lines = (line.partition(":") for line in _run("pdfinfo", "-", content=content).splitlines())
    return {name: value.strip() for name, _, value in lines}


def fonts(content):
    """(name, whether it is embedded) of each font."""
    rows = _run("pdffonts", "-", content=content).splitlines()[2:]
    return [(row.split()[0], row.split()[-5] == "yes") for row in rows]


def words(found):
    """Text with its blanks and line breaks made one."""
    return " ".join(found.split())
