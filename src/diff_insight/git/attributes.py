"""Asks git which files are marked generated or vendored for GitHub's linguist."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.git.command import Git

_ATTRIBUTES = {b"linguist-generated": "generated", b"linguist-vendored": "vendored"}


def generated_by_attribute(git: Git, paths: Sequence[bytes]) -> dict[bytes, str]:
    """Return `generated` or `vendored` for the paths that `.gitattributes` marks so."""
    # git takes names from where it runs, and that may be a folder of the work tree.
    up = (git.text("rev-parse", "--show-cdup") or "").encode()
    done = git.run(
        "check-attr", "-z", "--stdin", *(name.decode() for name in _ATTRIBUTES),
        stdin=b"".join(up + path + b"\0" for path in paths),
    )  # fmt: skip
    if done.returncode != 0:  # a bare repository without attributes
        return {}
    fields = done.stdout.split(b"\0")
    triples = zip(fields[0::3], fields[1::3], fields[2::3], strict=False)
    return {
        path.removeprefix(up): _ATTRIBUTES[name]
        for path, name, value in triples
        if value in (b"set", b"true")
    }
