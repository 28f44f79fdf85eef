"""Asks git what attributes say of files: generated or vendored for GitHub's linguist, or not to be diffed.

Whoever proposes a change writes the work tree, so marks that fold a file come from a commit that is
trusted. `check-attr --source` needs git 2.40; an index that holds nothing but the attribute files of
that commit says the same with every git.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from diff_insight.git.command import Git
from diff_insight.git.committed import REGULAR

_ATTRIBUTES = {b"linguist-generated": "generated", b"linguist-vendored": "vendored"}
_FILE = ".gitattributes"
#: Attribute files, and bytes of one of them, that are read; no repository has as many by hand.
_MOST_FILES = 2000
_LARGEST = 1_000_000
#: Bytes of paths that a command is given.
_MOST_PATHS = 100_000


def generated_paths(git: Git, commit: str, paths: Sequence[bytes]) -> dict[bytes, str]:
    """Return `generated` or `vendored` for the paths that the attributes of a commit mark so.

    Args:
        git: The repository.
        commit: The trusted commit or tree, normally the base of the range.
        paths: From the top of the repository.
    """
    files = _attribute_files(git, commit, paths)
    if not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
        alone = git.with_index(Path(folder) / "index")
        listed = b"".join(b"100644 %s\t%s\0" % entry for entry in files)
        made = alone.run("update-index", "-z", "--index-info", stdin=listed)
        if made.returncode != 0:
            return {}
        marks = list(_attributes(alone, _ATTRIBUTES, paths, "--cached"))
    return {path: _ATTRIBUTES[name] for path, name, value in marks if value in (b"set", b"true")}


def undiffed_paths(git: Git, paths: Sequence[bytes]) -> frozenset[bytes]:
    """Return the paths that attributes keep from being compared as text (`-diff`, `binary`)."""
    marks = _attributes(git, (b"diff",), paths)
    return frozenset(path for path, _, value in marks if value == b"unset")


def _attribute_files(git: Git, commit: str, paths: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """Return blob and path of the attribute files that a commit has beside or above some paths."""
    folders: dict[str, None] = {}
    for path in paths:
        for folder in PurePosixPath(path.decode("utf-8", "surrogateescape")).parents:
            if str(folder) in folders:
                break
            folders[str(folder)] = None
    places = [_FILE if name == "." else f"{name}/{_FILE}" for name in folders]
    kept: list[tuple[bytes, bytes]] = []
    for some in _batches(places[:_MOST_FILES]):
        listed = git.run("ls-tree", "-z", "-l", "--full-tree", commit, "--", *some)
        for line in listed.stdout.split(b"\0") if listed.returncode == 0 else ():
            entry, _, name = line.partition(b"\t")
            mode, _, blob, size = entry.split() if entry.count(b" ") >= 3 else (b"",) * 4
            if mode in REGULAR and size.isdigit() and int(size) <= _LARGEST:
                kept.append((blob, name))
    return kept


def _batches(places: Sequence[str]) -> Iterator[list[str]]:
    """Yield paths in groups that fit into the arguments of one command."""
    some: list[str] = []
    length = 0
    for attribute in places:
        if some and length + len(attribute) > _MOST_PATHS:
            yield some
            some, length = [], 0
        some.append(attribute)
        length += len(attribute) + 1
    if some:
        yield some


def _attributes(
    git: Git, names: Iterable[bytes], paths: Sequence[bytes], *options: str
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield path, attribute and value."""
    # git takes names from where it runs, and that may be a folder of the work tree.
    up = (git.text("rev-parse", "--show-cdup") or "").encode()
    done = git.run(
        "check-attr", *options, "-z", "--stdin", *(name.decode() for name in names),
        stdin=b"".join(up + path + b"\0" for path in paths),
    )  # fmt: skip
    if done.returncode != 0:  # a bare repository without attributes
        return
    fields = done.stdout.split(b"\0")
    for path, name, value in zip(fields[0::3], fields[1::3], fields[2::3], strict=False):
        yield path.removeprefix(up), name, value
