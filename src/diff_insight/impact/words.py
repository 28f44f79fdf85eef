"""Names in text: which are distinct enough to be looked for, and how exactly one stands on a line."""

from __future__ import annotations

import re

from diff_insight.model.uses import Certainty

#: Characters of a name that is looked for.
_SHORTEST, _LONGEST = 3, 200
#: A mark within a name, or capitals within it, that words of everyday language do not have.
_MARKED = re.compile(r"[_/.:@$#\d\\]|--|[a-z][A-Z]|[A-Z]{2}[a-z]")
_LETTER = re.compile(r"[^\W\d_]")
#: Dates, versions, sizes and amounts.
_MEASURE = re.compile(
    r"(?i)v?\d[\d.,:/x+-]*\s*(?:%|[kmgt]?b|ms|s|m|h|d|k|usd|eur|px|rpm|tpm|days?|hours?)?"
)
_ABBREVIATION = re.compile(
    r"(?i)(?:[a-z]\.){2,}|(?:e\.g|i\.e|etc|vs|and/or|n/a|w/o|24/7|tcp/ip|i/o)\.?"
)
#: Parts of a label that may be a name: between white space, brackets, commas.
_PARTS = re.compile(r"[^\s()\[\]{}<>,;|\"'`]+")
#: What may stand on either side of a whole name.
_INSIDE = r"[\w$-]"
_OPENERS = "\"'`"
#: A line whose value, or whose only item, is the name: `model: gpt-4`, `MODEL=gpt-4`, `- gpt-4`.
_VALUE_BEFORE = re.compile(r"(?:^|[:=,\[(]|^\s*-)\s*$")
_VALUE_BEHIND = re.compile(r"^\s*(?:$|#|//|[,;\])}])")
#: Files whose unquoted text is values rather than words.
_VALUES = re.compile(
    r"(?i)\.(?:ya?ml|toml|ini|cfg|conf|env|properties|json[5c]?|tf|tfvars|hcl|bicep|xml)$|(?:^|/)\.env(?:\.[\w.-]+)?$|(?:^|/)Dockerfile"
)


def is_distinct(name: str, *, as_code: bool = False) -> bool:
    """Tell whether a text can be nothing but a name: words of everyday language never are.

    Args:
        name: One word.
        as_code: Whether its own page writes it as code.
    """
    if not _SHORTEST <= len(name) <= _LONGEST or any(char.isspace() for char in name):
        return False
    if _MEASURE.fullmatch(name) or _ABBREVIATION.fullmatch(name) or not _LETTER.search(name):
        return False
    hyphens = as_code and re.search(r"\w-\w", name) is not None
    return hyphens or _MARKED.search(name) is not None


def names_in(label: str, *, code: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the distinct names of a label such as the first cell of a row.

    Args:
        label: The words that its page shows.
        code: Those of its words that the page writes as code.
    """
    parts = dict.fromkeys(part.strip(".:*") for part in _PARTS.findall(label))
    return tuple(part for part in parts if is_distinct(part, as_code=part in code))


def standing(name: str, line: str, path: str) -> Certainty | None:
    """Return how exactly a name stands on a line: in quotes or as a value, as a word, or not at all."""
    best: Certainty | None = None
    for match in re.finditer(rf"(?<!{_INSIDE}){re.escape(name)}(?!{_INSIDE})", line):
        before, behind = line[: match.start()], line[match.end() :]
        if re.match(r"\.\w|[/@]", behind) or re.search(r"[\w/]\.$|[/@]$", before):
            # A longer name, path or address that only holds this one.
            quoted = before[-1:] in tuple(_OPENERS)
            if not quoted or re.match(r"\.\w", behind):
                continue
        if before[-1:] and before[-1] in _OPENERS and behind[:1] == before[-1]:
            return "proved"
        is_value = _VALUE_BEFORE.search(before) and _VALUE_BEHIND.search(behind)
        if is_value and _VALUES.search(path):
            return "proved"
        best = "likely"
    return best
