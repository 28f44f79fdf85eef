"""The fact of a term that was replaced, came or went within a passage."""

from __future__ import annotations

from diff_insight.facts.news.terms import stands_alone
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

#: Marks between the parts of a sentence.
_SEPARATORS = (",", ";", "、", "，", "；")


def without_common_end(before: str, after: str) -> tuple[str, str]:
    """Take a word off that only lost or got its capital, because other words came before it."""
    short, long = sorted((before, after), key=len)
    rest = long[: len(long) - len(short)]
    cased = short and short != long and long[len(rest) :].casefold() == short.casefold()
    if not cased or not rest.endswith(" ") or " " in short:
        return before, after
    return ("", rest.rstrip()) if long is after else (rest.rstrip(), "")


def term_fact(
    before: str, after: str, section: str, around: str, evidence: tuple[Evidence, ...]
) -> Fact:
    """Return the fact of a term; what says nothing by itself has the words around it."""
    alone = all(stands_alone(term) for term in (before, after) if term)
    within: dict[str, Value] = {} if alone or not around else {"within": around}
    params: dict[str, Value] = {"section": section, "old": before, "new": after, **within}
    if before and after:
        return Fact("text.replaced", params, evidence)
    kind = "text.words-added" if after else "text.words-removed"
    quote = after or before
    if quote.startswith(_SEPARATORS):  # within a sentence marks stand on both sides of it
        quote = quote.strip("".join(_SEPARATORS) + " ") or quote
    return Fact(kind, {"section": section, "quote": quote, **within}, evidence)
