"""Lists the unsupported tokens of a text: those that no source and no fact has."""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.llm.grounding.concrete_tokens import ConcreteToken, TokenKind, find_tokens
from diff_insight.llm.grounding.date_readings import NAMED
from diff_insight.llm.grounding.folding import literal
from diff_insight.llm.grounding.numbers import readings
from diff_insight.llm.grounding.sources import Sources

_LINE = re.compile(r"L(\d{1,9})(?:-L?(\d{1,9}))?")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ELLIPSIS = re.compile(r"\.\.\.|…")


class Unsupported(Struct, frozen=True):
    """A token as the text has it, and what it claims to be."""

    kind: TokenKind
    token: str


def unsupported_tokens(
    text: str, sources: Sources, locale: str, *, markdown: bool = True
) -> tuple[Unsupported, ...]:
    """Return the tokens of a text that have no source, each once, in order of kind and place.

    Args:
        text: Plain words or Markdown.
        sources: What the text may speak of.
        locale: Its catalog's name, such as `pt_BR`: its words for months and numbers are read,
            and the English ones.
        markdown: Whether backticks are marks of code; in a plain title they are what it quotes.
    """
    tokens = dict.fromkeys(
        Unsupported(token.kind, token.text)
        for token in find_tokens(text, _languages(locale), markdown=markdown)
        if not _is_supported(token, sources)
    )
    return tuple(tokens)


def _languages(locale: str) -> tuple[str, ...]:
    language = locale.partition("_")[0]
    return ("en", language) if language in NAMED and language != "en" else ("en",)


def _is_supported(token: ConcreteToken, sources: Sources) -> bool:
    match token.kind:
        case TokenKind.URL:
            return sources.has_address(token.text)
        case TokenKind.DATE:
            return sources.has_date(token.readings)
        case TokenKind.NUMBER:
            return _number(token, sources)
        case TokenKind.CODE:
            code = token.text
            return (
                _literal(code, sources)
                or _derived_file(code, sources)
                or _put_together(code, sources)
                or _flag(code, sources)
            )
        case TokenKind.VERSION:
            return _version(token.text, sources)
        case TokenKind.PATH | TokenKind.NAME:
            return _name(token.text, sources)


def _number(token: ConcreteToken, sources: Sources) -> bool:
    if token.readings:
        return sources.has_number(token.readings) or _tuple(token.text, sources)
    # A number with its unit may stand in the source as one word, or apart.
    return sources.has_text(token.text, any_case=True) or _digits(token.text, sources)


def _tuple(text: str, sources: Sources) -> bool:
    """Tell whether a version stands in code by its parts: 3.11 as (3, 11)."""
    parts = text.split(".")
    return len(parts) > 1 and any(sources.has_text(sign.join(parts)) for sign in (", ", ","))


def _digits(text: str, sources: Sources) -> bool:
    numbers = _DIGITS.findall(text)
    return bool(numbers) and all(sources.has_number(readings(number)) for number in numbers)


def _literal(code: str, sources: Sources) -> bool:
    """Tell whether code stands in a source; where it is cut, each piece."""
    pieces = [piece.strip() for piece in _ELLIPSIS.split(code)]
    whole = code.strip()
    if any(map(sources.has_text, (whole, whole.removesuffix("()"), whole.strip("\"'")))):
        return True
    return len(pieces) > 1 and all(sources.has_text(piece) for piece in pieces if piece)


def _version(version: str, sources: Sources) -> bool:
    bare = version.lstrip("vV")
    # In paths and anchors the full stop is written as another mark.
    spellings = (bare, bare.replace(".", "-"), bare.replace(".", "_"))
    return _tuple(bare, sources) or any(
        sources.has_text(form, any_case=True) for each in spellings for form in (each, f"v{each}")
    )


def _name(name: str, sources: Sources) -> bool:
    cited = _LINE.fullmatch(name)
    if cited and all(int(number) in sources.lines for number in cited.groups() if number):
        return True
    folded = literal(name)
    bare = folded.strip("./:#()-")
    # Between letters of scripts without spaces a word is taken without the underscores around it.
    forms = (folded, bare, f"__{bare}__") if bare else (folded,)
    return (
        any(sources.has_text(form, any_case=True) for form in forms if form)
        or _compound(folded, sources)
        or _derived_file(bare, sources)
    )


_SIGNATURE = re.compile(r"(?<![\w.:#])[\w.:#]++\([\w\s,.*&<>\[\]:?|]*+\)")
_NESTED = re.compile(r"(?<![\w.-])[\w.-]++(?:: ?[\w.@/*-]++)++")
_JOINED = re.compile(r"(?<![\w-])[\w-]+(?:(?:::|\.|->)[\w-]+)+(?:\(\))?")
_COMMAND = re.compile(r"(?<![\w./@-])[\w./@-]++(?: [\w./@=-]++){1,3}")
_OPTION = re.compile(r"(?<![\w-])--?+[A-Za-z][\w-]*+=[\w<>.-]++")
_PART = re.compile(r"[A-Za-z0-9_][\w-]*")


def _put_together(code: str, sources: Sources) -> bool:
    """Tell whether code is a signature by its types, a path of keys, a command or an option, of parts that are known."""
    if not any(form.fullmatch(code) for form in (_SIGNATURE, _NESTED, _JOINED, _COMMAND, _OPTION)):
        return False
    return all(sources.has_text(part) for part in _PART.findall(code))


_FLAG = re.compile(r"--[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+")


def _flag(code: str, sources: Sources) -> bool:
    """Tell whether an option is that of a field or a parameter, which command lines name with hyphens."""
    if _FLAG.fullmatch(code) is None:
        return False
    words = code.strip("-").removeprefix("no-").split("-")
    return any(sources.has_text(sign.join(words)) for sign in "_-")


def _derived_file(name: str, sources: Sources) -> bool:
    """Tell whether a file is named after a module that the data names, with an ending that it has."""
    stem, dot, ending = name.rpartition(".")
    known = bool(dot) and stem.isidentifier() and f".{ending}" in sources.all_text
    return known and sources.has_text(stem)


def _compound(name: str, sources: Sources) -> bool:
    """Tell whether each part of what a hyphen or stroke joins is known: 3-day, +36/-59."""
    parts = [part for part in re.split(r"[-/:+]", name) if part]
    if len(parts) < 2 or not name[0].isdigit():
        return False
    return all(
        _digits(part, sources) if part[0].isdigit() else part.isalpha() and part.islower()
        for part in parts
    )
