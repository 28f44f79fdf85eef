"""Asks git what attributes say of files: generated or vendored for GitHub's linguist, or not to be diffed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from diff_insight.git.command import Git

_ATTRIBUTES = {b"linguist-generated": "generated", b"linguist-vendored": "vendored"}


def generated_by_attribute(git: Git, paths: Sequence[bytes]) -> dict[bytes, str]:
    """Return `generated` or `vendored` for the paths that `.gitattributes` marks so."""
    return {
        path: _ATTRIBUTES[name]
        for path, name, value in _attributes(git, _ATTRIBUTES, paths)
        if value in (b"set", b"true")
    }


def undiffed(git: Git, paths: Sequence[bytes]) -> frozenset[bytes]:
    """Return the paths that attributes keep from being compared as text (`-diff`, `binary`)."""
    found = _attributes(git, (b"diff",), paths)
    return frozenset(path for path, _, value in found if value == b"unset")


def _attributes(
    git: Git, names: Iterable[bytes], paths: Sequence[bytes]
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield path, attribute and value."""
    # git takes names from where it runs, and that may be a folder of the work tree.
    up = (git.text("rev-parse", "--show-cdup") or "").encode()
    done = git.run(
        "check-attr", "-z", "--stdin", *(name.decode() for name in names),
        stdin=b"".join(up + path + b"\0" for path in paths),
    )  # fmt: skip
    if done.returncode != 0:  # a bare repository without attributes
        return
    fields = done.stdout.split(b"\0")
    for path, name, value in zip(fields[0::3], fields[1::3], fields[2::3], strict=False):
        yield path.removeprefix(up), name, value
