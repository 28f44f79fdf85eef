"""Escapes untrusted text for each place of a Markdown report: prose, cell, heading, code, link.

Rules: CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) and GitHub's tables extension.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

#: Characters that begin or end something in CommonMark, GFM or pandoc's Markdown.
_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*[]|{}~^$"})
#: Written as references, because not every Markdown knows a backslash before them: tags, character
#: references, what GitHub turns into links by itself, and what pandoc takes for citations.
_REFERRED = re.compile(
    r"<|&(?=[#A-Za-z])|:(?=//)|(?<=www)\.|(?<![^\W_])@(?=[\w\\]|$)|@(?=[\w.-]{0,250}\.[A-Za-z])"
    r"|(?<=mailto):|(?<=xmpp):"
)
#: Signs without which a text has none of them.
_REFERRING = ("<", "&", "://", "www.", "@", "mailto:", "xmpp:")
#: An underscore opens emphasis only at the edge of a word.
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
#: Marks of headings, quotes, definitions and lists (also pandoc's), whose last character is escaped.
_LINE_START = re.compile(
    r"(\s*)([-+#=>:%]|\(?(?:\d+|[A-Za-z]|[IVXLCDMivxlcdm]+|#|@[\w-]*)[.)](?=\s|$))"
)
#: Unicode's Default_Ignorable_Code_Point but for joiners and selectors, and what turns text around.
_UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: Joiners and selectors that shape no sequence: at an edge, or more in a row than any sequence has.
_STRAY = "(?<!\\S)[\u200c\u200d\ufe00-\ufe0f]|[\u200c\u200d\ufe00-\ufe0f]{3,}"
#: Control characters, line ends of other standards, characters without width that nothing needs,
#: and characters that turn text around.
INVISIBLE = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_UNSEEN}]|{_STRAY}")
#: The same without control characters and line ends.
UNSEEN = re.compile(f"[{_UNSEEN}]|{_STRAY}")
_TAGS = re.compile("[\U000e0000-\U000e0fff]")
#: Those of them that count as letters or marks, so that Python takes them for printable.
_PRINTABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
#: A pipe behind an even number of backslashes.
_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_SAFE_TARGET = re.compile(r"https?://|#", re.IGNORECASE)
_UNSAFE_IN_TARGET = re.compile(r"[\s<>()\[\]\\`\"|\x00-\x1f\x7f-\x9f\ud800-\udfff]")
#: GitHub's renderer knows no code span with more backticks around it.
LONGEST_SPAN_MARK = 80
#: Marks in a row that are looked for one length after the other.
_FEW = 6


def visible(text: str) -> str:
    """Replace characters that cannot be seen, or that reorder a line, by readable escapes."""
    if text.isprintable() and (text.isascii() or not _PRINTABLE.search(text)):
        return text
    return INVISIBLE.sub(_visible, text)


def without_unseen(text: str) -> str:
    """Replace characters that nobody sees by readable escapes; lines and tabs stay."""
    return text if text.isascii() else UNSEEN.sub(_visible, text)


def without_tags(text: str) -> str:
    """Replace tag characters, which can hold a whole hidden text, by readable escapes."""
    return text if text.isascii() else _TAGS.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    return "".join(_NAMED.get(each) or f"\\u{{{ord(each):x}}}" for each in match[0])


#: White space that is more than one space between two words.
_GAP = re.compile(r"(?<!\s)(?:\s{2,}+|[^\S ]|\s\Z)|\A\s++")
_GAPS = {" ": "␣", "\n": "⏎", "\t": "⇥"}


def one_line(text: str) -> str:
    """Fold white space and make the rest visible, for quotes of prose."""
    return visible(" ".join(text.split()))


def with_gaps(text: str) -> str:
    """Return text with all of its white space made visible but single spaces between words."""
    return _GAP.sub(
        lambda gap: "".join(_GAPS.get(mark) or f"\\u{{{ord(mark):x}}}" for mark in gap[0]), text
    )


@lru_cache(maxsize=4096)
def prose(text: str) -> str:
    """Escape text for inline Markdown: nothing in it is markup any more."""
    escaped = visible(text).translate(_SPECIAL)
    bare = escaped.rstrip("#")
    # Number signs at the end would close a heading.
    escaped = bare + r"\#" * (len(escaped) - len(bare))
    # Each expression is run only where there is a sign that it needs.
    if any(sign in escaped for sign in _REFERRING):
        escaped = _REFERRED.sub(_reference, escaped)
    if "_" in escaped:
        escaped = _EDGE_UNDERSCORE.sub(r"\\_", escaped)
    start = _LINE_START.match(escaped)
    return _spaces(_escape_start(start) + escaped[start.end() :] if start else escaped)


def line_with_code(text: str) -> str:
    """Escape a plain line in which backticks mark code: a headline, a title."""
    parts = text.split("`")
    # In the cell of a table no code can show a backslash before a pipe.
    if len(parts) < 3 or len(parts) % 2 == 0 or "\\|" in text:
        return prose(text)
    if not all(parts[1::2]):
        return prose(text)  # two marks in a row mark nothing
    first, *rest = parts
    # Only what begins the line can open a heading, a list or a quotation with it.
    pieces = [code(part) if at % 2 else _between(part) for at, part in enumerate(rest, 1) if part]
    return _beginning(first) + "".join(pieces)


def within_line(text: str) -> str:
    """Escape text that does not begin its line, so that no mark of a list or heading is one."""
    return prose(f"\N{EM DASH}{text}")[1:]


def _beginning(text: str) -> str:
    """Escape what stands before the first code of a line; its spaces at the end are no edge of the line."""
    inner = text.rstrip(" ")
    return f"{prose(inner)}{text[len(inner) :]}" if inner else prose(text)


def _between(text: str) -> str:
    """Escape what stands between code; its spaces at the edges are no edges of the line."""
    inner = text.strip(" ")
    if not inner:
        return text
    start = text[: len(text) - len(text.lstrip(" "))]
    return f"{start}{within_line(inner)}{text[len(start) + len(inner) :]}"


def _reference(match: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(match[0]) or f"&#{ord(match[0])};"


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    escaped = mark[:-1] + "\\" + mark[-1] if len(mark) > 1 else "\\" + mark
    return match[1] + escaped


def _spaces(text: str) -> str:
    """Keep white space at the edges, which Markdown would drop."""
    inner = text.strip()
    if inner == text:
        return text
    lead = len(text) - len(text.lstrip())
    edges = text[:lead], text[lead + len(inner) :]
    before, after = ("".join(f"&#{ord(space)};" for space in edge) for edge in edges)
    return before + inner + after


def code(text: str) -> str:
    """Return a code span that holds the text, whatever backticks it has."""
    shown = visible(text)
    longest = longest_run("`", shown)
    if longest >= LONGEST_SPAN_MARK:
        return prose(shown)
    ticks = "`" * (longest + 1)
    # A span that starts or ends with a backtick or a space needs a space of padding.
    edge = shown[:1] in "` " or shown[-1:] in "` "
    padded = f" {shown} " if edge and shown.strip(" ") else shown
    return f"{ticks}{padded}{ticks}" if shown else "` `"


def longest_run(mark: str, text: str) -> int:
    """Return how often a character stands in a row at the most."""
    for length in range(_FEW):
        if mark * (length + 1) not in text:
            return length  # a search for a literal, which is many times as fast
    return max(map(len, re.findall(f"{re.escape(mark)}+", text)), default=0)


def cell(markdown: str) -> str:
    """Make inline Markdown safe in a table cell: an unescaped pipe, even in code, splits it."""
    line = " ".join(markdown.splitlines())
    return _PIPE.sub(r"\1\|", line) if "|" in line else line


def link(label: str, target: str) -> str:
    """Return a link; the label is already Markdown, the target is made harmless.

    A target that is neither a web address nor a place on this page is dropped.
    """
    safe = safe_target(target)
    return f"[{label}]({safe})" if safe else label


def safe_target(target: str) -> str:
    """Return the target of a link made harmless; an empty string where it can be none."""
    return _UNSAFE_IN_TARGET.sub(_percent, target) if _SAFE_TARGET.match(target) else ""


def _percent(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="replace")


def comment(text: str) -> str:
    """Return an HTML comment; nothing in the text can end it."""
    safe = re.sub(r"-(?=-)", r"-\\", visible(text)).replace(">", "\\u{3e}")
    return f"<!-- {safe} -->"
