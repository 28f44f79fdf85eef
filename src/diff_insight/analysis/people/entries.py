"""Reads changelogs and release notes entry by entry, with the version and the kind that each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.changelog_entry import ChangelogEntry
from diff_insight.analysis.people.cues import (
    Words,
    is_consequence,
    only_adds,
    only_takes_verb,
    read_words,
    takes_from_users,
)
from diff_insight.analysis.people.headings import (
    EntryHeading,
    HeadingReader,
    is_marked_heading,
    label_heading,
    names_sort,
)
from diff_insight.analysis.people.labels import only_labels
from diff_insight.analysis.people.lines import FENCE, ITEM, first_sentence
from diff_insight.analysis.people.link_items import is_link_alone
from diff_insight.analysis.people.plain_marks import plain_marks
from diff_insight.analysis.people.references import commit_in, number_in, without_references
from diff_insight.model.threads import ThreadKind

#: Characters of a file that are read.
LARGEST = 3_000_000
_ADVICE = re.compile(
    r"(?i)\W*(?:what should i do|how (?:do i|to) (?:upgrade|migrate|fix)|action required|required action|changes? that (?:may|might|will|can) (?:require|need|affect|break)|migration(?: guide| path| steps)?|before|after|example)\b"
)
_ELEMENT_LINE = re.compile(r"\s*(?:<[^<>]{0,400}>\s*){1,5}$")
#: How deep an item of a list stands that is the heading of others; its indentation comes on top.
_FIRST_ITEM = 50
#: Words of a heading that says something by itself.
_LEAST_TELLING = 4
#: Characters of a script without spaces that name something and say nothing, and how deep a heading of it stands.
_FEW_WIDE, _LEAST_DEPTH = 8, 2
#: One or two words that begin with a capital.
_NAME = re.compile(r"[A-Z][\w.+-]{0,30}(?: [A-Z][\w.+-]{0,30})?")
#: What stands where nothing is to be told.
_EMPTY = re.compile(
    r"(?i)\W*(?:none|nothing|no (?:significant |notable |user[- ]facing )?changes?|tbd|n/?a)(?: yet| here| so far)?\W*"
)
#: What stands in any list of changes, and says nothing of this one.
_COMMONPLACE = re.compile(
    r"(?i)(?:(?:lots of|a few|various|minor|several|other|many|some|numerous|general|small|further|more|misc(?:ellaneous)?|internal) ){0,3}"
    r"(?:bug[- ]?fix(?:es)?|fixes|improvements?|enhancements?|tweaks|clean-?ups?|changes)"
    r"(?:(?:,? and|,| &) (?:(?:other|minor|various|small|general|performance|stability) ){0,2}"
    r"(?:bug[- ]?fix(?:es)?|fixes|improvements?|enhancements?|tweaks|clean-?ups?|changes|updates|optimi[sz]ations?)){0,3}\W*"
    r"|update[sd]? (?:the )?change ?log\W*"
)
#: What makes a short heading an entry: a name of code, a version, a verb of a language without blanks.
_TELLING = re.compile(r"[`_/@]|\w\.\w|\w\(|[a-z][A-Z]|\d|[^\x00-\x7f]")
#: Headings over the names of people.
_PEOPLE = re.compile(
    r"(?i)^\W*(?:(?:new |first[- ]time |our )?contributors?\b|thanks\b|thank you\b|credits\b|acknowledge?ments?\b|贡献者|貢獻者|謝辞|致谢)"
)
#: A person who is thanked, and nothing else.
_THANKED = re.compile(
    r"\s*(?:[-*+]|\d+[.)])\s+(?:(?:(?:[Mm]any |[Ss]pecial )?[Tt]hanks|[Tt]hank you|[Kk]udos)\b[^@\n]{0,40}@[^\n]*"
    r"|(?:\[?@[\w-]{1,40}\]?(?:\([^()\s]{1,200}\))?[\s,]*){1,20})"
)
_IGNORED = re.compile(r"\s*(?:<!--|\.\. |\[[^\[\]]{1,200}\]:\s|[|>]|:?-{3,}|---)")


def read_entries(
    text: str, *, headings: bool, added: frozenset[int] | None = None
) -> list[ChangelogEntry]:
    """Return the entries of a changelog or a page of release notes, in order.

    Args:
        text: The file.
        headings: Whether headings that name no kind and no version are entries, as on pages.
        added: Numbers of the lines whose entries are asked for; None for all of the file. Entries
            of older versions whose heading stood there before are left out: somebody corrects history.
    """
    reader = _Reader(text[:LARGEST].split("\n"), headings=headings, added=added)
    entries = list(reader.entries())
    # A paragraph above a list introduces it.
    return [
        entry
        for entry in entries
        if (entry.item or entry.heading or entry.section not in reader.with_items)
        and not (reader.has_versions and entry.start in reader.apart)
        and not (entry.start in reader.steps and not reader.has_versions)
    ]


class _Reader:
    """Walks the lines of a file once."""

    def __init__(
        self, lines: Sequence[str], *, headings: bool, added: frozenset[int] | None
    ) -> None:
        self.with_items: set[int] = set()
        self.has_versions = False
        #: Lines of entries below a heading that names no version and no kind: how releases are numbered.
        self.apart: set[int] = set()
        #: Lines of items that have numbers: without a version above them, how something is done.
        self.steps: set[int] = set()
        self._added = added
        self._first = ""
        self._lines = lines
        self._headings = headings
        self._path: list[EntryHeading] = []
        self._heading_reader = HeadingReader(lines)

    def entries(self) -> Iterator[ChangelogEntry]:
        number, fenced = 0, False
        while number < len(self._lines):
            line = self._lines[number]
            if FENCE.match(line):
                fenced = not fenced
                number += 1
                continue
            if fenced or not line.strip():
                number += 1
                continue
            heading, taken = self._heading_reader.at(number)
            if heading is not None:
                number += taken
                if self._headings and self._only_sorts(heading, number):
                    heading = replace(heading, label=True)
                self._enter(heading)
                if self._headings and not heading.label and not heading.version:
                    yield from self._of_heading(heading, number)
                continue
            if self._opens_list(number) or self._is_name_of_list(number):
                number += 1
                continue
            end = self._end(number)
            yield from self._entry(number, end)
            number = end

    def _only_sorts(self, heading: EntryHeading, below: int) -> bool:
        """Tell whether a heading only names what the list below it is about, such as “性能”.

        Args:
            heading: A heading of a page.
            below: The line behind it.
        """
        wide = not heading.text.isascii()
        if (
            heading.version
            or heading.level < _LEAST_DEPTH
            or (
                len(heading.text) > _FEW_WIDE
                if wide
                else len(heading.text.split()) >= _LEAST_TELLING
            )
        ):
            return False
        first = next((line for line in self._lines[below : below + 12] if line.strip()), "")
        return ITEM.match(first) is not None or is_marked_heading(first)

    def _enter(self, heading: EntryHeading) -> None:
        self._path = [above for above in self._path if above.level < heading.level]
        self._path.append(heading)
        self._first = self._first or heading.version
        self.has_versions = self.has_versions or bool(heading.version)

    def _is_name_of_list(self, number: int) -> bool:
        """Tell whether an item only names the part of a product that the items within it are about."""
        item = ITEM.match(self._lines[number])
        below = next((line for line in self._lines[number + 1 : number + 4] if line.strip()), "")
        inner = ITEM.match(below)
        if item is None or inner is None or len(inner[1]) <= len(item[1]):
            return False
        name = self._lines[number][item.end() :].strip(" :*`")
        return _NAME.fullmatch(name) is not None

    def _opens_list(self, number: int) -> bool:
        """Take an item that only names the kind of the items below it as their heading."""
        item = ITEM.match(self._lines[number])
        indent = len(item[1]) if item else 0
        self._path = [above for above in self._path if above.level < _FIRST_ITEM + indent]
        below = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        nested = ITEM.match(below)
        if item is None or nested is None or len(nested[1]) <= indent:
            return False
        text = self._lines[number][item.end() :].strip()
        heading = label_heading(text, _FIRST_ITEM + indent, number)
        bare = text.endswith((":", "**")) or only_labels(text) or names_sort(text)
        if heading is None or not bare:
            return False
        self._enter(heading)
        return True

    def _end(self, number: int) -> int:
        """Return the line behind an entry: an item with what is indented below it, or a paragraph."""
        item = ITEM.match(self._lines[number])
        indent = len(item[1]) if item else 0
        at = number + 1
        fenced = False
        while at < len(self._lines):
            line = self._lines[at]
            fenced = fenced ^ bool(FENCE.match(line))
            blank = not line.strip()
            if not fenced and not blank and not FENCE.match(line):
                inner = len(line) - len(line.lstrip())
                nested = ITEM.match(line)
                if nested and len(nested[1]) <= indent:
                    break
                above_blank = not self._lines[at - 1].strip()
                if above_blank and (not item or inner <= indent):
                    break
                if self._heading_reader.at(at)[0] is not None and inner <= indent:
                    break
            at += 1
        while at > number + 1 and not self._lines[at - 1].strip():
            at -= 1
        return at

    def _entry(self, number: int, end: int) -> Iterator[ChangelogEntry]:
        first = self._lines[number]
        item = ITEM.match(first)
        if any(_PEOPLE.search(above.text) for above in self._path):
            return
        if (
            _IGNORED.match(first)
            or _THANKED.fullmatch(first)
            or not (item or any(above.kind and above.label for above in self._path))
        ):
            return
        if self._headings and (item is None or not (self._path and self._path[-1].label)):
            return  # text of a page, which belongs to its heading
        if is_link_alone(first[item.end() :] if item else first, telling=item is not None):
            return
        if item and item[0].strip()[0].isdigit():
            self.steps.add(number + 1)
        lines = [first[item.end() :] if item else first, *self._lines[number + 1 : end]]
        text, detail = first_sentence(lines)
        yield from self._build(text, detail, number + 1, end, item=item is not None)

    def _of_heading(self, heading: EntryHeading, below: int) -> Iterator[ChangelogEntry]:
        """Yield the entry that a heading is, with the first paragraph below it."""
        if heading.level == 1 and len(self._path) == 1:
            return  # the title of the page
        if _ADVICE.match(heading.text):
            return  # what to do about the entry above, not one itself
        above = [entry.label or bool(entry.version) for entry in self._path[:-1] if entry.level > 1]
        if (self._kind() is None and not self._version()) or not all(above):
            return  # below a heading that is an entry itself
        lines = list(self._paragraph(below))
        text = heading.text
        if len(text.split()) < _LEAST_TELLING:
            sentence, rest = first_sentence(lines) if lines else ("", "")
            if is_consequence(sentence):
                # The sentence says what a heading such as “Vite 8” only names.
                text, lines = sentence or text, [rest]
            elif not _TELLING.search(text):
                return  # the name of a part, below which its changes stand
        yield from self._build(text, " ".join(" ".join(lines).split()), heading.line, heading.line)

    def _paragraph(self, below: int) -> Iterator[str]:
        """Yield the lines of the first paragraph below a heading."""
        begun = False
        for line in self._lines[below : below + 12]:
            if (
                (begun and not line.strip())
                or is_marked_heading(line)
                or FENCE.match(line)
                or ITEM.match(line)
            ):
                return
            if line.strip() and not _IGNORED.match(line) and not _ELEMENT_LINE.match(line):
                begun = True
                yield line

    def _build(
        self, text: str, detail: str, start: int, end: int, *, item: bool | None = None
    ) -> Iterator[ChangelogEntry]:
        if item:
            self.with_items.add(self._section())
        if not self._is_wanted(start):
            return
        if self._stands_apart():
            self.apart.add(start)
        words = read_words(text)
        if not (words.number and words.commit):
            number, commit = number_in(detail), commit_in(detail)
            words = replace(words, number=words.number or number, commit=words.commit or commit)
        if not any(character.isalpha() for character in words.text) or _EMPTY.fullmatch(text):
            return
        if _COMMONPLACE.fullmatch(words.text):
            return
        above = self._kind()
        kind = _kind_of(words, above)
        nearest = next((entry for entry in reversed(self._path) if entry.kind), None)
        done = kind is ThreadKind.FEATURE and words.kind is not ThreadKind.FEATURE
        plain = (nearest is not None and nearest.plain) or takes_from_users(words.text)
        yield ChangelogEntry(
            new=not (done and plain),
            words=words, kind=kind, detail=without_references(plain_marks(detail)), version=self._version(),
            start=start, end=end, heading=item is None, declared=words.labelled or above is not None,
            item=bool(item), section=self._section(),
        )  # fmt: skip

    def _is_wanted(self, start: int) -> bool:
        """Tell whether the entry at a line is asked for: it is new, of a version that is being written."""
        if self._added is None:
            return True
        heading = next((above for above in reversed(self._path) if above.version), None)
        current = heading is None or heading.version == self._first or heading.line in self._added
        return start in self._added and current

    def _stands_apart(self) -> bool:
        """Tell whether no heading above says what was released; the title of a page says nothing on that."""
        below_title = [above for above in self._path if above.level > 1]
        return bool(below_title) and not any(
            above.version or above.label or above.kind not in (None, ThreadKind.FEATURE)
            for above in self._path
        )

    def _section(self) -> int:
        return self._path[-1].line if self._path else 0

    def _version(self) -> str:
        return next((above.version for above in reversed(self._path) if above.version), "")

    def _kind(self) -> ThreadKind | None:
        return next((above.kind for above in reversed(self._path) if above.kind), None)


def _kind_of(words: Words, above: ThreadKind | None) -> ThreadKind | None:
    """Return the kind of an entry: what its words say, or the heading above it, whichever weighs more."""
    if above is ThreadKind.DEPRECATED and only_adds(words):
        above = None  # “Added support for …”, which people put where its forerunner went
    if above is ThreadKind.BREAKING and words.kind is ThreadKind.DEPRECATED:
        return words.kind  # it is still there, whatever the heading says of others
    kind = words.kind if words.labelled else above or words.kind
    if words.kind is None or kind is None or (above is ThreadKind.FIX and only_takes_verb(words)):
        return kind
    order = tuple(ThreadKind)
    return min(kind, words.kind, key=order.index)  # “is deprecated” under Changed
