"""The batch interface of OpenAI, Azure OpenAI and what speaks like them, through the `openai` package."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Collection, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from diff_insight.llm.client.batch_queue import Answered, BatchReport, BatchState
from diff_insight.llm.client.endpoint_address import AZURE_HOSTS, EndpointAddress
from diff_insight.llm.client.exchange import Dialect, EndpointError, Question, Trouble
from diff_insight.llm.client.openai_client import open_client
from diff_insight.llm.client.openai_endpoint import read_completion, request_body
from diff_insight.llm.client.refusals import Refusal, endpoint_error, harmless, refusal_error
from diff_insight.model.model_batches import is_batch_id

if TYPE_CHECKING:
    import httpx2

Result = TypeVar("Result")

#: Decoded bytes of a file with outcomes, and of one line in it.
LARGEST_FILE, _LONGEST_LINE = 64_000_000, 1_000_000
#: What is handed over at once: questions, and bytes of the file; providers take 50,000 and 200 MB.
_MOST_QUESTIONS, _LARGEST_UPLOAD = 10_000, 100_000_000
#: Batches among which one of the same label is looked for: on a page, and pages of them. A job of a long
#: history that is run again has others behind it.
_PAGE, _PAGES = 100, 3
#: Where the label of a batch stands in its metadata.
_LABEL = "diff-insight"
_ENDED = frozenset(("completed", "expired", "failed"))
_CANCELLED = frozenset(("cancelling", "cancelled"))
_UNDER_WAY = frozenset(("validating", "in_progress", "finalizing"))
_OK = 200


class OpenAIBatches:
    """Hands questions to a provider's queue and takes the answers back.

    Args:
        address: Where to.
        transport: What carries the bytes; the network by default.
    """

    def __init__(
        self, address: EndpointAddress, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._key = address.key
        self._client = open_client(address, transport, largest=LARGEST_FILE)
        azure = (urlsplit(address.url).hostname or "").endswith(AZURE_HOSTS)
        self._path = "/chat/completions" if azure else "/v1/chat/completions"

    async def submit(self, questions: Mapping[str, Question], dialect: Dialect, label: str) -> str:
        """Upload the questions and make a batch of them; return its id."""
        content = b"".join(self._lines(questions, dialect))
        if len(questions) > _MOST_QUESTIONS or len(content) > _LARGEST_UPLOAD:
            raise EndpointError(Trouble.TOO_LARGE, f"{len(questions)} questions are too many")
        known = await self._find_known(label)
        if known:
            return known
        upload = ("diff-insight.jsonl", content, "application/jsonl")
        file = await self._call(self._client.files.create(file=upload, purpose="batch"))
        create: Any = self._client.batches.create  # Azure's paths are no part of its type
        batch = await self._call(
            create(
                input_file_id=_id(file),
                endpoint=self._path,
                completion_window="24h",
                metadata={_LABEL: label},
            )
        )
        return _id(batch)

    async def look_up(self, batch: str) -> BatchReport:
        """Return how far a batch is."""
        return self._report(await self._call(self._client.batches.retrieve(batch)))

    async def outcomes(self, report: BatchReport, wanted: Collection[str]) -> dict[str, Answered]:
        """Download the files with outcomes and read what was asked for."""
        answers: dict[str, Answered] = {}
        for file in report.files:
            response = await self._call(self._client.files.content(file))
            for name, entry in _read_lines(response.content):
                if name in wanted and name not in answers:
                    answers[name] = self._outcome(entry)
        return answers

    async def forget(self, report: BatchReport) -> None:
        """Delete the files of a batch; one that is gone or stays does no harm."""
        for file in (report.sent, *report.files):
            if file:
                with suppress(EndpointError):
                    await self._call(self._client.files.delete(file))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _call(self, call: Awaitable[Result]) -> Result:
        try:
            return await call
        except Exception as error:
            raise endpoint_error(error, self._key) from error

    async def _find_known(self, label: str) -> str:
        """Return a batch of the same questions that is under way, or whose answers are still there.

        A run that was killed behind the submission has left one, which is paid for.
        """
        async for batch in self._recent():
            metadata = getattr(batch, "metadata", None)
            if not isinstance(metadata, dict) or metadata.get(_LABEL) != label:
                continue
            status, output = (getattr(batch, name, "") for name in ("status", "output_file_id"))
            if status in _UNDER_WAY:
                return _id(batch)
            with suppress(EndpointError):
                if status == "completed" and isinstance(output, str) and is_batch_id(output):
                    await self._call(self._client.files.retrieve(output))
                    return _id(batch)
        return ""

    async def _recent(self) -> AsyncIterator[object]:
        """Yield the newest batches."""
        after: dict[str, Any] = {}
        for _ in range(_PAGES):
            page = await self._call(self._client.batches.list(limit=_PAGE, **after))
            listed = getattr(page, "data", None)
            if not isinstance(listed, list) or not listed:
                return
            for batch in listed:
                yield batch
            last = getattr(listed[-1], "id", None)
            if getattr(page, "has_more", None) is not True or not isinstance(last, str):
                return
            after = {"after": last}

    def _lines(self, questions: Mapping[str, Question], dialect: Dialect) -> Iterator[bytes]:
        for name, question in questions.items():
            line = {
                "custom_id": name,
                "method": "POST",
                "url": self._path,
                "body": request_body(question, dialect),
            }
            yield json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

    def _report(self, batch: Any) -> BatchReport:  # noqa: ANN401 - compatible servers leave fields out
        status = str(getattr(batch, "status", ""))
        state = BatchState.ENDED if status in _ENDED else BatchState.WAITING
        if status in _CANCELLED:
            state = BatchState.CANCELLED
        errors = getattr(getattr(batch, "errors", None), "data", None)
        said = [str(getattr(error, "message", "")) for error in errors or () if error is not None]
        names = [getattr(batch, name, None) for name in ("output_file_id", "error_file_id")]
        sent = getattr(batch, "input_file_id", None)
        return BatchReport(
            state=state,
            status=status if status in _UNDER_WAY | _ENDED | _CANCELLED else "unknown",
            files=tuple(name for name in names if isinstance(name, str) and is_batch_id(name)),
            sent=sent if isinstance(sent, str) and is_batch_id(sent) else "",
            detail=harmless("; ".join(said), self._key),
        )

    def _outcome(self, entry: dict[str, Any]) -> Answered:
        """Return the answer of a line, or why there is none."""
        from openai.types.chat import ChatCompletion  # noqa: PLC0415 - heavy

        response, error = entry.get("response"), entry.get("error")
        if not isinstance(response, dict):
            code = error.get("code") if isinstance(error, dict) else ""
            return EndpointError(Trouble.TIMEOUT, harmless(str(code or ""), self._key))
        body, status = response.get("body"), response.get("status_code")
        if isinstance(body, dict) and status == _OK:
            try:
                return read_completion(ChatCompletion.construct(**body))
            except EndpointError as trouble:
                return trouble
            except Exception:  # noqa: BLE001 - the answer is anybody's, and so is what it breaks
                return EndpointError(Trouble.SERVER, "an answer that cannot be read")
        said = body.get("error") if isinstance(body, dict) else None
        words = said if isinstance(said, dict) else {}
        refusal = Refusal(
            status=status if isinstance(status, int) else 500,
            **{name: str(words.get(name) or "")[:2000] for name in ("code", "param", "message")},
        )
        return refusal_error(refusal, self._key)


def _read_lines(content: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the names and outcomes of a file, line by line; what is no outcome is left out."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        line = content[start:end] if end - start <= _LONGEST_LINE else b""
        start = end + 1
        try:
            entry = json.loads(line)
            name = entry["custom_id"]
        except (ValueError, LookupError, TypeError, RecursionError):
            continue
        if isinstance(name, str):
            yield name, entry


def _id(thing: object) -> str:
    """Return the id of what a provider made.

    Raises:
        EndpointError: It has none that could be kept.
    """
    name = getattr(thing, "id", None)
    if not isinstance(name, str) or not is_batch_id(name):
        raise EndpointError(Trouble.SERVER, "an answer without an id")
    return name
