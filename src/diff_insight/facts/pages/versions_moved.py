"""Recognises a version number that moved within an otherwise unchanged text."""

from __future__ import annotations

import re

from diff_insight.model.facts import Fact

#: Characters of a text above which its version is not what a reader would see.
LONGEST_TEXT = 2000
#: What behind a hyphen is the file's platform or form, and no part of the version.
_FORM = (
    r"linux|osx|macos|darwin|win|windows|x64|x86|arm|amd64|aarch64|i[36]86|any|noarch|src|source|bin|"
    r"installer|setup|slim|alpine|debian|ubuntu|bullseye|bookworm|trixie|py\d|cp\d"
)
_VERSION = re.compile(
    r"(?<![\w.])v?(?P<number>\d+\.\d+(?:\.\d+){0,2}(?:[-+](?!"
    + _FORM
    + r")[0-9A-Za-z.-]+)?|\d{4}-\d{2}-\d{2}-preview)(?![\w])"
)
#: The ending of a file that stands behind its version.
_ENDING = re.compile(
    r"(?:\.(?!(?:alpha|beta|rc|dev|pre|preview|snapshot|post|final|ga|canary|nightly|next|build|release)\b)"
    r"(?:[A-Za-z][A-Za-z0-9]{2,11}+|rh|el\d++|fc\d++|gz|xz|7z)){1,6}+$"
)
#: Words that say since when something is so, or how far: the version is no step of anything.
_SINCE = frozenset(
    "v since introduced added compare to from until before after above below through".split()
)
#: Words between the name of a thing and its version, in the languages of pages: none of them is the name.
_LINKS = frozenset(
    "with and or on in at for of by is are was than least most using use uses used requires require required needs need "
    "supports support supported now only as "
    "mit und oder ist ab bis von für avec et ou est dans pour de du la le con y o en es con com e ou em para desde até".split()
)
#: Parts of an address that name no product.
_PLACES = frozenset(
    "download downloads releases release tag tags archive refs heads blob tree raw dist files".split()
)
#: What every version holds that is no preview; far quicker to look for.
_INSIDE = re.compile(r"\.\d")
_NUMBER = re.compile(r"[0-9]{1,18}")
#: Characters in front of a version in which the word that it belongs to stands.
_LONGEST_BEFORE = 200
_WORD_BEFORE = re.compile(
    r"(?<![\w.@/+-])[\d.@/+-]*+([^\W\d][\w.@/+-]*+)[\s:=\"'`(\[*]*+(?:[vV]ersion\s*+)?[~^>=<]*+\s*+$"
)


def moved_version(old: str, new: str, *, subject: str) -> Fact | None:
    """Return the fact that the only version of a line moved; None when anything else changed."""
    likely = _INSIDE.search(old) or "-preview" in old
    if not likely or max(len(old), len(new)) > LONGEST_TEXT:
        return None
    before, after = list(_VERSION.finditer(old)), list(_VERSION.finditer(new))
    if not before or len(before) != len(after) or _blank(old) != _blank(new):
        return None
    moved = [(a, b) for a, b in zip(before, after, strict=True) if a["number"] != b["number"]]
    if len({(a["number"], b["number"]) for a, b in moved}) != 1:
        return None
    first, second = (_ENDING.sub("", match["number"]) for match in moved[0])
    lead = new[: moved[0][1].start()]
    if lead.rfind("<") > lead.rfind(">") or "/compare/" in lead:
        return None  # an attribute of a tag, or two versions side by side
    named = _name(lead)
    linked = named.lower() in _LINKS
    if named.lower() in _SINCE or (linked and not subject):
        return None
    return Fact(
        "version.moved",
        {
            "subject": subject if linked else named or subject,
            "old": first,
            "new": second,
            "step": version_step(first, second),
        },
    )


def _name(lead: str) -> str:
    """Return the name before a version, or an empty string; of an address the part that is one."""
    match = _WORD_BEFORE.search(lead[-_LONGEST_BEFORE:])
    if match is None:
        return ""
    word = match[1].rstrip("@/.-")
    host, *parts = word.split("/")
    if not parts or "." not in host:
        return word
    named = [part for part in parts if part.lower() not in _PLACES and not part.isdigit()]
    return named[-1] if named else host


def version_step(old: str, new: str) -> str:
    """Return `major`, `minor`, `patch`, `down` or `other` for a step between two versions."""
    numbers = [
        [int(part) for part in re.split(r"[.+-]", text) if _NUMBER.fullmatch(part)]
        for text in (old, new)
    ]
    if "-preview" in old + new or not all(numbers):
        return "other"
    before, after = numbers
    if after < before:
        return "down"
    if before[0] != after[0]:
        return "major"
    return "minor" if before[1:2] != after[1:2] else "patch"


def _blank(text: str) -> str:
    return " ".join(_VERSION.sub("\0", text).split())
