#!/bin/sh
# Installs the parts that are not ours, and runs the tests of this folder.
#   run.sh PYTHON [pictures]
set -eu
python=$1
parts=$(cd "$(dirname "$0")" && pwd)
cd "$parts/../.."

for tool in node npm; do
  command -v "$tool" > /dev/null || {
    echo "test-parts: skipped, there is no $tool here"
    exit 0
  }
done
# Again only when the versions have changed.
if ! cmp -s "$parts/package.json" "$parts/node_modules/.installed"; then
  echo "test-parts: installing $(grep -c '^    "' "$parts/package.json") parts"
  npm install --prefix "$parts" --no-package-lock --no-audit --no-fund --loglevel=error
  cp "$parts/package.json" "$parts/node_modules/.installed"
fi
if [ "${2:-}" = pictures ]; then
  PYTHONPATH=tests exec "$python" tests/parts/pictures.py
fi
# `make test` ignores this folder; here it is all there is.
"$python" -m pytest --override-ini 'addopts=--import-mode=importlib -q' tests/parts
