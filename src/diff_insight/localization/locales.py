"""Matches the locale tags people type with the catalogs there are (BCP 47, POSIX, CLDR)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from babel.core import Locale, get_global, parse_locale

from diff_insight.errors import UsageError
from diff_insight.localization.catalogs import LOCALES, catalog_path
from diff_insight.model.messages import Notice

#: Codes of countries that are often written for their language.
_COUNTRIES = {"jp": "ja_JP", "cn": "zh_CN", "tw": "zh_TW", "kr": "ko_KR", "br": "pt_BR", "gb": "en_US",
              "us": "en_US"}  # fmt: skip
#: A singleton subtag of BCP 47 begins an extension or a private part.
_EXTENSION = re.compile(r"_(?=[A-Za-z0-9](?:_|$))")


def available() -> tuple[str, ...]:
    """Return the names of all catalogs, sorted."""
    return tuple(
        sorted(entry.name for entry in LOCALES.iterdir() if catalog_path(entry.name).is_file())
    )


def negotiate(tag: str, names: Sequence[str]) -> tuple[str, Notice | None]:
    """Return the catalog for a tag, and a notice when it is only a near one.

    `ja`, `ja-JP`, `zh-Hans` and `zh_CN.UTF-8` normalise silently; `en-GB` falls back to a catalog
    of the same language and script with a notice.

    Raises:
        UsageError: No catalog has that language and script.
    """
    wanted = _parse(tag)
    if wanted is None:
        raise _unknown(tag, names)
    likely = _maximal(wanted)
    known = {name: _maximal(_Tag(*parse_locale(name)[:3])) for name in names}
    same = [name for name in names if known[name][:2] == likely[:2]]
    if not same:
        raise _unknown(tag, names)
    exact = next((name for name in same if known[name].territory == likely.territory), None)
    if exact is not None:
        return exact, None
    usual = _maximal(_Tag(likely.language, None, likely.script)).territory
    used = next((name for name in same if known[name].territory == usual), same[0])
    return used, Notice("locale-fallback", {"asked": tag, "used": used})


class _Tag(NamedTuple):
    """What matters of a locale tag, in the order in which Babel parses it."""

    language: str
    territory: str | None
    script: str | None


class _Likely(NamedTuple):
    """A tag with nothing left open; an empty string where CLDR knows nothing."""

    language: str
    script: str
    territory: str


def _parse(tag: str) -> _Tag | None:
    """Read a BCP 47 or POSIX tag; encodings, modifiers and extensions are dropped."""
    bare = tag.strip().partition(".")[0].partition("@")[0].replace("-", "_")
    plain = _EXTENSION.split(bare, maxsplit=1)[0]
    try:
        language, territory, script, *_ = parse_locale(plain)
    except ValueError:
        return None
    return _Tag(get_global("language_aliases").get(language, language), territory, script)


def _maximal(tag: _Tag) -> _Likely:
    """Return language, script and territory with CLDR's likely subtags filled in."""
    subtags = get_global("likely_subtags")
    candidates = (
        (tag.language, tag.script, tag.territory),
        (tag.language, tag.territory),
        (tag.language, tag.script),
        (tag.language,),
    )
    keys = ("_".join(filter(None, parts)) for parts in candidates)
    full = next((subtags[key] for key in keys if key in subtags), tag.language)
    _, territory, script, *_ = parse_locale(full)
    return _Likely(tag.language, tag.script or script or "", tag.territory or territory or "")


def _unknown(tag: str, names: Sequence[str]) -> UsageError:
    meant = _COUNTRIES.get(tag.lower())
    if meant not in names:
        meant = _language_called(tag, names)
    near = f"perhaps you meant {meant}; there are " if meant else "choose among "
    several = re.search(r"[\s;|]", tag.strip()) is not None
    if several:
        near = "put a comma between two locales; there are "
    return UsageError(
        f"there is no catalog for the locale {tag!r}",
        cause="it is several words"
        if several
        else "reports are written in the languages that have a catalog",
        cure=near + ", ".join(names),
    )


def _language_called(tag: str, names: Sequence[str]) -> str:
    """Return the locale whose language is called so in English, or in the language itself."""
    typed = tag.strip().casefold()
    for name in names:
        locale = Locale.parse(name)
        called = (locale.english_name, locale.get_language_name("en"), locale.get_language_name())
        if typed in {each.casefold() for each in called if each}:
            return name
    return ""
