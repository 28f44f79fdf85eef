"""The queue of batches through the `openai` package: what is sent, and what an endpoint may answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx2
import pytest

from diff_insight.llm.client.batch_queue import BatchReport, BatchState
from diff_insight.llm.client.endpoint_address import EndpointAddress
from diff_insight.llm.client.exchange import (
    Dialect,
    EndpointError,
    ModelAnswer,
    Question,
    Trouble,
)
from diff_insight.llm.client.openai_batches import LARGEST_FILE, OpenAIBatches
from diff_insight.llm.client.outgoing import question_id
from diff_insight.llm.prompting.prompts import Prompt
from support.fake_batches import FakeBatches
from support.fake_model import completion

KEY = "sk-test-0123456789abcdefghijklmnop"
PLACE = EndpointAddress(url="https://model.example/v1", key=KEY, timeout=5.0)
QUESTION = Question(
    model="m", prompt=Prompt("Say it.", "[{nonce} 1]\nx\n[/{nonce}]"), schema={"a": 1}, room=50
)
ENDED = BatchReport(state=BatchState.ENDED, status="completed", files=("file_1",))
Result = TypeVar("Result")


def visit(
    transport: httpx2.AsyncBaseTransport,
    doing: Callable[[OpenAIBatches], Awaitable[Result]],
    place: EndpointAddress = PLACE,
) -> Result:
    async def go() -> Result:
        queue = OpenAIBatches(place, transport)
        try:
            return await doing(queue)
        finally:
            await queue.close()

    return asyncio.run(go())


def answering(content: bytes, headers: dict[str, str] | None = None) -> httpx2.MockTransport:
    return httpx2.MockTransport(
        lambda request: httpx2.Response(200, content=content, headers=headers)
    )


def trouble_of(transport: httpx2.AsyncBaseTransport, doing: Callable[[OpenAIBatches], Awaitable[object]]) -> EndpointError:  # fmt: skip
    with pytest.raises(EndpointError) as caught:
        visit(transport, doing)
    return caught.value


def line(name: str = "q", **changes: object) -> bytes:
    body = completion("Said.", 7, 3).json()
    response = {"status_code": 200, "request_id": "r", "body": body}
    entry = {"id": "x", "custom_id": name, "error": None, "response": response}
    return json.dumps({**entry, **changes}).encode()


def outcomes(content: bytes) -> dict[str, object]:
    return dict(visit(answering(content), lambda queue: queue.outcomes(ENDED, {"q"})))


def test_questions_go_out_as_the_package_has_them() -> None:
    fake = FakeBatches()
    batch = visit(
        fake.transport, lambda queue: queue.submit({"q": QUESTION}, Dialect(effort="low"), "label")
    )
    made = fake.batches[batch]
    assert made.metadata == {"diff-insight": "label"}
    (sent,) = fake.lines(made.input_file_id)
    assert (sent["custom_id"], sent["url"]) == ("q", "/v1/chat/completions")
    assert sent["body"]["max_completion_tokens"] == 50
    assert sent["body"]["reasoning_effort"] == "low"


def test_azure_has_its_own_path() -> None:
    fake = FakeBatches(path="/chat/completions")
    place = EndpointAddress(url="https://x.openai.azure.com/openai/v1", key=KEY)
    visit(fake.transport, lambda queue: queue.submit({"q": QUESTION}, Dialect(), "label"), place)
    assert len(fake.batches) == 1


def test_a_name_of_a_question_knows_its_words_and_nothing_of_the_run() -> None:
    other = Question(model="m", prompt=QUESTION.prompt, schema={"a": 1}, room=9_999)
    assert question_id(other) == question_id(QUESTION)
    words = Question(model="m", prompt=Prompt("Say.", ""), schema={"a": 1}, room=50)
    assert question_id(words) != question_id(QUESTION)


def test_an_answer_comes_with_its_tokens() -> None:
    answer = outcomes(line() + b"\n")["q"]
    assert isinstance(answer, ModelAnswer)
    assert (answer.text, answer.input_tokens, answer.output_tokens) == ("Said.", 7, 3)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n\n", b"[]", b"7", b"{}", b"\xff\xfe", b"{" * 50_000, b"[" * 200_000, b'{"custom_id": 7}',
        b'{"custom_id": ["q"]}', line("other"), line()[:-1], b"x" * 2_000_000 + line(),
    ],
)  # fmt: skip
def test_what_is_no_outcome_of_ours_is_left_out(content: bytes) -> None:
    assert outcomes(content) == {}
    after = outcomes(content + b"\n" + line())
    assert isinstance(after["q"], ModelAnswer)


@pytest.mark.parametrize(
    "response",
    [
        None, 7, [], {}, {"status_code": 200}, {"status_code": 200, "body": 7}, {"status_code": 200, "body": {}},
        {"status_code": "200", "body": {}}, {"status_code": 200, "body": {"choices": 7, "usage": []}},
        {"status_code": 200, "body": {"_fields_set": 7, "self": 1}}, {"status_code": 429, "body": {"error": "x"}},
        {"status_code": 200, "body": {"choices": [{"message": {"content": {"a": 1}}}]}},
    ],
)  # fmt: skip
def test_an_outcome_of_any_form_is_an_answer_or_a_trouble(response: object) -> None:
    assert isinstance(outcomes(line(response=response))["q"], EndpointError)


def test_the_first_outcome_of_a_question_counts() -> None:
    second = completion("Another.", 1, 1).json()
    content = line() + b"\n" + line(response={"status_code": 200, "body": second})
    answer = outcomes(content)["q"]
    assert isinstance(answer, ModelAnswer)
    assert answer.text == "Said."


def test_a_file_has_an_end() -> None:
    endless = answering(b"\n" * (LARGEST_FILE + 1))
    found = trouble_of(endless, lambda queue: queue.outcomes(ENDED, {"q"}))
    assert str(LARGEST_FILE) in found.detail


def test_nobody_is_followed_to_another_address() -> None:
    away = httpx2.MockTransport(
        lambda request: httpx2.Response(302, headers={"location": "https://evil.example/"})
    )
    assert trouble_of(away, lambda queue: queue.outcomes(ENDED, {"q"})).trouble is Trouble.SILENT


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"[]", b"null", b"{}", b'{"id": 7, "status": 7}', b'{"id": "../x", "errors": {"data": [null, 7]}}',
        b'{"id": "b", "status": "\\u001b[31mdone", "output_file_id": "../../x", "error_file_id": []}',
    ],
)  # fmt: skip
def test_a_batch_of_any_form_is_a_report_or_a_trouble(answer: bytes) -> None:
    transport = answering(answer, {"content-type": "application/json"})
    try:
        report = visit(transport, lambda queue: queue.look_up("batch_1"))
    except EndpointError:
        return
    assert report.state is BatchState.WAITING
    assert report.files == ()
    assert report.status == "unknown"


def test_words_of_a_provider_show_no_key() -> None:
    refusing = httpx2.MockTransport(
        lambda request: httpx2.Response(400, json={"error": {"message": f"bad key {KEY}"}})
    )
    found = trouble_of(refusing, lambda queue: queue.look_up("batch_1"))
    assert KEY not in found.detail
    assert "***" in found.detail


def test_too_many_questions_are_not_handed_over() -> None:
    fake = FakeBatches()
    many = {str(number): QUESTION for number in range(10_001)}
    found = trouble_of(fake.transport, lambda queue: queue.submit(many, Dialect(), "x"))
    assert found.trouble is Trouble.TOO_LARGE
    assert fake.seen == []


def test_a_batch_of_the_same_questions_is_found_behind_those_of_a_long_history() -> None:
    fake = FakeBatches()

    async def submit(queue: OpenAIBatches, label: str) -> str:
        return await queue.submit({"q": QUESTION}, Dialect(), label)

    first = visit(fake.transport, lambda queue: submit(queue, "first"))
    template = fake.batches[first]
    for number in range(199):
        other = template.model_copy(update={"id": f"b{number}", "metadata": {"diff-insight": "x"}})
        fake.batches[other.id] = other
    assert visit(fake.transport, lambda queue: submit(queue, "first")) == first
    assert len(fake.batches) == 200


def test_pages_without_end_are_not_followed() -> None:
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        if request.method == "GET":
            page = {"object": "list", "data": [{"id": "b1", "status": "x"}], "has_more": True}
            return httpx2.Response(200, json=page)
        return httpx2.Response(200, json={"id": "made_1"})

    transport = httpx2.MockTransport(answer)
    visit(transport, lambda queue: queue.submit({"q": QUESTION}, Dialect(), "label"))
    assert [request.method for request in asked] == ["GET"] * 3 + ["POST"] * 2
