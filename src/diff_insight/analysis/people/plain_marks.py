"""Takes the markup off a title: links become their texts, and roles become code."""

from __future__ import annotations

import re

from diff_insight.markup.plain import with_named_references
from diff_insight.markup.template_tags import without_template_tags

#: A role of reStructuredText or MyST, which shows what it names as code.
_ROLE = re.compile(
    r"(?<![`\w/$])(?::[a-zA-Z][\w:.+-]{0,30}:|\{[a-zA-Z][\w:.+-]{0,30}\})`[!~.]?([^`<>]{1,120}?)(?:\s<[^`<>]{1,200}>)?`"
)
#: The role of a security advisory, whose number says little without it.
_ADVISORY = re.compile(r"(?i)[:{](ghsa|cve)[:}]`(?:GHSA-|CVE-)?([\w-]{6,30})`")
_LINK = re.compile(
    r"!?\[([^\[\]]{1,200})\](?:\([^()\s]{0,300}(?:\s\"[^\"]{0,100}\")?\)|\[[^\[\]]{0,100}\])"
)
_ELEMENT = re.compile(
    r"<(?P<ends>/?)(?P<name>[A-Za-z][\w.]{0,40})(?P<attributes>\s[^<>]{0,300})?/?>"
)
#: Elements that nothing closes, or that close on a line of their own.
_VOID = frozenset("br hr img wbr details summary p li ul ol sub sup".split())
#: A name with two underscores on both sides, and no words that are to stand out.
_DUNDER = re.compile(r"[a-z][a-z0-9_]*")
_DOUBLE = re.compile(r"``([^`]{1,200})``")
_STRONG = re.compile(r"\*\*([^*\n]{1,200})\*\*|(?<![\w`])__([^_\n]{1,200})__(?!\w)")


#: Roles whose text is words, a number or a name, and no code.
_WORDS = r"(?:std:)?(?:ref|doc|term|any|abbr|download|numref|strong|emphasis|sub|sup|guilabel|menuselection|command|program|envvar)"
_WORD_ROLE = re.compile(
    rf"(?<![`\w/$])(?::{_WORDS}:|\{{{_WORDS}\}})`[!~]?([^`<>]{{1,200}}?)(?:\s<[^`<>]{{1,200}}>)?`"
)
_NUMBER_ROLE = re.compile(
    r"(?<![`\w/$])(?::(?P<role>[a-z][a-z-]{0,20}):|\{(?P<myst>[a-z][a-z-]{0,20})\})`#?(?P<number>\d{1,7})`"
)
_STANDARDS = ("pep", "rfc")
_PERSON_ROLE = re.compile(r"(?<![`\w/$]):(?:gh-?)?(?:user|author):`@?([^`<>]{1,60})`")
#: `text <target>`_ and `text`_, with one underscore or two.
_TARGET = re.compile(r"(?<![`\w:}])`([^`<>]{1,200}?)(?:\s++<[^`<>]{1,300}>)?`__?(?![\w`])")
#: Text in single marks that roles gave is code; what they name in a module of their own is not shown.
_HIDDEN_PART = re.compile(r"`_[a-z]{1,20}\.(?=[A-Za-z])")


def _of_rst(text: str) -> str:
    """Return a line of reStructuredText or MyST with Markdown's marks for code, and links as their texts."""
    text = _DOUBLE.sub(r"`\1`", text)
    if ":`" in text or "}`" in text:
        text = _NUMBER_ROLE.sub(_number, _PERSON_ROLE.sub(r"\1", text))
        text = _ROLE.sub(r"`\1`", _WORD_ROLE.sub(r"\1", text))
        text = _HIDDEN_PART.sub("`", text)
    return _TARGET.sub(r"\1", text) if "`_" in text else text


def _number(role: re.Match[str]) -> str:
    name = role["role"] or role["myst"]
    return f"{name.upper()} {role['number']}" if name in _STANDARDS else f"#{role['number']}"


def plain_marks(text: str) -> str:
    """Return a line with code marks as its only markup: links are their texts, roles are code."""
    text = without_template_tags(text)
    text = _ADVISORY.sub(lambda role: f"{role[1].upper()}-{role[2]}", text) if "`" in text else text
    text = _of_rst(text) if "`" in text else text
    text = with_named_references(text) if "<xref:" in text else text
    text = _without_elements(text) if "<" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text or "][" in text else text
    if "**" in text or "__" in text:
        text = _STRONG.sub(_strong, text)
    return text.replace("\\", "") if "\\" in text and "`" not in text else text


def _without_elements(text: str) -> str:
    """Return a line without the elements that mark its words; one that the words are about is code.

    What opens and closes, has attributes, or is never closed marks something: `<Header>` alone names a
    component, a type or a place to fill in.
    """
    parts = text.split("`")
    outside = "".join(parts[::2])
    names = {(match["ends"], match["name"]) for match in _ELEMENT.finditer(outside)}

    def words(match: re.Match[str]) -> str:
        partner = ("" if match["ends"] else "/", match["name"])
        marks = partner in names or match["name"].lower() in _VOID
        marks = marks or bool((match["attributes"] or "").strip(" /"))
        return "" if marks else f"`{match[0]}`"

    parts[::2] = [_ELEMENT.sub(words, part) for part in parts[::2]]
    return "`".join(parts)


def _strong(match: re.Match[str]) -> str:
    named = match[2] is not None and _DUNDER.fullmatch(match[2]) is not None
    return f"`{match[0]}`" if named else match[1] or match[2]
