"""Version requirements as every ecosystem writes them: their lower bound, and the step between two."""

from __future__ import annotations

import re

from diff_insight.facts.pages.versions_moved import version_step

_PART = re.compile(r"(?<![\w.-])(?P<sign>[<>=!~^]{0,3}+)\s{0,20}+v?(?P<number>\d[\w.*+-]*)")
_NUMBER = re.compile(r"\d{1,9}")
#: Characters of a requirement that are read.
_LONGEST = 200
#: Signs that limit a requirement above.
_UPPER = re.compile(r"<|\^|~|(?<![<>!=])==?(?!=)|(?<=[\d.])[*x]")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{7,64}")


def lower_bound(requirement: str) -> str:
    """Return the lowest version that a requirement allows or names, or an empty string."""
    bounds = [
        match["number"].rstrip(".*")
        for match in _PART.finditer(requirement[:_LONGEST])
        if not match["sign"].startswith(("<", "!"))
    ]
    return min((number for number in bounds if number), key=_numbers, default="")


def step_of(old: str, new: str) -> str:
    """Return the step between the lower bounds of two requirements; `other` when there is none."""
    if _COMMIT.match(old) or _COMMIT.match(new):
        return "other"
    before, after = lower_bound(old), lower_bound(new)
    if not before or not after or _numbers(before) == _numbers(after):
        return "other"
    if _numbers(after) < _numbers(before):
        return "down"
    return version_step(before, after)


def is_lower(requirement: str, other: str) -> bool:
    """Tell whether a requirement lets in versions that another one does not, at its lower end."""
    before, after = lower_bound(requirement), lower_bound(other)
    return bool(before and after) and _numbers(before) < _numbers(after)


def is_bounded(requirement: str) -> bool:
    """Tell whether a requirement shuts out versions that are yet to come, in each of its alternatives."""
    alternatives = re.split(r"\|\|?", requirement[:_LONGEST])
    return all(_UPPER.search(alternative) for alternative in alternatives)


def is_commit(text: str) -> bool:
    """Tell whether a reference is a commit or digest, which cannot be moved."""
    return _COMMIT.fullmatch(text) is not None


def short(reference: str) -> str:
    """Return a reference as it is shown: commits by their first digits."""
    if is_commit(reference):
        return reference[:7] if ":" not in reference else reference[:14]
    return reference


def _numbers(version: str) -> list[int]:
    numbers = [int(number) for number in _NUMBER.findall(version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers
