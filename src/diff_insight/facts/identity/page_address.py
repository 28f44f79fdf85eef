"""The address of a page: what a path, a rule of a redirect or a key of front matter makes of it.

Nobody but the site knows which folders of a repository are part of an address. So two of them are
compared from their end, and what stands before the common end has to be neutral on one side at
least: folders of repositories, languages and versions.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

#: Stands for one part of an address that may be anything.
ANY = "*"
_SERVER = re.compile(r"[a-z][a-z0-9+.-]{0,40}+:(?=//)|//[^/]*", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:mdx?|markdown|rst|adoc|html?|ipynb|mdoc|svx|txt)$", re.IGNORECASE)
#: Names that a folder's own page has.
_INDEX = frozenset("index _index readme page +page".split())
#: What orders files and is no part of an address: `01-intro`, and the day of a post.
_ORDER = re.compile(r"(?:\d{4}-\d\d-\d\d-|\d{1,3}[-_.][ ]?)(?=[^\W\d])")
_VERSION = re.compile(
    r"(?:v|version-)?\d+(?:[._]\d+)*(?:[._]x)?(?:-docs)?|latest|stable|current|main|master|next|dev"
)
#: Folders of a repository that are no part of a page's address.
_ROOTS = frozenset(
    "src content contents docs doc documentation pages site sites website www web public app apps "
    "packages source sources articles files static posts i18n locales versioned_docs md mdx "
    "docusaurus-plugin-content-docs docusaurus-plugin-content-pages".split()
)
#: Folders whose folders are each a site or package of its own.
_HOLDERS = frozenset("apps packages sites projects websites".split())
#: ISO 639-1, and 639-2 as far as documentation is translated to it.
_LANGUAGES = frozenset(
    "aa ab af ak am ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig "
    "ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
    "rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
    "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil yue kab tzm".split()
)
_REGION = re.compile(r"([a-z]{2,3})[-_](?:[a-z]{2}|[a-z]{4}|\d{3})(?:[-_][a-z]{2})?")
_VARIABLE = re.compile(r"[:{\[<(*$].*|.*\*.*")
_LONGEST = 1_000
_MOST_PARTS = 40


class Address(NamedTuple):
    """Parts of an address in lower case; `below` tells that a rule speaks of all that is below."""

    parts: tuple[str, ...]
    below: bool = False


def read_address(text: str) -> Address:
    """Return the address that a path, an URL or the source of a rule names."""
    bare = text.strip()[:_LONGEST].strip("^$`\"'")
    bare = _SERVER.sub("", _SERVER.sub("", bare, count=1), count=1)
    bare = bare.removesuffix("/?").partition("?")[0].partition("#")[0].replace("\\", "")
    bare = unicodedata.normalize("NFC", unquote(bare)).lower()
    named = [part for part in bare.split("/")[:_MOST_PARTS] if part not in ("", ".", "..", "~")]
    below = False
    parts: list[str] = []
    for index, part in enumerate(named):
        last = index == len(named) - 1
        if _VARIABLE.fullmatch(part):
            below = below or last
            if not last:
                parts.append(ANY)
            continue
        name = _PAGE.sub("", part) if last else part
        if not (last and name in _INDEX and parts):
            parts.append(_ORDER.sub("", name).removeprefix("_") or name)
    return Address(tuple(parts), below)


def serves(rule: Address, page: Address) -> bool:
    """Tell whether a rule or another page may speak of the address of a page.

    Args:
        rule: Where the rule leads from.
        page: The page, by its path or by its front matter.
    """
    if _other(rule.parts, page.parts):
        return False
    if rule.below:
        return _is_below(page.parts, rule.parts)
    common = _common_end(rule.parts, page.parts)
    if not common:
        return not rule.parts and not page.parts
    rests = rule.parts[: len(rule.parts) - common], page.parts[: len(page.parts) - common]
    neutral = [is_neutral(rest) for rest in rests]
    if all(neutral):
        return True
    names = page.parts[len(page.parts) - common :]
    return any(neutral) and sum(not is_neutral((name,)) for name in names) > 1


def same_page(old: str, new: str) -> bool:
    """Tell whether two paths of a page may have one address.

    Folders of the repository are no part of it, and sites give versions addresses of their own.
    """
    first, second = (
        [part for part in without_roots(read_address(path).parts) if not _VERSION.fullmatch(part)]
        for path in (old, new)
    )
    return first == second


def without_roots(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return an address without the folders of the repository that it begins with."""
    at = 0
    while at < len(parts) - 1 and (
        parts[at] in _ROOTS or (at and parts[at - 1] in _HOLDERS) or parts[at] == ANY
    ):
        at += 1
    return parts[at:]


def is_neutral(parts: tuple[str, ...]) -> bool:
    """Tell whether parts before the name of a page may be missing in its address."""
    return all(
        part in _ROOTS
        or part == ANY
        or is_language(part)
        or _VERSION.fullmatch(part)
        or (index and parts[index - 1] in _HOLDERS)
        for index, part in enumerate(parts)
    )


def is_language(part: str) -> bool:
    """Tell whether a folder or a part of an address stands for a language."""
    region = _REGION.fullmatch(part)
    return part in _LANGUAGES or (region is not None and region[1] in _LANGUAGES)


def _other(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether both name a language or a version, and not the same."""
    for kind in (is_language, lambda part: _VERSION.fullmatch(part) is not None):
        sides = [{part for part in parts if kind(part)} for parts in (first, second)]
        if all(sides) and sides[0].isdisjoint(sides[1]):
            return True
    return False


def _is_below(page: tuple[str, ...], folder: tuple[str, ...]) -> bool:
    """Tell whether a page is below the folder that a rule with a variable end names."""
    first, second = _without_neutral(page), _without_neutral(folder)
    pairs = zip(first, second, strict=False)
    return 0 < len(second) <= len(first) and all(b in (a, ANY) for a, b in pairs)


def _without_neutral(parts: tuple[str, ...]) -> tuple[str, ...]:
    at = 0
    while at < len(parts) and is_neutral(parts[: at + 1]):
        at += 1
    return parts[at:]


def _common_end(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    count = 0
    for part, other in zip(reversed(first), reversed(second), strict=False):
        if part != other and ANY not in (part, other):
            break
        count += 1
    return count
