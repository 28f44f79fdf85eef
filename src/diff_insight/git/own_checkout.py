"""The reader's own checkout as it lies on the disk: one search over what git tracks, and whole files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from diff_insight.git.command import Git
from diff_insight.git.repository import web_repository
from diff_insight.git.search import ENGINES, GREP, MOST_BYTES, answer_of, any_of
from diff_insight.model.uses import CodeHits
from diff_insight.model.web_links import WebRepository
from diff_insight.runtime.inside import read_inside

#: Words of one search, and lines that are kept of its answer.
MOST_WORDS = 2_000
MOST_LINES = 20_000
#: Bytes of a file that is read, and characters of a line that is kept.
_LARGEST_FILE = 1_000_000
_LONGEST_LINE = 1_000
#: Name, number and text of a line; a name with a line feed in it is none that a report could show.
_LINE = re.compile(rb"(?<![^\0\n])([^\0\n]++)\0(\d++)\0([^\n]*+)\n")


class OwnCheckout:
    """A checkout that is read and never run.

    Args:
        git: Runs git in it, or in the part of it that counts.
        is_named: Whether somebody named it.
    """

    def __init__(self, git: Git, *, is_named: bool = False) -> None:
        self._git = git
        self.is_named = is_named

    @cached_property
    def top(self) -> Path | None:
        """The folder of the whole work tree; None where git has none."""
        matches = self._git.text("rev-parse", "--show-toplevel")
        return Path(matches) if matches else None

    @property
    def web(self) -> WebRepository | None:
        """Return where it comes from by its remote `origin`; None when nothing says so."""
        origin = self._git.text("config", "--get", "remote.origin.url")
        matches = web_repository(origin) if origin else None
        return matches if matches and matches.repository else None

    def search(self, words: Sequence[bytes]) -> CodeHits:
        """Return the lines of tracked files that hold one of some fixed strings.

        What attributes call binary is not searched, nor what is ignored or lies in submodules.
        """
        known = sorted({word for word in words if word and not set(b"\n\0") & set(word)})
        if not known:
            return CodeHits()
        kept = known[:MOST_WORDS]
        with tempfile.NamedTemporaryFile(prefix="diff-insight-") as patterns:
            patterns.write(any_of(kept) + b"\n")
            patterns.flush()
            try:
                answers = (
                    answer_of(self._git, [*GREP, "-n", engine, "-f", patterns.name])
                    for engine in ENGINES
                )
                answer = next((each for each in answers if each is not None), None)
            except TimeoutError:
                answer = None
        if answer is None:
            return CodeHits(searched=False)
        lines: dict[str, list[tuple[int, str]]] = {}
        count = 0
        for match in _LINE.finditer(answer):
            path = match[1].decode("utf-8", "replace")
            if count == MOST_LINES or path.encode() != match[1]:
                continue
            count += 1
            text = match[3][:_LONGEST_LINE].decode("utf-8", "replace")
            lines.setdefault(path, []).append((int(match[2]), text))
        cut = len(kept) < len(known) or len(answer) > MOST_BYTES or count == MOST_LINES
        return CodeHits(lines={path: tuple(matches) for path, matches in lines.items()}, cut=cut)

    def read(self, path: str) -> str | None:
        """Return a file as text; None when it is not there, too large, or leads elsewhere."""
        if self.top is None:
            return None
        try:
            content = read_inside(self.top, PurePosixPath(path), limit=_LARGEST_FILE + 1)
        except OSError:
            return None
        if content is None or len(content) > _LARGEST_FILE:
            return None
        return content.decode("utf-8", "replace").removeprefix("\ufeff")
