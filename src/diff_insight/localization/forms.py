"""The forms in which a parameter can appear in a message: `{name:form}` (docs/localization.md).

Values come from repositories and are hostile; every form escapes for its style, Markdown or plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from diff_insight.localization.catalogs import Catalog
from diff_insight.localization.joined_lists import (
    MOST_LEFT_OUT,
    MOST_QUOTES,
    SHOWN_NAMES,
    SHOWN_QUOTES,
    Lists,
    items_of,
)
from diff_insight.markup.escape import code, one_line, prose
from diff_insight.model.messages import Value

#: Forms of what is literal: code, and words in the letters of code.
LITERAL = frozenset(
    "text code path name term member codes names left_codes top_codes top_names".split()
) | {""}
#: What stands for a value that is not there.
_NOTHING = "—"
_IDENTIFIER = re.compile(r"[\w.$@/:+-]*[\w/]")
#: The day in a date pattern of CLDR; words in it stand in quotation marks.
_DAY = re.compile(r"\bd\b")
_MEMBER_PART = re.compile(r"\{(what|name|within)\}")
_CODE_MARK = re.compile(r"[-_./$@:\d]")


class Style(StrEnum):
    """Where a text goes: into Markdown, or where nothing is markup (summaries)."""

    MARKDOWN = "markdown"
    PLAIN = "plain"
    #: Plain, but that code keeps its marks: a headline without them does not say where a name ends.
    LINE = "line"


class Forms:
    """Formats values for one locale and one style."""

    def __init__(self, catalog: Catalog, style: Style) -> None:
        self._catalog = catalog
        self._locale = catalog.locale
        markdown = style is Style.MARKDOWN
        self._escaped = _in_prose if markdown else _in_line
        self._as_code = {Style.MARKDOWN: _in_code, Style.LINE: _mark}.get(style, _in_line)
        self._code_marks = style is not Style.PLAIN
        self._counted = lru_cache(maxsize=256)(self._count)
        self.lists = lists = Lists(catalog, self.number)
        self._by_name: dict[str, Callable[[Value], str]] = {
            "": self.text,
            "text": self.text,
            "code": self.code,
            "path": self.code,
            "quote": self.quote,
            "title": self.title,
            "name": self.name,
            "number": self.number,
            "size": self.size,
            "date": self.date,
            "day": self.day,
            "when": self.when,
            "term": lambda value: self._catalog.text(f"term.{value}"),
            "member": self.member,
            "effect": self.effect,
            "verb": lambda value: self._catalog.text(f"verb.{value}"),
            "language": self.language,
            "codes": partial(lists.with_count, form=self.code, most=SHOWN_NAMES, code=True),
            "names": partial(lists.with_count, form=self.name, most=SHOWN_NAMES, code=True),
            "quotes": partial(lists.with_count, form=self.quote, most=SHOWN_QUOTES),
            "all_quotes": partial(lists.with_count, form=self.quote, most=MOST_QUOTES),
            "titles": partial(lists.with_count, form=self.title, most=MOST_QUOTES),
            "left_codes": partial(lists.with_count, form=self.code, most=MOST_LEFT_OUT, code=True),
            "some_quotes": partial(lists.some, form=self.quote, most=SHOWN_QUOTES),
            "top_codes": partial(lists.top, form=self.code, most=SHOWN_NAMES, code=True),
            "top_names": partial(lists.top, form=self.name, most=SHOWN_NAMES, code=True),
            "top_quotes": partial(lists.top, form=self.quote, most=SHOWN_QUOTES),
            "terms": self.terms,
            "counts": self.counts,
        }

    def is_known(self, form: str) -> bool:
        """Tell whether messages may use a form."""
        return form in self._by_name or (
            form.startswith("n_") and self._catalog.has(f"count.{form[2:]}")
        )

    def formatter(self, form: str) -> Callable[[Value], str]:
        """Return one of the forms."""
        return (
            partial(self.counted_noun, form[2:]) if form.startswith("n_") else self._by_name[form]
        )

    def text(self, value: Value) -> str:
        """Plain words."""
        return self._escaped(str(value))

    def code(self, value: Value) -> str:
        """Something literal: an identifier, a path, a line of code."""
        return self._as_code(str(value) or _NOTHING)

    def quote(self, value: Value) -> str:
        """Words of the repository, in the locale's quotation marks."""
        before, behind = self.lists.quotation
        return f"{before}{self._escaped(str(value))}{behind}"

    def title(self, value: Value) -> str:
        """Words of people in quotation marks; what they marked as code keeps its marks."""
        before, behind = self.lists.quotation
        parts = one_line(str(value)).split("`")
        if len(parts) % 2 == 0 or not self._code_marks:
            return f"{before}{self._escaped(str(value))}{behind}"
        pieces = [
            (self._as_code(part) if at % 2 else self._escaped(part)) if part else ""
            for at, part in enumerate(parts)
        ]
        # What escaping trims belongs between the pieces.
        spaced = [
            f"{' ' if part[:1].isspace() and part.strip() else ''}{piece}{' ' if part[-1:].isspace() else ''}"
            if not at % 2
            else piece
            for at, (part, piece) in enumerate(zip(parts, pieces, strict=True))
        ]
        return f"{before}{''.join(spaced)}{behind}"

    def name(self, value: Value) -> str:
        """Code when it looks like an identifier, else quoted."""
        words = str(value)
        return self.code(words) if _is_literal(words) else self.quote(words)

    def number(self, value: Value) -> str:
        """A number with the locale's digits and separators."""
        return _decimal(_whole(value), self._locale)

    def counted_noun(self, noun: str, value: Value) -> str:
        """A counted noun phrase, a message of its own with its plural forms."""
        return self._counted(noun, _whole(value))

    def _count(self, noun: str, number: int) -> str:
        return self._catalog.plural(f"count.{noun}", number).replace("{n}", self.number(number))

    def counts(self, value: Value) -> str:
        """Several counted nouns as a list, without those that count nothing."""
        counted = value.items() if isinstance(value, Mapping) else ()
        return self.lists.join(
            [self.counted_noun(noun, number) for noun, number in counted if number]
        )

    def terms(self, value: Value) -> str:
        """The words for several values side by side: an “and” between them would be within them."""
        join = self._catalog.text("cite.join")
        said = ""
        for item in items_of(value)[0]:
            term = self._by_name["term"](item)
            said = join.replace("{first}", said).replace("{second}", term) if said else term
        return said

    def size(self, value: Value) -> str:
        """Bytes in the unit that people read."""
        number = _whole(value)
        for key, step in (("size.megabytes", 1_000_000), ("size.kilobytes", 1_000)):
            if number >= step:
                shown = format_decimal(round(number / step, 1), locale=self._locale)
                return self._catalog.text(key).replace("{n}", shown)
        return self._catalog.plural("size.bytes", number).replace("{n}", self.number(number))

    def date(self, value: Value) -> str:
        """A day (`2025-06-11`) or month (`2025-06`) in the locale's long form; else as it is."""
        iso = str(value)
        month = len(iso) == 7
        try:
            day = date.fromisoformat(f"{iso}-01" if month else iso)
        except ValueError:
            return self.text(value)
        if month:
            return format_skeleton("yMMMM", day, locale=self._locale)
        pattern = self._locale.date_formats["long"].pattern
        first = self._catalog.text("date.first")
        if day.day == 1 and first != "1":
            # CLDR has no ordinals in dates; French and Brazilian dates begin a month with one.
            pattern = _DAY.sub(f"'{first}'", pattern)
        return format_date(day, pattern, locale=self._locale)

    def day(self, value: Value) -> str:
        """The date alone of a date with or without a qualifier."""
        return self.date(value.get("date")) if isinstance(value, Mapping) else self.date(value)

    def when(self, value: Value) -> str:
        """A date with its qualifier, such as “no earlier than”."""
        if not isinstance(value, Mapping):
            return self.date(value)
        qualifier = str(value.get("qualifier") or "")
        # “On” a day is “in” a month, and many languages set an article before a day only.
        month = "-month" if len(str(value.get("date"))) == 7 else ""
        key = f"when.{qualifier or 'plain'}{month}"
        return self._catalog.text(key).replace("{date}", self.day(value))

    def language(self, value: Value) -> str:
        """The language of a code block, or the words for none."""
        return self.text(value) if value else self._catalog.text("code.unnamed")

    def member(self, value: Value) -> str:
        """What stands in an interface: its name, what it is, and what holds it."""
        parts = value if isinstance(value, Mapping) else {}
        shown = {name: self.code(parts.get(name, "")) for name in ("name", "within")}
        shown["what"] = self._catalog.text(f"term.{parts.get('what')}")
        words = self._catalog.text("member.in" if parts.get("within") else "member.bare")
        return _MEMBER_PART.sub(lambda part: shown[part[1]], words)

    def effect(self, value: Value) -> str:
        """Whom a change breaks, behind a sentence in brackets; nothing where it breaks nobody."""
        if not value:
            return ""
        gap = "" if self._catalog.is_unspaced else " "
        return gap + self._catalog.text(f"effect.{value}")


#: The same words are told in several locales one after the other.
@lru_cache(maxsize=1024)
def _in_line(words: str) -> str:
    return one_line(words)


@lru_cache(maxsize=1024)
def _in_prose(words: str) -> str:
    return prose(_in_line(words))


@lru_cache(maxsize=1024)
def _in_code(words: str) -> str:
    return code(_in_line(words))


@lru_cache(maxsize=1024)
def _mark(words: str) -> str:
    """Return code on a plain line; one that has marks of its own stays as it is."""
    line = _in_line(words)
    return f"`{line}`" if line and "`" not in line else line


@lru_cache(maxsize=1024)
def _is_literal(words: str) -> bool:
    shown = _in_line(words)
    return _IDENTIFIER.fullmatch(shown) is not None and _CODE_MARK.search(shown) is not None


@lru_cache(maxsize=4096)
def _decimal(number: int, locale: Locale) -> str:
    # Below a thousand there is nothing to group, and nothing to learn of the locale.
    return str(number) if 0 <= number < 1000 else format_decimal(number, locale=locale)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
