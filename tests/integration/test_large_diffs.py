"""Diffs of 200 MB are read to their end within the memory bound."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
_SIZE = 200_000_000
_LINE = b"+the quick brown fox jumps over the lazy dog 0123456789\n"
_BOUND = 300_000_000
# The kernel's own high-water mark: ru_maxrss would count what the test run had before the exec.
_PROGRAM = """
import resource, sys
from diff_insight.cli.main import main
code = main(sys.argv[1:])
marks = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")]
helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(int(marks[0]) * 1024, helpers * 1024, file=sys.stderr)
sys.exit(code)
"""


def added(name: str, lines: int) -> bytes:
    return (
        f"diff --git a/{name} b/{name}\nnew file mode 100644\nindex 0000000..1111111\n"
        f"--- /dev/null\n+++ b/{name}\n@@ -0,0 +1,{lines} @@\n"
    ).encode()


def one_file() -> Iterator[bytes]:
    lines = _SIZE // len(_LINE)
    yield added("big.txt", lines)
    for _ in range(lines // 10_000):
        yield _LINE * 10_000
    yield _LINE * (lines % 10_000)


def one_line() -> Iterator[bytes]:
    yield added("big.txt", 1) + b"+"
    for _ in range(_SIZE // 1_000_000):
        yield b"x" * 1_000_000
    yield b"\n"


def files(size: int) -> Iterator[bytes]:
    lines = size // len(_LINE)
    for number in range(_SIZE // size):
        yield added(f"file{number}.txt", lines) + _LINE * lines


@pytest.mark.parametrize(
    ("pieces", "count", "additions"),
    [
        (one_file, 1, _SIZE // len(_LINE)),
        (one_line, 1, 1),
        (partial(files, 5_000_000), 40, 40 * (5_000_000 // len(_LINE))),
        (partial(files, 20_000), 10_000, 10_000 * (20_000 // len(_LINE))),
    ],
    ids=["one file", "one line", "large files", "many files"],
)
def test_two_hundred_megabytes(
    tmp_path: Path, pieces: Callable[[], Iterator[bytes]], count: int, additions: int
) -> None:
    with (tmp_path / "big.diff").open("wb") as file:
        file.writelines(pieces())
    words = ["report", "--diff", "big.diff", "--date", "2025-06-12", "--format", "json"]
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words, "--output", "x.json", "-q"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    (tmp_path / "big.diff").unlink()
    assert ran.returncode == 0, ran.stderr
    assert max(int(size) for size in ran.stderr.split()) < _BOUND
    document = json.loads((tmp_path / "x.json").read_bytes())
    assert (document["totals"]["files"], document["totals"]["additions"]) == (count, additions)
    told = document["coverage"]["untold_lines"] == 0
    assert document["coverage"]["complete"] is told
