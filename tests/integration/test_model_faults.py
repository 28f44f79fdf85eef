"""What goes wrong at an endpoint: what the reader sees, what it costs, and that no file is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from msgspec.structs import replace

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from support.asking import ASKED, Told, page_diff, pages, told
from support.fake_model import (
    Block,
    FakeModel,
    Fault,
    Request,
    always,
    completion,
    first,
    honest,
    honest_overview,
    refused,
    sent_again,
)
from support.insights import classic

FILES = 3


async def dropped(request: Request) -> httpx2.Response | None:
    raise httpx2.ReadError("connection reset by peer")


async def hanging(request: Request) -> httpx2.Response | None:
    await asyncio.sleep(60)
    raise AssertionError("somebody waited for a minute")


class Stalled(httpx2.AsyncByteStream):
    """A body that begins and then never goes on."""

    async def __aiter__(self) -> Any:
        yield b'{"id": "chatcmpl-1", '
        await asyncio.sleep(60)


async def stalling(request: Request) -> httpx2.Response | None:
    return httpx2.Response(200, headers={"content-type": "application/json"}, stream=Stalled())


def answering(text: str | None, **how: Any) -> Fault:
    return always(lambda: completion(text, **how))


def on_files(make: Callable[[], httpx2.Response]) -> Fault:
    """Fail for requests about files only."""

    async def fault(request: Request) -> httpx2.Response | None:
        return None if request.overview else make()

    return fault


def writing(title: str, text: str) -> Callable[[Block, str], tuple[str, str]]:
    return lambda block, locale: (title, text)


def refusing(parameter: str, message: str, status: int = 400) -> Fault:
    """Refuse a parameter wherever it stands."""

    async def fault(request: Request) -> httpx2.Response | None:
        if parameter not in request.body:
            return None
        return refused(status, message, param=parameter)

    return fault


@dataclass(frozen=True)
class Case:
    """A fault and its consequences for three files and an overview, each one request.

    Attributes:
        model: Makes the endpoint.
        written: Files whose text the model wrote.
        notices: What the report says.
        resent: Requests that went twice, by reason.
        requests: All requests; four and those that went twice, if not given.
        overview: Who wrote the texts about the range.
    """

    model: Callable[[], FakeModel]
    written: int = FILES
    notices: tuple[str, ...] = ()
    resent: Mapping[str, int] = field(default_factory=dict)
    requests: int | None = None
    overview: str = "model"
    limits: Mapping[str, Any] = field(default_factory=dict)


def once(*faults: Fault) -> Callable[[], FakeModel]:
    return lambda: FakeModel(faults=first(faults))


def ever(fault: Fault) -> Callable[[], FakeModel]:
    return lambda: FakeModel(always=fault)


def written_by(writer: Callable[[Block, str], tuple[str, str]]) -> Callable[[], FakeModel]:
    return lambda: FakeModel(writer=writer)


def corrected(writer: Callable[[Block, str], tuple[str, str]]) -> Callable[[], FakeModel]:
    """Write badly once, and honestly when told so."""

    class Learning(FakeModel):
        def answer(self, request: Request) -> Mapping[str, Any]:
            self.writer = honest if request.corrective else writer
            return super().answer(request)

    return Learning


def typed(kind: str) -> Callable[[], FakeModel]:
    class Typing(FakeModel):
        def answer(self, request: Request) -> Mapping[str, Any]:
            made = super().answer(request)
            for entry in made.get("files", []):
                entry["type"] = kind
            return made

    return Typing


ENGLISH = Speaker(load_catalog("en_US"), Style.MARKDOWN)
#: What no report may say, whoever answers so.
BAD_CLAIMS = (
    "4711", "2027", "other-page", "catastrophe", "La page", "Write only what", "<format>", "Locale:",
    "breaking change of the switch", '{"title"', "Sure! I think", "Bad gateway",
)  # fmt: skip
REJECTED: dict[str, Any] = {
    "written": 0, "notices": ("model-rejected",), "resent": {"corrective": 3},
}  # fmt: skip
CASES = {
    "429 with Retry-After": Case(
        once(always(lambda: refused(429, "slow down", headers={"retry-after": "7"}))),
        resent={"rate": 1},
    ),
    "429 without Retry-After": Case(
        once(*[always(lambda: refused(429, "slow down"))] * 2), resent={"rate": 2}
    ),
    "429 for ever": Case(
        ever(always(lambda: refused(429, "slow down"))),
        written=0, notices=("model-unanswered", "model-overview"), resent={"rate": 12},
        overview="rules",
    ),
    "429 because the account is empty": Case(
        ever(always(lambda: refused(429, "You exceeded your quota", code="insufficient_quota"))),
        written=0, notices=("model-quota", "model-overview"), requests=1, overview="rules",
    ),
    "500 once": Case(once(always(lambda: refused(500, "oops"))), resent={"server": 1}),
    "502 with a page": Case(
        once(always(lambda: httpx2.Response(502, html="<h1>Bad gateway</h1>"))),
        resent={"server": 1},
    ),
    "200 with a page": Case(
        once(always(lambda: httpx2.Response(200, html="<h1>Hello</h1>"))),
        resent={"server": 1},
    ),
    "503 for ever": Case(
        ever(always(lambda: refused(503, "overloaded"))),
        written=0, notices=("model-unanswered", "model-overview"), resent={"server": 10},
        requests=14, overview="rules",
    ),
    "503 for ever, one at a time": Case(
        ever(always(lambda: refused(503, "overloaded"))),
        written=0, notices=("model-silent", "model-overview"), resent={"server": 4},
        requests=7, overview="rules", limits={"slots": 1},
    ),
    "dropped connection": Case(once(dropped), resent={"connection": 1}),
    "stall in the answer": Case(
        once(stalling), resent={"timeout": 1}, limits={"request_seconds": 0.5}
    ),
    "hang": Case(
        once(hanging), resent={"timeout": 1}, limits={"request_seconds": 0.5}
    ),
    "hang for ever": Case(
        ever(hanging), written=0, notices=("model-unanswered", "model-overview"),
        resent={"timeout": 10}, requests=14, overview="rules", limits={"request_seconds": 0.1},
    ),
    "invalid JSON once": Case(
        once(answering("Sure! I think the page changed.")), resent={"corrective": 1},
    ),
    "JSON of another shape": Case(
        once(answering('[1, 2, {"a": "b"}]')), resent={"corrective": 1},
    ),
    "JSON in a fence": Case(
        lambda: FakeModel(always=on_files_fenced)
    ),
    "truncated JSON once": Case(
        once(answering('{"files": [{"id": 1, "ti', finish="length")),
        resent={"length": 1},
    ),
    "truncated for ever": Case(
        lambda: FakeModel(always=on_files(lambda: completion('{"fi', finish="length"))),
        written=0, notices=("model-unanswered",), resent={"length": 3},
    ),
    "refusal": Case(
        lambda: FakeModel(always=on_files(lambda: completion(None, refusal="I cannot help."))),
        written=0, notices=("model-unanswered",),
    ),
    "content filter": Case(
        lambda: FakeModel(always=on_files(lambda: completion("", finish="content_filter"))),
        written=0, notices=("model-unanswered",),
    ),
    "content filter as a 400": Case(
        lambda: FakeModel(always=on_files(lambda: refused(400, "no", code="content_filter"))),
        written=0, notices=("model-unanswered",),
    ),
    "empty content once": Case(once(answering("")), resent={"empty": 1}),
    "no choices": Case(
        once(always(lambda: httpx2.Response(200, json={"choices": []}))),
        resent={"server": 1},
    ),
    "wrong language": Case(written_by(writing("La page a changé", "Le texte de la page est différent pour les lecteurs qui sont dans une autre situation.")), **REJECTED),
    "prompt echo": Case(written_by(writing("Changes", "Write only what the data shows: numbers, dates, versions, names, paths and addresses stand there.")), **REJECTED),
    "format leak": Case(written_by(writing("Changes", "<format> The text is different now.")), **REJECTED),
    "locale leak": Case(written_by(writing("Locale: en_US", "The text is different now.")), **REJECTED),
    "diff echo": Case(written_by(writing("A page", "@@ -1,3 +1,3 @@\n-Use the old switch.\n+Use the new switch.")), **REJECTED),
    "JSON in the text": Case(written_by(writing("Changes", '{"title": "Changes", "explanation": "Text"}')), **REJECTED),
    "invented date": Case(written_by(writing("Changes", "The switch retires on March 3, 2027.")), **REJECTED),
    "invented file": Case(written_by(writing("Changes", "The text moved to `docs/other-page.md`.")), **REJECTED),
    "invented number": Case(written_by(writing("Changes", "The page has 4711 new words.")), **REJECTED),
    "claim of a breaking change": Case(written_by(writing("Changes", "This is a breaking change of the switch.")), **REJECTED),
    "wrong type": Case(typed("breaking change"), **REJECTED),
    "type of no list": Case(typed("catastrophe"), **REJECTED),
    "wrong language, then right": Case(
        corrected(writing("La page a changé", "Le texte de la page est différent pour les lecteurs qui sont dans une autre situation.")),
        resent={"corrective": 3},
    ),
    "400 on response_format": Case(
        ever(refusing("response_format", "'response_format' of type json_schema is not supported")),
        resent={"dialect": 2},
    ),
    "500 on response_format, as llama-cpp-python has it": Case(
        ever(refusing("response_format", "{'loc': ('body', 'response_format', 'type')}", 500)),
        resent={"dialect": 2}, requests=6,
    ),
    "400 on max_tokens": Case(
        ever(refusing("max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.")),
        resent={"dialect": 1},
    ),
    "400 on temperature": Case(
        ever(refusing("temperature", "Unsupported value: 'temperature' does not support 0.")),
        resent={"dialect": 1},
    ),
    "400 of no known kind": Case(
        ever(always(lambda: refused(400, "something else"))),
        written=0, notices=("model-unanswered", "model-overview"), overview="rules",
    ),
    "401": Case(
        ever(always(lambda: refused(401, "Incorrect API key provided: sk-test-0123456789abcdefghijklmnop"))),
        written=0, notices=("model-key", "model-overview"), requests=1, overview="rules",
    ),
    "404 model": Case(
        ever(always(lambda: refused(404, "The model `test-model` does not exist", code="model_not_found"))),
        written=0, notices=("model-unknown", "model-overview"), requests=1, overview="rules",
    ),
    "413": Case(
        once(always(lambda: httpx2.Response(413, text="Payload Too Large"))),
        written=2, notices=("model-unanswered",),
    ),
    "context overflow": Case(
        once(always(lambda: refused(400, "maximum context length is 4096 tokens", code="context_length_exceeded"))),
        written=2, notices=("model-unanswered",),
    ),
}  # fmt: skip


async def on_files_fenced(request: Request) -> httpx2.Response | None:
    text = json.dumps(FakeModel().answer(request), ensure_ascii=False)
    return completion(f"<think>hm</think>\n```json\n{text}\n```")


@pytest.mark.parametrize("name", CASES)
def test_a_fault_costs_what_it_must_and_loses_no_file(name: str) -> None:
    case = CASES[name]
    model = case.model()
    done = told(pages(FILES), model, **case.limits)
    usage = done.insight.usage
    assert len(done.insight.files) == FILES
    for entry in done.insight.files:
        assert entry.title["en_US"]
        assert entry.explanation["en_US"]
    assert list(done.authors().values()).count("model") == case.written
    assert tuple(done.notices()) == case.notices
    assert dict(usage.resent) == case.resent
    expected = case.requests or FILES + 1 + sum(case.resent.values())
    assert usage.requests == expected
    # What is given up on time may not have reached the endpoint.
    assert len(model.requests) == expected or "timeout" in case.resent
    assert done.insight.overview_author == {"en_US": case.overview}
    # It costs what the endpoint says that it has read, and what went twice is counted.
    # An answer that does not say it costs what we have estimated.
    silent = name in {"200 with a page", "no choices"}
    assert usage.input_tokens > model.billed if silent else usage.input_tokens == model.billed
    assert sent_again(model) == sum(case.resent.values()) or "timeout" in case.resent
    report = classic(done.insight)
    for notice in done.insight.notices:
        assert ENGLISH.say(f"notice.{notice.key}", notice.params) in report
    for claim in BAD_CLAIMS:
        assert claim not in report
    assert f"texts-by-model={case.written + (case.overview == 'model')}/{FILES + 1} " in report
    assert "sk-test" not in report
    assert report.count("### Explanation") == FILES


def test_retry_after_is_obeyed_and_usual_waits_grow() -> None:
    asked = told(pages(1), CASES["429 with Retry-After"].model())
    assert asked.patience.waits == [7.0]
    usual = told(pages(1), CASES["429 without Retry-After"].model())
    assert usual.patience.waits == [0.5, 2.0]


def test_a_wait_beyond_the_deadline_is_not_waited() -> None:
    fault = always(lambda: refused(429, "slow down", headers={"retry-after": "50"}))
    done = told(pages(1), FakeModel(always=fault), run_seconds=20.0)
    assert done.patience.waits == []
    assert done.notices() == ["model-deadline", "model-overview"]
    assert done.insight.usage.requests == 1


def test_an_endpoint_that_is_gone_is_not_asked_for_every_file() -> None:
    large = b"".join(page_diff(f"docs/{number:02}.md", added="word " * 700) for number in range(40))
    model = FakeModel(always=always(lambda: refused(503, "overloaded")))
    done = told(large, model)
    assert len(model.requests) <= 6 + 8 + 8
    assert set(done.authors().values()) == {"rules"}
    assert "model-silent" in done.notices()


def test_an_endpoint_that_few_questions_cannot_reach_is_said_to_be_out_of_reach() -> None:
    done = told(pages(1), FakeModel(always=dropped))
    assert done.notices() == ["model-silent", "model-overview"]
    (reason, _) = done.insight.notices
    assert reason.params["why"] == "it hung up"


def test_the_budget_ends_the_questions_not_the_report() -> None:
    diff = b"".join(page_diff(f"docs/{number:02}.md", added="word " * 700) for number in range(20))
    model = FakeModel()
    done = told(diff, model, asked=replace(ASKED, budget=6_000))
    assert done.insight.usage.input_tokens <= 6_000
    assert 0 < list(done.authors().values()).count("model") < 20
    assert "model-budget" in done.notices()
    assert len(done.insight.files) == 20


@pytest.mark.slow
def test_a_large_file_is_asked_in_parts_and_merged() -> None:
    lines = "".join(
        f"+Line {number} of a long story about switches and levers.\n" for number in range(3000)
    )
    diff = (
        "diff --git a/docs/long.md b/docs/long.md\nnew file mode 100644\nindex 0000000..89abcde\n"
        f"--- /dev/null\n+++ b/docs/long.md\n@@ -0,0 +1,3000 @@\n{lines}"
    ).encode()
    model = FakeModel()
    done = told(diff, model, locales=("en_US", "ja_JP"))
    files = [request for request in model.requests if not request.overview]
    parts = [request for request in files if "part: " in request.user]
    assert len(parts) >= 3
    assert all(request.locales == ["en_US"] for request in parts)
    assert [request for request in files if "notes:" in request.user] == files[-1:]
    assert sent_again(model) == 0
    assert files[-1].locales == ["en_US", "ja_JP"]
    assert done.authors() == {"docs/long.md": "model"}
    assert not done.insight.usage.resent


def test_a_file_beyond_the_context_is_split_and_asked_again() -> None:
    lines = "".join(f"+Line {number} of a long story about switches.\n" for number in range(400))
    diff = (
        "diff --git a/docs/long.md b/docs/long.md\nnew file mode 100644\nindex 0000000..89abcde\n"
        f"--- /dev/null\n+++ b/docs/long.md\n@@ -0,0 +1,400 @@\n{lines}"
    ).encode()

    async def small(request: Request) -> httpx2.Response | None:
        if request.tokens > 2_000:
            return refused(
                400, "maximum context length is 2000 tokens", code="context_length_exceeded"
            )
        return None

    model = FakeModel(always=small)
    done = told(diff, model)
    assert done.authors() == {"docs/long.md": "model"}
    assert dict(done.insight.usage.resent) == {"too-large": sent_again(model)}
    assert sent_again(model) >= 2


def shown(done: Told, locale: str = "en_US") -> str:
    return "\n".join(done.insight.highlights[locale].other_updates)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("401", "endpoint refused the key"),
        ("404 model", "has no model `test-model`"),
        ("503 for ever", "no usable answer"),
        ("invented date", "failed the check against the diff"),
        ("429 because the account is empty", "account of the model is used up"),
    ],
)
def test_the_reader_is_told(name: str, words: str) -> None:
    assert words in shown(told(pages(FILES), CASES[name].model()))


def test_a_second_request_that_fails_leaves_the_file_to_the_rules() -> None:
    async def fault(request: Request) -> httpx2.Response | None:
        return refused(400, "no", code="content_filter") if request.corrective else None

    model = FakeModel(writer=writing("Changes", "It retires on March 3, 2027."), always=fault)
    done = told(pages(1), model)
    assert done.notices() == ["model-rejected"]

    async def gone(request: Request) -> httpx2.Response | None:
        return refused(401, "no") if request.corrective else None

    model = FakeModel(writer=writing("Changes", "It retires on March 3, 2027."), always=gone)
    assert told(pages(1), model).notices() == ["model-key", "model-overview"]


def test_several_locales_that_do_not_fit_are_asked_one_by_one() -> None:
    async def fault(request: Request) -> httpx2.Response | None:
        long = not request.overview and len(request.locales) > 1
        return completion('{"fi', finish="length") if long else None

    model = FakeModel(always=fault)
    done = told(pages(1), model, locales=("en_US", "ja_JP", "zh_CN"))
    assert done.authors() == {"docs/page-01.md": "model"}
    assert dict(done.insight.usage.resent) == {"length": sent_again(model)} == {"length": 4}


def test_one_poisoned_file_does_not_spoil_those_it_was_asked_with() -> None:
    async def fault(request: Request) -> httpx2.Response | None:
        poisoned = not request.overview and "page-07" in request.user
        return refused(400, "no", code="content_filter") if poisoned else None

    done = told(pages(12), FakeModel(always=fault), slots=1)
    written = [path for path, author in done.authors().items() if author == "model"]
    assert len(written) == 11
    assert done.notices() == ["model-unanswered"]


@pytest.mark.slow
def test_parts_that_are_too_large_are_cut_smaller() -> None:
    lines = "".join(f"+Line {n} of a long story about switches and levers.\n" for n in range(2500))
    diff = (
        "diff --git a/docs/long.md b/docs/long.md\nnew file mode 100644\nindex 0000000..89abcde\n"
        f"--- /dev/null\n+++ b/docs/long.md\n@@ -0,0 +1,2500 @@\n{lines}"
    ).encode()

    async def small(request: Request) -> httpx2.Response | None:
        return refused(413, "too large") if request.tokens > 6_000 else None

    model = FakeModel(always=small)
    done = told(diff, model)
    assert done.authors() == {"docs/long.md": "model"}
    assert dict(done.insight.usage.resent) == {"too-large": sent_again(model)}
    assert sent_again(model) >= 2


@pytest.mark.slow
def test_parts_of_which_nothing_is_believed_leave_the_file_to_the_rules() -> None:
    lines = "".join(f"+Line {n} of a long story about switches and levers.\n" for n in range(2500))
    diff = (
        "diff --git a/docs/long.md b/docs/long.md\nnew file mode 100644\nindex 0000000..89abcde\n"
        f"--- /dev/null\n+++ b/docs/long.md\n@@ -0,0 +1,2500 @@\n{lines}"
    ).encode()
    done = told(diff, FakeModel(writer=writing("Changes", "It retires on March 3, 2099.")))
    assert done.notices() == ["model-rejected"]


PARTS = ("headline", "summary", "insights", "highlights")


@pytest.mark.parametrize(
    ("told_instead", "lost"),
    [
        ({"headline": "It retires on March 3, 2027"}, "headline"),
        ({"insights": "Read https://evil.example/ first."}, "insights"),
        ({"other_updates": [{"text": "A page", "files": [99]}]}, "highlights"),
        ({"other_updates": [{"text": "A page", "files": []}]}, "highlights"),
        ({"summary": ""}, "summary"),
    ],
)
def test_what_is_wrong_twice_costs_its_part_and_no_other(
    told_instead: Mapping[str, Any], lost: str
) -> None:
    def overview(request: Request) -> Mapping[str, Any]:
        return {**honest_overview(request), **told_instead}

    done = told(pages(2), FakeModel(overview=overview))
    standing = tuple(part for part in PARTS if part != lost)
    assert done.insight.overview_parts == {"en_US": standing}
    whole = lost == "highlights"
    assert done.insight.overview_author == {"en_US": "model" if whole else "rules"}
    assert done.notices() == []
    assert dict(done.insight.usage.resent) == {"corrective": 1}
    assert set(done.authors().values()) == {"model"}
    assert "2027" not in classic(done.insight)
    assert "evil.example" not in classic(done.insight)


def test_one_bad_bullet_costs_a_bullet() -> None:
    def overview(request: Request) -> Mapping[str, Any]:
        answer = dict(honest_overview(request))
        good = answer["other_updates"]
        bad = {"text": "It retires on March 3, 2027", "files": [1]}
        return {**answer, "other_updates": [*good, bad]}

    done = told(pages(2), FakeModel(overview=overview))
    assert done.insight.overview_author == {"en_US": "model"}
    report = classic(done.insight)
    assert "Wording of a page" in report
    assert "2027" not in report


def test_the_second_request_carries_the_answer_and_all_its_faults() -> None:
    wrong = writing("Wording of March 3, 2099", "The text has 4711 words. It is in `docs/gone.md`.")
    model = FakeModel(writer=wrong)
    told(pages(1), model)
    (again,) = [
        request for request in model.requests if request.corrective and not request.overview
    ]
    assert "Wording of March 3, 2099" in again.user
    faults = [line for line in again.user.split("\n") if line[:2] in {"1.", "2.", "3."}]
    assert [
        word in line for word, line in zip(("2099", "4711", "gone.md"), faults, strict=True)
    ] == [True] * 3


def test_a_sentence_that_is_wrong_twice_goes_and_the_others_stay() -> None:
    first, last = (
        "The text of the page is different now.",
        "Readers find the new wording in its place.",
    )
    text = f"{first} It retires on March 3, 2099. {last}"
    done = told(pages(1), FakeModel(writer=writing("Changes of the wording", text)))
    assert done.authors() == {"docs/page-01.md": "model"}
    (entry,) = done.insight.files
    assert entry.explanation["en_US"].startswith(f"{first} {last} ([L2](https://github.com/")


def test_titles_of_the_model_stand_for_the_range_when_its_text_does_not() -> None:
    def overview(request: Request) -> Mapping[str, Any]:
        texts = dict.fromkeys(("headline", "summary", "insights"), "It ends in 2099.")
        return {**texts, "new_features": [], "other_updates": []}

    done = told(pages(9), FakeModel(overview=overview))
    assert done.notices() == ["model-overview"]
    bullets = done.insight.highlights["en_US"].other_updates
    assert bullets[0].startswith("Changes in `page-01.md` (")
    assert bullets[6] == ENGLISH.say("range.more", {"count": 3})


def thinking(thoughts: int, limit: int = 100_000) -> Fault:
    """Spend tokens on thoughts before the answer begins, and take no more room than a limit."""

    async def fault(request: Request) -> httpx2.Response | None:
        room = request.body["max_tokens"]
        if room > limit:
            return refused(
                400,
                f"max_tokens is too large: {room}. This model supports at most {limit} completion tokens",
            )
        if room < thoughts + 200:
            return completion("", finish="length", thoughts=min(room, thoughts))
        return None

    return fault


@pytest.mark.parametrize("limit", [100_000, 6_000])
def test_a_model_that_thinks_gets_the_room_that_it_takes(limit: int) -> None:
    model = FakeModel(always=thinking(2_000, limit))
    done = told(pages(3), model, locales=("en_US", "ja_JP"))
    assert set(done.authors().values()) == {"model"}
    assert done.insight.overview_author == {"en_US": "model", "ja_JP": "model"}
    assert done.notices() == []
    # Once it is known how much thinking takes, nothing is asked twice any more.
    assert done.insight.usage.resent["length"] <= 5
    assert max(request.body["max_tokens"] for request in model.requests) <= 8_000


def test_an_endpoint_whose_limit_is_small_is_asked_within_it() -> None:
    model = FakeModel(always=thinking(0, 300))
    done = told(pages(2), model)
    assert set(done.authors().values()) == {"model"}
    assert done.insight.overview_author == {"en_US": "model"}
    assert all(request.body["max_tokens"] <= 300 for request in model.requests[-2:])


def test_settings_say_how_much_to_think_and_how_much_room_it_has() -> None:
    asked = replace(
        ASKED,
        dialect=replace(ASKED.dialect, effort="high"),
        limits=replace(ASKED.limits, thinking_tokens=5_000),
    )
    model = FakeModel(always=thinking(2_000))
    done = told(pages(1), model, asked=asked)
    assert done.insight.texts_by_model == (2, 2)
    assert done.insight.usage.resent == {}
    assert {request.body["reasoning_effort"] for request in model.requests} == {"high"}
