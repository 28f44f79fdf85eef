r"""Cuts the text of any unified diff into file sections and counts their lines, in constant memory.

Inside a hunk every line starts with a space, `+`, `-` or `\`, and the hunk's header says how many
there are; so text in a hunk is never taken for a header, whatever it looks like. Between hunks
only lines that mean something are looked at. Mail headers, commit messages and signatures around
the sections are skipped; what would be lost without a word is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto

from msgspec import Struct

from diff_insight.diffs.store import FilePatchStore
from diff_insight.diffs.windows import Window, line_windows

_HUNK = re.compile(rb"@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")
#: A line that cannot be in a hunk; context may have lost its space when its line is empty.
_FOREIGN = re.compile(rb"\n(?![ +\-\\\n]|\r\n)")
#: Lines that mean something outside a hunk; `_Scanner` has a method for each name.
_MEANING = re.compile(
    rb"\n(?:(?P<git>diff --git )|(?P<hunk>@@ -)|(?P<names>--- [^\n]*\n\+\+\+ )"
    rb"|(?P<message>From [0-9a-f]{40,64} )|(?P<commit>commit [0-9a-f]{40,64}\b)"
    rb"|(?P<mail_end>---\r?\n)|(?P<signature>-- ?\r?\n)"
    rb"|(?P<colour>\x1b\[[0-9;]{0,20}m(?:diff |@@ |--- |\+\+\+ |commit |index ))"
    rb"|(?P<hunk_line>[-+ ])|(?P<marker>\\)|(?P<binary>Binary files [^\n]* and [^\n]* differ\r?\n)"
    rb"|(?P<loss>diff --(?:cc|combined) |Only in [^\n]*: |Submodule [^\n]* [0-9a-f]{7,64}\.\."
    rb"|Binary file [^\n]+ has changed\r?\n|=== renamed [^\n]*'\r?\n"
    rb"|(?:\.\.\.|\[|<)[^\n]{0,60}\btruncated\b))"
)
#: What would be lost with such a line, by its first letter.
_LOSSES = {
    b"d": "a merge shown as a combined diff (git diff FIRST-PARENT MERGE shows it whole)",
    b"O": "a file named without its content (diff -N gives it)",
    b"B": "a file named without its content (hg diff --git gives it)",
    b"=": "a file named without its content",
    b".": "the diff was cut off, as it says itself,",
    b"[": "the diff was cut off, as it says itself,",
    b"<": "the diff was cut off, as it says itself,",
    b"S": "a submodule told in words (git diff --submodule=short gives its commits)",
}
_SHOWN = 40


class BrokenDiffError(ValueError):
    """The text is no unified diff that can be read to its end without loss.

    Args:
        reason: What is wrong, in words for the user.
        section: Offset of the file section it is in; -1 outside of all sections.
        offset: Offset of the line.
    """

    def __init__(self, reason: str, *, section: int, offset: int) -> None:
        super().__init__(reason)
        self.section = section
        self.offset = offset


class ScannedSection(Struct, frozen=True):
    """One file's part of a diff: where it stands, without trailing prose, and its counts."""

    offset: int
    length: int
    added: int
    removed: int


_Taker = Callable[[Window, int, int], None]


class _StreamPosition(Enum):
    """Where a line outside a hunk stands."""

    OUTSIDE = auto()
    MESSAGE = auto()  # of a mail: may hold anything
    GIT_HEADER = auto()
    PLAIN_HEADER = auto()
    BEHIND_HUNK = auto()


def scan(store: FilePatchStore) -> list[ScannedSection]:
    """Return the sections of a diff with or without git's headers, in order.

    Raises:
        BrokenDiffError: A hunk is shorter or longer than its header says or holds a foreign line,
            or something stands in the diff that no section can be made of.
    """
    scanner = _Scanner()
    for window in line_windows(store):
        scanner.take(window)
    return scanner.finish(store.size())


