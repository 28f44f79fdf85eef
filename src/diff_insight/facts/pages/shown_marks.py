"""What readers see of a passage though its words leave it out: marks of tasks, and texts in attributes of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.news.terms import clip_apart
from diff_insight.markup.plain import clip, words_of

_LONGEST = 80
_TASK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(\[[ xX]\])\s+\S")
#: Attributes of tags, components and shortcodes whose value is text for readers.
_SHOWN = re.compile(
    r"(?<![\w.:-])(title|alt|label|aria-label|caption|description|summary|heading|header|placeholder|name)"
    r"\s{0,4}=\s{0,4}([\"'])([^\"'<>\n]{1,300})\2"
)
#: A directive of reStructuredText, and where a link or a reference of it leads.
_DIRECTIVE = re.compile(r"\s*\.\. [\w:-]{1,60}::")
_TARGET = re.compile(r"`[^`<>]{1,200}<[^<>`]{1,300}>`")
#: A macro of AsciiDoc that leads to or brings in something.
_MACRO = re.compile(
    r"(?<![\w:/])(?:(?:link|xref|image|include|video|audio)::?|https?://)[^\s\[\]]{1,300}\[[^\[\]]{0,300}\]"
)
#: An address within a page that others link to, and the condition of a part.
_ADDRESS = re.compile(
    r"\[\[[\w:.-]{1,100}(?:,[^\[\]\n]{0,100})?\]\]|\[#[\w:.-]{1,100}[^\[\]\n]{0,100}\]"
    r"|\bid\s{0,4}=\s{0,4}[\"'][^\"'<>\n]{1,200}[\"']|(?<!\S)\.\. _[^:\n]{1,200}:|\bif(?:n?def|eval)::[^\s\[\]]{1,200}"
)
#: Marks that say something by themselves: comparisons, sums, parts of names such as C++ and C#.
_SIGNS = re.compile(r"[<>=%&+#±÷°]|\|\||!(?==)")
_SIGNS_IN_ONE = str.maketrans({"≥": ">=", "≤": "<=", "≠": "!="})
#: What begins a heading, a quotation or an item, and what ends a line in AsciiDoc.
_AROUND = "#>=|+ \t"
_CODE = re.compile(r"(?<!`)`([^`\n]{1,300})`(?!`)")
#: A tag of a site generator, which brings something into the page.
_TAG = re.compile(r"\{\{[<%][^{}]{1,300}[>%]\}\}|\{%[^{}%]{1,300}%\}")


def shown_otherwise(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield what two versions of a passage with the same words show otherwise."""
    tasks = _task(old), _task(new)
    if all(tasks) and tasks[0] != tasks[1]:
        yield tasks
    if _DIRECTIVE.match(old) and _DIRECTIVE.match(new) and old.split() != new.split():
        yield clip_apart(" ".join(old.split()), " ".join(new.split()), _LONGEST)
    for marks in (_TARGET, _MACRO, _TAG, _ADDRESS):
        for before, after in zip(marks.findall(old), marks.findall(new), strict=False):
            if "".join(before.split()) != "".join(after.split()):
                yield clip_apart(before, after, _LONGEST)
    if "=" in old and "=" in new:
        yield from _attributes(old, new)


def says_other(old: str, new: str) -> bool:
    """Tell whether two versions of a passage with the same words say something else by their marks.

    A comparison that turns round does, and so does any mark within code.
    """
    codes = [[_bare(code) for code in _CODE.findall(text)] for text in (old, new)]
    if len(codes[0]) == len(codes[1]) and codes[0] != codes[1]:
        return True
    return _signs(old) != _signs(new)


def _signs(text: str) -> list[str]:
    return _SIGNS.findall(words_of(text).strip(_AROUND).translate(_SIGNS_IN_ONE))


def _bare(code: str) -> str:
    return "".join(code.split())


def _attributes(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that attributes show, where they are others."""
    for before, after in zip(_SHOWN.findall(old), _SHOWN.findall(new), strict=False):
        if before[0] == after[0] and before[2].split() != after[2].split():
            yield clip_apart(before[2], after[2], _LONGEST)


def _task(text: str) -> str:
    """Return a task of a list with the mark of what is done; nothing where it is none."""
    match = _TASK.match(text)
    return f"{match[1].lower()} {clip(words_of(text), _LONGEST)}" if match else ""
