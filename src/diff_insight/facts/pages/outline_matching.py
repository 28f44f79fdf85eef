"""Matches sections that went with sections that came: the same text, or headings that are alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from diff_insight.facts.file_view import FileView
from diff_insight.facts.identity.same_content import as_read
from diff_insight.facts.pages.page_outline import Heading
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Headings at least this alike (difflib ratio), at the same level and place, were renamed.
_RENAMED = 0.6


#: Headings of one level that a removed one is compared with.
_MOST_CANDIDATES = 50


#: Sections with at least this share of lines in common are one; lines of a section that are looked
#: at, and characters from which a line tells something.
_SAME_TEXT = 0.6


_LONGEST_SECTION = 300


_SHORTEST_LINE = 12


#: Characters that a common end of two headings has at least.
_SHORTEST_PART = 4


#: A section by its heading, and the lines of its own text.
_Text = tuple[Heading, frozenset[str]]


#: Comparisons of headings in one file.
_MOST_COMPARED = 5000


class SectionOutline(Struct, frozen=True):
    """The headings of one side.

    Attributes:
        headings: Those with words.
        changed: Headings on changed lines.
        kept: Lines of all other headings; where only hunks are known, those before hunks too.
        counts: How often each text occurs.
        starts: Lines of all headings.
        last: The last line; 0 where only hunks are known.
    """

    headings: list[Heading]
    changed: list[Heading]
    kept: list[int]
    counts: Counter[str]
    starts: list[int]
    last: int

    def end(self, heading: Heading) -> int:
        """Return the last line of a section's own text; only its heading's where that is unknown."""
        at = bisect_right(self.starts, heading.line)
        following = self.starts[at] if at < len(self.starts) else self.last + 1
        return max(heading.line, following - 1) if self.last else heading.line

    def rank(self, heading: Heading) -> int:
        """Return behind how many unchanged headings a heading stands."""
        return bisect_left(self.kept, heading.line)


def unchanged_text(view: FileView, base: SectionOutline, head: SectionOutline) -> Iterator[Fact]:
    """Take out headings whose text is on both sides: moved, at another level, or as they were."""
    pairs = _same_text(base, head)
    take_out(pairs, base.changed, head.changed)
    furthest = 0
    for old, new in pairs:
        evidence = (base_line(old.line), head_line(new.line))
        in_order = new.line > furthest and base.rank(old) == head.rank(new)
        furthest = max(furthest, new.line)
        if old.level != new.level:
            params: dict[str, Value] = {"heading": old.text, "old": old.level, "new": new.level}
            yield Fact("outline.section-level", params, evidence)
        elif not in_order:
            yield Fact("outline.section-moved", {"heading": old.text}, evidence)
        else:
            # Only its markup changed, which the family for text tells.
            view.claimed.difference_update((Side.BASE, line) for line in old.lines)
            view.claimed.difference_update((Side.HEAD, line) for line in new.lines)


def _same_text(base: SectionOutline, head: SectionOutline) -> list[tuple[Heading, Heading]]:
    """Pair headings of one text: those in one place, and those whose text occurs only once."""
    by_place: dict[tuple[str, int], deque[Heading]] = defaultdict(deque)
    alone: dict[str, Heading] = {}
    for heading in head.changed:
        by_place[as_read(heading.text), head.rank(heading)].append(heading)
        if head.counts[heading.text] == 1:
            alone[as_read(heading.text)] = heading
    pairs = []
    for old in base.changed:
        same = by_place.get((as_read(old.text), base.rank(old)))
        once = base.counts[old.text] == 1
        new = same.popleft() if same else alone.get(as_read(old.text)) if once else None
        if new is not None:
            pairs.append((old, new))
    return pairs


def renames_by_id(base: SectionOutline, head: SectionOutline) -> Iterator[Fact]:
    """Take out sections that keep the address that their source gives them: renamed, or translated."""
    here = {name: heading for heading in head.changed for name in heading.ids}
    pairs = [
        (old, new) for old in base.changed
        if (new := next((here[name] for name in old.ids if name in here), None)) is not None
    ]  # fmt: skip
    if len({new.line for _, new in pairs}) < len(pairs):
        return  # an address that stands twice names neither
    take_out(pairs, base.changed, head.changed)
    for old, new in pairs:
        params: dict[str, Value] = {"old": old.text, "new": new.text}
        yield Fact("outline.section-renamed", params, (base_line(old.line), head_line(new.line)))


def renames_by_text(view: FileView, base: SectionOutline, head: SectionOutline) -> Iterator[Fact]:
    """Take out sections whose own text stands under another heading now: renamed, at any level."""
    if not (base.last and head.last and base.changed and head.changed):
        return
    texts = [
        _distinct(
            [(heading, _own_text(view, side, outline, heading)) for heading in outline.changed]
        )
        for side, outline in ((Side.BASE, base), (Side.HEAD, head))
    ]
    if len(texts[0]) * len(texts[1]) > _MOST_COMPARED:
        return
    pairs: list[tuple[Heading, Heading]] = []
    left = texts[1]
    for old, before in texts[0]:
        scored = [(_share(before, after), index) for index, (_, after) in enumerate(left)]
        score, index = max(scored, default=(0.0, 0))
        if score >= _SAME_TEXT:
            pairs.append((old, left.pop(index)[0]))
    pairs += _with_common_part(base.changed, head.changed, pairs)
    take_out(pairs, base.changed, head.changed)
    for old, new in pairs:
        params = {"old": old.text, "new": new.text}
        yield Fact("outline.section-renamed", params, (base_line(old.line), head_line(new.line)))


def _own_text(
    view: FileView, side: Side, outline: SectionOutline, heading: Heading
) -> frozenset[str]:
    """Return the lines below a heading, up to the next one, that hold something."""
    version = view.version(side)
    last = min(outline.end(heading), heading.line + _LONGEST_SECTION)
    lines = (version.line(number) or "" for number in range(heading.lines[-1] + 1, last + 1))
    return frozenset(line.strip() for line in lines if len(line.strip()) >= _SHORTEST_LINE)


def _distinct(texts: list[_Text]) -> list[_Text]:
    """Leave out lines that several sections have, which tell none from another."""
    counts = Counter(line for _, lines in texts for line in lines)
    return [
        (heading, frozenset(line for line in lines if counts[line] == 1))
        for heading, lines in texts
    ]


def _share(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of lines that two sections have in common."""
    return len(first & second) / max(len(first), len(second)) if first and second else 0.0


