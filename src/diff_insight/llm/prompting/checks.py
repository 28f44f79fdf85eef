"""The checks that every text of a model has to pass; each names what is wrong for the next request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from diff_insight.llm.grounding.check import unsupported_tokens
from diff_insight.llm.grounding.sources import Sources
from diff_insight.llm.prompting.claims import unproved_claim
from diff_insight.llm.prompting.injection import Suspicion
from diff_insight.llm.prompting.prompts import packaged_prompt
from diff_insight.llm.prompting.scripts import wrong_language

#: Characters of a text; a longer one is an echo or runs in circles.
LONGEST_TITLE = 200
LONGEST_TEXT = 4_000
_URL = re.compile(
    r"(?i)\b(?:https?|ftp|file|data|javascript|mailto):[^\s`\"'<>)\]]+|\bwww\.[^\s`\"'<>)\]]+"
)
#: The pattern GitHub has for people and teams, outside of code and addresses.
_MENTION = re.compile(r"(?<![\w`/.+-])@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:/[A-Za-z0-9._-]+)?")
_IMAGE = re.compile(r"!\[[^\]]*\]\s*[(\[]|<img\b", re.IGNORECASE)
_LINK = re.compile(r"\](?:\(([^)\s]*+)|\[[^\]\n]*+\])")
_HTML = re.compile(r"(?<!`)</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|&#?\w+;")
_SPAN = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
#: Words of instructions and of the shape of answers, which are nobody's prose.
_LEAK = re.compile(
    r"""(?ix)
    <\/?(?:format|locale|diff|patch|system|instructions?|output|answer|think)>
    |\b(?:locale|output\s+format|modification_type|modification_title)\s*:
    |```|\|---
    |"(?:title|explanation|texts|files|headline|type)"\s*:
    |\bas\s+an\s+ai\b|\blanguage\s+model\b|\bi\s+(?:cannot|can't|can\s+not)\b|\bi['’]m\s+sorry
    |\bhere\s+(?:is|are)\s+the\s+(?:json|title|explanation|answer)
    """
)
_BREAKING = re.compile(
    r"(?i)\bbreaking\b|\bbreaks\b|backwards?[- ]incompatib|破壊的|互換性(?:のない|がない|を失)|后方不兼容|"
    r"破坏性|重大变化|不兼容"
)
_REPEATED = re.compile(r"(.{6,60}?)\1{4,}", re.DOTALL)


class Ground(Struct, frozen=True):
    """What texts about a file or a range may say.

    Attributes:
        sources: Where every concrete token has to stand.
        shown: What the model saw, for links, mentions and tags.
        breaking: Whether a fact says that something breaks.
        suspicion: What orders in the diff may have put into an answer.
    """

    sources: Sources
    shown: str
    breaking: bool
    suspicion: Suspicion


def faults(text: str, locale: str, ground: Ground, *, longest: int) -> Iterator[str]:
    """Yield what is wrong with a text, in words that a second request can carry."""
    if not text.strip():
        yield "it is empty"
        return
    if len(text) > longest:
        yield f"it is longer than {longest} characters"
        return
    if _REPEATED.search(text):
        yield "it repeats itself"
        return
    yield from _leaks(text, ground)
    yield from _reaches_out(text, ground)
    yield from _claims(text, ground)
    language = wrong_language(text, locale)
    if language:
        yield language
    for token in unsupported_tokens(text, ground.sources, locale)[:5]:
        yield f"the {token.kind} {token.token[:80]!r} stands nowhere in the data"
    if not ground.breaking and _BREAKING.search(text) and not _BREAKING.search(ground.shown):
        yield "it speaks of a breaking change where no fact does"
    taken = ground.suspicion.borrowed_word(text)
    if taken:
        yield f"it follows instructions that stand in the data ({taken[:40]!r})"


def _leaks(text: str, ground: Ground) -> Iterator[str]:
    prose = _SPAN.sub(" ", text) if "```" not in text else text
    leak = _LEAK.search(prose)
    if leak and leak[0].lower() not in ground.shown.lower():
        yield f"it shows the form of the request ({leak[0].strip()[:40]!r})"
    if echoes(text):
        yield "it repeats the instructions"
    if "[/" in text and re.search(r"\[/[0-9a-f]{8,}", text):
        yield "it shows the marks of the data"


def _reaches_out(text: str, ground: Ground) -> Iterator[str]:
    """Yield what would lead away from the report or call somebody to it."""
    prose = _SPAN.sub(" ", text)
    for match in _URL.finditer(text):
        if match[0].rstrip(".,;:。、，") not in ground.shown:
            yield f"the address {match[0][:80]!r} is not in the data"
    for match in _MENTION.finditer(prose):
        if match[0] not in ground.shown:
            yield f"the mention {match[0]!r} is not in the data"
    if _IMAGE.search(prose):
        yield "it holds an image"
    link = _LINK.search(prose)
    if link and (not link[1] or link[1] not in ground.shown):
        yield "it holds a link"
    tag = _HTML.search(prose)
    if tag and tag[0] not in ground.shown:
        yield f"it holds HTML ({tag[0][:40]!r})"


def _claims(text: str, ground: Ground) -> Iterator[str]:
    claim = unproved_claim(text, ground.shown)
    if claim:
        yield f"it claims or asks what no diff can ({claim[:40]!r})"


def echoes(text: str) -> bool:
    """Tell whether a run of eight words of the instructions stands in a text."""
    words = re.findall(r"[A-Za-z]+", text.lower())
    known = _instruction_runs()
    return any(tuple(words[at : at + _RUN]) in known for at in range(len(words) - _RUN + 1))


_RUN = 8


@cache
def _instruction_runs() -> frozenset[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for name in ("files", "overview", "corrective"):
        words = re.findall(r"[A-Za-z]+", packaged_prompt(name).lower())
        runs |= {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    return frozenset(runs)
