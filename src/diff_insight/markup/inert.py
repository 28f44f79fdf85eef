"""Keeps text from acting on GitHub: nobody is pinged, nothing is linked by itself, no picture loads.

GitHub reads names, numbers and commit ids in rendered text, so escaping them is not enough: a
character without width stands behind their first sign. Code and link targets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from msgspec import Struct

from diff_insight.markup.escape import code, prose, visible, within_line

#: A word joiner, as a reference: it would be made visible otherwise. Lines do not break at it.
BREAK = "&#8288;"
#: What GitHub, or a repository that it shows, reads something into; the break goes behind it.
_ACTIVE = re.compile(
    r"@(?=[^\s\0])"  # people, teams, mail addresses
    r"|\#(?=\d)"  # issues: #1, owner/repo#1
    r"|(?<![A-Za-z0-9])GH-(?=\d)"
    r"|(?<![A-Za-z0-9])(?P<commit>[0-9a-f]{7,})(?![A-Za-z0-9])"
    r"|:(?=//)|www(?=\.)"  # addresses
    r"|:(?=[\w+-]+:)",  # emoji
    re.IGNORECASE | re.VERBOSE,
)
#: Digits of a commit id that GitHub does not take for one yet.
_TOO_SHORT = 6
_TOKEN = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<target>\]\([^()\s<>`\\]*\))"
    r"|(?P<shown>\\[!-/:-@\[-`{-~]|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
    r"|(?P<strong>\*\*)"
    r"|(?P<mark>[`<$]|!(?=\[))"
    r"|(?P<plain>[^\\&`\]*<!$]+|.)",
    re.VERBOSE | re.DOTALL,
)
#: Lines without any of these are as harmless as they are.
_SUSPECT = re.compile(r"[@#:<$*!]|[`&]|GH-|www|[0-9a-f]{7}", re.IGNORECASE)
#: Written as an element: a dollar sign anywhere else may begin a formula.
_DOLLAR = "<span>$</span>"
_MARKS = {"`": "&#96;", "<": "&lt;", "$": _DOLLAR, "!": "&#33;" + BREAK}
#: Stands for code and link targets, which end whatever GitHub looks for.
_GAP = "\0"


class _MarkupPiece(Struct):
    """A part of a line: as it is written, as it is shown, and what it is."""

    source: str
    shown: str
    kind: str


def text(plain: str) -> str:
    """Return plain text as Markdown that shows it on GitHub and does nothing else."""
    return neutral(prose(plain))


def title(plain: str) -> str:
    """Return a plain title as Markdown: what it marks as code is code, all else does nothing."""
    parts = plain.split("`")
    # In the cell of a table no code can show a backslash before a pipe.
    if len(parts) % 2 == 0 or "\\|" in plain:
        return text(plain)
    shown = [
        neutral(code(part)) if at % 2 and part else _with_spaces(part)
        for at, part in enumerate(parts)
    ]
    return "".join(shown)


def _with_spaces(part: str) -> str:
    """Return a piece of a title with the spaces that stand between it and code."""
    if not part.strip():
        return " " if part else ""
    before, behind = " " * part[0].isspace(), " " * part[-1].isspace()
    return f"{before}{neutral(within_line(part.strip()))}{behind}"


def html_text(plain: str) -> str:
    """Return plain text for inside an HTML element, where Markdown is not read."""
    return BREAK.join(
        escape(part, quote=False).replace("$", _DOLLAR) for part in _parts(visible(plain))
    )


def html_title(plain: str) -> str:
    """Return a plain title for inside an HTML element: what it marks as code is code."""
    parts = plain.split("`")
    if len(parts) % 2 == 0 or not all(parts[1::2]):
        return html_text(plain)
    return "".join(
        html_code(part) if at % 2 else html_text(part) if part else ""
        for at, part in enumerate(parts)
    )


def html_code(plain: str) -> str:
    """Return plain text as an element that GitHub reads nothing into."""
    return f"<code>{escape(visible(plain), quote=False)}</code>"


def neutral(markdown: str) -> str:
    """Return Markdown whose text does nothing on GitHub; its links and code spans stay.

    Strong emphasis becomes an element, because marks next to Chinese and Japanese punctuation are
    not read as emphasis. Other HTML and pictures become text. Each line stands for itself: a mark
    of code that is not closed on its line is text.
    """
    return "\n".join(
        _neutral_line(line) if _SUSPECT.search(line) else line for line in markdown.split("\n")
    )


def _neutral_line(line: str) -> str:
    pieces = [
        _MarkupPiece(match[0], _visible_text(match), str(match.lastgroup))
        for match in _tokens(line)
    ]
    _pair_strong(pieces)
    ends = list(_breaks("".join(piece.shown for piece in pieces)))
    return "".join(_with_breaks_at(pieces, ends))


def _breaks(shown: str) -> Iterator[int]:
    """Yield the places of a text where a break has to stand."""
    for match in _ACTIVE.finditer(shown):
        if match["commit"]:
            yield from range(match.start() + _TOO_SHORT, match.end(), _TOO_SHORT)
        else:
            yield match.end()


def _tokens(line: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(line)


def _visible_text(match: re.Match[str]) -> str:
    """Return what a reader of the rendered text sees of a token."""
    kind, source = match.lastgroup, match[0]
    if kind in ("code", "target", "strong"):
        return _GAP
    if kind == "shown":
        return source[1] if source[0] == "\\" else unescape(source)
    return source


def _pair_strong(pieces: list[_MarkupPiece]) -> None:
    """Turn pairs of strong marks into elements, and marks without a partner into text."""
    opened: int | None = None
    for index, piece in enumerate(pieces):
        if piece.kind != "strong":
            continue
        before = pieces[index - 1].shown[-1:] if index else ""
        after = pieces[index + 1].shown[:1] if index + 1 < len(pieces) else ""
        piece.source = "\\*\\*"
        if opened is not None and before.strip():
            pieces[opened].source, piece.source = "<strong>", "</strong>"
            opened = None
        elif after.strip():
            opened = index


def _with_breaks_at(pieces: list[_MarkupPiece], ends: list[int]) -> Iterator[str]:
    """Yield the pieces with a break behind each of the ends, which are places in the shown text."""
    start = 0
    at = 0
    for piece in pieces:
        stop = start + len(piece.shown)
        mine = []
        while at < len(ends) and ends[at] <= stop:
            mine.append(ends[at] - start)
            at += 1
        yield from _with_breaks(piece, mine)
        start = stop


def _with_breaks(piece: _MarkupPiece, places: list[int]) -> Iterator[str]:
    source = _source(piece)
    if piece.kind != "plain":
        yield source + BREAK * bool(places)
        return
    last = 0
    for position in places:
        yield source[last:position] + BREAK
        last = position
    yield source[last:]


def _source(piece: _MarkupPiece) -> str:
    if piece.kind == "mark":
        return _MARKS[piece.source]
    if piece.kind == "shown" and piece.shown == "$":
        return _DOLLAR
    return piece.source


def _parts(shown: str) -> Iterator[str]:
    """Cut a text behind everything that GitHub would read something into."""
    start = 0
    for end in _breaks(shown):
        yield shown[start:end]
        start = end
    yield shown[start:]
