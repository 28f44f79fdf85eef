"""Reads Markdown source lines as plain words, for quotes and comparisons."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from operator import itemgetter

from diff_insight.markup.template_tags import without_template_tags

_LINK = re.compile(
    r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])"
)
#: Bounded, so that a long line of opening marks is not searched to its end for each of them.
#: It opens with the mark, so that the engine skips to the next one, and then looks behind it.
_EMPHASIS = re.compile(r"([*_])(?<!\w[*_])(\1{0,2})(?=\S)(.{1,160}?)(?<=\S)\1\2(?!\w)")
_MARKER = re.compile(r"^\s*(?:>(?!=)\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|:\s+|\d{1,3}[.)]\s+|#{1,6}\s+)+")
_DIRECTIVE = re.compile(r":::[a-z-]+\b(?:[^:]|:(?!::))*:::")
#: Characters without width that spell no word, and the same with the label that opens an admonition.
_WIDTHLESS = re.compile("[\u200b\u2060\ufeff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]|(?<=> )\\[![A-Za-z]+\\]")
#: reStructuredText's `text <target>`_ and :role:`text`, and MyST's {role}`text`, which may hold a target too.
_ROLE = re.compile(
    r"(?::[a-zA-Z][\w:.+-]{0,40}:)?`([^`<>]{1,200}?)(?:(?<!\s)\s++)?+(?:<[^<>`]{0,300}>)?`__?(?!\w)|(?::[a-zA-Z][\w:.+-]{0,40}:|\{[a-zA-Z][\w:.+-]{0,40}\})`[!~.]?([^`<>]{1,200}?)(?:(?<!\s)\s++<[^<>`]{0,300}>)?`"
)
#: A role that has a number for its text, which says nothing without the role's name.
_NUMBERED_ROLE = re.compile(r":(pep|rfc):`(\d{1,5})`")
#: Tags that end a line or a cell, so that the words on both sides stay apart.
_BREAKS = re.compile(
    r"</?(?:br|li|p|ul|ol|tr|td|th|div|dt|dd|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE
)
#: A reStructuredText directive; what stands behind its name is prose when it has some words.
_DIRECTIVE_LINE = re.compile(r"\s*\.\. [\w:-]{1,60}::(?:\s+|$)")
_LEAST_PROSE = 3
#: A name for a place or an address in reStructuredText, which no page shows.
_TARGET_LINE = re.compile(r"\.\. _[^:\n]{1,200}:(?:\s|$)")
#: Code within a line; bounded, so that a line of backticks is not searched to its end for each.
_CODE = re.compile(r"(?<!`)(`+)(?!`).{1,500}?(?<!`)\1(?!`)")
#: A link that is its own text: `<https://…>`, and DocFX's `<xref:Namespace.Type%2A>` by its name.
_REFERENCE = re.compile(
    r"<(?:xref:(?:[\w.]{0,200}\.)?([\w`]{1,80})[^<>\s]{0,200}|([a-z][a-z0-9+]{1,10}://[^<>\s]{1,500}))>"
)
#: The end of a link whose text began on the line before.
_LINK_END = re.compile(r"\]\((?:https?://|/|\.{1,2}/|#)[^()\s]{0,500}\)")
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
#: A reference to a footnote, whose number or name is no word of the sentence.
_FOOTNOTE = re.compile(
    r"\[\^[^\]\s]{1,60}\](?!:)|<sup>\s{0,4}\[?\d{1,3}\]?\s{0,4}</sup>", re.IGNORECASE
)
#: A space between sentences; opened by the space, so that the engine skips from one to the next.
_BETWEEN = re.compile(
    r" (?<=[.!?] )(?<![ (]i\.e\. )(?<![ (]e\.g\. )(?<! vs\. )(?<! cf\. )(?=[A-ZÀ-ÖØ-ÞΑ-ΩА-Я¿¡«“\"'(\[`*]|(?<!\d[.!?] )[가-힣])"
)
#: Marks of languages that put no space behind them.
_FULL_STOPS = "。！？"

#: The group that stays of a link or of emphasis; a template of groups takes far longer.
_LINK_TEXT = itemgetter(1)
_EMPHASIZED = itemgetter(3)
#: Characters of a line whose markup is read; what is behind them stays as it is.
_LONGEST_MARKED = 20_000


@lru_cache(maxsize=1024)
def words_of(line: str) -> str:
    """Return a Markdown line without list markers, links' targets, emphasis, code marks and tags."""
    text, rest = line[:_LONGEST_MARKED], line[_LONGEST_MARKED:]
    # Each expression is run only where there is a sign that it needs.
    if "[!" in text or not text.isascii():
        text = (_INVISIBLE if "[!" in text else _WIDTHLESS).sub("", text)
    text = without_template_tags(text)
    marker = _MARKER.match(text)
    text = text[marker.end() :] if marker else text
    if text.startswith(".."):
        text = "" if _TARGET_LINE.match(text) else _without_directive(text)
    if ":::" in text:
        text = _DIRECTIVE.sub("", text)
    return inline_words(text + rest, templates=False)


