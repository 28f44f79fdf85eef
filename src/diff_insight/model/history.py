"""Values about the people behind a range: its commits, its pull request, and who links to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from diff_insight.model.messages import Notice


class Commit(Struct, frozen=True, kw_only=True):
    """One commit. Its words are data from strangers.

    Attributes:
        id: Full commit id.
        message: Subject and body, cut at a bound.
        paths: Every path that it touches; None when the source does not know.
        parents: Ids of its parents, as far as the source knows them.
        author: Who wrote it, as they call themselves.
    """

    id: str
    message: str
    paths: frozenset[bytes] | None = None
    parents: tuple[str, ...] = ()
    author: str = ""


class CommitLines(Struct, frozen=True):
    """The lines that one commit added to a file and removed from it, without their line ends."""

    commit: str
    path: bytes
    added: frozenset[bytes]
    removed: frozenset[bytes]


class LineHistory(Struct, frozen=True):
    """What each commit did to some files, the newest commit first, and what of it could not be had."""

    lines: tuple[CommitLines, ...] = ()
    notices: tuple[Notice, ...] = ()


class History(Struct, frozen=True, kw_only=True):
    """The commits of a range, the newest first.

    Attributes:
        commits: Those with one parent or none.
        merges: Those with several, as far as the source tells them.
        read: Whether the source knows commits at all; a bare diff does not.
        notices: What was not read.
        base_tags: Tags of the commit that the range starts from.
        head_tags: Tags of its head.
    """

    commits: tuple[Commit, ...] = ()
    merges: tuple[Commit, ...] = ()
    read: bool = False
    notices: tuple[Notice, ...] = ()
    base_tags: tuple[str, ...] = ()
    head_tags: tuple[str, ...] = ()


class PullRequestText(Struct, frozen=True, kw_only=True):
    """What the author of a pull request says about it. Data from strangers."""

    title: str
    body: str = ""
    labels: tuple[str, ...] = ()


class Mentions(Struct, frozen=True, kw_only=True):
    """What the head holds, and the files of it that name something searched for.

    Attributes:
        tree: Paths of all files at the head.
        lines: Path -> the lines of a file that hold one of the words.
        read: Gives the content of such a file; None when it is too large.
        searched: Whether the source could search at all.
        notices: What was not searched.
    """

    tree: frozenset[bytes] = frozenset()
    lines: Mapping[bytes, Sequence[bytes]] = field(default_factory=dict)
    read: Callable[[bytes], bytes | None] = lambda _: None
    searched: bool = False
    notices: tuple[Notice, ...] = ()
