#!/bin/sh
# The tests of documents read every PDF back with pdftotext. Root gets Debian's; anyone else is told the one command to run.
if command -v pdftotext >/dev/null && command -v pdfinfo >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing poppler's tools for the tests of documents"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null; then exit 0; fi
    echo "poppler-utils could not be installed." >&2
    exit 1
fi
echo "The tests of documents need pdftotext. Install it with: sudo apt-get install poppler-utils" >&2
exit 1
