"""An endpoint in memory, at the HTTP boundary: reads requests as a model would, answers in JSON.

What it answers is decided by a writer; faults are put in front of it by number of the request.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

BLOCK = re.compile(r"^\[([0-9a-f]{8,}) (\d+)\]\n(.*?)\n^\[/\1\]$", re.DOTALL | re.MULTILINE)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Block:
    """One file as a request shows it."""

    number: int
    path: str
    type: str
    text: str


@dataclass(frozen=True)
class Request:
    """What came in."""

    body: Mapping[str, Any]
    headers: Mapping[str, str]
    url: str

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def locales(self) -> list[str]:
        return re.findall(r"\b([a-z]{2}_[A-Z]{2}) \(", self.system)

    @property
    def overview(self) -> bool:
        return '"headline"' in self.system

    @property
    def blocks(self) -> list[Block]:
        found = []
        for match in BLOCK.finditer(self.user):
            text = match[3]
            path = re.search(r"^path: (.*) \([a-z]+, \+", text, re.MULTILINE)
            kind = re.search(r"^type: (.*)$", text, re.MULTILINE)
            assert path is not None
            assert kind is not None
            found.append(Block(int(match[2]), path[1], kind[1], text))
        return found

    @property
    def corrective(self) -> bool:
        return "Your earlier answer" in self.user

    @property
    def tokens(self) -> int:
        return count_tokens(self.system) + count_tokens(self.user)


def count_tokens(text: str) -> int:
    """Count as a tokenizer would about do: four bytes, or one character of Han or kana."""
    han = len(_HAN.findall(text))
    return han + (len(text) - han + 3) // 4


#: Gives title and explanation of a file in a locale.
Writer = Callable[[Block, str], tuple[str, str]]
#: Does something else than answering; None lets the request through.
Fault = Callable[[Request], Awaitable[httpx2.Response | None]]

_WORDS = {
    "en_US": ("Changes in {name}", "The text of {name} is different now, and readers of it find the new wording in place of the old one."),
    "ja_JP": ("{name} の変更", "{name} の記述が変わりました。これまでの文に代わり、新しい文が載っています。"),
    "zh_CN": ("{name} 有改动", "{name} 的文字有改动，原来的句子由新的句子取代。"),
    "ko_KR": ("{name} 변경", "{name}의 문장이 바뀌어 이전 문장 대신 새로운 문장이 실려 있습니다."),
    "de_DE": ("Änderungen in {name}", "Der Text von {name} lautet jetzt anders; an die Stelle der alten Sätze treten neue."),
    "fr_FR": ("Modifications dans {name}", "Le texte de {name} est différent ; de nouvelles phrases remplacent les anciennes."),
    "es_ES": ("Cambios en {name}", "El texto de {name} es distinto; unas frases nuevas sustituyen a las anteriores."),
    "pt_BR": ("Alterações em {name}", "O texto de {name} está diferente; frases novas substituem as anteriores."),
}  # fmt: skip


def honest(block: Block, locale: str) -> tuple[str, str]:
    """Write what nobody can object to."""
    name = f"`{block.path.rsplit('/', 1)[-1]}`"
    title, text = _WORDS[locale]
    return title.format(name=name), text.format(name=name)


def honest_overview(request: Request) -> dict[str, Any]:
    locale = request.locales[0]
    first = re.search(r"^(\d+)\. (\S+)", request.user, re.MULTILINE)
    number = int(first[1]) if first else 1
    told = {
        "en_US": ("Several pages have new wording", "The range changes the wording of pages.", "Wording of a page", "What readers rely on is worded in another way now."),
        "ja_JP": ("複数のページの記述を変更", "この範囲ではページの記述が変わりました。", "ページの記述の変更", "参照している記述が変わっています。"),
        "zh_CN": ("多个页面的文字有改动", "此范围改动了页面的文字。", "页面文字的改动", "读者所依据的文字有改动。"),
        "ko_KR": ("여러 페이지의 문장 변경", "이 범위에서는 페이지의 문장이 바뀌었습니다.", "페이지 문장의 변경", "참조하는 문장이 바뀌었습니다."),
        "de_DE": ("Mehrere Seiten sind neu formuliert", "Der Bereich ändert den Wortlaut von Seiten.", "Wortlaut einer Seite", "Der Wortlaut, auf den sich Leser stützen, ist ein anderer."),
        "fr_FR": ("Plusieurs pages sont reformulées", "La plage modifie le texte de pages.", "Texte d’une page", "Le texte sur lequel les lecteurs s’appuient est formulé autrement."),
        "es_ES": ("Varias páginas tienen otra redacción", "El intervalo cambia la redacción de páginas.", "Redacción de una página", "La redacción en la que se basan los lectores es otra."),
        "pt_BR": ("Várias páginas têm nova redação", "O intervalo altera a redação de páginas.", "Redação de uma página", "A redação em que os leitores se apoiam é outra."),
    }[locale]  # fmt: skip
    return {
        "headline": told[0],
        "summary": told[1],
        "new_features": [],
        "other_updates": [{"text": told[2], "files": [number]}],
        "insights": told[3],
    }


@dataclass
class FakeModel:
    """Counts requests, then answers.

    Attributes:
        writer: Writes texts about files.
        overview: Writes texts about the range.
        faults: What happens to requests by number, from 0; `always` happens to every one.
        latency: Seconds for a request, and for each output token.
        padding: Makes the length of an answer; gives the output tokens to count.
        billed: Input tokens of all answers, as they were reported.
    """

    writer: Writer = honest
    overview: Callable[[Request], Mapping[str, Any]] = honest_overview
    faults: dict[int, Fault] = field(default_factory=dict)
    always: Fault | None = None
    latency: tuple[float, float] = (0.0, 0.0)
    answer_tokens: Callable[[Request, str], int] | None = None
    requests: list[Request] = field(default_factory=list)
    busy: float = 0.0
    billed: int = 0
    under_way: int = 0
    most_under_way: int = 0

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self.handle)

    async def handle(self, raw: httpx2.Request) -> httpx2.Response:
        request = Request(json.loads(raw.content), dict(raw.headers), str(raw.url))
        number = len(self.requests)
        self.requests.append(request)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            response = await self._answered(request, number)
            self.billed += _reported(response)
            return response
        finally:
            self.under_way -= 1

    async def _answered(self, request: Request, number: int) -> httpx2.Response:
        for fault in (self.always, self.faults.get(number)):
            done = await fault(request) if fault is not None else None
            if done is not None:
                return done
        text = json.dumps(self.answer(request), ensure_ascii=False)
        tokens = self.answer_tokens(request, text) if self.answer_tokens else count_tokens(text)
        seconds = self.latency[0] + self.latency[1] * tokens
        self.busy += seconds
        if seconds:
            await asyncio.sleep(seconds)
        return completion(text, request.tokens, tokens)

    def answer(self, request: Request) -> Mapping[str, Any]:
        if request.overview:
            return self.overview(request)
        files = []
        for block in request.blocks:
            texts = {}
            for locale in request.locales:
                title, explanation = self.writer(block, locale)
                texts[locale] = {"title": title, "explanation": explanation}
            files.append({"id": block.number, "type": block.type, "texts": texts})
        return {"files": files}


def _reported(response: httpx2.Response) -> int:
    """Return the input tokens that an answer names; 0 for what is none."""
    try:
        return int(response.json()["usage"]["prompt_tokens"])
    except (httpx2.ResponseNotRead, ValueError, LookupError, TypeError):
        return 0


def sent_again(model: FakeModel) -> int:
    """Count the requests that hold lines of a patch, or files of an overview, sent before."""
    seen: set[tuple[str, str, str]] = set()
    count = 0
    for request in model.requests:
        held = {
            ("file", block.path, line)
            for block in request.blocks
            for line in block.text.splitlines()
            if line.startswith(("+", "-"))
        }
        if request.overview:
            held = {
                ("overview", request.locales[0], line)
                for line in request.user.splitlines()
                if re.match(r"\d+\. ", line)
            }
        count += bool(held & seen)
        seen |= held
    return count


def completion(
    text: str | None,
    given: int = 100,
    taken: int = 50,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    thoughts: int = 0,
) -> httpx2.Response:
    """Return a completion as the API sends it; thoughts are a part of its output."""
    taken += thoughts
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return httpx2.Response(
        200,
        json={
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "fake",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {
                "prompt_tokens": given,
                "completion_tokens": taken,
                "total_tokens": given + taken,
                "completion_tokens_details": {"reasoning_tokens": thoughts},
            },
        },
    )


def refused(
    status: int, message: str, *, code: str | None = None, param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> httpx2.Response:  # fmt: skip
    """Return an error as the API sends it."""
    error = {"message": message, "type": "invalid_request_error", "code": code, "param": param}
    return httpx2.Response(status, json={"error": error}, headers=dict(headers or {}))


def always(response: Callable[[], httpx2.Response]) -> Fault:
    """Answer every request alike."""

    async def fault(request: Request) -> httpx2.Response | None:
        return response()

    return fault


def first(faults: Sequence[Fault]) -> dict[int, Fault]:
    """Let the first requests fail."""
    return dict(enumerate(faults))
