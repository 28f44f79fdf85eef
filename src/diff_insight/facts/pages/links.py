"""Link and image facts: targets that came, went, or now point elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.changed_lines import changed_text, code_lines, lines_of
from diff_insight.facts.pages.includes import is_include
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.file_types import is_image
from diff_insight.markup.guarded import CODE_SPAN, Guarded
from diff_insight.markup.plain import words_of
from diff_insight.markup.template_tags import with_tag_targets
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

#: It opens with the bracket, so that the engine skips to the next one, and then looks behind it.
_LINK = Guarded(re.compile(
    r"\[(?<!\\\[)(?P<text>(?:[^\[\]\\!]++|!(?!\[)|\\.|!\[[^\[\]]*+\]\([^()]*+\))*+)\]"
    r"\(\s*(?P<target>(?:[^()\s]++|\([^()\s]*+\))++)[^()]*+\)"
), "](")  # fmt: skip
_AUTOMATIC = Guarded(
    re.compile(r"<(?P<target>[a-z][a-z0-9+.-]{1,30}://[^\s<>]+)>", re.IGNORECASE), "://"
)
_DOCS_IMAGE = Guarded(re.compile(r":::image\b[^:]*?\bsource=\"(?P<target>[^\"]+)\""), ":::image")
#: What a link by name leads to; it stands alone in its line and is no text for readers.
_DEFINITION = Guarded(re.compile(
    r" {0,3}\[(?P<text>[^\[\]^][^\[\]]*+)\]:[ \t]+(?:<(?P<between>[^<>]++)>|(?P<bare>[^\s<]\S*+))"
    r"[ \t]*+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))?\s*$"
), "]:")  # fmt: skip
#: Where an attribute of HTML or of a component leads, and the words of a link that ends on its line.
_ATTRIBUTE = Guarded(re.compile(
    r"(?<![\w.:-])(?P<name>href|src)\s{0,4}=\s{0,4}(?P<mark>[\"'])(?P<target>[^\"'<>\n]{1,500})(?P=mark)"
    r"(?:[^<>\n]{0,300}>(?P<text>[^<>\n]{1,300})</)?"
), "href", "src")  # fmt: skip
#: What a component shows of a link that has no words of its own.
_TITLE = re.compile(r"(?<![\w.:-])(?:title|label)\s{0,4}=\s{0,4}([\"'])([^\"'<>\n]{1,300})\1")
_ALT = re.compile(r"(?<![\w.:-])alt\s{0,4}=\s{0,4}([\"'])([^\"'<>\n]{1,300})\1")
_Link = tuple[str, str, str, int]


def applies(view: FileView) -> bool:
    """Pages with two versions."""
    return view.markdown and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield links that are only on one side, and links whose target changed under the same text."""
    defined: set[tuple[Side, int]] = set()
    removed, added = (_links(view, side, defined) for side in Side)
    kept = {(kind, target) for kind, _, target, _ in removed} & {
        (kind, target) for kind, _, target, _ in added
    }
    removed, added = _without(removed, kept), _without(added, kept)
    view.linked.update((Side.BASE, link[3]) for link in removed)
    view.linked.update((Side.HEAD, link[3]) for link in added)
    view.claimed.update(defined & view.linked)
    for side, line in sorted(defined - view.linked):  # it leads where it did
        view.claimed.add((side, line))
        make = base_line if side is Side.BASE else head_line
        yield Fact("text.markup", {"section": ""}, (make(line),))
    by_text: dict[tuple[str, str], deque[_Link]] = defaultdict(deque)
    for link in added:
        by_text[link[:2]].append(link)
    gone: list[_Link] = []
    for old in removed:
        kind, text, target, line = old
        if text and by_text.get((kind, text)):
            new = by_text[kind, text].popleft()
            params = {"text": text, "old": target, "new": new[2]}
            yield Fact(f"{kind}.retargeted", params, (base_line(line), head_line(new[3])))
        else:
            gone.append(old)
    for kind, text, target, line in gone:
        yield Fact(f"{kind}.removed", {"text": text, "target": target}, (base_line(line),))
    left = [link for links in by_text.values() for link in links]
    for kind, text, target, line in sorted(left, key=lambda link: link[3]):
        yield Fact(f"{kind}.added", {"text": text, "target": target}, (head_line(line),))


def _links(view: FileView, side: Side, defined: set[tuple[Side, int]]) -> list[_Link]:
    """Return (kind, source of the text, target, line) of links on changed lines outside code.

    Adds to `defined` the lines that only say where links by name lead.
    """
    links: list[_Link] = []
    if not _has_sign(changed_text(view, side)):
        return links
    code = code_lines(view, side)
    for block in view.blocks:
        start, lines = lines_of(block, side)
        for number, line in enumerate(lines, start):
            # Most lines have none of the marks, one of which is in every sign.
            if not ("]" in line or ":" in line or "=" in line):
                continue
            if _has_sign(line) and number not in code and not is_include(line):
                links += links_in(line, number)
                links += _attributes_in(line, number)
                if _DEFINITION.match(line):
                    defined.add((side, number))
    return links


def _has_sign(text: str) -> bool:
    """Tell whether a text holds a sign without which there is no link."""
    return (
        _LINK.may_match(text)
        or _DEFINITION.may_match(text)
        or _AUTOMATIC.may_match(text)
        or _DOCS_IMAGE.may_match(text)
        or _ATTRIBUTE.may_match(text)
    )


def _without(links: list[_Link], kept: set[tuple[str, str]]) -> list[_Link]:
    """Return the links but those kept, with the words of their text."""
    return [
        (kind, words_of(text), target, line)
        for kind, text, target, line in links
        if (kind, target) not in kept
    ]


def links_in(line: str, number: int) -> Iterator[_Link]:
    """Yield (kind, source of the text, target, line) of the links of a line outside code spans."""
    definition = _DEFINITION.match(line)
    if definition:
        target = definition["between"] or definition["bare"]
        yield "link", definition["text"], target, number
        return
    yield from _inline(line, number)
    for match in _AUTOMATIC.finditer(line):
        yield "link", "", match["target"], number
    for match in _DOCS_IMAGE.finditer(line):
        yield "picture", "", match["target"], number


def _inline(line: str, number: int) -> Iterator[_Link]:
    line = with_tag_targets(line)
    links = list(_LINK.finditer(line))
    code = [match.span() for match in CODE_SPAN.finditer(line)] if links else []
    for match in links:
        start, end = match.span()
        picture = line.endswith("!", 0, start) and not line.endswith("\\!", 0, start)
        before = bisect_left(code, (start - picture, end))
        if before and start - picture < code[before - 1][1]:
            continue
        target = match["target"].strip("<>")
        yield "picture" if picture else "link", match["text"], target, number
        if not picture and "![" in match["text"]:
            yield from links_in(match["text"], number)


def _attributes_in(line: str, number: int) -> Iterator[_Link]:
    """Yield the links and pictures that attributes of tags lead to."""
    shown = CODE_SPAN.pattern.sub("", line) if _ATTRIBUTE.may_match(line) else ""
    matches = list(_ATTRIBUTE.finditer(shown))
    title = _TITLE.search(shown) if len(matches) == 1 else None
    for match in matches:
        picture = match["name"] == "src" and ("<img" in shown or is_image(match["target"]))
        alt = _ALT.search(shown) if picture else None
        words = match["text"] or (title[2] if title else "")
        text = alt[2] if alt else "" if picture else words
        yield "picture" if picture else "link", text, match["target"], number
