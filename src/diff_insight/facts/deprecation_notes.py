"""What a note of deprecation says: what to use instead, by the words that lead to it, or its first sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Characters of a note that are read, and that are quoted.
_MOST_READ, _MOST_QUOTED = 600, 160
#: Arguments that name what takes over, whatever words stand beside them.
_NAMED = re.compile(
    r"""\b(?:renamed:\s*+|ReplaceWith\(\s*+|replacement\s*+[=:]\s*+|replaced_by\s*+[=:]\s*+|replacedBy\s*+[=:]\s*+)"(?P<name>[^"\n]{1,100})\""""
)
#: Code in a text, in the marks of documentation: `a`, {@link a}, {#a}, :func:`a`, <see cref="a"/>, [[a]].
_CODE = (
    r"(?:`{1,2}(?P<ticks>[^`\n]{1,100})`{1,2}|:[\w:]{1,20}:`~?(?P<role>[^`\n]{1,100})`|\{@(?:link|linkplain|code|see)\s++#?(?P<link>[^}\s]{1,100}+)[^}\n]{0,100}\}"
    r"|\[{1,2}(?P<square>[\w.*]{1,100})\]{1,2}(?!\()|\{#?(?P<yard>[\w.:#?!]{1,100})\}|<see(?:also)?\s+cref=\"(?:[A-Z]:)?(?P<cref>[^\"\n]{1,100})\"|'(?P<single>[\w.:#\->()\\]{1,100})'"
    r"|(?P<bare>(?<![\w.:>#\\])[$\\@#]?[A-Za-z_][\w]*+(?:(?:\.|::|->|#|\\)[A-Za-z_]\w*+)*+(?:\([^()\n]{0,60}\))?[?!]?))"
)
_CUES = re.compile(
    r"(?i:\b(?:please\s+)?(?:use|using|prefer|call|try|see|(?:replaced|superseded)\s+(?:by|with)|in\s+fav(?:o|ou)r\s+of|renamed\s+(?:to|as)|"
    r"moved\s+to|switch(?:ing)?\s+to|migrate\s+to|replace\s+with))\s+(?:(?i:the|a|an|instead|class|method|function|property|option|either|to)\s+){0,3}"
    + _CODE
)
_INSTEAD = re.compile(
    _CODE
    + r"(?i:\s++(?:(?:method|function|class|option|property)\s++)?(?:should\s++be\s++used\s++)?instead\b)"
)
#: A name by its form alone: it has a mark of code, or letters of both cases within.
_IS_CODE = re.compile(r"[_.:#()\\]|->|[a-z][A-Z]|[A-Z][a-z]+[A-Z]|\d")
#: A note that says nothing else than what to use: any one name is it.
_WHOLE = re.compile(
    r"(?i:(?:please\s+)?+(?:use|replaced\s+by|see)\s+(?!(?:it|this|that|the|an?|other|another|something|at|your)\b))(?P<name>\w{2,100})(?i:\s+instead)?+\s*+[.!]?+"
)
_NOTE = re.compile(
    r"(?:@deprecated\b|@Deprecated\b|\bDeprecated:|\[(?:System\.)?Obsolete|#\[deprecated|\.\. deprecated::"
    r"|@available|DeprecationWarning|\bDEPRECATED\b:?|\[\[deprecated|@(?:\w++\.)*+deprecated)"
)
_ABOUT = re.compile(r"(?i)deprecat|\binstead\b|replaced\s+by|in\s+fav(?:o|ou)r\s+of")
_LEADING = re.compile(r"^[\s*/#:,.;(\"'=-]+")
_BREAKS = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+(?:\*(?!/)|///?|#(?!\w)|//!)?[ \t]*")
_END = re.compile(r"\*/|\"\"\"|'''|^[^\S\n]*+@\w++", re.MULTILINE)
_TEXTS = re.compile(r"\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'")


def note_params(text: str) -> Mapping[str, str]:
    """Return `instead`, what takes the place of what is deprecated, else `quote`, what is said of it.

    Args:
        text: The mark of deprecation with what stands around it.
    """
    start = _NOTE.search(text)
    if start is None or _is_bare_decorator(text, start):
        return {}
    if start[0] == "DeprecationWarning":  # what is said stands before it, or behind it
        text = f"({text[max(0, start.start() - _MOST_READ // 2) : start.end() + _MOST_READ // 2]}"
    else:
        text = text[start.start() : start.start() + _MOST_READ]
    if named := _NAMED.search(text):
        return {"instead": named["name"].strip()}
    return reason_params(_words(text))


def reason_params(words: str) -> Mapping[str, str]:
    """Return the same of the reason alone, as people wrote it."""
    instead = instead_of(words)
    if instead:
        return {"instead": instead}
    sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].strip()
    return {"quote": sentence} if " " in sentence and len(sentence) <= _MOST_QUOTED else {}


def described_params(description: str) -> Mapping[str, str]:
    """Return `instead` of a description that speaks of other things too, from the sentences about it."""
    sentences = re.split(r"(?<=[.!?])\s|\n", description[:_MOST_READ])
    instead = instead_of(" ".join(each for each in sentences if _ABOUT.search(each)))
    return {"instead": instead} if instead else {}


def instead_of(words: str) -> str:
    """Return the code that a text tells to use instead; nothing where it names none."""
    whole = _WHOLE.fullmatch(words)
    if whole is not None:
        return whole["name"]
    for match in (*_CUES.finditer(words[:_MOST_READ]), *_INSTEAD.finditer(words[:_MOST_READ])):
        groups = match.groupdict()
        marked = next((text for name, text in groups.items() if text and name != "bare"), "")
        if marked:
            return marked.strip()
        bare = (groups["bare"] or "").rstrip(".")
        if bare and _IS_CODE.search(bare):
            return bare
    return ""


def _is_bare_decorator(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark is a decorator or annotation alone, behind which the declaration begins."""
    if not mark[0].startswith("@") or text[mark.end() :].lstrip().startswith("("):
        return False
    before = text[: mark.start()]
    line = before.rpartition("\n")[2].strip()
    return not line and before.rfind("/*") <= before.rfind("*/")


def _words(text: str) -> str:
    """Return what people wrote behind a mark: its text, or the text of its arguments, in one line."""
    mark = _NOTE.match(text)
    behind = text[mark.end() :] if mark is not None else text
    argument = behind.lstrip().startswith("(")
    if argument:
        parts = [first or second for first, second in _TEXTS.findall(behind.split("\n\n")[0])]
        return " ".join(part for part in parts if " " in part)
    end = _END.search(behind)
    flat = _BREAKS.sub(" ", behind[: end.start()] if end else behind)
    return _LEADING.sub("", flat).strip()
