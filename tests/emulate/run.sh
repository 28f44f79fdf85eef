#!/bin/sh
# Installs a GitHub emulator that is not ours beside the virtual environment, and publishes to it.
#   run.sh PYTHON
set -eu
python=$1
cd "$(dirname "$0")/../.."
for tool in node npm; do
  command -v "$tool" > /dev/null || {
    echo "test-emulate: skipped, there is no $tool here"
    exit 0
  }
done
parts=$PWD/.venv/emulate
# `latest` is another package of that name; node comes along because older ones lack what it needs.
if [ ! -d "$parts/node_modules/emulate" ]; then
  npm install --prefix "$parts" --no-audit --no-fund --loglevel=error emulate@0.12.2 node@24.21.0
fi
# `make test` ignores this folder; here it is all there is.
EMULATE=$parts exec "$python" -m pytest --override-ini 'addopts=--import-mode=importlib -q' tests/emulate
