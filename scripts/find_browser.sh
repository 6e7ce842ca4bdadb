#!/bin/sh
# The browser tests need Chromium. Root gets Debian's; anyone else is told the one command to run.
for name in "$CHROMIUM" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; then exit 0; fi
    echo "Chromium could not be installed." >&2
    exit 1
fi
echo "The browser tests need Chromium. Install it with: sudo apt-get install chromium" >&2
echo "or name a browser you have: CHROMIUM=/path/to/chromium make test" >&2
exit 1
