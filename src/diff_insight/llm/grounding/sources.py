"""What may be said: texts and parameters of facts, prepared once for fast questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct, field

from diff_insight.llm.grounding.date_readings import find_dates
from diff_insight.llm.grounding.fact_parameters import Parameters
from diff_insight.llm.grounding.folding import literal, lower, without_headers
from diff_insight.llm.grounding.numbers import canonical, find_numbers, find_spaced
from diff_insight.model.messages import Params

#: Occurrences of a token inside longer words that are looked at before it counts as found.
_MOST_OCCURRENCES = 1000
_LINES = re.compile(r"(?:\?plain=1)?(?:#L\d+(?:-L\d+)?)?")


class Sources(Struct, frozen=True, dict=True):
    """Everything that a text about a file or a range may take its tokens from.

    Attributes:
        texts: Versions of files, commit messages, paths.
        diffs: Unified diffs; the line numbers of their hunks are no source.
        params: Parameters of facts and of story items.
        addresses: Web addresses of the compared commits and their files; lines may follow them.
        lines: Line numbers that may be cited, as in “L96”.
    """

    texts: tuple[str, ...] = ()
    diffs: tuple[str, ...] = ()
    params: tuple[Params, ...] = ()
    addresses: frozenset[str] = frozenset()
    lines: frozenset[int] = field(default_factory=frozenset)

    def has_text(self, token: str, *, any_case: bool = False) -> bool:
        """Tell whether a token stands in a text as a whole, not as a part of a word."""
        text, wanted = (self._lower, lower(token)) if any_case else (self._text, token)
        at = text.find(wanted)
        for _ in range(_MOST_OCCURRENCES):
            if at < 0:
                return False
            if _whole(text, wanted, at):
                return True
            at = text.find(wanted, at + 1)
        return at >= 0

    def has_address(self, address: str) -> bool:
        """Tell whether a web address is known, or leads to lines of a known one."""
        if self.has_text(address) or self.has_text(unquote(address)):
            return True
        bare = _LINES.search(address, len(address.partition("#")[0].removesuffix("?plain=1")))
        return bare is not None and address[: bare.start()] in self.addresses

    def has_date(self, readings: Iterable[str]) -> bool:
        """Tell whether a date is known at least as precisely as a reading says."""
        return any(reading in self._dates for reading in readings)

    def has_number(self, readings: Iterable[str]) -> bool:
        """Tell whether one of the readings is known."""
        return any(reading in self._numbers for reading in readings)

    @cached_property
    def _parameters(self) -> Parameters:
        return Parameters.of(self.params)

    @cached_property
    def _text(self) -> str:
        pieces = [*self.texts, *map(without_headers, self.diffs), *self._parameters.texts]
        return " \x01 ".join(map(literal, pieces))

    @property
    def all_text(self) -> str:
        """All texts and parameters, as they are compared."""
        return self._text

    @cached_property
    def _lower(self) -> str:
        return lower(self._text)

    @cached_property
    def _dates(self) -> frozenset[str]:
        known: set[str] = set()
        for date in find_dates(self._lower):
            for reading in date.readings:
                known |= {reading, *_less_precise(reading)}
        return frozenset(known)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        known = set(map(canonical, self._parameters.numbers)) | self._parameters.sizes
        for finder in (find_numbers, find_spaced):
            for number in finder(self._lower):
                known.update(number.readings)
        known.update(reading[:4] for reading in self._dates if reading[0] != "-")
        return frozenset(known)


def _less_precise(reading: str) -> tuple[str, ...]:
    """Return what a date says with its year, its day or both left out."""
    if reading[0] == "-":
        return (reading[:4],)
    return reading[:7], f"-{reading[4:]}", f"-{reading[4:7]}"


def _whole(text: str, token: str, at: int) -> bool:
    """Tell whether no word goes on at either end of an occurrence; a capital begins one."""
    end = at + len(token)
    before = text[at - 1 : at]
    begins = not before or not _joins(before, token[0]) or (before.islower() and token[0].isupper())
    return begins and not (end < len(text) and _joins(token[-1], text[end]))


def _joins(left: str, right: str) -> bool:
    return _wordlike(left) and _wordlike(right)


def _wordlike(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
