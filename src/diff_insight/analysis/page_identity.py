"""Asks of every page that is not where it was whether the head still serves its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.diffs.hunks import BrokenPatchError
from diff_insight.facts.extract import LARGEST_PATCH, read_hunks
from diff_insight.facts.identity.hugo_pages import HugoSite
from diff_insight.facts.identity.page_address import Address, read_address
from diff_insight.facts.identity.redirect_rules import (
    SETTINGS,
    aliases,
    front_keys,
    is_page_text,
    read_rules,
)
from diff_insight.facts.identity.served_pages import (
    RedirectRules,
    Site,
    Standing,
    as_it_stands,
    takes_address_away,
    words_to_find,
)
from diff_insight.facts.identity.word_index import WordIndex
from diff_insight.model.changes import ChangeSet, FileChange, Side, Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.history import Mentions
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource

Categories = Mapping[str, Sequence[FileAnalysis]]
#: Settings of sites that are read whole, and pages beside one that is gone.
_MOST_SETTINGS, _MOST_BESIDE = 40, 60
#: Text of a page's beginning that is read for its front matter.
_FRONT = 20_000


class Identity(Struct, frozen=True, kw_only=True):
    """The files with what became of their pages.

    Attributes:
        categories: The files, as they were given.
        served: Old paths of pages whose address the head still serves.
        notices: What was not searched.
    """

    categories: Categories
    served: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()


def with_page_identity(
    categories: Categories, changes: ChangeSet, commits: CommitRange, source: DiffSource
) -> Identity:
    """Return the files, with pages gone only as far as nothing serves their address any more.

    Args:
        categories: The analysed files by category.
        changes: The whole range.
        commits: Its two commits.
        source: Searches the head.
    """
    gone = {
        old: _addresses(file.change, old, fact, source)
        for files in categories.values()
        for file in files
        for fact, old in _departures(file)
    }
    if not gone:
        return Identity(categories=categories)
    search = _Search(gone, changes, commits, source)
    standings = {old: search.standing(old) for old in gone}
    resolved = {
        name: [_with_standing(file, standings, search) for file in files]
        for name, files in categories.items()
    }
    served = frozenset(old for old, standing in standings.items() if standing.how)
    return Identity(categories=resolved, served=served, notices=search.notices)


def _departures(file: FileAnalysis) -> Iterator[tuple[Fact, str]]:
    """Yield the facts of pages that are not where they were, with the old path or address."""
    for fact in file.facts:
        if takes_address_away(fact):
            yield fact, _old_place(file, fact)


def _old_place(file: FileAnalysis, fact: Fact) -> str:
    """Return the path or address that a fact of a file takes away."""
    return str(fact.params.get("old", file.change.path))


def _addresses(
    change: FileChange, old: str, fact: Fact, source: DiffSource
) -> tuple[tuple[str, ...], str]:
    """Return the addresses that a page gave itself before, and its old path."""
    path = change.previous_path or change.path
    if fact.params.get("address"):
        return (old,), path
    content = source.read(Side.BASE, path.encode()) or b""
    text = content[:_FRONT].decode("utf-8", "replace")
    named = [word for key, word in aliases(front_keys(text)) if "/" in word or key == "slug"]
    return tuple(named) if text.startswith(("---", "+++")) else (), path


class _Search:
    """What the range and the head say of some pages; the head is searched only when asked.

    Args:
        gone: Old path or address -> addresses that the page gave itself, and its old path.
        changes: The whole range.
        commits: Its two commits.
        source: Searches the head.
    """

    def __init__(
        self,
        gone: Mapping[str, tuple[tuple[str, ...], str]],
        changes: ChangeSet,
        commits: CommitRange,
        source: DiffSource,
    ) -> None:
        self._gone = gone
        words = words_to_find(
            [old for old, (named, path) in gone.items() if old == path],
            [name_of_old for named, _ in gone.values() for name_of_old in named],
        )
        self._words = WordIndex(word.lower() for word in words)
        before = source.tree(commits, Side.BASE)
        self._before = HugoSite(before) if before is not None else None
        self._range = RedirectRules(list(self._of_range(changes)))
        self._left = [old for old in gone if not self._range.leading_from(self._addresses_of(old))]
        self._mentions = Mentions()
        if self._left:
            self._mentions = source.mentions(commits, [word.encode() for word in words], ("",))
        self._site = Site(path.decode("utf-8", "replace") for path in self._mentions.tree)
        self._head = RedirectRules(list(self._of_head()))
        self.notices = self._mentions.notices

    @property
    def proves(self) -> bool:
        """Tell whether all files of the head that may hold redirects were read."""
        return self._mentions.searched and not self._mentions.notices

    def standing(self, old: str) -> Standing:
        """Return why an address is not gone."""
        asked = self._addresses_of(old)
        if by := self._range.leading_from(asked):
            return Standing("redirect", by)
        path = self._gone[old][1]
        if self._before is not None and (by := self._before.makes_no_page(path)):
            return Standing("unbuilt", by)
        if old == path and (by := self._site.page_at(old)):
            return Standing("page", by)
        if by := self._head.leading_from(asked):
            return Standing("redirect", by)
        if old == path and (by := self._site.original_of(old)):
            return Standing("translation", by)
        return Standing()

    def _addresses_of(self, old: str) -> list[Address]:
        named, path = self._gone[old]
        folder = path.rpartition("/")[0]
        within = [address if "/" in address else f"{folder}/{address}" for address in named]
        return [read_address(address) for address in (*([old] if old == path else []), *within)]

    def _of_range(self, changes: ChangeSet) -> Iterator[tuple[Address, str]]:
        """Yield the rules in lines that the range adds."""
        for change in changes.files:
            patch = change.patch
            if change.status is Status.REMOVED or patch is None or patch.size > LARGEST_PATCH:
                continue
            try:
                hunks = read_hunks(change, changes.patches)
            except BrokenPatchError:
                continue  # the file's own entry says that its patch is broken
            lines = [line for hunk in hunks for block in hunk.blocks for line in block.new_lines]
            text = "\n".join(lines)
            if self._words.is_in(text.lower()):
                yield from ((rule, change.path) for rule in read_rules(change.path, text))

    def _of_head(self) -> Iterator[tuple[Address, str]]:
        """Yield the rules in files of the head that name one of the pages, and in settings."""
        old = {path for _, path in self._gone.values()}
        mentions = self._mentions
        named = [name for name in mentions.lines if name.decode("utf-8", "replace") not in old]
        settings = [
            name for name in mentions.tree if SETTINGS.search(name.decode("utf-8", "replace"))
        ]
        settings.sort(key=lambda name: (name.count(b"/"), name))
        beside = self._beside() if mentions.searched else ()
        for name in dict.fromkeys((*named, *settings[:_MOST_SETTINGS], *beside)):
            path = name.decode("utf-8", "replace")
            content = mentions.read(name)
            if content is None:
                content = b"\n".join(mentions.lines.get(name, ()))
            text = (content[:_FRONT] if is_page_text(path) else content).decode("utf-8", "replace")
            yield from ((rule, path) for rule in read_rules(path, text))

    def _beside(self) -> Iterable[bytes]:
        """Return pages beside those that are gone: an old name may stand in them without folders."""
        folders = {path.rpartition("/")[0].encode() for _, path in self._gone.values()}
        neighbours = [
            name
            for name in self._mentions.tree
            if name.rpartition(b"/")[0] in folders and is_page_text(name.decode("utf-8", "replace"))
        ]
        return sorted(neighbours)[:_MOST_BESIDE]


def _with_standing(
    file: FileAnalysis, standings: Mapping[str, Standing], search: _Search
) -> FileAnalysis:
    if not any(map(takes_address_away, file.facts)):
        return file
    facts = [
        as_it_stands(fact, standings[_old_place(file, fact)], proved=search.proves)
        if takes_address_away(fact)
        else fact
        for fact in file.facts
    ]
    return file.with_facts(facts, decide_type(file.change, facts))