class _Scanner:
    """Reads windows of whole lines one after the other."""

    def __init__(self) -> None:
        self._sections: list[ScannedSection] = []
        self._place = _StreamPosition.OUTSIDE
        self._git_seen = False
        self._start = -1
        #: Where the section's last hunk ends; -1 before the first.
        self._end = -1
        self._added = self._removed = 0
        #: Old and new lines that the open hunk still has to come.
        self._left = (0, 0)
        self._takers: dict[str, _Taker] = {
            name: getattr(self, f"_{name}") for name in _MEANING.groupindex
        }

    def take(self, window: Window) -> None:
        """Read all lines of a window."""
        position = 1
        while position < len(window.text):
            read = self._in_hunk if any(self._left) else self._between
            position = read(window, position)

    def finish(self, size: int) -> list[ScannedSection]:
        """Return all sections; the diff has ended."""
        if any(self._left):
            raise BrokenDiffError("the last hunk is cut off", section=self._start, offset=size)
        self._close(size)
        return self._sections

    def _in_hunk(self, window: Window, start: int) -> int:
        """Count the lines of the open hunk from `start`; return where it or the window ends."""
        foreign = _FOREIGN.search(window.text, start - 1)
        end = foreign.start() + 1 if foreign else len(window.text)
        if not self._count(window.text, start, end):
            # The hunk has fewer lines: what is behind it begins with a mark too.
            end = self._walk(window, start)
        elif any(self._left) and end < len(window.text):
            raise self._failure("a hunk ends early", window, end)
        self._end = window.at(end)
        return end

    def _count(self, text: bytes, start: int, end: int) -> bool:
        """Count the lines up to `end` at once; False, and none counted, when they are too many."""
        # Each line is found by the line feed in front of it.
        added = text.count(b"\n+", start - 1, end)
        removed = text.count(b"\n-", start - 1, end)
        markers = text.count(b"\n\\", start - 1, end)
        context = text.count(b"\n", start, end) - added - removed - markers
        old, new = self._left
        if removed + context > old or added + context > new:
            return False
        self._left = (old - removed - context, new - added - context)
        self._added += added
        self._removed += removed
        return True

    def _walk(self, window: Window, start: int) -> int:
        """Count lines one by one up to the hunk's last; return where it ends."""
        while any(self._left):
            end = window.text.index(b"\n", start) + 1
            if not self._count(window.text, start, end):
                raise self._failure("a hunk has other lines than its header says", window, start)
            start = end
        return start

    def _between(self, window: Window, start: int) -> int:
        """Read up to the next line that means something; return where the line behind it starts."""
        meaning = _MEANING.search(window.text, start - 1)
        if meaning is None:
            return len(window.text)
        position = meaning.start() + 1
        end = window.text.index(b"\n", position) + 1
        self._takers[meaning.lastgroup or ""](window, position, end)
        return end

    def _git(self, window: Window, start: int, end: int) -> None:
        self._git_seen = True
        self._begin(window.at(start), _StreamPosition.GIT_HEADER)

    def _names(self, window: Window, start: int, end: int) -> None:
        if self._place is _StreamPosition.GIT_HEADER:
            self._place = (
                _StreamPosition.PLAIN_HEADER
            )  # git's own names; the next ones are another file's
        else:
            self._begin(window.at(start), _StreamPosition.PLAIN_HEADER)

    def _binary(self, window: Window, start: int, end: int) -> None:
        if not self._git_seen:
            self._begin(window.at(start), _StreamPosition.PLAIN_HEADER)

    def _hunk(self, window: Window, start: int, end: int) -> None:
        if self._place is _StreamPosition.MESSAGE:
            return
        if self._place is _StreamPosition.OUTSIDE:
            raise self._failure("a hunk stands where no file is named", window, start)
        header = _HUNK.match(window.text, start)
        if header is None:
            raise self._failure("the header of a hunk cannot be read", window, start)
        self._left = (int(header[1] or 1), int(header[2] or 1))
        self._place, self._end = _StreamPosition.BEHIND_HUNK, window.at(end)

    def _hunk_line(self, window: Window, start: int, end: int) -> None:
        if self._place is _StreamPosition.BEHIND_HUNK:
            raise self._failure("a hunk goes on after its end", window, start)

    def _marker(self, window: Window, start: int, end: int) -> None:
        if self._place is _StreamPosition.BEHIND_HUNK:
            self._end = window.at(end)

    def _message(self, window: Window, start: int, end: int) -> None:
        self._close(window.at(start))
        self._place = _StreamPosition.MESSAGE

    def _commit(self, window: Window, start: int, end: int) -> None:
        """What git log and git show print of a commit: its message is indented."""
        self._close(window.at(start))
        self._place = _StreamPosition.OUTSIDE

    def _mail_end(self, window: Window, start: int, end: int) -> None:
        """The line of a mail behind which its message ends."""
        if self._place is _StreamPosition.MESSAGE:
            self._place = _StreamPosition.OUTSIDE

    def _colour(self, window: Window, start: int, end: int) -> None:
        if self._place is not _StreamPosition.MESSAGE:
            raise self._failure(
                "the diff has colours (git diff --color=never has none)", window, start
            )

    def _signature(self, window: Window, start: int, end: int) -> None:
        if self._place is not _StreamPosition.MESSAGE:
            self._close(window.at(start))
            self._place = _StreamPosition.OUTSIDE

    def _loss(self, window: Window, start: int, end: int) -> None:
        first = window.text[start : start + 1]
        if self._place is not _StreamPosition.MESSAGE and not (first == b"O" and self._git_seen):
            raise self._failure(_LOSSES[first], window, start)

    def _begin(self, offset: int, position: _StreamPosition) -> None:
        """Begin a section."""
        self._close(offset)
        self._start, self._place = offset, position

    def _close(self, offset: int) -> None:
        """End the open section: with its last hunk, or at `offset` when it has none."""
        if self._start >= 0:
            end = offset if self._end < 0 else self._end
            length = end - self._start
            self._sections.append(ScannedSection(self._start, length, self._added, self._removed))
        self._start = self._end = -1
        self._added = self._removed = 0

    def _failure(self, reason: str, window: Window, position: int) -> BrokenDiffError:
        line = window.text[position : position + _SHOWN].split(b"\n", 1)[0]
        shown = line.decode("utf-8", "replace")
        return BrokenDiffError(
            f"{reason} at {shown!r}", section=self._start, offset=window.at(position)
        )
