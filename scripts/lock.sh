#!/bin/sh
# Compiles the requirements in an environment made for it and thrown away. No index address is written.
set -e
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/python" -m pip --disable-pip-version-check --quiet install pip-tools
for name in requirements requirements-dev; do
    "$folder/bin/python" -m piptools compile --quiet --generate-hashes --strip-extras --no-header \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe --output-file "$name.txt" "$name.in"
done
