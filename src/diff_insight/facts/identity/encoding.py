"""Turns bytes into text without ever making two different ones equal."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from diff_insight.model.byte_order_marks import marked_encoding

#: What a file says of itself: HTML and CSS, XML, and the line that Python, Ruby and Emacs read.
_DECLARED = re.compile(
    rb"(?:charset=[\"']?|encoding=[\"']|coding[:=]\s*|@charset\s+[\"'])([\w.:-]{3,30})"
)
_FIRST = 2_000
#: A share of bytes above which text of an unknown encoding says nothing to a reader.
_MOST_FOREIGN = 0.1
#: Encodings of text; Python knows others, such as those of domain names and of escapes.
_LEGACY = re.compile(
    r"iso[-_]?8859[-_]?\d{1,2}|windows-?125\d|cp\d{3,4}|gb[k\d]\w*|hz|big5\w*|shift[-_]?jis\w*|sjis|"
    r"ms_?kanji|euc[-_]?\w\w|koi8[-_]?\w|latin[-_]?\d{1,2}|tis-?620"
)


def declared_encoding(content: bytes) -> str:
    """Return the encoding that a text declares in its first lines, if it is a known one but UTF-8."""
    for match in _DECLARED.finditer(content[:_FIRST]):
        name = match[1].decode("ascii").lower()
        if _LEGACY.fullmatch(name):
            with suppress(LookupError):
                return codecs.lookup(name).name
    return ""


def decode_text(content: bytes, declared: str = "") -> str:
    r"""Return bytes as text: UTF-8, else line by line the declared encoding, else with escapes.

    A byte that is no character becomes `\xd6`: a reader sees which, and no two of them are equal.

    Args:
        content: The bytes.
        declared: The encoding that the file declares; empty for none.
    """
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    if marked := marked_encoding(content):
        return content.decode(marked, "replace").replace("\r\n", "\n")
    return "\n".join(_line(line, declared) for line in content.split(b"\n"))


def is_readable(content: bytes, declared: str = "") -> tuple[bool, bool]:
    """Return whether all of some bytes is text, and whether so much is that words can be quoted."""
    try:
        content.decode()
    except UnicodeDecodeError:
        lines = [line for line in content.split(b"\n") if not _is_known(line, declared)]
        foreign = sum(byte > 0x7F for line in lines for byte in line)
        return not lines, foreign <= _MOST_FOREIGN * len(content)
    return True, True


def _line(line: bytes, declared: str) -> str:
    for encoding in ("utf-8", declared):
        try:
            if encoding:
                return line.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return line.decode("utf-8", "backslashreplace")


def _is_known(line: bytes, declared: str) -> bool:
    for encoding in ("utf-8", declared):
        try:
            if encoding:
                line.decode(encoding)
                return True
        except (UnicodeDecodeError, LookupError):
            continue
    return False
