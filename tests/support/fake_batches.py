"""A provider's queue of batches in memory: every answer is a value of the `openai` package's types.

What is sent is held to the same types: a field that the package does not know, a file of another
purpose or a line of another form is refused, as the provider would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any, Literal, get_args, get_type_hints

import httpx2
from openai.types import Batch, BatchRequestCounts, FileDeleted, FileObject
from openai.types.batch import Errors
from openai.types.batch_create_params import BatchCreateParams
from openai.types.batch_error import BatchError

from support.fake_model import FakeModel, Request, completion, count_tokens, refused

Status = Literal["in_progress", "completed", "expired", "failed", "cancelled"]
#: Says what becomes of the line of a batch: None answers it, a mapping is the line's end.
LineFault = Callable[[int, Mapping[str, Any]], Mapping[str, Any] | None]


def expired(number: int, line: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the end of a line that was not reached in time."""
    error = {"code": "batch_expired", "message": "This request could not be executed in time."}
    return {"response": None, "error": error}


def refused_line(status: int, message: str, code: str | None = None) -> LineFault:
    """Return the end of a line that the endpoint refused."""

    def fault(number: int, line: Mapping[str, Any]) -> Mapping[str, Any]:
        error = {"message": message, "type": "invalid_request_error", "code": code, "param": None}
        answer = {"status_code": status, "request_id": "req_1", "body": {"error": error}}
        return {"response": answer, "error": None}

    return fault


