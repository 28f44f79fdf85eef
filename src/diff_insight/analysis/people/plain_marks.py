"""Takes the markup off a title: links become their texts, and roles become code."""

from __future__ import annotations

import re

#: A role of reStructuredText or MyST, which shows what it names as code.
_ROLE = re.compile(
    r"(?<![`\w/$])(?::[a-zA-Z][\w:.+-]{0,30}:|\{[a-zA-Z][\w:.+-]{0,30}\})`[!~.]?([^`<>]{1,120}?)(?:\s<[^`<>]{1,200}>)?`"
)
#: The role of a security advisory, whose number says little without it.
_ADVISORY = re.compile(r"(?i)[:{](ghsa|cve)[:}]`(?:GHSA-|CVE-)?([\w-]{6,30})`")
_LINK = re.compile(
    r"!?\[([^\[\]]{1,200})\](?:\([^()\s]{0,300}(?:\s\"[^\"]{0,100}\")?\)|\[[^\[\]]{0,100}\])"
)
#: Elements with attributes, and those of JSX: what they hold stays.
_ELEMENT = re.compile(r"</?[A-Za-z][\w.]{0,40}(?:\s[^<>]{0,300})?/?>(?![^`]{0,80}`)")
_DOUBLE = re.compile(r"``([^`]{1,200})``")
_STRONG = re.compile(r"\*\*([^*\n]{1,200})\*\*|(?<![\w`])__([^_\n]{1,200})__(?!\w)")


def plain_marks(text: str) -> str:
    """Return a line with code marks as its only markup: links are their texts, roles are code."""
    text = _ADVISORY.sub(lambda role: f"{role[1].upper()}-{role[2]}", text) if "`" in text else text
    text = _ROLE.sub(r"`\1`", _DOUBLE.sub(r"`\1`", text)) if "`" in text else text
    text = _ELEMENT.sub("", text) if "<" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text or "][" in text else text
    if "**" in text or "__" in text:
        text = _STRONG.sub(lambda match: match[1] or match[2], text)
    return text.replace("\\", "") if "\\" in text and "`" not in text else text
