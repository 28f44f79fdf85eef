"""Does a range in one piece and in parts, as jobs of their own, and collects all that was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from diff_insight.plan.history_plan import HistoryPlan, write_plan
from diff_insight.plan.planned_range import PlannedRange
from support.command import Command

#: Every form, and locales that count, space and quote differently.
FORMS = ("--format", "markdown,html,json", "--locale", "en_US,ja_JP,de_DE")
RANGES = "diff-insight-ranges"


def plan_of(base: str, head: str, parts: int) -> PlannedRange:
    """Return a range whose files are shared out over so many jobs; 1 leaves it whole."""
    numbers = tuple(range(1, parts + 1)) if parts > 1 else ()
    return PlannedRange(
        base=base, head=head, date="2025-06-12", label="2025-W24",
        job=0 if numbers else 1, parts=numbers,
    )  # fmt: skip


class PartRuns:
    """Runs `backfill` over a range of a repository, in a folder of its own for each number of parts.

    Args:
        command: Runs the command.
        repo: The repository.
        base: Where the range begins.
        head: Where it ends.
        options: More arguments.
    """

    def __init__(
        self, command: Command, repo: Path, base: str, head: str, options: Sequence[str] = FORMS
    ) -> None:
        self._command, self._ends = command, (base, head)
        self._options = ["--repo", str(repo), "--quiet", *options]
        self._home = command.folder

    def start(self, parts: int, name: str = "") -> Path:
        """Make a folder with the plan for so many parts, and work there from now on."""
        folder = self._home / (name or f"parts-{parts}")
        folder.mkdir(parents=True)
        planned = plan_of(*self._ends, parts)
        (folder / "plan.json").write_bytes(write_plan(HistoryPlan(ranges=(planned,), by="week")))
        self._command.folder = folder
        return folder

    def job(self, number: int) -> None:
        """Do one job of the plan."""
        ran = self._command("backfill", "plan.json", "--job", str(number), *self._options)
        assert ran.code == 0, ran.err
        assert not ran.out

    def join(self) -> dict[str, bytes]:
        """Do the rest of the plan, and return what was written by path."""
        ran = self._command("backfill", "plan.json", *self._options)
        assert ran.code == 0, ran.err
        return self.written()

    def written(self) -> dict[str, bytes]:
        """Return every file but plan and records by path."""
        folder = self._command.folder
        paths = (path for path in folder.rglob("*") if path.is_file())
        return {
            name: path.read_bytes()
            for path in paths
            if not (name := path.relative_to(folder).as_posix()).startswith(RANGES)
            and name != "plan.json"
        }

    def single(self) -> dict[str, bytes]:
        """Do the range in one piece."""
        self.start(1)
        return self.join()

    def split(self, parts: int) -> dict[str, bytes]:
        """Do the range in parts, and join them."""
        self.start(parts)
        for number in range(1, parts + 1):
            self.job(number)
        return self.join()


def part_files(folder: Path) -> list[Path]:
    """Return the files of the parts that are there."""
    return sorted((folder / RANGES).glob("*.jsonl"))


def rows_in(file: Path) -> list[list[object]]:
    """Return the rows of a part."""
    lines = file.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[1:-1]]
