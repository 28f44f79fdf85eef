"""Whether the head still serves the address of a page that is not where it was.

It does with another page at the same address, with a rule that leads from it elsewhere, or, for a
translation, with the page that it was made of, which sites show in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.identity.page_address import (
    Address,
    is_language,
    is_neutral,
    read_address,
    serves,
    without_roots,
)
from diff_insight.file_types import is_page
from diff_insight.kinds.catalogue import kind_of
from diff_insight.model.facts import Fact

#: What the language of an original is called; one without a folder of its own is one too.
_ORIGINALS = ("en", "en-us", "en_us", "en-gb", "english")


class Standing(Struct, frozen=True):
    """Why an address is not gone, and the file that shows it.

    `page`, `redirect`, `translation`, or `unbuilt` for what never had an address.

    Nothing shows it where `how` is empty.
    """

    how: str = ""
    by: str = ""


class RedirectRules(Struct, frozen=True):
    """Addresses that lead elsewhere or are given to a page, with the file that says so."""

    rules: Sequence[tuple[Address, str]]

    def leading_from(self, addresses: Iterable[Address]) -> str:
        """Return the file that leads one of some addresses elsewhere, or an empty string."""
        wanted = list(addresses)
        return next(
            (path for rule, path in self.rules if any(serves(rule, address) for address in wanted)),
            "",
        )


class Site:
    """The pages of the head by their addresses.

    Args:
        tree: Paths of all files at the head.
    """

    def __init__(self, tree: Iterable[str]) -> None:
        self._exact: dict[tuple[str, ...], str] = {}
        self._bare: dict[tuple[str, ...], str] = {}
        self._originals: dict[tuple[str, ...], str] = {}
        for path in sorted(tree):
            if not is_page(path):
                continue
            parts = read_address(path).parts
            self._exact.setdefault(parts, path)
            if bare := without_roots(parts):
                self._bare.setdefault(bare, path)
            languages = [part for part in parts if is_language(part)]
            if not languages or languages[0] in _ORIGINALS:
                self._originals.setdefault(_without_unnamed(parts), path)

    def page_at(self, path: str) -> str:
        """Return another page with the address of a page by its path, or an empty string."""
        parts = read_address(path).parts
        page = self._exact.get(parts) or (
            self._bare.get(without_roots(parts)) if len(parts) > 1 else None
        )
        return page if page and page != path else ""

    def original_of(self, path: str) -> str:
        """Return the page that a translation was made of, or an empty string."""
        folder, _, name = path.rpartition("/")
        pieces = name.split(".")
        if len(pieces) > 2 and is_language(pieces[-2].lower()):
            parts = read_address(f"{folder}/{'.'.join((*pieces[:-2], pieces[-1]))}").parts
            return self._exact.get(parts, "")
        parts = read_address(path).parts
        at = next((index for index, part in enumerate(parts) if is_language(part)), len(parts))
        if at >= len(parts) - 1 or parts[at] in _ORIGINALS:
            return ""
        swapped = ((*parts[:at], *original, *parts[at + 1 :]) for original in _SWAPPED)
        page = next(
            (self._exact[candidate] for candidate in swapped if candidate in self._exact), ""
        )
        return page or self._originals.get(_without_unnamed(parts[at + 1 :]), "")


_SWAPPED = (*((name,) for name in _ORIGINALS), ())


def _without_unnamed(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return an address from its first part that is a name of its own."""
    at = 0
    while at < len(parts) - 1 and is_neutral(parts[: at + 1]):
        at += 1
    return parts[at:]


def words_to_find(paths: Iterable[str], addresses: Iterable[str]) -> list[str]:
    """Return fixed strings, one of which every rule about one of some pages holds.

    Args:
        paths: The pages by their old paths.
        addresses: Addresses that they gave themselves.
    """
    words: dict[str, None] = {}
    by_name: dict[str, list[str]] = defaultdict(list)
    for text in (*paths, *addresses):
        raw = [part for part in text.split("/") if part]
        for parts in (list(read_address(text).parts), [part.rsplit(".", 1)[0] for part in raw]):
            named = [part for part in parts if not is_neutral((part.lower(),))]
            if len(named) > 1 and parts[-2:] == named[-2:]:
                words["/".join(parts[-2:])] = None
            elif parts:
                by_name[parts[-1]].append(text)
    for name, texts in by_name.items():
        words |= dict.fromkeys(
            (f"/{name}", f'"{name}', f"'{name}", f"{name}.md", f": {name}", f"{name}:")
        )
        if any(text.endswith(".adoc") for text in texts):
            words[f":{name}.adoc"] = None  # a page of a module of Antora
    return list(words)


def takes_address_away(fact: Fact) -> bool:
    """Tell whether a fact says that a page is not where it was."""
    return fact.breaking and bool(kind_of(fact.kind).served)


def as_it_stands(fact: Fact, standing: Standing, *, proved: bool) -> Fact:
    """Return the fact of a page that is not where it was as what it is: gone, or still served."""
    if not standing.how:
        return replace(fact, certainty="proved" if proved else "likely")
    kind = dict(kind_of(fact.kind).served)[standing.how]
    return replace(fact, kind=kind, params={**fact.params, "by": standing.by}, breaking=False)