#: What breaks a line at its end.
_LINE_BREAK = re.compile(r"(?<!\\)\\\s{0,3}$")
#: The address that a heading is given, which no page shows.
_HEADING_ID = re.compile(r"(?<!\s)\s*+\{#[\w:.-]{1,200}\}\s*$")


def inline_words(text: str, *, templates: bool = True) -> str:
    """Return text without links' targets, emphasis, code marks and tags; what opens a line stays.

    Args:
        text: One line, or what stands in a cell.
        templates: Whether tags of site generators go too; they stay where two texts are held against each other.
    """
    text, rest = text[:_LONGEST_MARKED], text[_LONGEST_MARKED:]
    if templates:
        text = without_template_tags(text)
    text = _without_links(text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(_EMPHASIZED, text)
    if "`" in text:
        text = _without_roles(text)
    if "[^" in text or "<sup>" in text:
        text = _FOOTNOTE.sub("", text)
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = html.unescape(text)
    text = _LINE_BREAK.sub("", text)
    return " ".join((_HEADING_ID.sub("", text).replace("`", "") + rest).split())


def _without_links(text: str) -> str:
    if "](" not in text and "][" not in text:
        return text
    text = _LINK.sub(_LINK_TEXT, text)
    if "](" in text:  # a picture that is a link, or a link that is not whole
        text = _LINK_END.sub("", _LINK.sub(_LINK_TEXT, text))
    return text


def _without_tags(text: str) -> str:
    """Return text without tags; what stands in code is shown as it is written."""
    spans = [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    pieces: list[str] = []
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        outside = with_named_references(text[at:start])
        pieces += (_TAGS.sub("", _BREAKS.sub(" ", outside)), text[start:end])
        at = end
    return "".join(pieces)


def with_named_references(text: str) -> str:
    """Return text with the names of what `<xref:…>` refers to, and addresses without their marks."""
    return _REFERENCE.sub(lambda match: match[1] or match[2], text)


def _without_directive(text: str) -> str:
    """Return what a directive says in words, or nothing when it only names something."""
    directive = _DIRECTIVE_LINE.match(text)
    if directive is None:
        return text
    argument = text[directive.end() :]
    return argument if len(argument.split()) >= _LEAST_PROSE else ""


def _without_roles(text: str) -> str:
    """Return a text without the marks of roles and links, which open or close with two marks."""
    if ":`" in text:
        text = _NUMBERED_ROLE.sub(lambda match: f"{match[1].upper()} {match[2]}", text)
    elif "`_" not in text and "}`" not in text:
        return text
    # A name such as that of a class of PHP has its backslashes escaped.
    return _ROLE.sub(lambda match: (match[1] or match[2] or "").replace("\\\\", "\\"), text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text of words, which have one space between them."""
    for mark in _FULL_STOPS:
        if mark in text:
            text = text.replace(mark, f"{mark}\n")
    parts = (part for run in text.split("\n") for part in _BETWEEN.split(run))
    return [sentence for part in parts if (sentence := part.strip())]


def first_sentence(text: str, limit: int) -> str:
    """Return the first sentence, cut at a word and marked when longer than `limit` characters."""
    # Whether a sentence ends within the limit shows with the character behind the space.
    return clip(next(iter(sentences_of(text[: limit + 2])), ""), limit)


def clip(text: str, limit: int) -> str:
    """Cut a text at a word boundary and mark the cut with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    at = cut.rfind(" ")
    return (cut[:at] if at > limit // 2 else cut).rstrip(" ,;:") + "…"


def clip_title(title: str, limit: int) -> str:
    """Cut a title as `clip` does; code that is cut in two stays code."""
    cut = clip(title, limit)
    if cut.count("`") % 2 == 0 or title.count("`") % 2:
        return cut
    before, _, code = cut.rpartition("`")
    return f"{cut}`" if code != "…" else f"{before.rstrip(' ,;:')}…"
