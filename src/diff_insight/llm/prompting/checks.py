"""Judges one text of a model: what is wrong with it as a whole, and with each of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property

from msgspec import Struct

from diff_insight.llm.grounding.check import Unsupported, unsupported_tokens
from diff_insight.llm.grounding.concrete_tokens import TokenKind
from diff_insight.llm.grounding.counts import derived_counts, listed_count
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault
from diff_insight.llm.grounding.folding import literal, lower
from diff_insight.llm.grounding.numbers import find_numbers
from diff_insight.llm.grounding.sentence_pieces import CODE_SPAN, sentences
from diff_insight.llm.grounding.sources import Sources
from diff_insight.llm.grounding.statements import statement_faults
from diff_insight.llm.prompting.claims import unproved_claim
from diff_insight.llm.prompting.injection import Suspicion
from diff_insight.llm.prompting.language import wrong_language
from diff_insight.llm.prompting.prompts import packaged_prompt

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
#: Lines that only a unified diff has: what is told of it stands in sentences.
_PATCH_LINE = re.compile(
    r"(?m)^(?:diff --git |@@ -\d+(?:,\d+)? \+\d|--- a/|\+\+\+ b/|index [0-9a-f]{7,40}\.\.)"
)
_BREAKING = re.compile(
    r"(?i)\bbreaking\b|\bbreaks\b|backwards?[- ]incompatib|破壊的|互換性(?:のない|がない|を失)|后方不兼容|"
    r"破坏性|重大变化|不兼容"
)
#: The same denied, and lines that break: no claim that something does.
_NO_BREAK = re.compile(
    r"(?i)\bline[- ]breaks?\b|\bbreaks?\b(?!.{0,12}\b(?:compat|existing|code|client|user|call))"
    r"|\b(?:no|not|non|without|isn['’]t|aren['’]t|never)\b.{0,30}\bbreaking|\bbreaking\b.{0,30}\b(?:none|not)\b"
    r"|破壊的(?:な)?変更(?:は|で(?:は|も)|が)(?:な|あり|含)|互換性.{0,10}(?:保|維持)|改行"
    r"|(?:没有|无|不是|并非|不含|非)(?:任何)?(?:不兼容|破坏性|重大)|換行|换行"
    r"|kein\w* (?:inkompatibl|breaking)|aucun changement (?:incompatible|non rétro)|ning[uú]n cambio (?:incompatible|que rompa)|nenhuma (?:alteração|mudança) (?:incompatíve|que quebr)|호환성.{0,10}(?:유지|깨지지 않)"
)
_REPEATED = re.compile(r"(.{6,60}?)\1{4,}", re.DOTALL)


class Ground(Struct, frozen=True, dict=True):
    """What texts about a file or a range may say.

    Attributes:
        sources: Where every concrete token has to stand.
        shown: What the model saw, for links, mentions and tags.
        breaking: Whether a fact says that something breaks.
        suspicion: What orders in the diff may have put into an answer.
        evidence: The lines that statements are held against.
    """

    sources: Sources
    shown: str
    breaking: bool
    suspicion: Suspicion
    evidence: DiffEvidence = DiffEvidence()

    @cached_property
    def names_text(self) -> str:
        """All that may be named, in small letters."""
        return f"{self.shown}\n{self.sources.all_text}".lower()

    @cached_property
    def counts(self) -> frozenset[int]:
        """Small counts that the diff bears out."""
        return derived_counts(self.evidence)


class Judgement(Struct, frozen=True):
    """What is wrong with a text, and what stands of it.

    Attributes:
        faults: Words for a second request.
        rest: The text without the sentences that are certainly wrong; empty when none of it stands.
        readings: Sentences of the rest that may be the model's own reading.
    """

    faults: tuple[str, ...] = ()
    rest: str = ""
    readings: frozenset[str] = frozenset()

    def fault_lines(self, part: str) -> tuple[str, ...]:
        """Return a line for each fault, with the part of the answer that has it."""
        return tuple(f"{part}: {fault}" for fault in self.faults)


def judge(
    text: str, locale: str, ground: Ground, *, longest: int, prose: bool = False
) -> Judgement:
    """Judge a text as a whole and sentence by sentence.

    Args:
        text: What a model wrote.
        locale: The locale that it was asked for.
        ground: What it may say.
        longest: Characters that it may have.
        prose: Whether sentences stand alone, so that one may go and the others stay.
    """
    whole = tuple(dict.fromkeys(_whole_faults(text, locale, ground, longest)))
    if whole and not text.strip():
        return Judgement(whole)
    faults: list[str] = list(whole)
    kept: list[str] = []
    readings: set[str] = set()
    before = ""
    for line in text.split("\n"):
        pieces: list[str] = []
        for sentence in sentences(line) if prose else [line]:
            wrong = tuple(_sentence_faults(sentence, locale, ground, before))
            before = sentence
            faults += [f"{each.text}, in {_beginning(sentence)}" for each in wrong if each.asks]
            if any(fault.certain for fault in wrong):
                continue
            pieces.append(sentence)
            if wrong:
                readings.add(sentence.strip())
        if pieces or not line.strip():
            kept.append("".join(pieces).rstrip())
    rest = "\n".join(kept).strip()
    if whole or (rest != text.strip() and not prose) or len(rest) < _LEAST_REST * len(text):
        rest = ""
    return Judgement(tuple(dict.fromkeys(faults)), rest, frozenset(readings))


#: Share of a text that has to stand for the rest to be worth reading.
_LEAST_REST = 0.25


def _beginning(sentence: str) -> str:
    text = sentence.strip()
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _whole_faults(text: str, locale: str, ground: Ground, longest: int) -> Iterator[str]:
    """Yield what is wrong with a text and no sentence alone."""
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
    language = wrong_language(text, locale)
    if language:
        yield language
    word = ground.suspicion.order_word(text)
    if word:
        yield f"it says {word[:40]!r}, which only an order in the data can have put there"


def _sentence_faults(sentence: str, locale: str, ground: Ground, before: str) -> Iterator[Fault]:
    """Yield what a sentence claims without proof."""
    claim = unproved_claim(sentence, ground.shown)
    if claim:
        yield Fault(f"it claims or asks what no diff can ({claim[:40]!r})")
    for token in unsupported_tokens(sentence, ground.sources, locale)[:5]:
        if not (token.kind is TokenKind.NUMBER and _bears_out(token.token, sentence, ground)):
            text = f"the {token.kind} {token.token[:80]!r} stands nowhere in the data"
            yield Fault(text, certain=not _is_known_in_parts(token, ground))
    if _breaks(sentence) and not ground.breaking and not _BREAKING.search(ground.shown):
        yield Fault("it speaks of a breaking change where no fact does")
    yield from statement_faults(sentence, ground.evidence, locale, ground.names_text, before)


def _breaks(sentence: str) -> bool:
    return _BREAKING.search(sentence) is not None and not _NO_BREAK.search(sentence)


def _bears_out(number: str, sentence: str, ground: Ground) -> bool:
    """Tell whether a small number is a count of what the diff or the sentence itself lists."""
    counts = ground.counts | set(listed_count(sentence))
    text = lower(literal(number))
    # A numeral of Chinese or Japanese is one before a counter only.
    readings = {
        each
        for form in (text, f"{text}个")
        for value in find_numbers(form)
        for each in value.readings
    }
    small = [int(each) for each in readings if each.isdecimal()]
    rests = range(1, _MOST_LISTED + 1) if _REST.search(sentence) else ()
    return any(
        each in counts or any(ground.sources.has_number((str(each + rest),)) for rest in rests)
        for each in small
    )


def _is_known_in_parts(token: Unsupported, ground: Ground) -> bool:
    """Tell whether code is put together of words that all stand in the data: a way of writing, and no invention."""
    parts = _PART.findall(token.token)
    return token.kind is TokenKind.CODE and all(
        ground.sources.has_text(part, any_case=True) for part in parts
    )


_PART = re.compile(r"[A-Za-z0-9_]+")
#: Words of what is left of a list, and how many of it may stand before them.
_REST = re.compile(r"(?i)\b(?:more|others?|further)\b|ほか|他|其他|另|等")
_MOST_LISTED = 3


def _leaks(text: str, ground: Ground) -> Iterator[str]:
    prose = CODE_SPAN.sub(" ", text) if "```" not in text else text
    leak = _LEAK.search(prose)
    if leak and leak[0].lower() not in ground.shown.lower():
        yield f"it shows the form of the request ({leak[0].strip()[:40]!r})"
    if _PATCH_LINE.search(text):
        yield "it repeats the diff instead of saying what changed"
    if echoes(text):
        yield "it repeats the instructions"
    if "[/" in text and re.search(r"\[/[0-9a-f]{8,}", text):
        yield "it shows the marks of the data"


def _reaches_out(text: str, ground: Ground) -> Iterator[str]:
    """Yield what would lead away from the report or call somebody to it."""
    prose = CODE_SPAN.sub(" ", text)
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


def echoes(text: str) -> bool:
    """Tell whether a run of eight words of the instructions stands in a text."""
    words = re.findall(r"[A-Za-z]+", text.lower())
    known = _instruction_runs()
    return any(tuple(words[at : at + _RUN]) in known for at in range(len(words) - _RUN + 1))


_RUN = 8


@cache
def _instruction_runs() -> frozenset[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for name in ("files", "overview", "corrective", "registers"):
        words = re.findall(r"[A-Za-z]+", packaged_prompt(name).lower())
        runs |= {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    return frozenset(runs)
