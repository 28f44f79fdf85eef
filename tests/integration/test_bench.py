"""`make bench` works on any machine: without clones it measures a generated repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from diff_insight import pipeline

pytestmark = pytest.mark.slow
ROOT = Path(pipeline.__file__).parents[2]


def test_bench_measures_a_generated_repository(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.report", "--max-files", "10", "--repeat", "1",
         "--clones", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "skipped, no clone" in done.stdout
    assert "generated main~1..main: 10 files" in done.stdout
    stages = next(line for line in done.stdout.splitlines() if "stages" in line)
    for stage in ("start", "diff", "analyze", "story", "insight", "write"):
        assert f"{stage} " in stages
    assert "MB in the largest process" in done.stdout


def test_bench_model_prints_tokens_and_wall_time(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.model", "--files", "10", "--locales", "1",
         "--clones", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": f"tests{os.pathsep}."},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "generated main~1..main: 10 files, 16 slots" in done.stdout
    assert "sent again {}" in done.stdout
    assert "of the bound" in done.stdout


def test_bench_impact_prints_seconds_uses_and_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.impact", "--files", "300", "--names", "2"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("300 files, 2 names: ")
    assert " 9 uses, " in done.stdout
