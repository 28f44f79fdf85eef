"""Parses the header lines of one diff section: names, modes, renames, binary marks.

Header lines: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
"""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.diffs.names import names
from diff_insight.model.changes import NO_MODE

#: Bytes of a section that are read to find its header lines.
HEADER_LIMIT = 64 * 1024
_INDEX = re.compile(rb"index ([0-9a-f]+)\.\.([0-9a-f]+)(?: (\d+))?")


class SectionHeader(Struct, frozen=True, kw_only=True):
    """What the header lines of a section say; None or empty where they say nothing.

    `old_path` and `new_path` come without `a/` and `b/`; None stands for `/dev/null`.
    `body` is the offset of the first hunk in the section, or the section's length.
    """

    old_path: bytes | None
    new_path: bytes | None
    old_mode: str = NO_MODE
    new_mode: str = NO_MODE
    old_id: str = ""
    new_id: str = ""
    renamed: bool = False
    copied: bool = False
    added: bool = False
    removed: bool = False
    similarity: int | None = None
    binary: bool = False
    body: int = 0


def hunks_start(section: bytes) -> int:
    """Return the offset of the first hunk header of a section, or its length when it has none."""
    if section.startswith(b"@@ -"):
        return 0
    position = section.find(b"\n@@ -")
    return len(section) if position < 0 else position + 1


def parse_header(section: bytes) -> SectionHeader:
    """Parse the lines of a section that stand before its first hunk.

    Args:
        section: The section, or as much of its beginning as holds the header.
    """
    body = hunks_start(section)
    lines = section[:body].split(b"\n")
    values: dict[bytes, bytes] = {}
    for line in lines[1:] if lines and lines[0].startswith(b"diff --git ") else lines:
        for prefix in _PREFIXES:
            if line.startswith(prefix):
                values.setdefault(prefix, line[len(prefix) :].rstrip(b"\r"))
                break
    old_path, new_path = names(lines[0], values)
    index = _INDEX.match(b"index " + values.get(b"index ", b""))
    mode = (index[3] or b"").decode() if index else ""
    similarity = values.get(b"similarity index ", b"").rstrip(b"%")
    return SectionHeader(
        old_path=old_path,
        new_path=new_path,
        old_mode=_mode(values, b"old mode ", b"deleted file mode ", mode),
        new_mode=_mode(values, b"new mode ", b"new file mode ", mode),
        old_id=index[1].decode() if index else "",
        new_id=index[2].decode() if index else "",
        renamed=b"rename to " in values,
        copied=b"copy to " in values,
        added=b"new file mode " in values or (old_path is None and new_path is not None),
        removed=b"deleted file mode " in values or (new_path is None and old_path is not None),
        similarity=int(similarity) if _PERCENT.fullmatch(similarity) else None,
        binary=b"Binary files " in values or b"GIT binary patch" in values,
        body=body,
    )


_PERCENT = re.compile(rb"[0-9]{1,3}")
_PREFIXES = (
    b"old mode ", b"new mode ", b"deleted file mode ", b"new file mode ", b"similarity index ",
    b"rename from ", b"rename to ", b"copy from ", b"copy to ", b"index ", b"--- ", b"+++ ",
    b"Binary files ", b"GIT binary patch",
)  # fmt: skip


def _mode(values: dict[bytes, bytes], own: bytes, whole: bytes, index_mode: str) -> str:
    mode = values.get(own) or values.get(whole)
    other_side_only = {b"old mode ": b"new file mode ", b"new mode ": b"deleted file mode "}[own]
    if mode:
        return mode.decode("ascii", "replace").strip()
    return NO_MODE if other_side_only in values else index_mode or NO_MODE
