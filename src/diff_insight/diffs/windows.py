"""Gives a stored diff in pieces that hold whole lines, however long the lines are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from diff_insight.diffs.store import FilePatchStore

#: Bytes of a line that are kept whatever happens: no line with a meaning is longer.
LONGEST = 1 << 16


class Window(Struct, frozen=True):
    r"""Whole lines of a diff.

    Attributes:
        text: A line feed, then the lines, each with its end: so `\n+` finds every line with a plus.
        offset: Where the first line starts in the diff.
        length: Bytes that the lines have in the diff; a very long last line is shortened in `text`.
    """

    text: bytes
    offset: int
    length: int

    def at(self, position: int) -> int:
        """Return the offset in the diff of the line that starts at a position of the text."""
        return self.offset + (self.length if position == len(self.text) else position - 1)


def line_windows(store: FilePatchStore) -> Iterator[Window]:
    """Yield a diff in windows of about a chunk's size.

    A very long line is shortened and ends its window; a missing last line end is added.
    A window does not end with a `--- ` line: whether a file begins there, the next line says.
    """
    offset = lost = 0
    rest = b""
    for piece in store.chunks(0, store.size()):
        if b"\n" not in piece and len(rest) >= LONGEST:
            lost += len(piece)
            continue
        if lost:
            end = piece.index(b"\n") + 1
            yield Window(b"\n" + rest + b"\n", offset, len(rest) + lost + end)
            offset += len(rest) + lost + end
            lost, rest, piece = 0, b"", piece[end:]  # noqa: PLW2901 - the long line is done
        text = rest + piece
        cut = _last_line_end(text)
        if cut:
            yield Window(b"\n" + text[:cut], offset, cut)
        offset += cut
        rest = text[cut:]
    if rest:
        ended = b"" if rest.endswith(b"\n") else b"\n"
        yield Window(b"\n" + rest + ended, offset, len(rest) + lost)


def _last_line_end(text: bytes) -> int:
    """Return where the last whole line ends that may end a window."""
    end = text.rfind(b"\n") + 1
    last = text.rfind(b"\n", 0, max(0, end - 1)) + 1
    held_back = text.startswith(b"--- ", last) and end - last <= LONGEST // 2
    return last if held_back else end
