"""Reads the names in the header lines of a diff: quotes, prefixes, time stamps, `/dev/null`.

How git writes them: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_Names = tuple[bytes | None, bytes | None]
_ESCAPES = {
    "a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92,
}  # fmt: skip
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
#: What GNU diff -N writes for a file that is not there: the epoch in any time zone.
_EPOCH = re.compile(rb"\t(?:1970-01-01|1969-12-31) \d\d:\d\d:\d\d(?:\.0+)? [+-]\d{4}$")
#: What svn diff writes for a side that is not there.
_NONEXISTENT = re.compile(rb"\t\((?:nonexistent|revision 0)\)$")
#: What stands there in other languages: in brackets, and no number of a revision.
_NO_REVISION = re.compile(rb"\t\([^()\d\n]{1,60}\)\r?$")
#: A stamp whose tab became a space on its way, as in a mail.
_SPACED = re.compile(rb" (?=\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: [+-]\d{4})?\r?$)")
_NOTHING = b"/dev/null"
#: Old and new prefix as git writes them: by default, with diff.mnemonicPrefix, and for -R.
_FORWARD = {b"ab", b"iw", b"ci", b"cw", b"ow", b"12"}
_PREFIXES = _FORWARD | {pair[::-1] for pair in _FORWARD}


def names(first: bytes, values: Mapping[bytes, bytes]) -> _Names:
    """Return both names of a section from its most reliable lines; None where there is no file.

    Args:
        first: The section's first line.
        values: What follows each known beginning of a header line.
    """
    for verb in (b"rename", b"copy"):
        moved = [values.get(verb + end, b"") for end in (b" from ", b" to ")]
        if all(moved):
            return unquote(moved[0]), unquote(moved[1])
    in_header = split_git_header(first)
    if b"--- " in values and b"+++ " in values:
        sides = _sides(values[b"--- "], values[b"+++ "])
    elif in_header is not None and in_header[0][2:] == in_header[1][2:]:
        sides = in_header
    else:
        sides = _binary_sides(values.get(b"Binary files ", b"")) or in_header or (None, None)
    old, new = _without_prefixes(sides, in_header or sides)
    return (
        None if b"new file mode " in values else old,
        None if b"deleted file mode " in values else new,
    )


def unquote(name: bytes) -> bytes:
    """Undo git's C-style quoting of a name; an unquoted name comes back as it is."""
    if not _QUOTED.fullmatch(name):
        return name

    def character(match: re.Match[bytes]) -> bytes:
        code = match[1].decode("latin-1")
        return bytes([int(code, 8) & 0xFF if len(code) == 3 else _ESCAPES.get(code, ord(code))])

    return _ESCAPED.sub(character, name[1:-1])


def split_git_header(line: bytes) -> tuple[bytes, bytes] | None:
    """Split `diff --git a/X b/Y` into both names with their prefixes.

    The line alone is ambiguous when a name has spaces; it is read so that both names are equal,
    because git names a rename in lines of its own.
    """
    if not line.startswith(b"diff --git "):
        return None
    rest = line.removeprefix(b"diff --git ").rstrip(b"\r")
    if quoted := _QUOTED.match(rest):
        return unquote(quoted[0]), unquote(rest[quoted.end() + 1 :])
    middle = len(rest) // 2
    old, space, new = rest[:middle], rest[middle : middle + 1], rest[middle + 1 :]
    if space == b" " and old[2:] == new[2:]:
        return old, new
    for separator in (b' "', b" b/", b" "):
        old, mark, new = rest.partition(separator)
        if mark:
            return old, unquote(separator[1:] + new)
    return None


def _sides(old: bytes, new: bytes) -> _Names:
    """Return the names of the `---` and `+++` lines."""
    (old_name, old_epoch), (new_name, new_epoch) = _split_stamp(old), _split_stamp(new)
    old_epoch = old_epoch or (_NO_REVISION.search(old) is not None and not new_epoch)
    if old_epoch != new_epoch:  # with both, the files are only very old
        return None if old_epoch else old_name, None if new_epoch else new_name
    return old_name, new_name


def _split_stamp(value: bytes) -> tuple[bytes | None, bool]:
    """Return the name in front of a stamp, and whether the stamp says that there is no file."""
    value = value if b"\t" in value else _SPACED.sub(b"\t", value)
    quoted = _QUOTED.match(value)
    name = unquote(quoted[0]) if quoted else value.partition(b"\t")[0]
    stamp = value[quoted.end() :] if quoted else value[len(name) :]
    absent = _EPOCH.match(stamp) is not None or _NONEXISTENT.match(stamp) is not None
    return None if name == _NOTHING else name, absent


def _binary_sides(line: bytes) -> _Names | None:
    """Return the names in `Binary files X and Y differ`; equal ones when it can be read so."""
    middle = line.removesuffix(b" differ").split(b" and ")
    splits = [
        (b" and ".join(middle[:cut]), b" and ".join(middle[cut:])) for cut in range(1, len(middle))
    ]
    splits.sort(key=lambda split: unquote(split[0])[2:] != unquote(split[1])[2:])
    return _sides(*splits[0]) if splits else None


def _without_prefixes(sides: _Names, like: _Names) -> _Names:
    """Take `a/` and `b/` away when the names of `like` have them on both sides."""
    pair = b"".join(
        default if name is None else name[:1] if name[1:2] == b"/" else b"-"
        for name, default in zip(like, (b"a", b"b"), strict=True)
    )
    if pair not in _PREFIXES:
        return sides
    old, new = sides
    return None if old is None else old[2:], None if new is None else new[2:]
