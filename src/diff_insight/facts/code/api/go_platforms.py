"""On which platforms a file of Go is compiled, by its name and by the constraint at its top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from posixpath import basename

from msgspec import Struct

_SYSTEMS = ("linux darwin windows freebsd openbsd netbsd dragonfly solaris illumos aix android ios plan9 "
            "js wasip1").split()  # fmt: skip
_PROCESSORS = "amd64 386 arm arm64 ppc64 ppc64le mips mips64 mipsle mips64le riscv64 s390x loong64 wasm".split()
_UNIX = frozenset(_SYSTEMS) - {"windows", "plan9", "js", "wasip1"}
#: Tags that are set unless somebody sets others; versions of Go (`go1.21`) are set too.
_USUAL = frozenset(("gc", "cgo"))
_TOKEN = re.compile(r"[\w.]++|&&|\|\||[!()]")
_BUILD = re.compile(r"^//go:build[ \t]+([^\n]{1,2000})", re.MULTILINE)
_OLD_BUILD = re.compile(r"^//[ \t]*\+build[ \t]+([^\n]{1,2000})", re.MULTILINE)
_PACKAGE = re.compile(r"^package\b", re.MULTILINE)
_DEEPEST = 30

#: System and processor.
Platform = tuple[str, str]
PLATFORMS: tuple[Platform, ...] = (
    *((system, "wasm" if system in ("js", "wasip1") else "amd64") for system in _SYSTEMS),
    *(("linux", processor) for processor in _PROCESSORS[1:-1]),
)


class GoConstraint(Struct, frozen=True):
    """Where a file is compiled, and the words that say so; no words where it is everywhere."""

    words: str = ""
    platforms: frozenset[Platform] = frozenset(PLATFORMS)


def constraint_of(text: str, path: str) -> GoConstraint:
    """Return where a file is compiled.

    Args:
        text: The file.
        path: Where it stands: `_windows.go` and the like say a platform.
    """
    named = _by_name(path)
    words = _at_top(text)
    if not named and not words:
        return GoConstraint()
    platforms = frozenset(
        platform for platform in PLATFORMS
        if named <= _tags(platform) and (not words or _holds(words, platform))
    )  # fmt: skip
    if platforms == frozenset(PLATFORMS):
        return GoConstraint()
    return GoConstraint(" && ".join((*sorted(named), *((words,) if words else ()))), platforms)


def _by_name(path: str) -> set[str]:
    parts = basename(path).removesuffix(".go").split("_")[1:]
    if parts[-1:] and parts[-1] in _PROCESSORS:
        return {parts[-1]} | ({parts[-2]} if parts[-2:-1] and parts[-2] in _SYSTEMS else set())
    return {parts[-1]} if parts[-1:] and parts[-1] in _SYSTEMS else set()


def _at_top(text: str) -> str:
    """Return the constraint above the package clause; older ones in the form of today."""
    end = _PACKAGE.search(text)
    top = text[: end.start()] if end is not None else ""
    build = _BUILD.search(top)
    if build is not None:
        return build[1].strip()
    lines = []
    for line in _OLD_BUILD.findall(top):
        options = [" && ".join(option.split(",")) for option in line.split()]
        lines.append(" || ".join(options))
    return lines[0] if len(lines) == 1 else " && ".join(f"({line})" for line in lines)


@cache
def _tags(platform: Platform) -> frozenset[str]:
    system, _ = platform
    implied = {"android": ("linux",), "ios": ("darwin",), "illumos": ("solaris",)}.get(system, ())
    return _USUAL | {*platform, *implied} | ({"unix"} if system in _UNIX else set())


def _holds(words: str, platform: Platform) -> bool:
    tokens = _TOKEN.findall(words)
    return _any(tokens, _tags(platform), 0)[0]


def _any(tokens: Sequence[str], tags: frozenset[str], at: int, depth: int = 0) -> tuple[bool, int]:
    """Read `a || b` from a token on, and return its truth with the token behind it."""
    truth, at = _all(tokens, tags, at, depth)
    while at < len(tokens) and tokens[at] == "||":
        other, at = _all(tokens, tags, at + 1, depth)
        truth = truth or other
    return truth, at


def _all(tokens: Sequence[str], tags: frozenset[str], at: int, depth: int) -> tuple[bool, int]:
    truth, at = _not(tokens, tags, at, depth)
    while at < len(tokens) and tokens[at] == "&&":
        other, at = _not(tokens, tags, at + 1, depth)
        truth = truth and other
    return truth, at


def _not(tokens: Sequence[str], tags: frozenset[str], at: int, depth: int) -> tuple[bool, int]:
    negative = False
    while at < len(tokens) and tokens[at] == "!":
        negative, at = not negative, at + 1
    if at >= len(tokens) or depth > _DEEPEST:
        return True, len(tokens)  # what cannot be read limits nothing
    if tokens[at] == "(":
        truth, at = _any(tokens, tags, at + 1, depth + 1)
        return truth is not negative, at + 1
    truth = tokens[at] in tags or tokens[at].startswith("go1.")
    return truth is not negative, at + 1
