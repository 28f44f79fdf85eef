"""Patterns as in .gitignore: compiled when settings are read, matched when files are selected.

The rules are those of https://git-scm.com/docs/gitignore: the last pattern that matches decides, and
what lies in a folder that is out stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from diff_insight.settings.path_expression import path_expression, segment_expression

_IN_SET = r"\[:[a-z]+:\]|\\.|[^\]\\]"
#: What a pattern is made of; the alternatives are tried in this order.
_TOKEN = re.compile(
    r"(?P<slash>/)"
    r"|(?P<star>\*+)"
    r"|(?P<any>\?)"
    rf"|\[(?P<negated>[!^]?+)(?P<set>(?:\]|{_IN_SET})(?:{_IN_SET}){{0,100}}+)\]"
    r"|\\(?P<escaped>.)"
    r"|(?P<broken>[\[\\])"
    r"|(?P<literal>.)",
    re.DOTALL,
)
_MEMBER = re.compile(r"\[:(?P<name>[a-z]+):\]|(?P<low>\\.|.)(?:-(?P<high>\\.|.))?", re.DOTALL)
_CLASSES = {
    "alnum": "A-Za-z0-9", "alpha": "A-Za-z", "blank": r" \t", "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9", "graph": "!-~", "lower": "a-z", "print": " -~", "space": r"\s",
    "punct": r"!-/:-@\[-`{-~", "upper": "A-Z", "xdigit": "0-9A-Fa-f",
}  # fmt: skip


class Pattern(Struct, frozen=True):
    """One compiled pattern.

    Attributes:
        matches: Tests the whole path when the pattern has a slash, else the last name of it.
        keeps: Whether it takes back what earlier patterns matched (`!`).
        whole: Whether it is tested against the whole path.
        folders: Whether it matches folders only.
    """

    matches: re.Pattern[str]
    keeps: bool
    whole: bool
    folders: bool


class Patterns:
    """Tests paths against patterns, each line one; blank lines and comments count for nothing."""

    def __init__(self, lines: Iterable[str]) -> None:
        expressions = (compile_pattern(line) for line in lines if line.strip() and line[0] != "#")
        self._last_first = tuple(expressions)[::-1]
        self._folders: dict[str, bool] = {"": False}

    def match(self, path: str) -> bool:
        """Tell whether a file is matched, by itself or by a folder above it."""
        return self._folder(path.rpartition("/")[0]) or self._decide(path, folder=False)

    def _folder(self, path: str) -> bool:
        above = [path]
        while above[-1] not in self._folders:  # a loop: paths may have thousands of folders
            above.append(above[-1].rpartition("/")[0])
        known = self._folders[above.pop()]
        for folder in reversed(above):
            known = known or self._decide(folder, folder=True)
            self._folders[folder] = known
        return known

    def _decide(self, path: str, *, folder: bool) -> bool:
        name = path.rpartition("/")[2]
        for pattern in self._last_first:
            if (folder or not pattern.folders) and pattern.matches.fullmatch(
                path if pattern.whole else name
            ):
                return not pattern.keeps
        return False


def compile_pattern(line: str) -> Pattern:
    """Compile one pattern.

    Raises:
        ValueError: It is broken, or there is no name in it; git would match nothing with it.
    """
    text = _without_blanks(line)
    keeps = text.startswith("!")
    text = text[1:] if keeps else text
    folders = text.endswith("/")
    text = text.removesuffix("/")
    whole = "/" in text
    text = text.removeprefix("/")
    if not text:
        raise ValueError("there is no name in it")
    return Pattern(re.compile(_expression(text)), keeps, whole, folders)


def _expression(text: str) -> str:
    """Return the regular expression of a pattern; names of two stars stand for any number of names."""
    segments: list[str | None] = []
    chunks, stars = [""], ""
    for token in (*_TOKEN.finditer(text), None):
        kind = token.lastgroup if token else "slash"
        if kind == "slash":
            many = len(stars) > 1 and chunks == ["", ""]
            segments.append(None if many else segment_expression(chunks))
            chunks, stars = [""], ""
        elif kind == "star" and token:
            chunks.append("")
            stars = token[0]
        elif token:
            chunks[-1] += _translate(token)
    if segments[-1] is not None:
        return path_expression(segments)
    while segments and segments[-1] is None:
        segments.pop()
    # At its end two stars stand for all that is below, and not for the folder itself.
    return path_expression(segments, "/(?s:.+)") if segments else "(?s:.*)"


def _without_blanks(line: str) -> str:
    """Return a pattern without the blanks at its end; one behind a backslash is part of it."""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and bare != line else bare


def _translate(token: re.Match[str]) -> str:
    """Return the regular expression of one token."""
    kind = token.lastgroup or ""
    if kind == "any":
        return "[^/]"
    if kind == "broken":
        raise ValueError("a bracket is open or a backslash ends it")
    if kind == "set":
        return _bracket(token["set"], negated=bool(token["negated"]))
    return re.escape(token["escaped"] or token["literal"])


def _bracket(members: str, *, negated: bool) -> str:
    """Return the expression of a bracket; a slash is in no bracket."""
    parts = []
    for member in _MEMBER.finditer(members):
        low, high = (part and part[-1] for part in (member["low"], member["high"]))
        if member["name"] is not None:
            if member["name"] not in _CLASSES:
                raise ValueError(f"there is no class {member[0]}")
            parts.append(_CLASSES[member["name"]])
        elif high is None:
            parts.append(re.escape(low))
        elif high < low:
            raise ValueError(f"{member[0]} runs backwards")
        else:
            parts.append(f"{re.escape(low)}-{re.escape(high)}")
    return f"(?!/)[{'^' if negated else ''}{''.join(parts)}]"
