"""Runs the pipeline over a diff with a model whose endpoint is in memory."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from diff_insight.llm.client.cache import Cache
from diff_insight.llm.client.endpoint_address import EndpointAddress
from diff_insight.llm.client.endpoint_client import Timing
from diff_insight.llm.client.exchange import Dialect, Endpoint
from diff_insight.llm.client.model_analyst import ModelAnalyst
from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint
from diff_insight.llm.client.prepared import Asked
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import RangeRequest
from diff_insight.pipeline import Ports, run
from diff_insight.runtime.workers import InPlace
from diff_insight.settings.settings import Settings
from diff_insight.sources.difftext import DiffTextSource
from support.fake_model import FakeModel
from support.insights import _held, _Nothing

KEY = "sk-test-0123456789abcdefghijklmnop"
PLACE = EndpointAddress(url="https://model.example/v1", key=KEY, timeout=5.0)
ASKED = Asked(
    model="test-model",
    summary_model="test-model",
    place="https://model.example/v1",
    dialect=Dialect(tokens=("max_tokens", "max_completion_tokens", "")),
    nonce="0123456789ab",
)


class Listener(_Nothing):
    """Progress that remembers what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.stages: list[tuple[str, int]] = []
        self.steps = 0

    def stage(self, name: str, total: int = 0) -> None:
        self.stages.append((name, total))

    def advance(self, steps: int = 1) -> None:
        self.steps += steps

    def notice(self, notice: Notice) -> None:
        self.said.append(notice.key)

    def say(self, text: str) -> None:
        self.said.append(text)


@dataclass
class Patience:
    """A clock that waits jump over, so that no test waits."""

    moment: float = 0.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += seconds
        await asyncio.sleep(0)

    def timing(self) -> Timing:
        return Timing(now=lambda: self.moment, sleep=self.sleep)


@dataclass
class Told:
    """What a run left behind."""

    insight: Insight
    listener: Listener
    patience: Patience

    def notices(self) -> list[str]:
        return [notice.key for notice in self.insight.notices]

    def count(self, key: str) -> Any:
        return next(n.params["count"] for n in self.insight.notices if n.key == key)

    def authors(self) -> dict[str, str]:
        return {entry.analysis.change.path: entry.author for entry in self.insight.files}


def told(
    diff: bytes,
    model: FakeModel,
    *,
    locales: tuple[str, ...] = ("en_US",),
    cache: Cache | None = None,
    asked: Asked = ASKED,
    settings: Settings | None = None,
    place: EndpointAddress = PLACE,
    endpoint: Callable[[], Endpoint] | None = None,
    timing: Timing | None = None,
    listener: Listener | None = None,
    **limits: Any,
) -> Told:
    """Return the document of a diff, told by a model."""
    if limits:
        asked = replace(asked, limits=replace(asked.limits, **limits))
    listener, patience = listener or Listener(), Patience()
    analyst = ModelAnalyst(
        asked,
        endpoint or (lambda: OpenAIEndpoint(place, model.transport)),
        listener,
        cache,
        timing or patience.timing(),
    )
    with tempfile.TemporaryFile() as file:
        file.write(diff)
        file.flush()
        source = DiffTextSource(
            file, name="test", repository="example/docs", server="https://github.com"
        )
        ports = Ports(
            source=source, writer=listener, clock=listener, progress=listener,
            workers=InPlace(), analyst=analyst,
        )  # fmt: skip
        try:
            chosen = settings or Settings(locales=locales)
            outcome = run(RangeRequest(base="1111111", head="2222222"), chosen, ports)
            (insight,) = (_held(each) for each in outcome.insights)
        finally:
            source.close()
    return Told(insight, listener, patience)


def page_diff(path: str = "docs/page.md", *, added: str = "Use the new switch `--fast` from now on.", removed: str = "Use the old switch `--slow` as before.") -> bytes:  # fmt: skip
    """Return a small change of prose in one file."""
    return (
        f"diff --git a/{path} b/{path}\nindex 1234567..89abcde 100644\n--- a/{path}\n+++ b/{path}\n"
        f"@@ -1,3 +1,3 @@\n # A page\n-{removed}\n+{added}\n The end.\n"
    ).encode()


def pages(count: int) -> bytes:
    """Return small changes of prose in several files."""
    return b"".join(page_diff(f"docs/page-{number:02}.md") for number in range(1, count + 1))
