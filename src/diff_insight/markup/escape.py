"""Escapes untrusted text for each place of a Markdown report: prose, cell, heading, code, fence.

Rules: CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) and GitHub's tables extension.
"""

from __future__ import annotations

import re

#: Characters that begin or end something in CommonMark, GFM or pandoc's Markdown.
_SPECIAL = re.compile(r"[\\`*\[\]<>&|{}~^$!]")
#: An underscore opens emphasis only at the edge of a word.
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^(\s*)([-+#=>:]|\d+[.)](?=\s|$))")
#: Control characters, line ends of other standards, and characters that turn text around.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_TICKS = re.compile("`+")


def visible(text: str) -> str:
    """Replace characters that cannot be seen, or that reorder a line, by readable escapes."""

    def shown(match: re.Match[str]) -> str:
        character = match[0]
        return _NAMED.get(character) or f"\\u{{{ord(character):x}}}"

    return _INVISIBLE.sub(shown, text)


def one_line(text: str) -> str:
    """Fold white space and make the rest visible, for quotes of prose."""
    return visible(" ".join(text.split()))


def prose(text: str) -> str:
    """Escape text for inline Markdown: nothing in it is markup any more."""
    escaped = _SPECIAL.sub(r"\\\g<0>", visible(text))
    escaped = _EDGE_UNDERSCORE.sub(r"\\_", escaped)
    return _spaces(_LINE_START.sub(_escape_start, escaped))


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    escaped = mark[:-1] + "\\" + mark[-1] if len(mark) > 1 else "\\" + mark
    return match[1] + escaped


def _spaces(text: str) -> str:
    """Keep leading and trailing spaces, which Markdown would drop."""
    stripped = text.strip(" ")
    if stripped == text:
        return text
    leading = len(text) - len(text.lstrip(" "))
    trailing = len(text) - len(text.rstrip(" ")) if stripped else 0
    return "&#32;" * leading + stripped + "&#32;" * trailing


def code(text: str) -> str:
    """Return a code span that holds the text, whatever backticks it has."""
    shown = visible(text)
    longest = max((len(run) for run in _TICKS.findall(shown)), default=0)
    ticks = "`" * (longest + 1)
    # A span that starts or ends with a backtick or a space needs a space of padding.
    padded = f" {shown} " if shown[:1] in "` " or shown[-1:] in "` " else shown
    return f"{ticks}{padded}{ticks}" if shown else "` `"


def fence(patch: str) -> str:
    """Return a fence that no line of the patch can close: max(4, 1 + longest backtick run)."""
    longest = max((len(run) for run in _TICKS.findall(patch)), default=0)
    return "`" * max(4, longest + 1)


def cell(markdown: str) -> str:
    """Make inline Markdown safe in a table cell: an unescaped pipe, even in code, splits it."""
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(markdown.splitlines()))


def link(label: str, target: str) -> str:
    """Return a link; the label is already Markdown, the target is made harmless."""
    address = re.sub(r"[\s<>()\\`\"|]", lambda match: f"%{ord(match[0]):02X}", target)
    return f"[{label}]({address})"


def comment(text: str) -> str:
    """Return an HTML comment; nothing in the text can end it."""
    safe = visible(text).replace("--", "-\\-").replace(">", "\\u003e")
    return f"<!-- {safe} -->"
