"""Reads the parameters of facts as sources: their texts, numbers, lengths and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from diff_insight.model.messages import Params, Value

#: How many names lists show before they count the rest.
_SHOWN = (2, 3, 8, 20)
_DECIMAL_STEPS = (1_000, 1_000_000)


class Parameters(Struct, frozen=True):
    """What parameters hold: `sizes` are the rounded forms in which numbers of bytes are shown."""

    texts: tuple[str, ...]
    numbers: frozenset[int]
    sizes: frozenset[str]

    @classmethod
    def of(cls, params: Iterable[Params]) -> Parameters:
        """Read all parameters."""
        texts: dict[str, None] = {}
        numbers: set[int] = set()
        sizes: set[str] = set()
        waiting: list[tuple[str, Value]] = [
            (key, value) for group in params for key, value in group.items()
        ]
        while waiting:
            key, value = waiting.pop()
            if isinstance(value, str):
                texts[value] = None
            elif isinstance(value, Mapping):
                items, total = value.get("items"), value.get("total")
                if isinstance(items, tuple) and isinstance(total, int):
                    numbers |= _lengths(total) | {total - len(items)}
                waiting += value.items()
            elif isinstance(value, tuple):
                numbers |= _lengths(len(value))
                waiting += ((key, item) for item in value)
            elif isinstance(value, int) and not isinstance(value, bool):
                numbers.add(value)
                if "size" in key or "bytes" in key:
                    sizes |= _sizes(value)
        return cls(tuple(texts), frozenset(numbers), frozenset(sizes))


def _lengths(total: int) -> set[int]:
    """Return the length of a list, and what is left of it behind the names that are shown."""
    return {total, *(total - shown for shown in _SHOWN if total > shown)}


def _sizes(number: int) -> set[str]:
    return {f"{round(number / step, 1):g}" for step in _DECIMAL_STEPS if number >= step}
