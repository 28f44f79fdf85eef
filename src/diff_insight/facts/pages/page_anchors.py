"""Which anchors of a page are gone: headings' slugs as GitHub makes them, and explicit ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from diff_insight.facts.pages.page_outline import Heading

_EXPLICIT = re.compile(r"\{[ \t]*#([\w:.-]+)[^{}\n]{0,200}\}")
#: Attributes that name a place; two expressions, each of which begins with letters to skip to.
_NAMED = tuple(
    re.compile(rf"{word}(?<!\w{word})\s{{0,4}}=\s{{0,4}}[\"']([^\"'\s<>]{{1,200}})[\"']")
    for word in ("id", "name")
)
_DROPPED = re.compile(r"[^\w\- ]")
#: What brings text, and perhaps headings, from elsewhere; beside signs, expressions that begin so.
_INCLUDING = ("[!INCLUDE", "--8<--", "{{<", "{{%", "{!")
_INCLUDED = (("{%", r"\{%\s*include"), ("\nimport", r"\nimport\s"))


def gone_anchors(
    base: str, base_headings: Iterable[Heading], head: str, head_headings: Iterable[Heading]
) -> dict[str, int]:
    """Return the anchors that only the base has, with the line of their heading there.

    Nothing is said of a page that includes more than before: the heading may be in there.
    """
    living = {name.lower() for _, name in _slugs(head_headings, both=True)}
    gone = {
        name: line
        for line, name in _slugs(base_headings, both=False)
        if name and name.lower() not in living
    }
    if not gone or ((now := _inclusions(head)) and now > _inclusions(base)):
        return {}
    named = (name for sign in (_EXPLICIT, *_NAMED) for name in sign.findall(head))
    living = {name.lower() for name in named}
    return {name: line for name, line in gone.items() if name.lower() not in living}


def _inclusions(text: str) -> int:
    """Return how many marks of text from elsewhere a page holds."""
    text = "\n" + text
    count = sum(text.count(sign) for sign in _INCLUDING)
    return count + sum(len(re.findall(whole, text)) for sign, whole in _INCLUDED if sign in text)


def slug(text: str) -> str:
    """Return the anchor that GitHub gives a heading of this text, the first of its kind."""
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")


def _slugs(headings: Iterable[Heading], *, both: bool) -> list[tuple[int, str]]:
    """Return line and anchor of headings; an explicit id stands for the slug, or with it."""
    seen: Counter[str] = Counter()
    slugs: list[tuple[int, str]] = []
    for heading in headings:
        explicit = heading.ids
        slugs += ((heading.line, name) for name in explicit)
        made = slug(heading.text)
        number = seen[made]
        seen[made] += 1
        if both or not explicit:
            slugs.append((heading.line, f"{made}-{number}" if number else made))
    return slugs
