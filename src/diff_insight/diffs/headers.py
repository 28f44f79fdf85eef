"""Parses the header lines of one diff section: names, modes, renames, binary marks.

Header lines: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diff_insight.model.changes import NO_MODE

_ESCAPES = {
    "a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92,
}  # fmt: skip
_QUOTED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_INDEX = re.compile(rb"index ([0-9a-f]+)\.\.([0-9a-f]+)(?: (\d+))?")
_TIMESTAMP = re.compile(rb"\t.*$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionHeader:
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
    found = section.find(b"\n@@ -")
    return len(section) if found < 0 else found + 1


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
    old_path, new_path = _paths(lines[0], values)
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
        similarity=int(similarity) if similarity.isdigit() else None,
        binary=b"Binary files " in values or b"GIT binary patch" in values,
        body=body,
    )


_PREFIXES = (
    b"old mode ", b"new mode ", b"deleted file mode ", b"new file mode ", b"similarity index ",
    b"rename from ", b"rename to ", b"copy from ", b"copy to ", b"index ", b"--- ", b"+++ ",
    b"Binary files ", b"GIT binary patch",
)  # fmt: skip


def _mode(values: dict[bytes, bytes], own: bytes, whole: bytes, index_mode: str) -> str:
    given = values.get(own) or values.get(whole)
    other_side_only = {b"old mode ": b"new file mode ", b"new mode ": b"deleted file mode "}[own]
    if given:
        return given.decode("ascii", "replace").strip()
    return NO_MODE if other_side_only in values else index_mode or NO_MODE


def _paths(first: bytes, values: dict[bytes, bytes]) -> tuple[bytes | None, bytes | None]:
    """Return both paths from the most reliable lines that are there."""
    for source, target in ((b"rename from ", b"rename to "), (b"copy from ", b"copy to ")):
        if source in values and target in values:
            return unquote(values[source]), unquote(values[target])
    if b"--- " in values and b"+++ " in values:
        old, new = (_side_path(values[name]) for name in (b"--- ", b"+++ "))
        return old, new
    old, new = split_git_header(first)
    if b"new file mode " in values:
        old = None
    if b"deleted file mode " in values:
        new = None
    return old, new


def _side_path(value: bytes) -> bytes | None:
    name = unquote(value) if value.startswith(b'"') else _TIMESTAMP.sub(b"", value)
    return None if name == b"/dev/null" else _without_prefix(name)


def _without_prefix(name: bytes) -> bytes:
    return name[2:] if name[:2] in {b"a/", b"b/"} else name


def split_git_header(line: bytes) -> tuple[bytes | None, bytes | None]:
    """Split `diff --git a/X b/Y` where no other line names the paths, so that X equals Y."""
    rest = line.removeprefix(b"diff --git ").rstrip(b"\r")
    if rest.endswith(b'"'):
        middle = rest.rfind(b' "')
        if middle > 0:
            return _without_prefix(unquote(rest[:middle])), _without_prefix(
                unquote(rest[middle + 1 :])
            )
    middle = len(rest) // 2
    if rest[middle : middle + 1] == b" " and rest[:middle][2:] == rest[middle + 1 :][2:]:
        return _without_prefix(rest[:middle]), _without_prefix(rest[middle + 1 :])
    old, separator, new = rest.partition(b" b/")
    return (_without_prefix(old), new) if separator else (None, None)


def unquote(name: bytes) -> bytes:
    """Undo git's C-style quoting of a path; an unquoted path comes back as it is."""
    if not (name.startswith(b'"') and name.endswith(b'"') and len(name) > 1):
        return name

    def character(match: re.Match[bytes]) -> bytes:
        code = match[1].decode("latin-1")
        return bytes([int(code, 8) & 0xFF if len(code) == 3 else _ESCAPES.get(code, ord(code))])

    return _QUOTED.sub(character, name[1:-1])
