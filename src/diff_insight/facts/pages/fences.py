"""Finds fenced code in a run of Markdown lines, also where the run begins or ends within code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

#: What stands between fences and is text: callouts by their own name, those of MyST, mdBook and Obsidian.
_CALLOUT = re.compile(
    r"(?:note|tip|hint|info|smart|important|warn|warning|caution|danger|attention|seealso|admonish|online|offline|summary"
    r"|ad-[a-z]{2,12}|\{(?:note|tip|hint|important|warning|caution|danger|attention|seealso|admonition)\})"
)
#: A name with an attribute behind it, whose value may hold code of its own.
_TITLED = re.compile(r"[\w-]{1,30} ++[\w-]{1,30}=[\"']")
#: What opens code in reStructuredText, on the first line of it.
_DIRECTIVES = (".. code::", ".. code-block::", ".. sourcecode::")


def is_fence(line: str) -> bool:
    """Tell whether a line opens or closes code, or would where a fence may stand."""
    return line.lstrip(" \t>").startswith(("```", "~~~"))


def is_directive(line: str) -> bool:
    """Tell whether a line of reStructuredText opens the code below it."""
    return line.lstrip().startswith(_DIRECTIVES)


class Fence(NamedTuple):
    """Fenced code: first and last line, fence lines included, and its language."""

    start: int
    end: int
    language: str


class Fences:
    """Pairs the fences of a run of lines.

    Args:
        start: Number of the run's first line.
        text: The run.
        partial: Whether the run is a piece of a page, which may begin within code.

    Attributes:
        open: The marks of the fence that is open, or an empty string.
        unseen_end: Last line of code whose beginning is out of sight; 0 when there is none.
    """

    def __init__(self, start: int, text: str, *, partial: bool) -> None:
        self.open = ""
        self.unseen_end = 0
        self._start = start
        self._text = text
        self._partial = partial
        self._language = ""
        self._since = start
        self._found: list[Fence] = []
        self._callouts: list[str] = []

    def take(self, number: int, marks: str, info: str) -> None:
        """Take a line that may open or close code: its marks, and what stands behind them."""
        info = info.strip()
        if not self.open:
            if self._is_of_callout(marks, info):
                self._found.append(Fence(number, number, ""))  # what stands within is text
            elif "`" not in info or marks[0] != "`" or _is_titled(info):
                self._open(number, marks, info)
                if self._partial and not self._found and not info and self._ends_code(number):
                    self._since = self._start
                    self._close(number)
                    self.unseen_end = number
        elif not info:
            if marks.startswith(self.open):
                self._found.append(Fence(self._since, number, self._language))
                self.open = ""
        elif self._partial and not self._found and not self._language:
            # The first fence closed code whose beginning is out of sight; this one opens.
            self._since, last = self._start, self._since
            self._close(last)
            self.unseen_end = last
            self._open(number, marks, info)

    def _is_of_callout(self, marks: str, info: str) -> bool:
        """Tell whether a fence opens or closes a callout, and keep which ones are open."""
        if info:
            opens = _CALLOUT.fullmatch(_language(info)) is not None and "```" not in info
            self._callouts += [marks] if opens else []
            return opens
        closes = bool(self._callouts) and marks.startswith(self._callouts[-1])
        self._callouts = self._callouts[:-1] if closes else self._callouts
        return closes

    def finish(self) -> list[Fence]:
        """Return the code of the run; what is still open reaches to its end."""
        if self.open:
            self._close(self._start + self._text.removesuffix("\n").count("\n"))
        return self._found

    def _open(self, number: int, marks: str, info: str) -> None:
        self.open, self._since = marks, number
        self._language = _language(info) if info else ""

    def _close(self, number: int) -> None:
        self._found.append(Fence(self._since, number, self._language))
        self.open = ""

    def _ends_code(self, number: int) -> bool:
        """Tell by the lines around a bare fence whether it looks like the end of code."""
        lines = self._text.removesuffix("\n").split("\n")
        position = number - self._start
        before = lines[position - 1] if position else "code"
        after = lines[position + 1] if position + 1 < len(lines) else ""
        return bool(before.strip()) and not after.strip()


def _is_titled(info: str) -> bool:
    return _TITLED.match(info) is not None and "```" not in info


@lru_cache(maxsize=256)
def _language(info: str) -> str:
    return info.split(maxsplit=1)[0].lower()
