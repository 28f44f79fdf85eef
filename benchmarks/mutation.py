"""Mutates real files and reads each against the original with every detector; prints figures.

    python benchmarks/mutation.py FOLDER [FILES [MUTATIONS]]

No file may raise an exception or compute for longer than the limit of a file. The files are those of the
folder, drawn with a fixed seed, evenly over the extensions.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path

from diff_insight.analysis.analyze import SECONDS_OF_FILE
from diff_insight.facts.extract import extract
from diff_insight.facts.registry import load_families
from diff_insight.model.changes import FileChange, PatchSpan, Side, Status
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit

LARGEST = 200_000
ODD = "{}[]()<>\"'`#|*_\\/:;,.=-+~^$%&@! \t\n\r\0\ufeff\u2028\u3000\u202e\U000e0041"


def _delete(text: str, draw: random.Random) -> str:
    start = draw.randrange(len(text) + 1)
    return text[:start] + text[start + draw.randrange(1, 400) :]


def _insert(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(ODD) * draw.choice((1, 3, 50, 3000)) + text[at:]


def _double(text: str, draw: random.Random) -> str:
    start = draw.randrange(len(text) + 1)
    piece = text[start : start + draw.randrange(1, 300)]
    return text[:start] + piece * draw.choice((2, 40)) + text[start:]


def _swap(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    first, second = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def _join(text: str, draw: random.Random) -> str:
    start = draw.randrange(len(text) + 1)
    return text[:start] + text[start:].replace("\n", " ", draw.randrange(1, 200))


MUTATIONS: Mapping[str, Callable[[str, random.Random], str]] = {
    "delete": _delete,
    "insert": _insert,
    "double": _double,
    "swap": _swap,
    "join": _join,
}


class _Patches:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, offset: int, length: int) -> bytes:
        """Return a part of the patch."""
        return self._content[offset : offset + length]


def read_pair(path: str, old: str, new: str) -> str:
    """Read one version against the other; return what came of it: `read`, `time` or an exception."""
    before, after = (text.splitlines(keepends=True) for text in (old, new))
    hunks = "".join(list(unified_diff(before, after, n=3))[2:])
    body = f"diff --git a/x b/x\n--- a/x\n+++ b/x\n{hunks}".encode("utf-8", "replace")
    change = FileChange(
        path_bytes=path.encode(), status=Status.MODIFIED, old_mode="100644", new_mode="100644",
        patch=PatchSpan(((0, len(body)),)), additions=1, deletions=1,
    )  # fmt: skip
    texts = {Side.BASE: old.encode("utf-8", "replace"), Side.HEAD: new.encode("utf-8", "replace")}
    try:
        with cpu_limit(SECONDS_OF_FILE):
            extract(change, _Patches(body), texts.get, whole_versions=True)
    except OutOfTimeError:
        return "time"
    except Exception as error:  # noqa: BLE001 - what is looked for
        return f"{type(error).__name__}: {error}"
    return "read"


def draw_files(folder: Path, count: int, draw: random.Random) -> list[Path]:
    """Return files of a folder, evenly over their extensions."""
    kinds: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".git" not in path.parts and path.stat().st_size <= LARGEST:
            kinds[path.suffix or path.name].append(path)
    for paths in kinds.values():
        draw.shuffle(paths)
    drawn: list[Path] = []
    while len(drawn) < count and any(kinds.values()):
        drawn += [paths.pop() for paths in kinds.values() if paths]
    return drawn[:count]


def main(folder: Path, count: int, times: int) -> int:
    """Mutate files of a folder, and return 1 where one of them did harm."""
    draw = random.Random(19)  # noqa: S311 - the same files each time
    outcomes, longest = Counter[str](), (0.0, "")
    load_families([path.name for path in folder.rglob("*") if path.is_file()])
    for path in draw_files(folder, count, draw):
        try:
            old = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for _ in range(times):
            new, names = old, []
            for _ in range(draw.randrange(1, 4)):
                names.append(draw.choice(sorted(MUTATIONS)))
                new = MUTATIONS[names[-1]](new, draw)
            started = time.process_time()
            outcome = read_pair(str(path.relative_to(folder)), old, new)
            longest = max(longest, (time.process_time() - started, str(path)))
            outcomes[outcome] += 1
            if outcome != "read":
                sys.stdout.write(f"{path} {'+'.join(names)}: {outcome}\n")
    sys.stdout.write(f"{sum(outcomes.values())} mutations, {dict(outcomes.most_common(5))}\n")
    sys.stdout.write(f"longest: {longest[0]:.2f} s, {longest[1]}\n")
    return int(set(outcomes) - {"read"} != set())


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[2:4]]
    sys.exit(main(Path(sys.argv[1]), *(numbers + [200, 10][len(numbers) :])))
