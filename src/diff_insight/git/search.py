"""Finds the files of a commit that hold one of some words, with `git grep`."""

from __future__ import annotations

import os
import re
import select
import subprocess
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from typing import IO, cast

from diff_insight.git.command import PIPE, Git
from diff_insight.git.objects import BlobReader
from diff_insight.model.history import Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.source_tree import SourceTree

#: Words that are searched for, files that are read, and bytes of one of them.
MOST_WORDS = 400
MOST_FILES = 400
LARGEST_FILE = 1_000_000
#: Bytes of a listing of files; a few hundred thousand of them.
LARGEST_TREE = 60_000_000
#: Bytes of git's answer that are read.
MOST_BYTES = 20_000_000
#: Bytes of a listing that are read at once.
_CHUNK = 1 << 16
#: Seconds after which git is ended.
PATIENCE = 20.0
_SPECIAL = re.compile(rb"[\\\[\](){}.*+?^$|]")
GREP = ("grep", "-z", "-I", "--full-name", "--no-color", "--no-textconv",
         "--no-recurse-submodules")  # fmt: skip
#: What reads the expression: PCRE, the faster one, which not every git has and which refuses very
#: long ones; then the C library.
ENGINES = ("-P", "-E")
_TREE = ("ls-tree", "-r", "-z", "--full-tree")


def find_mentions(
    git: Git, blobs: BlobReader, head: str, words: Sequence[bytes], suffixes: Sequence[str]
) -> Mentions:
    """Return every path of a commit, and the lines that hold one of the words.

    Args:
        git: The repository.
        blobs: Reads the files.
        head: The commit.
        words: Fixed strings without line ends.
        suffixes: Ends of the names of files that are searched.
    """
    searched = [word for word in words if word and b"\n" not in word and b"\0" not in word]
    kept = searched[:MOST_WORDS]
    with git.start([*_TREE, head], stdout=PIPE) as listing:
        # Both read the same trees, side by side, as far as a pipe holds what one of them says.
        try:
            mentions = _grep(git, head, kept, suffixes) if kept else ({}, True)
            ids = _tree(listing)
        finally:
            listing.kill()
    if mentions is None or not ids:
        return Mentions(notices=(Notice("references-unsearched"),))
    lines = dict(list(mentions[0].items())[:MOST_FILES])
    whole = len(kept) == len(words) and len(lines) == len(mentions[0]) and mentions[1]
    return Mentions(
        tree=frozenset(ids),
        lines=lines,
        read=lambda path: blobs.read(ids[path], limit=LARGEST_FILE) if path in ids else None,
        searched=True,
        notices=() if whole else (Notice("references-cut"),),
    )


def source_tree(git: Git, blobs: BlobReader, commit: str) -> SourceTree | None:
    """Return the files of a commit; None when git cannot list them."""
    ids = list_tree(git, commit)
    if not ids:
        return None
    return SourceTree(
        paths=frozenset(ids),
        ids=ids,
        content=lambda path: blobs.read(ids[path], limit=LARGEST_FILE) if path in ids else None,
    )


def list_tree(git: Git, commit: str) -> dict[str, str]:
    """Return the blob id of every path of a commit that is valid UTF-8; nothing when git cannot."""
    with git.start([*_TREE, commit], stdout=PIPE) as listing:
        try:
            return {path.decode(): blob for path, blob in _tree(listing).items() if _is_utf8(path)}
        finally:
            listing.kill()


def _is_utf8(path: bytes) -> bool:
    return path.decode("utf-8", "ignore").encode() == path


def _tree(listing: subprocess.Popen[bytes]) -> dict[bytes, str]:
    """Return the blob id of every path that git lists; nothing where they are without end."""
    stream, text = cast("IO[bytes]", listing.stdout), bytearray()
    # Asked for all at once, Python would take the memory of the limit for the smallest listing.
    while piece := stream.read(_CHUNK):
        text += piece
        if len(text) > LARGEST_TREE:
            return {}
    entries = (entry.partition(b"\t") for entry in bytes(text).split(b"\0") if entry)
    return {path: mode.split(b" ")[-1].decode() for mode, _, path in entries}


def _grep(
    git: Git, head: str, words: Sequence[bytes], suffixes: Sequence[str]
) -> tuple[dict[bytes, list[bytes]], bool] | None:
    """Return lines that hold a word by file, and whether these are all; None when git fails."""
    wanted = [f":(top,glob,icase)**/*{suffix}" for suffix in suffixes]
    with tempfile.NamedTemporaryFile(prefix="diff-insight-") as patterns:
        # One expression of all words: git would look for each pattern of a list by itself.
        patterns.write(any_of(sorted(set(words))) + b"\n")
        patterns.flush()
        answers = (
            answer_of(git, [*GREP, engine, "-f", patterns.name, head, "--", *wanted])
            for engine in ENGINES
        )
        try:
            output = next(answer for answer in answers if answer is not None)
        except (StopIteration, TimeoutError):
            return None
    # A name ends with a NUL byte, the line behind it with a line feed.
    fields = output.split(b"\0")
    names = [fields[0], *(field.partition(b"\n")[2] for field in fields[1:-1])]
    lines: dict[bytes, list[bytes]] = {}
    for name, field in zip(names, fields[1:], strict=False):
        lines.setdefault(name[len(head) + 1 :], []).append(field.partition(b"\n")[0])
    return lines, len(output) <= MOST_BYTES


def any_of(words: Sequence[bytes]) -> bytes:
    """Return a regular expression that finds one of some words, each common beginning said once.

    Args:
        words: Sorted, each of them once, none of them empty.
    """
    parts = []
    for _, group in groupby(words, key=lambda word: word[:1]):
        members = list(group)
        shared = _common(members[0], members[-1])
        rest = [word[len(shared) :] for word in members]
        parts.append(_SPECIAL.sub(rb"\\\g<0>", shared) + (b"" if b"" in rest else any_of(rest)))
    return parts[0] if len(parts) == 1 else b"(" + b"|".join(parts) + b")"


def _common(first: bytes, last: bytes) -> bytes:
    """Return how two words begin alike; of sorted words, the first and the last tell for all."""
    pairs = enumerate(zip(first, last, strict=False))
    return first[: next((at for at, (character, other) in pairs if character != other), len(first))]


def answer_of(git: Git, command: Sequence[str]) -> bytes | None:
    """Return what git answers, up to a little more than is read; None when it fails.

    Raises:
        TimeoutError: It takes too long.
    """
    with git.start(command, stdout=PIPE) as process:
        try:
            output = _read(cast("IO[bytes]", process.stdout))
        except TimeoutError:
            process.kill()
            raise
        if len(output) > MOST_BYTES:
            process.kill()
            return output
    return output if process.returncode in (0, 1) else None  # 1: nothing was found


def _read(stream: IO[bytes]) -> bytes:
    """Return what git says, up to a little more than is read."""
    output = bytearray()
    end = time.monotonic() + PATIENCE
    while len(output) <= MOST_BYTES:
        if not select.select([stream], [], [], max(0.0, end - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(stream.fileno(), 1 << 16)
        if not piece:
            break
        output += piece
    return bytes(output)
