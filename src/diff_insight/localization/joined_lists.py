"""Lists of names and quotations as a locale joins them: whole, or with what is said of those left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property

from babel.core import Locale
from babel.lists import format_list

from diff_insight.localization.catalogs import Catalog
from diff_insight.localization.spacing import Frame
from diff_insight.model.messages import Value

#: Names shown in one sentence; the rest is counted.
SHOWN_NAMES = 3
#: Quoted headings shown in one sentence: they are long and in another language.
SHOWN_QUOTES = 2
#: Quoted headings shown in a list of its own.
MOST_QUOTES = 8
#: Names of left-out files in a report.
MOST_LEFT_OUT = 20


class Lists:
    """Joins lists for one locale.

    Args:
        catalog: The locale's texts.
        number: Formats a count.
    """

    def __init__(self, catalog: Catalog, number: Callable[[int], str]) -> None:
        self._catalog = catalog
        self._number = number

    @cached_property
    def quotation(self) -> tuple[str, str]:
        """The locale's quotation marks: the one before and the one behind."""
        before, _, behind = self._catalog.text("quote").partition("{text}")
        return before, behind

    def with_count(
        self, value: Value, form: Callable[[Value], str], most: int, *, code: bool = False
    ) -> str:
        """Up to `most` names and the count of the rest; when one would be left, it is named as well.

        Args:
            value: The names, alone or with their total.
            form: What shows one of them.
            most: How many are shown.
            code: Whether each shows something literal.
        """
        items, total = items_of(value)
        if total == most + 1 == len(items):
            most = total  # a count of one takes as much room as its name, and has a gender
        shown = [form(item) for item in items[:most]]
        if total <= len(shown):
            return self.join(shown, code=code)
        left = total - len(shown)
        more = self._catalog.plural("list.more", left)
        more = more.replace("{count:number}", self._number(left))
        more = more.replace("{total:number}", self._number(total))
        if "{list}" in more:  # what is behind a list in this language, not its last part
            return self._behind(shown, more, code=code)
        return self.join([*shown, more], code=code)

    def top(
        self, value: Value, form: Callable[[Value], str], most: int, *, code: bool = False
    ) -> str:
        """Up to `most` names beside their count, which says how many more there are."""
        items, total = items_of(value)
        shown = [form(item) for item in items[:most]]
        if total <= len(shown):
            return self.join(shown, code=code)
        return self._behind(shown, self._catalog.text("list.some"), code=code)

    def some(
        self, value: Value, form: Callable[[Value], str], most: int, *, code: bool = False
    ) -> str:
        """Up to `most` names before a total, with the locale's word for “among others”."""
        items, total = items_of(value)
        shown = [form(item) for item in items[:most]]
        if total > most:
            return self._behind(shown, self._catalog.text("list.some"), code=code)
        return self._catalog.text("list.all").replace("{list}", self.join(shown, code=code))

    def join(self, shown: Sequence[str], *, code: bool = False) -> str:
        """A list of finished texts; `code` says that each shows something literal."""
        glue, frame = _glue(len(shown), self._catalog.locale)
        if self._catalog.is_unspaced:
            return self._between_quotes(frame.fill(shown, [code] * len(shown)))
        return glue % tuple(shown)

    def _behind(self, shown: Sequence[str], words: str, *, code: bool) -> str:
        """Return a list that is not all, with the words behind it: it has no “and” within."""
        before, behind = self._catalog.text("cite.join").split("{first}")[1].split("{second}")
        glue = [before] * (len(shown) - 1)
        start, end = words.split("{list}")
        if not self._catalog.is_unspaced:
            return f"{start}{before.join(shown)}{behind}{end}"
        frame = Frame([start, *glue, behind + end], [True] * len(shown))
        return self._between_quotes(frame.fill(shown, [code] * len(shown)))

    def _between_quotes(self, listed: str) -> str:
        """Return a list without commas between quotation marks, which part names well enough in Chinese and Japanese."""
        before, behind = self.quotation
        return listed.replace(f"{behind}、{before}", f"{behind}{before}")


def items_of(value: Value) -> tuple[tuple[Value, ...], int]:
    """Return what a value lists, and how many there are in all."""
    if isinstance(value, Mapping):
        items = value.get("items")
        total = value.get("total")
        named = items if isinstance(items, tuple) else ()
        return named, total if isinstance(total, int) else len(named)
    if isinstance(value, tuple):
        return value, len(value)
    return (value,), 1


@cache
def _glue(count: int, locale: Locale) -> tuple[str, Frame]:
    """Return what a locale has before, between and behind the items of a list."""
    text = format_list(["\0"] * count, locale=locale) if count else ""
    return text.replace("%", "%%").replace("\0", "%s"), Frame(text.split("\0"), [True] * count)
