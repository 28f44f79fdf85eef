"""Times the search for uses in a generated checkout, against one `git grep` for one word.

    python -m benchmarks.impact [--files 100000] [--names 200]

The tree has files of several languages in folders of a hundred; a hundredth of them import the
package. Every name is looked for that the generated library takes away.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diff_insight.git.command import Git
from diff_insight.git.own_checkout import OwnCheckout
from diff_insight.impact.look_up import OtherRepository, look_up
from diff_insight.impact.reference import SymbolSubject
from diff_insight.impact.subjects import NameSubject, Subject
from diff_insight.model.facts import Fact
from diff_insight.model.source_tree import SourceTree

_SHARE = 100
_FILLER = (
    "def function_{0}(value):\n    return value + {0}\n\n\nclass Thing{0}:\n    name = 'thing {0}'\n"
    * 3
)


def main() -> int:
    """Make the tree, look everything up, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="diff-insight-bench-") as folder:
        make_tree(Path(folder), arguments.files, arguments.names)
        grep = seconds_of_grep(Path(folder))
        taken, uses, peak = seconds_of_look_up(Path(folder), arguments.names)
    sys.stdout.write(
        f"{arguments.files} files, {arguments.names} names: {taken:.1f} s, {taken / max(grep, 0.01):.1f} times one git grep "
        f"({grep:.1f} s), {uses} uses, {peak:.0f} MB\n"
    )
    return 0


def make_tree(folder: Path, files: int, names: int) -> None:
    """Write a checkout in which a hundredth of the files uses the package."""
    for number in range(files):
        parent = folder / f"part{number // 10_000}/folder{number // 100 % 100}"
        if number % 100 == 0:
            parent.mkdir(parents=True, exist_ok=True)
        text = _FILLER.format(number)
        if number % _SHARE == 0:
            name = number // _SHARE % names
            text = f"from lib import old_{name}\n\nold_{name}()\nMODEL = 'model-{name}'\n{text}"
        (parent / f"file{number}.py").write_text(text)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


def seconds_of_grep(folder: Path) -> float:
    """Return what git takes for one word, so that the figure can be compared between machines."""
    started = time.perf_counter()
    command = ["git", "-C", str(folder), "grep", "-q", "-F", "no such word in it"]
    subprocess.run(command, check=False)
    return time.perf_counter() - started


def seconds_of_look_up(folder: Path, names: int) -> tuple[float, int, float]:
    """Return seconds, uses, and the largest memory of this process and git in MB."""
    code = "".join(f"def old_{number}():\n    pass\n\n\n" for number in range(names))
    texts = {"lib/__init__.py": code, "pyproject.toml": '[project]\nname = "lib"\n'}
    base = SourceTree(paths=frozenset(texts), content=lambda path: texts[path].encode())
    subjects: list[Subject] = [
        SymbolSubject(
            fact=Fact("symbol.removed", {"name": f"old_{number}()"}, breaking=True),
            path="lib/__init__.py", key=f"old_{number}", start=1 + 4 * number,
        )
        for number in range(names)
    ]  # fmt: skip
    subjects += [NameSubject((f"model-{number}",)) for number in range(names)]
    own = OwnCheckout(Git(folder, os.environ))
    started = time.perf_counter()
    result = look_up(subjects, OtherRepository("other/lib", base), own)
    taken = time.perf_counter() - started
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return taken, sum(map(len, result.uses.values())), peak / 1024


if __name__ == "__main__":
    sys.exit(main())
