"""Turns what a model wrote into Markdown that cannot do anything: paragraphs, lists, code spans."""

from __future__ import annotations

import html
import re

from diff_insight.markup.escape import code, prose, within_line
from diff_insight.markup.plain import words_of

_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)")
_BULLET = re.compile(r"\s*(?:[-*+•・]|(\d{1,2})[.)])\s+(.*)")
_LINKED = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def title_line(text: str) -> str:
    """Return one line of plain text in which backticks mark code; other marks are none.

    What stands in code stays as it is: `<endpoint>`, `__init__`, `List<string>`.
    """
    line = " ".join(text.split())
    pieces: list[str] = []
    end = 0
    for match in _SPAN.finditer(line):
        pieces += [_without_marks(line[end : match.start()]), f"`{match[2].strip()}`"]
        end = match.end()
    pieces.append(_without_marks(line[end:]))
    whole = "".join(pieces).strip()
    return whole if whole.count("`") % 2 == 0 else whole.replace("`", "")


def _without_marks(text: str) -> str:
    """Return text without emphasis and links' targets; its outer spaces part it from code."""
    if not text.strip():
        return text
    inner = _STRONG.sub(r"\1", words_of(text)).strip()
    left = " " if text[0].isspace() else ""
    return f"{left}{inner}{' ' if text[-1].isspace() else ''}"


def inline(text: str) -> str:
    """Return one line of inline Markdown: code spans stay, all else is text."""
    pieces: list[str] = []
    end = 0
    line = _STRONG.sub(r"\1", " ".join(text.split()))
    for match in _SPAN.finditer(line):
        pieces += [_prose(line[end : match.start()], first=not end), code(match[2].strip())]
        end = match.end()
    return "".join([*pieces, _prose(line[end:], first=not end)])


def paragraphs(text: str) -> str:
    """Return paragraphs and flat lists; everything else that could be markup is text."""
    blocks: list[str] = []
    in_list = False
    for line in text.replace("\r\n", "\n").split("\n"):
        bullet = _BULLET.fullmatch(line)
        plain = inline(bullet[2] if bullet else line)
        if not plain:
            in_list = False
        elif bullet:
            mark = f"{bullet[1]}." if bullet[1] else "-"
            blocks.append(f"\n{mark} {plain}" if in_list else f"\n\n{mark} {plain}")
            in_list = True
        else:
            blocks.append(f"\n\n{plain}")
            in_list = False
    return "".join(blocks).strip("\n")


def _prose(text: str, *, first: bool) -> str:
    """Escape text; the spaces at its edges separate it from code, so they stay spaces."""
    inner = text.strip(" ")
    if not inner:
        return text
    start = len(text) - len(text.lstrip(" "))
    escaped = prose(inner) if first else within_line(inner)
    return text[:start] + escaped + text[start + len(inner) :]


def as_written(markdown: str) -> str:
    """Return accepted or rules' Markdown as one line of plain words: code keeps its marks, links their text."""
    pieces: list[str] = []
    end = 0
    line = " ".join(_LINKED.sub(r"\1", markdown).split())
    for match in _SPAN.finditer(line):
        pieces += [_unescape(line[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, _unescape(line[end:])])


def _unescape(text: str) -> str:
    return html.unescape(_BACKSLASH.sub(r"\1", text))
