"""The shape of answers: the schema that is asked for, and reading what came in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import cast

from msgspec import Struct

from diff_insight.model.facts import ModificationType

_FENCES = ("```", "```json")
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_LONGEST = 400_000


class AnswerError(ValueError):
    """An answer is not of the shape that was asked for; the text says what is wrong."""


class RawText(Struct, frozen=True):
    """Title and explanation as a model wrote them."""

    title: str
    explanation: str


class RawFile(Struct, frozen=True):
    """A model's answer about one file."""

    type: str
    texts: Mapping[str, RawText]


class RawBullet(Struct, frozen=True):
    """A bullet and the numbers of the files it names, as a model wrote them."""

    text: str
    files: tuple[int, ...]


class RawOverview(Struct, frozen=True, kw_only=True):
    """A model's answer about a category in one locale."""

    headline: str
    summary: str
    new_features: tuple[RawBullet, ...]
    other_updates: tuple[RawBullet, ...]
    insights: str


Schema = dict[str, object]


def _object(properties: Mapping[str, object]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: object) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Schema = {"type": "string"}


def files_schema(locales: Sequence[str]) -> Schema:
    """Return the JSON Schema of answers about files."""
    texts = _object({"title": _TEXT, "explanation": _TEXT})
    file = _object(
        {
            "id": {"type": "integer"},
            "type": {"type": "string", "enum": [str(each) for each in ModificationType]},
            "texts": _object(dict.fromkeys(locales, texts)),
        }
    )
    return _object({"files": _list(file)})


def overview_schema() -> Schema:
    """Return the JSON Schema of answers about a category."""
    bullets = _list(_object({"text": _TEXT, "files": _list({"type": "integer"})}))
    return _object(
        {
            "headline": _TEXT,
            "summary": _TEXT,
            "new_features": bullets,
            "other_updates": bullets,
            "insights": _TEXT,
        }
    )


def as_json(entries: Sequence[RawFile | None], locales: Sequence[str]) -> str:
    """Return entries in the form in which they were asked for, numbered anew; nothing without any."""
    files = [
        {
            "id": number,
            "type": entry.type,
            "texts": {
                locale: {"title": text.title, "explanation": text.explanation}
                for locale, text in entry.texts.items()
                if locale in locales
            },
        }
        for number, entry in enumerate(entries, 1)
        if entry is not None
    ]
    return json.dumps({"files": files}, ensure_ascii=False) if files else ""


def overview_json(answer: RawOverview) -> str:
    """Return an answer about a category in the form in which it was asked for."""
    return json.dumps(
        {
            "headline": answer.headline,
            "summary": answer.summary,
            "new_features": [{"text": b.text, "files": list(b.files)} for b in answer.new_features],
            "other_updates": [
                {"text": b.text, "files": list(b.files)} for b in answer.other_updates
            ],
            "insights": answer.insights,
        },
        ensure_ascii=False,
    )


def read_files(answer: str, count: int, locales: Sequence[str]) -> dict[int, RawFile]:
    """Return the entries by number, from 1; entries of unknown numbers are dropped.

    Raises:
        AnswerError: There is no such JSON in the answer.
    """
    document = _document(answer)
    entries = document.get("files")
    if not isinstance(entries, list):
        # A lone file is sometimes answered without its list.
        entries = [document] if "texts" in document else None
    if entries is None:
        raise AnswerError('the answer has no list "files"')
    files: dict[int, RawFile] = {}
    for entry in entries:
        number = _number(entry.get("id")) if isinstance(entry, dict) else None
        if number is None and count == 1 and isinstance(entry, dict):
            number = 1
        if number is not None and 1 <= number <= count and number not in files:
            files[number] = _file(cast("Mapping[str, object]", entry), locales)
    return files


def read_overview(answer: str) -> RawOverview:
    """Return an answer about a category.

    Raises:
        AnswerError: There is no such JSON in the answer, or a part of it is missing.
    """
    document = _document(answer)
    texts = {
        name: value if isinstance(value := document.get(name), str) else ""
        for name in ("headline", "summary", "insights")
    }
    if not any(texts.values()):
        raise AnswerError("the answer has no texts headline, summary and insights")
    return RawOverview(
        headline=texts["headline"],
        summary=texts["summary"],
        insights=texts["insights"],
        new_features=_bullets(document.get("new_features")),
        other_updates=_bullets(document.get("other_updates")),
    )


def _bullets(value: object) -> tuple[RawBullet, ...]:
    if not isinstance(value, list):
        return ()
    bullets = []
    for entry in value:
        if isinstance(entry, str):
            bullets.append(RawBullet(entry, ()))
        elif isinstance(entry, dict) and isinstance(entry.get("text"), str):
            named = entry.get("files")
            numbers = [_number(each) for each in named] if isinstance(named, list) else []
            bullets.append(RawBullet(entry["text"], tuple(n for n in numbers if n is not None)))
    return tuple(bullets)


def _file(entry: Mapping[str, object], locales: Sequence[str]) -> RawFile:
    texts = entry.get("texts")
    by_locale: dict[str, RawText] = {}
    if isinstance(texts, dict):
        for locale in locales:
            text = texts.get(locale)
            if isinstance(text, dict):
                title, explanation = text.get("title"), text.get("explanation")
                if isinstance(title, str) and isinstance(explanation, str):
                    by_locale[locale] = RawText(title, explanation)
    return RawFile(str(entry.get("type", "")), by_locale)


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 9:
        return int(value)
    return None


def _without_fence(text: str) -> str:
    """Return what stands in a fence, where a text is one."""
    first, _, rest = text.partition("\n")
    fenced = first.rstrip() in _FENCES and rest.endswith("```")
    return rest.removesuffix("```").rstrip() if fenced else text


def _document(answer: str) -> dict[str, object]:
    """Return the JSON object of an answer, without the fence or the thoughts around it."""
    if len(answer) > _LONGEST:
        raise AnswerError("the answer is far too long")
    text = _THOUGHT.sub("", answer)
    text = _without_fence(text.strip())
    start = text.find("{")
    if start < 0:
        raise AnswerError("the answer is no JSON")
    try:
        document, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise AnswerError(f"the answer is no JSON: {error}") from error
    if not isinstance(document, dict):
        raise AnswerError("the answer is no JSON object")
    return document
