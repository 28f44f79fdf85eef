"""Decides before the first request what is asked together, what in parts, and what it will cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import count

from msgspec import Struct

from diff_insight.llm.prompting.context import neighbor_lines
from diff_insight.llm.prompting.prompts import Prompt, block, corrective, fence, instructions
from diff_insight.llm.prompting.split import split_patch
from diff_insight.llm.prompting.token_estimate import estimate
from diff_insight.llm.prompting.units import Unit

#: Tokens of a patch up to which a file may share a request.
SMALL = 600
#: Estimated tokens of data in one request; a larger file is asked about in parts.
MOST_INPUT = 12_000
#: Expected output tokens of one request: more locales than fit get requests of their own.
MOST_OUTPUT = 3_000
#: A shared request answers no later than this many output tokens.
_MOST_SHARED = 600


class PatchPiece(Struct, frozen=True):
    """A file or a part of it inside a request; `notes` are what its parts said, when merged."""

    unit: Unit
    content: str
    part: int = 0
    parts: int = 1
    notes: bool = False

    def block(self, number: int) -> str:
        """Return the fenced data."""
        head = self.unit.head()
        if self.parts > 1 and not self.notes:
            head.append(("part", f"{self.part + 1} of {self.parts}"))
        return block(number, head, "notes" if self.notes else "diff", self.content)


class Job(Struct, frozen=True, dict=True):
    """One request about files: its pieces, and the locales it is to answer in."""

    pieces: tuple[PatchPiece, ...]
    locales: tuple[str, ...]

    def prompt(self, faults: Sequence[str] = (), answer: str = "") -> Prompt:
        """Return its words, with the answer before and what was wrong with it."""
        around = {piece.unit.index: piece.unit.others for piece in self.pieces}
        lines = neighbor_lines({index: each for index, each in around.items() if each})
        parts = [fence("\n".join(lines))] if lines else []
        parts += [piece.block(number) for number, piece in enumerate(self.pieces, 1)]
        parts += [corrective(faults, answer)] if faults else []
        return Prompt(instructions("files", self.locales), "\n".join(parts))

    @cached_property
    def input(self) -> int:
        """Estimated input tokens."""
        prompt = self.prompt()
        return estimate(prompt.system) + estimate(prompt.user)

    @property
    def output(self) -> int:
        """Expected output tokens."""
        return 15 + len(self.locales) * sum(piece.unit.output for piece in self.pieces)


class Plan(Struct, frozen=True):
    """All requests about the files of a category, longest answer first.

    Attributes:
        jobs: Requests about whole files.
        parted: For each file in parts, the requests about them; their answers are merged in one more.
    """

    jobs: tuple[Job, ...]
    parted: tuple[tuple[Job, ...], ...]

    @property
    def units(self) -> frozenset[int]:
        """Indexes of the files that are asked about."""
        return frozenset(piece.unit.index for job in self.all_jobs for piece in job.pieces)

    @property
    def all_jobs(self) -> tuple[Job, ...]:
        """Every request whose words are known."""
        return (*self.jobs, *(job for jobs in self.parted for job in jobs))

    @property
    def requests(self) -> int:
        """Number of requests about files."""
        return len(self.all_jobs) + len(self.parted)

    @property
    def input(self) -> int:
        """Estimated input tokens."""
        merges = sum(600 + 120 * len(jobs) for jobs in self.parted)
        return sum(job.input for job in self.all_jobs) + merges

    @property
    def output(self) -> int:
        """Expected output tokens."""
        merges = sum(job.output for jobs in self.parted for job in jobs[:1])
        return sum(job.output for job in self.all_jobs) + merges


def make_plan(units: Sequence[Unit], locales: Sequence[str], *, slots: int) -> Plan:
    """Return the requests for the files of a category.

    Args:
        units: The files to ask about.
        locales: Locales of the texts.
        slots: Requests that may be under way at once; 0 is any number, and each file has its own.
    """
    groups = _groups(locales, max((unit.output for unit in units), default=1))
    small = [unit for unit in units if unit.tokens <= SMALL]
    single = [unit for unit in units if SMALL < unit.tokens <= MOST_INPUT]
    large = [unit for unit in units if unit.tokens > MOST_INPUT]
    batches = _batches(small, units, slots, len(groups[0]))
    jobs = [
        Job(tuple(PatchPiece(unit, unit.patch) for unit in batch), group)
        for batch in (*([unit] for unit in single), *batches)
        for group in groups
    ]
    jobs.sort(key=_longest_first)
    parted = tuple(parts_of(unit, locales[:1], MOST_INPUT) for unit in large)
    return Plan(tuple(jobs), parted)


def join_plans(plans: Iterable[Plan]) -> Plan:
    """Return several plans as one."""
    parts = list(plans)
    jobs = [job for plan in parts for job in plan.jobs]
    return Plan(
        tuple(sorted(jobs, key=_longest_first)),
        tuple(jobs for plan in parts for jobs in plan.parted),
    )


def _longest_first(job: Job) -> tuple[int, int, tuple[str, ...]]:
    """Sort by length: the last answer to come is then a short one. Paths settle ties."""
    return -job.output, job.pieces[0].unit.index, job.locales


def parts_of(unit: Unit, locales: Sequence[str], most: int) -> tuple[Job, ...]:
    """Return the requests about the parts of one large file; they answer in one locale."""
    parts = split_patch(unit.patch, most)
    return tuple(
        Job((PatchPiece(unit, part, number, len(parts)),), tuple(locales))
        for number, part in zip(count(), parts, strict=False)
    )


def _groups(locales: Sequence[str], output: int) -> list[tuple[str, ...]]:
    """Return all locales in one group, or fewer when an answer would not fit."""
    size = max(1, MOST_OUTPUT // output)
    return [tuple(locales[start : start + size]) for start in range(0, len(locales), size)]


def _batches(
    small: Sequence[Unit], units: Sequence[Unit], slots: int, locales: int
) -> list[list[Unit]]:
    """Let small files share requests, as far as that makes the run no longer.

    Output tokens set the time a request takes. A batch may answer with as many as a third of what a
    slot has to answer anyway, and never fewer than the longest single answer.
    """
    if not slots:
        return [[unit] for unit in small]
    total = sum(unit.output for unit in units) * locales
    longest = max((unit.output for unit in units), default=0) * locales
    room = min(_MOST_SHARED, max(longest, total // (3 * slots)))
    batches: list[list[Unit]] = []
    output = tokens = room + 1
    for unit in sorted(small, key=lambda unit: (-unit.output, unit.index)):
        more = unit.output * locales
        if output + more > room or tokens + unit.tokens > 2 * SMALL:
            batches.append([])
            output = tokens = 0
        batches[-1].append(unit)
        output += more
        tokens += unit.tokens
    return batches
