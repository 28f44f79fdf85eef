"""`make bench-model`: what a report told by a model costs, against a fake endpoint with a latency.

The endpoint is in memory, behind the HTTP client: a request takes 0.4 s and 0.01 s for each output token,
every text about a file has 136 output tokens (the average of the reference's answers), an overview 272.
Input tokens are counted as four bytes, or one character of Han or kana, each. The reference asks about one
file after the other with the files before as history: measured, 3.97 input tokens for each token of the
patches and locale (289,612 for 72,938), one request after the other. Goals are printed, nothing fails.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from benchmarks.report import CLONES
from benchmarks.rows import Row, find_clone, read_rows
from benchmarks.synthetic import make_repository
from diff_insight.bootstrap.clock import SystemClock
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.llm.client.endpoint_address import EndpointAddress
from diff_insight.llm.client.endpoint_client import RequestLimits, Timing
from diff_insight.llm.client.exchange import Dialect
from diff_insight.llm.client.model_analyst import ModelAnalyst
from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint
from diff_insight.llm.client.prepared import Asked
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.pipeline import Ports, run
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource
from support.fake_model import FakeModel, Request, count_tokens

LATENCY = (0.4, 0.01)
_TEXT, _OVERVIEW = 136, 272
#: Input tokens of the reference for each token of the patches and locale, and its seconds for a text.
_REFERENCE_INPUT = 289_612 / 72_938
_REFERENCE_SECONDS = LATENCY[0] + LATENCY[1] * _TEXT
#: Measured on 60 files in 2 locales, the row that the goals speak of.
_REFERENCE_60 = {"requests": 122, "input": 578_802, "seconds": 215.9}
_FILES = (10, 60)
_LOCALES = ("en_US", "ja_JP", "zh_CN")


class _Watch:
    """Progress that keeps the time at which a stage begins, and a writer that writes nothing."""

    def __init__(self) -> None:
        self.begun: dict[str, float] = {}
        self.plan = ""

    def stage(self, name: str, total: int = 0) -> None:
        self.begun[name] = time.monotonic()

    def advance(self, steps: int = 1) -> None:
        return

    def notice(self, notice: Notice) -> None:
        return

    def say(self, text: str) -> None:
        self.plan = text

    def write(self, insights: Sequence[Insight]) -> list[PurePath]:
        return []


@dataclass(frozen=True)
class Measured:
    """One run: what was spent, how long it took, and how long it had to."""

    insight: Insight
    model: FakeModel
    seconds: float
    patches: int
    plan: str

    def bound(self, slots: int) -> float:
        """Return the larger of the longest chain and of all answers divided by the slots."""
        files = [_seconds(each) for each in self.model.requests if not each.overview]
        chain = max(files, default=0) + LATENCY[0] + LATENCY[1] * _OVERVIEW
        return max(chain, self.model.busy / slots)


def answer_tokens(request: Request, text: str) -> int:
    """Return how long an answer is: as long as the reference's, whatever it says."""
    if request.overview:
        return _OVERVIEW
    return _TEXT * len(request.blocks) * len(request.locales)


def _seconds(request: Request) -> float:
    return LATENCY[0] + LATENCY[1] * answer_tokens(request, "")


def measure(repository: Path, row: Row, locales: tuple[str, ...], slots: int) -> Measured:
    """Report on a range with the fake endpoint."""
    model = FakeModel(latency=LATENCY, answer_tokens=answer_tokens)
    watch = _Watch()
    asked = Asked(
        model="fake", summary_model="fake", place="fake", dialect=Dialect(),
        nonce="0123456789ab", limits=RequestLimits(slots=slots),
    )  # fmt: skip
    place = EndpointAddress(url="https://model.example/v1")
    analyst = ModelAnalyst(
        asked,
        lambda: OpenAIEndpoint(place, model.transport),
        watch,
        timing=Timing(now=time.monotonic, sleep=asyncio.sleep),
    )
    source = CheckoutSource(Repository(Git(repository, os.environ)))
    ports = Ports(
        source=source, writer=watch, clock=SystemClock(), progress=watch,
        workers=InPlace(), analyst=analyst,
    )  # fmt: skip
    try:
        request = RangeRequest(base=row.base, head=row.head, comparison=Comparison.DIRECT)
        (insight,) = run(request, Settings(locales=locales), ports).insights
        patches = sum(count_tokens(e.patch()) for e in insight.files if e.patch is not None)
    finally:
        source.close()
    seconds = watch.begun["reports"] - watch.begun["model"]
    return Measured(insight, model, seconds, patches, watch.plan)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each range for one to three locales."""
    options = _options(arguments)
    import openai  # noqa: F401, PLC0415 - its half second is not the endpoint's

    for files in options.files:
        with tempfile.TemporaryDirectory(prefix="diff-insight-bench-") as folder:
            row, repository = _place(files, options.clones, Path(folder))
            print(
                f"\n{row.repository} {row.base}..{row.head}: {row.files} files, {options.slots} slots"
            )
            for count in options.locales:
                done = measure(repository, row, _LOCALES[:count], options.slots)
                _print(done, count, options.slots)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    clones = os.environ.get(CLONES)
    parser.add_argument("--clones", type=Path, default=Path(clones) if clones else None)
    parser.add_argument("--slots", type=int, default=16)
    parser.add_argument("--files", type=int, nargs="+", default=_FILES)
    parser.add_argument("--locales", type=int, nargs="+", default=(1, 2, 3))
    return parser.parse_args(arguments)


def _place(files: int, clones: Path | None, folder: Path) -> tuple[Row, Path]:
    """Return a range of that many files: of a clone, or generated."""
    for row in read_rows():
        clone = find_clone(row, clones) if row.files == files else None
        if clone is not None:
            return row, clone
    return make_repository(folder / "repository", files), folder / "repository"


def _print(done: Measured, locales: int, slots: int) -> None:
    usage = done.insight.usage
    reference = round(_REFERENCE_INPUT * done.patches * locales)
    bound = done.bound(slots)
    requests = (len(done.insight.files) + 2) * locales
    written, texts = done.insight.texts_by_model
    print(
        f"  {locales} locales: {usage.requests} requests, {usage.input_tokens} input tokens "
        f"({done.patches} of patches), {usage.output_tokens} output; "
        f"{done.insight.coverage.sent_to_model} files sent, {written}/{texts} texts, "
        f"sent again {dict(usage.resent)}"
    )
    print(f"    {done.plan}")
    print(
        f"    input: 1/{reference / usage.input_tokens:.1f} of the reference's {reference}"
        f" (goal: 1/6 for 2 locales, 1/8 for 3)"
    )
    print(
        f"    wall: {done.seconds:.1f} s, {done.seconds / bound:.2f} of the bound {bound:.1f} s (goal 1.3), "
        f"{requests * _REFERENCE_SECONDS / done.seconds:.1f} times faster than {requests} requests one after "
        "the other (goal: 12 for 60 files)"
    )
    if (len(done.insight.files), locales) == (60, 2):
        print(
            f"    measured reference of withastro/docs: {_REFERENCE_60['input']} tokens, "
            f"{_REFERENCE_60['seconds']} s: 1/{_REFERENCE_60['input'] / usage.input_tokens:.1f} and "
            f"{_REFERENCE_60['seconds'] / done.seconds:.1f} times faster"
        )


if __name__ == "__main__":
    sys.exit(main())
