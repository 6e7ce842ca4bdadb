#!/bin/sh
# The tests of exports open every file in LibreOffice. Root gets Debian's; anyone else is told the one command to run.
for name in "$SOFFICE" soffice libreoffice; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing LibreOffice for the tests of exports"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null; then
        exit 0
    fi
    echo "LibreOffice could not be installed." >&2
    exit 1
fi
echo "The tests of exports need LibreOffice. Install it with: sudo apt-get install libreoffice-calc-nogui" >&2
echo "or name one you have: SOFFICE=/path/to/soffice make test" >&2
exit 1
