"""Matches the locale tags people type with the catalogs there are (BCP 47, POSIX, CLDR)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from babel.core import Locale, UnknownLocaleError, get_global

from diff_insight.errors import UsageError
from diff_insight.model.messages import Notice


def available() -> tuple[str, ...]:
    """Return the names of all catalogs, sorted."""
    root = files("diff_insight") / "locales"
    return tuple(sorted(entry.name for entry in root.iterdir() if "_" in entry.name[:4]))


def negotiate(tag: str, names: Sequence[str]) -> tuple[str, Notice | None]:
    """Return the catalog for a tag, and a notice when it is only a near one.

    `ja`, `ja-JP`, `zh-Hans` and `zh_CN.UTF-8` normalise silently; `en-GB` falls back to a catalog
    of the same language and script with a notice.

    Raises:
        UsageError: No catalog has that language and script.
    """
    bare = tag.strip().partition(".")[0].partition("@")[0].replace("-", "_")
    try:
        wanted = Locale.parse(bare)
    except (ValueError, UnknownLocaleError) as error:
        raise _unknown(tag, names) from error
    language, script, _ = _maximal(wanted)
    same = [name for name in names if _maximal(Locale.parse(name))[:2] == (language, script)]
    if not same:
        raise _unknown(tag, names)
    if wanted.territory is None:
        return same[0], None
    exact = [name for name in same if Locale.parse(name).territory == wanted.territory]
    if exact:
        return exact[0], None
    return same[0], Notice("locale-fallback", {"asked": tag, "used": same[0]})


def _maximal(locale: Locale) -> tuple[str, str, str]:
    """Return language, script and territory with CLDR's likely subtags filled in."""
    likely = get_global("likely_subtags")
    parts = [locale.language, locale.script, locale.territory]
    for known in (
        "_".join(filter(None, parts)),
        "_".join(filter(None, (locale.language, locale.territory))),
        "_".join(filter(None, (locale.language, locale.script))),
        locale.language,
    ):
        if known in likely:
            full = Locale.parse(likely[known])
            return (
                locale.language,
                locale.script or full.script or "",
                locale.territory or full.territory or "",
            )
    return locale.language, locale.script or "", locale.territory or ""


def _unknown(tag: str, names: Sequence[str]) -> UsageError:
    return UsageError(
        f"there is no catalog for the locale {tag!r}",
        cure=f"choose among {', '.join(names)}",
    )
