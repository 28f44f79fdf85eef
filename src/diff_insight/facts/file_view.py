"""Both versions of a file as far as they are known: whole, or only the lines of the hunks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from msgspec import Struct, field

from diff_insight.diffs.undo import undo_hunks
from diff_insight.facts.identity.encoding import decode_text
from diff_insight.file_types import extension, is_for_tools, is_markdown
from diff_insight.model.changes import Block, FileChange, Hunk, Side, Status
from diff_insight.model.facts import Evidence

Reader = Callable[[Side], bytes | None]
#: Statuses of files that have a version before and one after.
BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED)
#: A byte order mark is no part of the first line.
_MARK = "\ufeff"
#: Extensions of text for readers whose structure is not read.
_PROSE = frozenset(("txt",))
_STRUCTURED = frozenset("rst adoc asciidoc".split())


class TextVersion:
    """Numbered lines of one version; `complete` tells whether every line is there.

    A version is kept as text and cut into lines only when a line is asked for by number: most
    questions about a whole file are answered by a search over its text.

    Args:
        texts: (first line number, text) pairs in order; line numbers are 1-based, lines end with
            a line feed, and nothing else ends a line.
        complete: Whether the texts are the whole file.
    """

    def __init__(self, texts: Iterable[tuple[int, str]], *, complete: bool) -> None:
        marked = (
            (start, text.removeprefix(_MARK) if start == 1 else text) for start, text in texts
        )
        self.texts = [(start, text) for start, text in marked if text]
        self.complete = complete

    @classmethod
    def of_runs(cls, runs: Iterable[tuple[int, tuple[str, ...]]], *, complete: bool) -> TextVersion:
        """Make a version of runs of lines without their ends."""
        texts = ((start, "\n".join(lines) + "\n") for start, lines in runs if lines)
        return cls(texts, complete=complete)

    @cached_property
    def _by_number(self) -> Mapping[int, str]:
        return dict(self.numbered_lines())

    def line(self, number: int) -> str | None:
        """Return one line, or None when it is not known."""
        return self._by_number.get(number)

    def numbered_lines(self) -> Iterator[tuple[int, str]]:
        """Yield known lines with their numbers."""
        for start, text in self.texts:
            yield from enumerate(text.removesuffix("\n").split("\n"), start)


def is_structured(path: str) -> bool:
    """Tell whether a file is a page whose headings and code can be found: Markdown, RST or AsciiDoc."""
    return is_markdown(path) or extension(path) in _STRUCTURED


class FileView(Struct, frozen=True, dict=True):
    """What the families see of one file: the change, its hunks, and both versions.

    `claimed` holds (side, line) pairs that a more specific family has already told; generic
    families leave those lines alone; `alone` those of them that say nothing of their other versions. `linked` holds the lines whose links have been told, `skipped`
    why a part of the file was not read, `encoding` what it declares if that is not UTF-8. `versions` stand in place of what would be read.
    """

    change: FileChange
    hunks: tuple[Hunk, ...]
    reader: Reader
    whole_versions: bool = True
    encoding: str = ""
    claimed: set[tuple[Side, int]] = field(default_factory=set)
    linked: set[tuple[Side, int]] = field(default_factory=set)
    alone: set[tuple[Side, int]] = field(default_factory=set)
    cache: dict[str, object] = field(default_factory=dict)
    skipped: dict[str, None] = field(default_factory=dict)
    versions: Mapping[Side, TextVersion] = field(default_factory=dict)

    @cached_property
    def known_path(self) -> str:
        """The path by which others rely on the file: a rename takes no promise back."""
        change = self.change
        renamed = change.status is Status.RENAMED
        return (change.previous_path if renamed else None) or change.path

    @cached_property
    def markdown(self) -> bool:
        """Whether the file is Markdown or MDX by its name."""
        return is_markdown(self.change.path)

    @cached_property
    def has_page_structure(self) -> bool:
        """Whether the file is such a page by its name."""
        return is_structured(self.change.path)

    @cached_property
    def prose(self) -> bool:
        """Whether the file is text for readers by its name."""
        path = self.change.path
        return self.has_page_structure or (extension(path) in _PROSE and not is_for_tools(path))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every run of changed lines, in order."""
        return tuple(block for hunk in self.hunks for block in hunk.blocks)

    @cached_property
    def base(self) -> TextVersion:
        """The version before the change."""
        return self._version(Side.BASE)

    @cached_property
    def head(self) -> TextVersion:
        """The version after the change."""
        return self._version(Side.HEAD)

    def version(self, side: Side) -> TextVersion:
        """Return one of both versions."""
        return self.base if side is Side.BASE else self.head

    def known_lines(self, side: Side) -> TextVersion:
        """Return the lines that the hunks show, without reading anything."""
        if side is Side.BASE:
            runs = ((hunk.old_start, hunk.old_lines) for hunk in self.hunks)
        else:
            runs = ((hunk.new_start, hunk.new_lines) for hunk in self.hunks)
        return TextVersion.of_runs(runs, complete=False)

    def skip(self, reason: str) -> None:
        """Remember why a part of the file is not read, by a key of `read_in_part`."""
        self.skipped[reason] = None

    def claim(self, *evidence: Evidence) -> None:
        """Take lines for the fact that they prove; generic families leave them alone from now on."""
        for lines in evidence:
            self.claimed.update((lines.side, line) for line in range(lines.start, lines.end + 1))

    def claim_all(self, *, but: AbstractSet[tuple[Side, int]] = frozenset()) -> None:
        """Take every changed line, for what is said of the change as a whole; but some."""
        for block in self.blocks:
            lines = ((side, number) for side, number, _ in block.numbered_lines())
            self.claimed.update(line for line in lines if line not in but)

    def unclaimed_blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield what no family has told of runs of changed lines; a told line leaves its neighbours.

        Whoever tells one version of a line has told the other one, but who says that something came or went.
        """
        for block in blocks:
            claimed = {line[:2] for line in block.numbered_lines()} & self.claimed
            of_both = claimed - self.alone
            for pair in block.versions() if of_both else ():
                claimed.update(pair if not of_both.isdisjoint(pair) else ())
            open_lines = [line for line in block.numbered_lines() if line[:2] not in claimed]
            if len(open_lines) == len(block.old_lines) + len(block.new_lines):
                yield block
            elif open_lines:
                yield from block.split(open_lines)

    def _version(self, side: Side) -> TextVersion:
        if side in self.versions:
            return self.versions[side]
        if self._patch_is_whole(side):
            return TextVersion(self.known_lines(side).texts, complete=True)
        absent = Status.ADDED if side is Side.BASE else Status.REMOVED
        if self.change.status is absent:
            return self.known_lines(side)  # there is nothing to read
        text = self._text(side) if self.whole_versions else None
        if text is not None:
            return TextVersion([(1, text)], complete=True)
        self.skip("hunks-only")
        return self.known_lines(side)

    def _text(self, side: Side) -> str | None:
        """Return a whole version; the one before is made of the other, for which git need not run."""
        if side is Side.HEAD:
            return self._head_text
        head = self._head_text if self.hunks and self.change.status in BOTH_SIDES else None
        before = None if head is None else undo_hunks(head, self.hunks)
        return self._read(side) if before is None else before

    @cached_property
    def _head_text(self) -> str | None:
        return self._read(Side.HEAD)

    def _read(self, side: Side) -> str | None:
        content = self.reader(side)
        return None if content is None else decode_text(content, self.encoding)

    def _patch_is_whole(self, side: Side) -> bool:
        """An added or removed file stands in its patch completely."""
        if len(self.hunks) != 1:
            return False
        other = self.hunks[0].new_lines if side is Side.BASE else self.hunks[0].old_lines
        start = self.hunks[0].old_start if side is Side.BASE else self.hunks[0].new_start
        return not other and start == 1
