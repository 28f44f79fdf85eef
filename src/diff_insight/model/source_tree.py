"""All files of one side of the range, changed or not: their paths, and the content of those that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from diff_insight.model.byte_order_marks import marked_encoding


class SourceTree(Struct, frozen=True, kw_only=True):
    """The files of one commit.

    Attributes:
        paths: Every path that is valid UTF-8, relative to the top of the repository.
        content: Gives the bytes of a file; None when it cannot be had or is too large.
        ids: What git calls the content of each path; nothing where that is not known.
    """

    paths: frozenset[str]
    content: Callable[[str], bytes | None]
    ids: Mapping[str, str] = field(default_factory=dict)
    _texts: dict[str, str | None] = field(default_factory=dict)

    def text(self, path: str) -> str | None:
        """Return a file as text, read once; None when it is not there or cannot be had."""
        if path not in self.paths:
            return None
        if path not in self._texts:
            content = self.content(path)
            encoding = marked_encoding(content or b"") or "utf-8"
            text = None if content is None else content.decode(encoding, "replace")
            self._texts[path] = None if text is None else text.removeprefix("\ufeff")
        return self._texts[path]
