"""Leads the links of a page's texts to the lines of its own patches, and these lines to their host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from diff_insight.file_types import is_markdown
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.ranges import CommitRange
from diff_insight.render.page.diff import NEW, OLD, CitedTargets, HunkSpan, hunk_spans

#: A link of Markdown to lines of a file, as `wording.places` writes it.
_LINES = re.compile(r"\]\((https?://[^\s()<>]+)#L(\d+)(?:-L?\d+)?\)")
_TARGET = re.compile(r"(https?://[^#]+)#L(\d+)(?:-L?\d+)?")


class PageLinks:
    """Knows which lines of the shown patches are cited, and where each file's patch is.

    Args:
        insight: The document.
        locale: Whose texts.
        pages: Address of the page that shows the patch of a file; empty for this one.
    """

    def __init__(self, insight: Insight, locale: str, pages: Mapping[int, str]) -> None:
        self._files = insight.files
        self._pages = pages
        self._sides = dict(_addresses(insight))
        self._spans: dict[int, list[HunkSpan]] = {}
        self._cited: dict[int, dict[tuple[str, int], str]] = {}
        for text in _texts(insight, locale):
            for page, line in _LINES.findall(text):
                self._cite(page, int(line))

    def _cite(self, page: str, line: int) -> None:
        known = self._sides.get(page)
        if known is not None and known[0] in self._pages:
            index, side = known
            self._cited.setdefault(index, {}).setdefault((side, line), f"{page}#L{line}")

    def targets(self, index: int, label: Callable[[int], str]) -> CitedTargets:
        """Return the cited lines that a patch shows: where each is on the host, and that link's label."""
        return {
            (side, line): (href, label(line))
            for (side, line), href in self._cited.get(index, {}).items()
            if self._shows(index, side, line)
        }

    def resolve(self, href: str) -> str:
        """Return where a link of a text leads: to a line of a patch if it is shown, else as it was."""
        match = _TARGET.fullmatch(href)
        index, side = self._sides.get(match[1], (-1, "")) if match else (-1, "")
        if match is None or index not in self._pages:
            return href
        entry, line = self._files[index], int(match[2])
        if not self._shows(index, side, line):
            return href
        return f"{self._pages[index]}#{entry.anchor}-{side}{line}"

    def _shows(self, index: int, side: str, line: int) -> bool:
        read = self._files[index].patch
        if index not in self._spans:
            self._spans[index] = hunk_spans(read()) if read else []
        at = 0 if side == OLD else 2
        return any(span[at] <= line < span[at] + span[at + 1] for span in self._spans[index])


def _addresses(insight: Insight) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield the address of each version of each file, with its index and side."""
    for index, entry in enumerate(insight.files):
        for side in (OLD, NEW):
            if address := file_address(insight.range, entry, side):
                yield address, (index, side)


def file_address(commits: CommitRange, entry: FileEntry, side: str) -> str:
    """Return the web address of one version of a file, as texts cite it; empty where none is known."""
    change = entry.analysis.change
    rendered = is_markdown(change.path)
    if side == NEW:
        return commits.web.file(commits.head, change.path_bytes, rendered=rendered)
    path = change.previous_path_bytes or change.path_bytes
    return commits.web.file(commits.start or commits.base, path, rendered=rendered)


def _texts(insight: Insight, locale: str) -> Iterator[str]:
    """Yield every text of a page that may hold links."""
    highlights = insight.highlights[locale]
    yield from (
        *highlights.to_do,
        *highlights.new_features,
        *highlights.breaking_changes,
        *highlights.other_updates,
    )
    yield insight.insights[locale]
    for entry in insight.files:
        yield entry.explanation[locale]
