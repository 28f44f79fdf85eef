"""Reads a classic report back, knowing nothing of how it was made.

Lines end at line feeds only. Fences follow CommonMark 0.31 section 4.5; what stands between them is
never markup, nor is what stands in a `pre` element, the last resort for patches that no fence can
hold. Everything else that could be a heading, a row or a `<details>` counts as one.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})([^\n]*)", re.DOTALL)
_PRE = '<pre><code class="language-diff">'
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*", re.DOTALL)
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ATTRIBUTES = re.compile(r"(.*?)\{#(item-[0-9a-f]+)\}", re.DOTALL)
_LINK_LINE = re.compile(r'\[View Diff on GitHub\]\((\S+)\)\{target="_blank"\}')
_CELL = re.compile(r"(?:\\.|[^|\\])*", re.DOTALL)
_NAME = re.compile(r"\[(.*)\]\(#([^)]*)\)", re.DOTALL)
_CODE_OR_ESCAPE = re.compile(r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)")


@dataclass(frozen=True)
class Line:
    """One line and whether it is text of a fenced block, a fence, or outside."""

    text: str
    fenced: bool = False
    opens: str = ""
    closes: bool = False

    @property
    def markup(self) -> str:
        """The line without code spans and escaped characters; nothing inside a fence."""
        return "" if self.fenced else _CODE_OR_ESCAPE.sub("", self.text)


@dataclass(frozen=True)
class Row:
    """One row of the summary table, as cells and taken apart."""

    cells: tuple[str, ...]
    name: str
    anchor: str

    @property
    def type(self) -> str:
        return self.cells[1]

    @property
    def status(self) -> str:
        return self.cells[3]

    @property
    def counts(self) -> tuple[int, int, int]:
        additions, deletions, changes = (int(cell) for cell in self.cells[4:7])
        return additions, deletions, changes


@dataclass
class FilePart:
    """What stands below the heading of one file."""

    path: str
    anchor: str
    fence: str = ""
    patch: list[str] | None = None
    block: dict[str, Any] = field(default_factory=dict)
    explanation: str = ""


@dataclass
class ClassicReport:
    """A whole report."""

    front_matter: dict[str, Any]
    link: str
    headings: list[tuple[int, str]]
    rows: list[Row]
    files: list[FilePart]
    opened_details: int
    closed_details: int
    fenced_blocks: int
    last_line: str

    def sections(self, level: int, below: str = "") -> list[str]:
        """Return headings of a level, only those below a first-level heading when it is named."""
        top, found = "", []
        for depth, text in self.headings:
            top = text if depth == 1 else top
            if depth == level and below in ("", top):
                found.append(text)
        return found

    def skeleton(self) -> tuple[object, ...]:
        """Return what no text of any file may change."""
        return (
            list(self.front_matter),
            [level for level, _ in self.headings],
            self.sections(1),
            [len(row.cells) for row in self.rows],
            len(self.files),
            self.opened_details,
            self.closed_details,
            self.fenced_blocks,
        )


def unescaped(markdown: str) -> str:
    """Undo backslash escapes and character references of inline Markdown."""
    return _ESCAPE.sub(lambda match: match[1] or html.unescape(match[2]), markdown)


def cells_of(line: str) -> tuple[str, ...]:
    """Split a table row at its unescaped pipes."""
    cells, at = [], 0
    while at <= len(line):
        match = _CELL.match(line, at)
        assert match is not None
        if match.end() == at and at < len(line) and line[at] == "\\":
            break  # a lone backslash at the very end
        cells.append(match[0].strip())
        at = match.end() + 1
    return tuple(cells[1:-1])


def lines_of(text: str) -> Iterator[Line]:
    """Yield every line with what fences say about it."""
    fence = ""
    for line in text.split("\n"):
        if fence == _PRE:
            closes = line == "</code></pre>"
            fence = "" if closes else fence
            yield Line(line, closes=True) if closes else Line(html.unescape(line), fenced=True)
        elif line.startswith(_PRE):
            fence = _PRE
            yield Line("<pre> diff", opens=fence)
            yield Line(html.unescape(line.removeprefix(_PRE)), fenced=True)
        elif fence:
            if re.fullmatch(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", line):
                fence = ""
                yield Line(line, closes=True)
            else:
                yield Line(line, fenced=True)
        elif match := _FENCE.fullmatch(line):
            fence = match[1]
            yield Line(line, opens=fence)
        else:
            yield Line(line)
    assert not fence, "a fence is never closed"


def parse_classic(text: str) -> ClassicReport:
    """Parse a report; anything that is not its format is an assertion error."""
    head, body = _front_matter(text)
    lines = list(lines_of(body))
    report = ClassicReport(
        front_matter=head,
        link="",
        headings=list(_headings(lines)),
        rows=[],
        files=list(_files(lines)),
        opened_details=sum(line.markup.count("<details") for line in lines),
        closed_details=sum(line.markup.count("</details") for line in lines),
        fenced_blocks=sum(bool(line.opens) for line in lines),
        last_line=next(line.text for line in reversed(lines) if line.text),
    )
    report.rows = list(_rows(lines))
    links = [match for line in lines if (match := _LINK_LINE.fullmatch(line.text))]
    assert len(links) <= 1, "more than one link line"
    report.link = links[0][1] if links else ""
    return report


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    assert text.startswith("---\n")
    end = text.index("\n---\n", 3)
    loaded = yaml.safe_load(text[4 : end + 1])
    assert isinstance(loaded, dict)
    return loaded, text[end + 5 :]


def _headings(lines: list[Line]) -> Iterator[tuple[int, str]]:
    previous = ""
    for line in lines:
        plain = not (line.fenced or line.opens or line.closes)
        if plain and (match := _ATX.fullmatch(line.text)):
            yield len(match[1]), match[2] or ""
        elif plain and previous.strip() and _SETEXT.fullmatch(line.text):
            yield (1 if "=" in line.text else 2), previous
        previous = line.text if plain else ""


def _rows(lines: list[Line]) -> Iterator[Row]:
    inside = False
    for number, line in enumerate(lines):
        if line.text == "# Summary Table" and not line.fenced:
            inside = True
            assert cells_of(lines[number + 1].text) == (
                "Filename", "Type", "Title", "Status", "A", "D", "M",
            )  # fmt: skip
        elif inside and line.text.startswith("# "):
            return
        elif inside and line.text.startswith("| ["):
            cells = cells_of(line.text)
            match = _NAME.fullmatch(cells[0])
            assert match is not None, line.text
            yield Row(cells, unescaped(match[1]), match[2])


def _files(lines: list[Line]) -> Iterator[FilePart]:
    start = next(
        number
        for number, line in enumerate(lines)
        if line.text == "# Modified Contents" and not line.fenced
    )
    starts = [
        number
        for number in range(start, len(lines))
        if lines[number].text.startswith("## ") and not lines[number].fenced
    ]
    for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _file(lines[begin:end])


def _file(lines: list[Line]) -> FilePart:
    match = _ATTRIBUTES.fullmatch(lines[0].text.removeprefix("## "))
    assert match is not None, lines[0].text
    part = FilePart(path=unescaped(match[1]), anchor=match[2])
    section, block = "", []
    for line in lines[1:]:
        if line.opens and line.text.endswith("diff") and not section:
            part.fence, part.patch = line.opens, []
        elif line.fenced and not section:
            assert part.patch is not None, "a fenced block that is no diff"
            part.patch.append(line.text)
        elif line.text.startswith("### ") and not line.fenced:
            section = line.text
        elif section == "### Summary" and line.fenced:
            block.append(line.text)
        elif section == "### Explanation":
            part.explanation += line.text + "\n"
    part.block = json.loads("\n".join(block))
    part.explanation = part.explanation.strip("\n")
    return part
