"""Notes, warnings and other callouts of pages, and what reStructuredText says of versions.

The forms: GitHub's and Microsoft's `> [!NOTE]`, Docusaurus' `:::note`, MkDocs' `!!! note`, Astro's
`<Aside type="note">`, reStructuredText's `.. note::`, AsciiDoc's `NOTE:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.news.sentence import choose
from diff_insight.facts.pages.changed_lines import changed_text, code_lines
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.markup.plain import clip, first_sentence, sentences_of, words_of
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

LONGEST_QUOTE = 180
#: Lines of a paragraph that are read.
_LONGEST_PARAGRAPH = 20
#: What people call a callout -> the word that reports have for it.
_WHAT = {
    "note": "note", "info": "note", "seealso": "note", "remark": "note",
    "tip": "tip", "hint": "tip", "success": "tip",
    "important": "important", "attention": "important",
    "warning": "warning", "warn": "warning",
    "caution": "caution",
    "danger": "danger", "error": "danger", "critical": "danger",
}  # fmt: skip
#: Directives of Sphinx that say since when something is so.
_VERSIONED = {
    "deprecated": "version-note.deprecated",
    "deprecated-removed": "version-note.deprecated",
    "versionadded": "version-note.added",
    "versionchanged": "version-note.changed",
}
_NAMES = "|".join(sorted({*_WHAT, *_VERSIONED}, key=len, reverse=True))
_MARK = re.compile(
    rf"[ \t]*(?:>[ \t]*\[!(?P<alert>{_NAMES})\][-+]?|:::+[ \t]*\{{?(?P<fenced>{_NAMES})\b\}}?(?:\[[^\]\n]{{0,200}}\])?|"
    rf"(?:!!!|\?\?\?\+?)[ \t]+(?P<indented>{_NAMES})\b|(?-i:<Aside)\b[^<>\n]{{0,200}}?\btype=[\"'](?P<aside>{_NAMES})[\"'][^<>\n]{{0,200}}>|"
    rf"\.\.[ \t]+(?P<directive>{_NAMES})::|(?<![ \t])(?-i:(?P<label>NOTE|TIP|IMPORTANT|WARNING|CAUTION)):(?=[ \t]))(?P<rest>.*)",
    re.IGNORECASE,
)
#: The beginning of a line that the first expression may read, in a text.
_OPENING = re.compile(
    r"\n[ \t]*+(?:>[ \t]*+\[!|:::|!!!|\?\?\?|<Aside|\.\.[ \t]|(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):)",
    re.IGNORECASE,
)
_END = re.compile(r"[ \t]*(?::::+|</Aside>)[ \t]*$")
_CLOSING = re.compile(r"[ \t>]*(?::::+|</Aside>)[ \t]*$")
_FENCE = re.compile(r"[ \t>]*(?:`{3}|~{3})")
_TITLE = re.compile(r"[ \t]*\"([^\"]*)\"[ \t]*$")


class _Callout(Struct, frozen=True):
    """A callout that stands on changed lines: what it is, its lines, what it says."""

    name: str
    start: int
    end: int
    rest: str
    text: str

    @property
    def what(self) -> str:
        return _WHAT.get(self.name, self.name)

    def news(self, other: Sequence[str] = ()) -> dict[str, Value]:
        """The sentence of it that carries the news, beside what the other side says."""
        news = choose(sentences_of(self.text)) if self.text else None
        fresh = choose(sentences_of(self.text), other) if self.text and other else news
        news = fresh or news
        if news is None:
            return {"quote": ""}
        quote: dict[str, Value] = {"quote": clip(news.sentence, LONGEST_QUOTE)}
        return {**quote, "cue": news.cue} if news.cue else quote


def applies(view: FileView) -> bool:
    """Text for readers with two versions."""
    return view.prose and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact a callout that came, went, or is of another kind now."""
    if not any(_OPENING.search(changed_text(view, side)) for side in Side):
        return
    for block in view.blocks:
        old = list(_callouts(view, Side.BASE, block.old_start, block.old_lines))
        new = list(_callouts(view, Side.HEAD, block.new_start, block.new_lines))
        for before, after in _same(old, new):
            old.remove(before)
            new.remove(after)
            if before.what != after.what:
                yield from _change(view, before, after)
        was, now = (_sentences(lines) for lines in (block.old_lines, block.new_lines))
        yield from (fact for gone in old if (fact := _one_sided_fact(view, Side.BASE, gone, now)))
        yield from (fact for come in new if (fact := _one_sided_fact(view, Side.HEAD, come, was)))


def _sentences(lines: Sequence[str]) -> list[str]:
    return sentences_of(" ".join(words for line in lines if (words := words_of(line))))


