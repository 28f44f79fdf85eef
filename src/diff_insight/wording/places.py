"""Links to the lines that back a sentence, pinned to the compared commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diff_insight.file_types import is_markdown
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import code, prose, safe_target
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, FileAnalysis
from diff_insight.model.ranges import CommitRange
from diff_insight.model.story import StoryItem
from diff_insight.wording.sentences import is_whole_file

#: Places named behind one sentence.
MOST_PLACES = 2
#: Lines of other files named behind one sentence.
MOST_ELSEWHERE = 3


class CitedLines(NamedTuple):
    """Lines that back a sentence: the name of their file where it is told, and where a link leads.

    Without a `start` there is the name alone.
    """

    name: str
    start: str = ""
    end: str = ""
    target: str = ""


class Citations(NamedTuple):
    """The places behind a sentence in any locale, and how many more there are."""

    places: Sequence[CitedLines] = ()
    more: int = 0


class Places:
    """Finds and words the places of items.

    Args:
        commits: The range, for links; without a repository there are line numbers only.
        files: All files of the category.
        names: The short distinct name of each file.
        titles: What readers call each page; empty for other files.
    """

    def __init__(
        self,
        commits: CommitRange,
        files: Sequence[FileAnalysis],
        names: Sequence[str],
        titles: Sequence[str] = (),
    ) -> None:
        self.commits = commits
        self._files = files
        self.names = names
        self._names_of_paths = {
            file.change.path: name for file, name in zip(files, names, strict=True)
        }
        self._labels = [
            prose(title) if title else code(name)
            for name, title in zip(names, titles or [""] * len(names), strict=True)
        ]

    def cite(self, item: StoryItem, speaker: Speaker, *, with_name: bool) -> str:
        """Return the links behind a sentence, or an empty string when there is no line to show."""
        return render_links(self.find(item, with_name=with_name), speaker)

    def find(self, item: StoryItem, *, with_name: bool) -> Citations:
        """Return the places behind a sentence; each locale words them."""
        if len(item.files) != 1:
            return self._in_many(item)
        if "places" in item.params:
            return self._elsewhere(item)
        index = item.files[0]
        lines = self._lines(item)
        if not lines:
            named = not with_name or kind_of(item.kind).has(Trait.NAMES_FILE) or is_whole_file(item)
            return Citations() if named else Citations([CitedLines(self._labels[index])])
        return Citations(
            [
                self._place(index, evidence, with_name=with_name and number == 0)
                for number, evidence in enumerate(lines)
            ]
        )

    def _in_many(self, item: StoryItem) -> Citations:
        """Return places of what several files share, in the first of them; its words count them."""
        first: dict[int, Evidence] = {}
        for ref in item.facts:
            lines = self._files[ref.file].facts[ref.fact].evidence
            if ref.file not in first and lines:
                first[ref.file] = next((span for span in lines if span.side is Side.HEAD), lines[0])
            if len(first) == MOST_PLACES:
                break
        return Citations([self._place(*span, with_name=True) for span in first.items()])

    def _elsewhere(self, item: StoryItem) -> Citations:
        """Return lines of other files at the head, which need not be part of the range."""
        places = item.params["places"]
        named = (
            [location for location in places if isinstance(location, Mapping)]
            if isinstance(places, tuple)
            else []
        )
        elsewhere: list[CitedLines] = []
        for location in named[:MOST_ELSEWHERE]:
            path, line = str(location.get("path")), str(location.get("line"))
            address = self._blob(self.commits.head, path.encode(), plain=is_markdown(path))
            target = safe_target(f"{address}#L{line}") if address else ""
            name = self._names_of_paths.get(path) or path.rpartition("/")[2]
            elsewhere.append(CitedLines(code(name), line, line, target))
        return Citations(elsewhere, len(named) - len(elsewhere))

    def _blob(self, commit: str, path: bytes, *, plain: bool) -> str:
        return self.commits.web.file(commit, path, rendered=plain)

    def _lines(self, item: StoryItem) -> list[Evidence]:
        """Return where an item stands: its head lines before its base lines, many as one span."""
        facts = [self._files[ref.file].facts[ref.fact] for ref in item.facts]
        if len(facts) == 1:
            evidence = list(facts[0].evidence)
            return [line for line in evidence if line.side is Side.HEAD][:1] or evidence[:1]
        evidence = [line for fact in facts for line in fact.evidence]
        at_head = [line for line in evidence if line.side is Side.HEAD]
        lines = list({(line.start, line.end): line for line in at_head or evidence}.values())
        if not lines:
            return lines
        first = lines[0]
        start, end = min(line.start for line in lines), max(line.end for line in lines)
        if (first.start, first.end) == (start, end):
            return [first]  # the others stand in it
        return lines if len(lines) <= MOST_PLACES else [Evidence(first.side, start, end)]

    def _place(self, index: int, evidence: Evidence, *, with_name: bool) -> CitedLines:
        name = self._labels[index] if with_name else ""
        target = safe_target(self.address(index, evidence))
        return CitedLines(name, str(evidence.start), str(evidence.end), target)

    def address(self, index: int, evidence: Evidence | None, side: Side = Side.HEAD) -> str:
        """Return the web address of lines of a file, or an empty string."""
        commits, change = self.commits, self._files[index].change
        side = evidence.side if evidence else side
        commit = commits.head if side is Side.HEAD else commits.start or commits.base
        old_path = change.previous_path_bytes or change.path_bytes
        path = change.path_bytes if side is Side.HEAD else old_path
        address = self._blob(commit, path, plain=is_markdown(change.path))
        if not address or evidence is None:
            return address
        return commits.web.lines(address, evidence.start, evidence.end)


def render_links(cited: Citations, speaker: Speaker) -> str:
    """Return places as links in the words of a locale."""
    text = ""
    for location in cited.places:
        link = _link(location, speaker)
        text = speaker.fill("cite.join", first=text, second=link) if text else link
    if cited.more:
        more = speaker.fill("cite.more", count=speaker.forms.number(cited.more))
        text = speaker.fill("cite.join", first=text, second=more)
    return text


def _link(location: CitedLines, speaker: Speaker) -> str:
    if not location.start:
        return location.name
    key = "line.one" if location.start == location.end else "line.many"
    label = speaker.fill(key, start=location.start, end=location.end)
    label = f"{location.name} {label}" if location.name else label
    return f"[{label}]({location.target})" if location.target else label
