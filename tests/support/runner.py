"""What GitHub's runner does with a step's output and files, after actions/runner's own parsers.

`ActionCommand.cs` finds commands in the lines of both streams, `FileCommandManager.cs` reads the
files. The runner's string searches follow the culture: with ICU they pass over characters without
width, with an invariant culture they do not; a line counts as a command if either finds one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field

from hypothesis import strategies as st

#: Every command that the runner has registered.
NAMES = (
    "set-env", "set-output", "save-state", "add-mask", "add-path", "add-matcher", "remove-matcher",
    "warning", "error", "notice", "debug", "group", "endgroup", "echo", "stop-commands",
    "internal-set-repo-path",
)  # fmt: skip
_WITHOUT_WIDTH = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
#: `char.IsWhiteSpace` of .NET, which `TrimStart` takes away.
_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


@dataclass(frozen=True)
class Command:
    """A command that the runner carries out."""

    name: str
    data: str
    properties: dict[str, str] = field(default_factory=dict)


def commands_in(output: str) -> list[Command]:
    """Return the commands in what a step has printed, in order."""
    lines = re.split("\r\n|\r|\n", output)
    return [found for line in lines if (found := _command(line)) is not None]


def _command(line: str) -> Command | None:
    bare = _WITHOUT_WIDTH.sub("", line)
    return _current(line) or _legacy(line) or _current(bare) or _legacy(bare)


def _current(line: str) -> Command | None:
    text = line.lstrip(_SPACE)
    if not text.startswith("::") or (end := text.find("::", 2)) < 0:
        return None
    name, _, properties = text[2:end].partition(" ")
    if name.lower() not in NAMES:
        return None
    pairs = [pair.split("=", 1) for pair in properties.strip(_SPACE).split(",")]
    return Command(
        name.lower(),
        _unescaped(text[end + 2 :], "%0D\r", "%0A\n", "%25%"),
        {
            pair[0]: _unescaped(pair[1], "%0D\r", "%0A\n", "%3A:", "%2C,", "%25%")
            for pair in pairs
            if len(pair) == 2 and all(pair)
        },
    )


def _legacy(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name = line[start + 3 : end].partition(" ")[0].lower()
    return Command(name, line[end + 1 :]) if name in NAMES else None


def _unescaped(text: str, *codes: str) -> str:
    for code in codes:
        text = text.replace(code[:3], code[3:])
    return text


def values_in(text: str) -> dict[str, str]:
    """Return what an output file sets; a file that the runner refuses is an error."""
    lines = text.split("\n")
    assert lines.pop() == "", "the last line has no end"
    found: dict[str, str] = {}
    rest = iter(lines)
    for line in rest:
        if not line:
            continue
        name, mark, delimiter = line.partition("<<")
        assert name, line
        assert mark, line
        assert delimiter, line
        assert "=" not in name, line
        value = []
        for inner in rest:
            if inner == delimiter:
                break
            value.append(inner)
        else:
            raise AssertionError(f"no end of {name}")
        found[name] = "\n".join(value)
    return found


def printed(speak: Callable[[], object]) -> str:
    """Return what a call prints, on either stream."""
    stream = io.StringIO()
    with redirect_stdout(stream), redirect_stderr(stream):
        speak()
    return stream.getvalue()


_PIECES = (
    "::", ":", "##[", "##", "#", "[", "]", " ", "  ", "\n", "\r", "\r\n", "\t", "\v", "\f", "\x85",
    "\xa0", "\u2028", "\u3000", "\0", "\x1b[31m", "\x9b1m", "\xad", "\u200b", "\u200d", "\u2060",
    "\ufeff", "\ufe0f", "\U000e0001", "\ud800", "\udcff", "%0A", "%0D", "%25", "%3A", ",", "=", "]x",
    "::add-mask::", "##[add-mask]", "::stop-commands::x", "##[set-output name=a;]b", "::endgroup::",
    "EOF", "ghadelimiter_", "<<", "\\", "é", "中", "👍🏽", "e\u0301",
)  # fmt: skip
#: Texts that try to be commands, in every way there is.
HOSTILE = st.lists(
    st.sampled_from(_PIECES) | st.sampled_from(NAMES) | st.text(max_size=4), max_size=14
).map("".join)
