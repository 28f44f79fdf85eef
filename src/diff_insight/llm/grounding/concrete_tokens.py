"""Finds the concrete tokens of a text, plain or Markdown: what can be looked up in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from diff_insight.llm.grounding.date_readings import find_dates
from diff_insight.llm.grounding.folding import literal, lower, words
from diff_insight.llm.grounding.numbers import find_numbers, find_spaced


class TokenKind(StrEnum):
    """What a token claims to be."""

    URL = "url"
    CODE = "code"
    PATH = "path"
    NAME = "name"
    DATE = "date"
    VERSION = "version"
    NUMBER = "number"


class ConcreteToken(Struct, frozen=True):
    """A token as it stands in the text, and the values it may have (dates and numbers only)."""

    kind: TokenKind
    text: str
    readings: tuple[str, ...] = ()


_URL = re.compile(r"https?://[!#-&(-;=?-\[\]^_a-~]+", re.IGNORECASE)
_RUNS = re.compile(r"`+")
_CODE_TAG = re.compile(r"<code>((?:(?!</?code>).){0,2000}+)</code>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_TARGET = re.compile(r"\]\(([^()\s]{1,2000})\)")
_LIST_MARK = re.compile(r"(?m)^[ \t]{0,9}\d{1,9}[.)](?=\s)")
_EXTENSIONS = frozenset(
    "md mdx rst txt adoc html htm css scss js mjs cjs jsx ts tsx py pyi ipynb java kt go rs rb php "
    "cs fs vb c h cc cpp hpp swift sh bash ps1 bat sql json jsonl json5 jsonc yml yaml toml ini cfg "
    "conf xml csv tsv lock env png jpg jpeg gif svg webp ico pdf docx xlsx pptx zip gz tar whl po "
    "proto tf bicep csproj sln gradle properties".split()
)
_WORD = re.compile(r"[A-Za-z0-9_$@~./\\#+:%()-]+")
#: Longer words are names: no expression is run over them.
_LONGEST_WORD = 300
_SEGMENT = re.compile(r"[\w@.+%()-]*", re.ASCII)
_STROKE = re.compile(r"[/\\]")
#: What nobody writes in prose but to name something: a_b, a.b, --flag, call(), $VAR, @scope/name.
_NAME = re.compile(
    r"[A-Za-z][^\W_]*+_\w++|_\w++|[a-z]\w++(?:\.[a-z]\w++)++|--?[a-z][\w-]++|[A-Za-z_][\w.]*+\(\)|\$[A-Za-z]\w+"
    r"|@[\w-]+(?:/[\w.-]+)?",
    re.ASCII,
)
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,5}(?:[.+-]?[A-Za-z][\w.+-]*)?|v\d+", re.ASCII)
#: With two full stops and yet no version: dates, and thousands set apart.
_DOTTED = re.compile(r"\d{4}\.\d\d?\.\d\d?|\d\d?\.\d\d?\.\d{4}|\d{1,3}(?:\.\d{3})+")
_NUMERIC = re.compile(r"[\d.,:%+/-]+")
#: A number with a short unit or an ordinal's ending: 10GB, 3x, 2nd, 50%.
_MEASURE = re.compile(r"[+-]?\d[\d.,]*(?:[A-Za-z]{1,3}|%)?", re.ASCII)
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"[“\"‘'「『«„‹]([!-~]{2,200}?)[”\"’'」』»“›]")
_IDENTIFIER_MARK = re.compile(r"[-_./$@:\d]|[a-z][A-Z]")


def find_tokens(
    text: str, languages: tuple[str, ...], *, markdown: bool = True
) -> Iterator[ConcreteToken]:
    """Yield the tokens of a text; what one token covers is not looked at again.

    `markdown` tells that backticks and backslashes are marks: in plain text they are characters
    of a value.
    """
    codes: list[str] = []
    spanless = _without_spans(text, codes) if markdown else text
    rest = _CODE_TAG.sub(lambda match: _take(codes, match[1]), spanless)
    targets: list[str] = []
    rest = _TARGET.sub(lambda match: f"]{_take(targets, match[1])}", rest)
    rest = _URL.sub(lambda match: _take(targets, match[0].rstrip(".,;:!?*_|[]()")), rest)
    for target in targets:
        if not target.startswith("#"):
            web = _URL.match(target)
            yield ConcreteToken(
                TokenKind.URL if web else TokenKind.PATH, target if web else words(target)
            )
    for code in codes:
        if folded := literal(code):
            yield ConcreteToken(TokenKind.CODE, folded)
    seen = words if markdown else literal  # in plain text a backslash is one
    yield from _of_words(seen(_TAG.sub(" ", _LIST_MARK.sub(" ", rest))), languages)


def _take(into: list[str], text: str) -> str:
    into.append(text)
    return " "


def _without_spans(text: str, codes: list[str]) -> str:
    """Cut code spans and fenced code out: runs of backticks of the same length enclose it."""
    runs = list(_RUNS.finditer(text))
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(len(runs[index][0]), []).append(index)
    kept, end, index = [], 0, 0
    while index < len(runs):
        ends = later[len(runs[index][0])]
        while ends and ends[-1] <= index:
            ends.pop()
        if not ends or _is_escaped(text, runs[index].start()):
            index += 1
            continue
        closing = ends[-1]
        kept.append(text[end : runs[index].start()])
        code = text[runs[index].end() : runs[closing].start()]
        fenced = len(runs[index][0]) > 2 and "\n" in code
        codes += code.split("\n")[1:] if fenced else [code]
        end, index = runs[closing].end(), closing + 1
    return " ".join([*kept, text[end:]])


def _is_escaped(text: str, at: int) -> bool:
    """Tell whether an odd number of backslashes stands before a place."""
    start = at
    while start and text[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1


def _of_words(text: str, languages: tuple[str, ...]) -> Iterator[ConcreteToken]:
    for match in _QUOTED.finditer(text):
        quoted = match[1].rstrip(",.;:!?")  # English puts the comma before the closing mark
        if _IDENTIFIER_MARK.search(quoted) and not _NUMERIC.fullmatch(quoted):
            yield ConcreteToken(TokenKind.NAME, quoted)
    taken: list[str] = []
    named: list[ConcreteToken] = []

    def take(match: re.Match[str]) -> str:
        token = _word(match[0])
        if token is None:
            return match[0]
        named.append(token)
        return _take(taken, match[0])

    text = _WORD.sub(take, text)
    yield from named
    yield from _values(text, languages)


def _word(text: str) -> ConcreteToken | None:
    """Return what a word without spaces names, or None when it is prose, a number or a date."""
    word = text.lstrip("+~:()").rstrip("./:#+-\\")
    word = word if word.endswith("()") else word.rstrip("()")
    if word.startswith("__") and word.endswith("__"):
        word = word.strip("_")  # in prose these are marks of emphasis
    kind = _kind(word) if len(word) > 1 else None
    return None if kind is None else ConcreteToken(kind, word)


def _kind(word: str) -> TokenKind | None:
    if len(word) > _LONGEST_WORD:
        return TokenKind.NAME
    if _NUMERIC.fullmatch(word):
        version = _VERSION.fullmatch(word) and word.count(".") > 1 and not _DOTTED.fullmatch(word)
        return TokenKind.VERSION if version else None
    if _is_path(word):
        return TokenKind.PATH
    if measure := _MEASURE.fullmatch(word):
        return TokenKind.NUMBER if measure[0][-1].isalpha() else None
    if _VERSION.fullmatch(word):
        return TokenKind.VERSION
    return TokenKind.NAME if _NAME.fullmatch(word) or _DIGIT.search(word) else None


def _is_path(word: str) -> bool:
    parts = _STROKE.split(word)
    if not all(map(_SEGMENT.fullmatch, parts)) or not any(map(str.isalpha, word)):
        return False
    stem, dot, extension = parts[-1].rpartition(".")
    if dot and extension.lower() in _EXTENSIONS and (stem or len(parts) > 1):
        return True
    if word.startswith(("/", "./", "../", "~/")):
        return len(parts[-1]) > 1
    # “read/write/run” is prose: a path has more than letters.
    return len(parts) > 2 and not all(part.isalpha() for part in parts)


def _values(shown: str, languages: tuple[str, ...]) -> Iterator[ConcreteToken]:
    """Yield dates, then the numbers outside of them; the widest date at a place counts."""
    text = lower(shown)
    covered = bytearray(len(text))
    dates = sorted(
        find_dates(text, languages), key=lambda date: (date.start - date.end, date.start)
    )
    for date in dates:
        if not any(covered[date.start : date.end]):
            covered[date.start : date.end] = b"\1" * (date.end - date.start)
            yield ConcreteToken(TokenKind.DATE, shown[date.start : date.end].strip(), date.readings)
    spaced = {number.start: number for number in find_spaced(text)}
    for number in find_numbers(text, languages):
        if not any(covered[number.start : number.end]):
            wide = spaced.get(number.start, number)
            covered[number.start : wide.end] = b"\1" * (wide.end - number.start)
            readings = number.readings if wide is number else wide.readings
            yield ConcreteToken(TokenKind.NUMBER, shown[number.start : wide.end], readings)
