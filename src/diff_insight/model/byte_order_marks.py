"""What encoding the first bytes of a text name."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def marked_encoding(content: bytes) -> str:
    """Return the encoding that a byte order mark gives, but for UTF-8; empty without one."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")
