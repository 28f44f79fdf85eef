"""Turns what a model wrote into Markdown that cannot do anything: paragraphs, lists, code spans."""

from __future__ import annotations

import re

from diff_insight.markup.escape import code, prose
from diff_insight.markup.plain import words_of

_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)")
_BULLET = re.compile(r"\s*(?:[-*+•・]|(\d{1,2})[.)])\s+(.*)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def plain_text(text: str) -> str:
    """Return one line of plain text: no markup, no marks around it."""
    words = words_of(" ".join(text.split()))
    return _STRONG.sub(r"\1", words).strip()


def inline(text: str) -> str:
    """Return one line of inline Markdown: code spans stay, all else is text."""
    pieces: list[str] = []
    end = 0
    line = _STRONG.sub(r"\1", " ".join(text.split()))
    for match in _SPAN.finditer(line):
        pieces += [_prose(line[end : match.start()]), code(match[2].strip())]
        end = match.end()
    return "".join([*pieces, _prose(line[end:])])


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


def _prose(text: str) -> str:
    """Escape text; the spaces at its edges separate it from code, so they stay spaces."""
    inner = text.strip(" ")
    if not inner:
        return text
    start = len(text) - len(text.lstrip(" "))
    return text[:start] + prose(inner) + text[start + len(inner) :]