def _callouts(view: FileView, side: Side, start: int, lines: tuple[str, ...]) -> Iterator[_Callout]:
    """Yield the callouts that open on lines of one side."""
    number = 0
    while number < len(lines):
        line = lines[number]
        match = _MARK.match(line)
        if match is None or not _open(view, side, start + number):
            number += 1
            continue
        end = _end(match, lines, number)
        titled = match["fenced"] or match["alert"] or _TITLE.match(match["rest"])
        body = _without_code(line for line in lines[number + 1 : end] if not _CLOSING.match(line))
        said = ["" if titled and body else match["rest"], *body]
        name = next(filter(None, (match[group] for group in _GROUPS)), "").lower()
        text = "" if name in _VERSIONED else said[0]
        words = " ".join(each for line in (text, *said[1:]) if (each := words_of(line)))
        if not words:  # only the opening line changed
            words = _paragraph(view, side, start + end)
        yield _Callout(name, start + number, start + end - 1, match["rest"].strip(), words)
        number = end


def _paragraph(view: FileView, side: Side, number: int) -> str:
    """Return the words of the paragraph that begins on a line, or behind one that only opens the text."""
    number += (view.version(side).line(number) or "").strip() == ">"
    lines = (view.version(side).line(at) or "" for at in range(number, number + _LONGEST_PARAGRAPH))
    words = takewhile(bool, ("" if _CLOSING.match(line) else words_of(line) for line in lines))
    return " ".join(words)


def _without_code(lines: Iterable[str]) -> list[str]:
    """Return the lines of a callout without its examples, which are no part of its sentences."""
    kept: list[str] = []
    fenced = False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            kept.append(line)
    return kept


_GROUPS = ("alert", "fenced", "indented", "aside", "directive", "label")


def _open(view: FileView, side: Side, line: int) -> bool:
    """Tell whether a line is still to be told and no code."""
    return (side, line) not in view.claimed and line not in code_lines(view, side)


def _end(match: re.Match[str], lines: tuple[str, ...], number: int) -> int:
    """Return the index behind the last line of a callout, as far as the lines go."""
    end = number + 1
    if match["fenced"] or match["aside"]:
        while end < len(lines) and not _END.match(lines[end]):
            end += 1
        return min(end + 1, len(lines))
    if match["label"]:
        while end < len(lines) and lines[end].strip():
            end += 1
        return end
    indent = len(lines[number]) - len(lines[number].lstrip())
    while end < len(lines):
        line = lines[end]
        inside = (
            line.lstrip().startswith(">")
            if match["alert"]
            else not line.strip() or len(line) - len(line.lstrip()) > indent
        )
        if not inside:
            break
        end += 1
    return end


def _same(old: list[_Callout], new: list[_Callout]) -> list[tuple[_Callout, _Callout]]:
    """Pair callouts of one block that say the same, or that are its only ones."""
    pairs = [
        (before, after)
        for before in old
        for after in new
        if before.text and before.text == after.text
    ][:1]
    alone = len(old) == len(new) == 1
    return pairs or ([(old[0], new[0])] if alone and old[0].what == new[0].what else [])


def _change(view: FileView, before: _Callout, after: _Callout) -> Iterator[Fact]:
    if before.name in _VERSIONED or after.name in _VERSIONED:
        return
    _claim(view, Side.BASE, before)
    _claim(view, Side.HEAD, after)
    other = sentences_of(before.text)
    params: dict[str, Value] = {"old": before.what, "new": after.what, **after.news(other)}
    yield Fact("admonition.changed", params, (base_line(before.start), head_line(after.start)))


def _one_sided_fact(
    view: FileView, side: Side, callout: _Callout, other: Sequence[str]
) -> Fact | None:
    """Return the fact of a callout that is on one side only."""
    make = base_line if side is Side.BASE else head_line
    evidence = (make(callout.start, callout.end - callout.start + 1),)
    section = structure(view, side).section_at(callout.start) if view.has_page_structure else ""
    if callout.name in _VERSIONED:
        version = callout.rest.split(maxsplit=1)[0] if callout.rest else ""
        if side is Side.BASE or not version:
            return None  # a note that went says nothing about what it spoke of
        _claim(view, side, callout)
        quote = first_sentence(callout.text, LONGEST_QUOTE) if callout.text else ""
        params: dict[str, Value] = {"subject": section, "version": version, "quote": quote}
        return Fact(_VERSIONED[callout.name], params, evidence)
    if not callout.text:
        return None
    _claim(view, side, callout)
    kind = "admonition.removed" if side is Side.BASE else "admonition.added"
    return Fact(kind, {"what": callout.what, "section": section, **callout.news(other)}, evidence)


def _claim(view: FileView, side: Side, callout: _Callout) -> None:
    view.claimed.update((side, line) for line in range(callout.start, callout.end + 1))