def _with_common_part(
    removed: list[Heading], added: list[Heading], known: list[tuple[Heading, Heading]]
) -> list[tuple[Heading, Heading]]:
    """Pair headings one of which ends with the other, as whole words, where only one does."""
    taken = {id(heading) for pair in known for heading in pair}
    pairs = []
    left = [heading for heading in added if id(heading) not in taken]
    for old in removed:
        if id(old) in taken or len(left) > _MOST_CANDIDATES:
            continue
        alike = [new for new in left if _ends_with(old.text, new.text)]
        if len(alike) == 1:
            pairs.append((old, alike[0]))
            left.remove(alike[0])
    return pairs


def _ends_with(first: str, second: str) -> bool:
    """Tell whether the longer of two headings ends with the other one as whole words."""
    short, long = sorted((first.casefold(), second.casefold()), key=len)
    rest = long[: len(long) - len(short)]
    ends = long.endswith(short) and len(short) >= _SHORTEST_PART
    return ends and bool(rest) and not (rest[-1].isalnum() or rest[-1] == "_")


def alike_headings(removed: list[Heading], added: list[Heading]) -> Iterator[Fact]:
    """Take out pairs that are alike enough to be one renamed section."""
    by_level: dict[int, list[Heading]] = defaultdict(list)
    for heading in added:
        by_level[heading.level].append(heading)
    alone = len(removed) == len(added) == 1
    pairs: list[tuple[Heading, Heading]] = []
    likeness = _Likeness()
    left = _MOST_COMPARED
    for old in removed:
        candidates = by_level[old.level][: min(_MOST_CANDIDATES, left)]
        left -= len(candidates)
        scored = [(likeness.between(old.text, heading.text), heading) for heading in candidates]
        score, new = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if new is not None and (score >= _RENAMED or (alone and abs(old.line - new.line) <= 3)):
            by_level[old.level].remove(new)
            pairs.append((old, new))
    take_out(pairs, removed, added)
    for old, new in pairs:
        params = {"old": old.text, "new": new.text}
        yield Fact("outline.section-renamed", params, (base_line(old.line), head_line(new.line)))


def take_out(
    pairs: list[tuple[Heading, Heading]], removed: list[Heading], added: list[Heading]
) -> None:
    """Take the headings of pairs out of both lists."""
    gone, come = {old.line for old, _ in pairs}, {new.line for _, new in pairs}
    removed[:] = [heading for heading in removed if heading.line not in gone]
    added[:] = [heading for heading in added if heading.line not in come]


class _Likeness:
    """Tells how alike texts are, and prepares a text that is compared with several only once."""

    def __init__(self) -> None:
        self._matchers: dict[str, SequenceMatcher[str]] = {}

    def between(self, old: str, new: str) -> float:
        """Return difflib's ratio; 0 where it is certain to be too small."""
        old, new = old.lower(), new.lower()
        # No more than the shorter text can be common to both.
        if 2 * min(len(old), len(new)) < _RENAMED * (len(old) + len(new)):
            return 0.0
        if new not in self._matchers:
            self._matchers[new] = SequenceMatcher(None, "", new, autojunk=False)
        matcher = self._matchers[new]
        matcher.set_seq1(old)
        return matcher.ratio() if matcher.quick_ratio() >= _RENAMED else 0.0