@dataclass
class FakeBatches:
    """Files and batches by id.

    Attributes:
        model: Answers lines, and what is asked at once.
        seen: Method and path of every request but those asked at once.
        path: The path that lines and batches have to name.
    """

    model: FakeModel = field(default_factory=FakeModel)
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    path: str = "/v1/chat/completions"
    made: int = 0

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self.handle)

    async def handle(self, raw: httpx2.Request) -> httpx2.Response:
        path = raw.url.path.partition("/v1")[2] or raw.url.path
        if path.endswith("/chat/completions"):
            return await self.model.handle(raw)
        self.seen.append((raw.method, path))
        return self._route(raw, path)

    def _route(self, raw: httpx2.Request, path: str) -> httpx2.Response:
        kind, _, rest = path.removeprefix("/").partition("/")
        name, _, part = rest.partition("/")
        if raw.method == "POST":
            return self._upload(raw) if kind == "files" else self._create(json.loads(raw.content))
        if kind == "batches" and not name:
            return self._listed(raw.url.params)
        if name in self.batches:
            return httpx2.Response(200, json=self.batches[name].model_dump(mode="json"))
        if name in self.files:
            return self._of_file(raw.method, name, part)
        return refused(404, f"No such {kind} object: {name}", code="not_found")

    def _listed(self, asked: Mapping[str, str]) -> httpx2.Response:
        names = list(reversed(self.batches))
        if "after" in asked:
            names = names[names.index(asked["after"]) + 1 :]
        limit = int(asked.get("limit", 20))
        if not 1 <= limit <= 100:
            return refused(400, "limit is between 1 and 100")
        data = [self.batches[name].model_dump(mode="json") for name in names[:limit]]
        more = len(names) > limit
        return httpx2.Response(200, json={"object": "list", "data": data, "has_more": more})

    def _of_file(self, method: str, name: str, part: str) -> httpx2.Response:
        if part == "content":
            return httpx2.Response(200, content=self.files[name])
        if method == "DELETE":
            del self.files[name]
            gone = FileDeleted(id=name, deleted=True, object="file")
            return httpx2.Response(200, json=gone.model_dump(mode="json"))
        return httpx2.Response(200, json=self._file(name).model_dump(mode="json"))

    def _upload(self, raw: httpx2.Request) -> httpx2.Response:
        head = f"Content-Type: {raw.headers['content-type']}\r\n\r\n".encode()
        form = message_from_bytes(head + raw.content, policy=HTTP)
        parts = {
            str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
            for part in form.walk()
            if not part.is_multipart()
        }
        if parts.get("purpose") != b"batch" or set(parts) != {"purpose", "file"}:
            return refused(400, "wrong form")
        content = parts["file"]
        assert isinstance(content, bytes)
        name = self._new("file")
        self.files[name] = content
        return httpx2.Response(200, json=self._file(name).model_dump(mode="json"))

    def _create(self, body: Mapping[str, Any]) -> httpx2.Response:
        hints = get_type_hints(BatchCreateParams)
        if set(body) - set(hints) or body.get("completion_window") != "24h":
            return refused(400, f"unknown parameters: {sorted(set(body) - set(hints))}")
        if body["endpoint"] != self.path or body["input_file_id"] not in self.files:
            return refused(400, "Invalid endpoint or file")
        metadata = body.get("metadata", {})
        if not all(len(name) <= 64 and len(value) <= 512 for name, value in metadata.items()):
            return refused(400, "metadata is too long")
        lines = self.lines(body["input_file_id"])
        names = [line["custom_id"] for line in lines]
        wanted = {"custom_id", "method", "url", "body"}
        if len(set(names)) < len(names) or any(
            set(line) != wanted or line["url"] != self.path or line["method"] != "POST"
            for line in lines
        ):
            return refused(400, "a line of the input is wrong")
        batch = Batch(
            id=self._new("batch"), completion_window="24h", created_at=1, endpoint=self.path,
            input_file_id=body["input_file_id"], object="batch", status="validating", metadata=metadata,
            request_counts=BatchRequestCounts(completed=0, failed=0, total=len(lines)),
        )  # fmt: skip
        self.batches[batch.id] = batch
        return httpx2.Response(200, json=batch.model_dump(mode="json"))

    def lines(self, file: str) -> list[dict[str, Any]]:
        """Return the lines of a file."""
        return [json.loads(line) for line in self.files[file].splitlines()]

    @property
    def newest(self) -> Batch:
        """The batch that was made last."""
        return list(self.batches.values())[-1]

    def end(
        self,
        status: Status = "completed",
        fault: LineFault | None = None,
        message: str = "",
        name: str = "",
    ) -> None:
        """Bring a batch to its end, or a step nearer.

        Args:
            status: What becomes of it.
            fault: What becomes of its lines; those that a batch has not reached have no answer.
            message: Why it failed.
            name: Its id; the newest by default.
        """
        batch = self.batches[name] if name else self.newest
        good: list[dict[str, Any]] = []
        bad: list[dict[str, Any]] = []
        for number, line in enumerate(self.lines(batch.input_file_id)):
            entry = {"id": f"batch_req_{number}", "custom_id": line["custom_id"]}
            end = fault(number, line) if fault else None
            if end is None:
                good.append({**entry, "response": self._answer(line["body"]), "error": None})
            else:
                bad.append({**entry, **end})
        changes: dict[str, Any] = {"status": status}
        if status in {"completed", "expired", "cancelled"}:
            changes |= {"output_file_id": self._store(good), "error_file_id": self._store(bad)}
            counts = BatchRequestCounts(
                completed=len(good), failed=len(bad), total=len(good) + len(bad)
            )
            changes["request_counts"] = counts
        if status == "failed":
            changes["errors"] = Errors(
                data=[BatchError(code="failed", message=message)], object="list"
            )
        assert status in get_args(Batch.model_fields["status"].annotation)
        self.batches[batch.id] = batch.model_copy(update=changes)

    def _answer(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        request = Request(body, {}, "")
        text = json.dumps(self.model.answer(request), ensure_ascii=False)
        answer = completion(text, request.tokens, count_tokens(text)).json()
        return {"status_code": 200, "request_id": "req_1", "body": answer}

    def _store(self, lines: list[dict[str, Any]]) -> str | None:
        if not lines:
            return None
        name = self._new("file")
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in reversed(lines))
        self.files[name] = text.encode()
        return name

    def _file(self, name: str) -> FileObject:
        output = not re.match(rb'{"custom_id"', self.files[name])
        return FileObject(
            id=name, bytes=len(self.files[name]), created_at=1, filename="x.jsonl", object="file",
            purpose="batch_output" if output else "batch", status="processed",
        )  # fmt: skip

    def _new(self, kind: str) -> str:
        self.made += 1
        return f"{kind}_{self.made:04}"
