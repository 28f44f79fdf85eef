"""Ranges that are made to take all time and memory: what a report of each takes, and what it says that it lacks.

usage: python -m benchmarks.extremes [--only NAME]… [--share PART] [--repeat N]

Each repository is made in a temporary folder. One line tells seconds of the processors and of the clock,
the memory of the largest process, and the coverage of the report. `--share 0.01` makes them smaller.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from benchmarks.measure import RSS_UNIT

_ENVIRON = {
    **{f"GIT_{who}_{what}": "bench@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip
_MEGABYTE = 1_000_000


class Measured(Struct, frozen=True):
    """What one report took, and what it says of itself."""

    processors: float
    clock: float
    peak: int
    coverage: dict[str, object]
    notices: list[str]


class Maker:
    """Writes the two commits of a range into an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "-q", "--bare", ".")

    def git(self, *words: str, stdin: bytes = b"") -> str:
        """Run git here and return what it prints."""
        done = subprocess.run(
            ["git", *words], cwd=self.folder, input=stdin, capture_output=True, check=True,
            env=os.environ | _ENVIRON,
        )  # fmt: skip
        return done.stdout.decode().strip()

    def tree(self, *entries: str) -> str:
        """Write a tree of lines of `git ls-tree`."""
        return self.git("mktree", stdin="".join(f"{entry}\n" for entry in entries).encode())

    def blob(self, content: bytes) -> str:
        """Write a file."""
        return self.git("hash-object", "-w", "--stdin", stdin=content)

    def commit(self, base: str, head: str) -> None:
        """Name two trees `base` and `head`."""
        first = self.git("commit-tree", base, "-m", "base")
        self.git("update-ref", "refs/heads/base", first)
        second = self.git("commit-tree", head, "-p", first, "-m", "head")
        self.git("update-ref", "refs/heads/head", second)

    def load(self, stream: Iterator[bytes]) -> None:
        """Let git import a stream."""
        started = subprocess.Popen(
            ["git", "fast-import", "--quiet", "--depth=0"],
            cwd=self.folder, stdin=subprocess.PIPE, env=os.environ | _ENVIRON,
        )  # fmt: skip
        if started.stdin is not None:
            started.stdin.writelines(stream)
            started.stdin.close()
        if started.wait() != 0:
            raise RuntimeError("git fast-import failed")


def make_files(made: Maker, share: float) -> None:
    """A million files of a few tree objects."""
    held = made.tree(
        *(f"100644 blob {made.blob(b'x' + b'.' * 10)}\tf{number}.md" for number in range(10))
    )
    levels = len(str(max(1, round(1_000_000 * share)))) - 2
    for _ in range(max(0, levels)):
        held = made.tree(*(f"040000 tree {held}\td{number}" for number in range(10)))
    made.commit(made.tree(), held)


def make_renames(made: Maker, share: float) -> None:
    """A folder of 100,000 files gets another name."""
    count = round(100_000 * share)

    def stream() -> Iterator[bytes]:
        yield b"commit refs/heads/base\ncommitter b <b@example.com> 1 +0000\ndata 1\nx\n"
        for number in range(count):
            content = b"file %d\n" % number * 3
            yield b"M 100644 inline old/%d/f%d.md\ndata %d\n%s\n" % (
                number % 100,
                number,
                len(content),
                content,
            )
        yield b"commit refs/heads/head\ncommitter b <b@example.com> 2 +0000\ndata 1\ny\nfrom refs/heads/base\nR old new\n"

    made.load(stream())


def make_line(made: Maker, share: float) -> None:
    """One line of a gigabyte becomes another one."""
    count = max(1, round(1000 * share))

    def stream() -> Iterator[bytes]:
        for name, letter in ((b"base", b"a"), (b"head", b"b")):
            yield b"commit refs/heads/%s\ncommitter b <b@example.com> 1 +0000\ndata 1\nx\n" % name
            if name == b"head":
                yield b"from refs/heads/base\n"
            yield b"M 100644 inline line.md\ndata %d\n" % (count * _MEGABYTE)
            yield from (letter * _MEGABYTE for _ in range(count))
            yield b"\n"

    made.load(stream())


def make_refs(made: Maker, share: float) -> None:
    """100,000 branches and tags beside those that are compared."""
    made.commit(
        *(made.tree(f"100644 blob {made.blob(text)}\ta.md") for text in (b"old\n", b"new\n"))
    )
    head = made.git("rev-parse", "refs/heads/head")
    names = (
        f"refs/{kind}/n{number}"
        for kind in ("heads", "tags")
        for number in range(round(50_000 * share))
    )
    made.git(
        "update-ref", "--stdin", stdin="".join(f"create {name} {head}\n" for name in names).encode()
    )
    made.git("pack-refs", "--all")


def make_deep(made: Maker, share: float) -> None:
    """A file below 5,000 folders."""
    trees = []
    for text in (b"old\n", b"new\n"):
        held = made.tree(f"100644 blob {made.blob(text)}\ta.md")
        for _ in range(round(5000 * share)):
            held = made.tree(f"040000 tree {held}\td")
        trees.append(held)
    made.commit(*trees)


EXTREMES: dict[str, Callable[[Maker, float], None]] = {
    "files": make_files, "renames": make_renames, "line": make_line, "refs": make_refs, "deep": make_deep,
}  # fmt: skip


#: A process that is started has the memory of the one that starts it for its first peak: that one is small.
_LAUNCHER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(code)
"""


def measure(name: str, share: float, *options: str) -> Measured:
    """Make one of the ranges and report on it, with an installed command.

    Args:
        name: Which one.
        share: Its size, 1 for all of it.
        options: More options of the command.
    """
    with tempfile.TemporaryDirectory(prefix="diff-insight-extremes-") as folder:
        made = Maker(Path(folder) / "repo")
        EXTREMES[name](made, share)
        report = Path(folder) / "r.json"
        words = [
            "report",
            "base..head",
            "--repo",
            str(made.folder),
            "--format",
            "json",
            "--output",
            str(report),
        ]
        started = time.monotonic()
        process = subprocess.run(
            [sys.executable, "-c", _LAUNCHER, sys.executable, "-m", "diff_insight", *words, *options],
            cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False,
        )  # fmt: skip
        clock = time.monotonic() - started
        if process.returncode != 0:
            raise RuntimeError(f"{name}: the report ended with {process.returncode}")
        processor, peak = map(float, process.stdout.split())
        insight = json.loads(report.read_text("utf-8"))
        return Measured(
            processor, clock, int(peak) * RSS_UNIT,
            insight["coverage"], [notice["key"] for notice in insight["notices"]],
        )  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", choices=EXTREMES, default=[])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--repeat", type=int, default=1)
    asked = parser.parse_args(words)
    for name in asked.only or EXTREMES:
        for _ in range(asked.repeat):
            found = measure(name, asked.share)
            lacks = {
                key: found.coverage[key]
                for key in ("changed", "unlisted", "complete", "read_in_part")
            }
            print(
                f"{name:8} {found.processors:6.1f} s of processors, {found.clock:6.1f} s, "
                f"{found.peak / _MEGABYTE:5.0f} MB; {lacks} {found.notices}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
