"""Decides which patches stand on the page and which on pages beside it, so that it opens at once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from diff_insight.model.insight import FileEntry, Insight
from diff_insight.report.file_order import files_by_salience
from diff_insight.report.identity import patches_folder

#: Bytes of a page, as far as patches can be moved away, and of each page beside it.
PAGE_BYTES = 1_800_000
#: Bytes of a patch that never stands on the page.
LARGE_PATCH = 100_000
#: About what a line costs besides its text; and a file besides its texts and patch.
_LINE_BYTES = 14
_FILE_BYTES = 1_100
#: Bytes for the patches that matter most, whatever the texts take.
LEAST_ROOM = 300_000
#: Every file of a report with no more stands open; else as many as follow.
ALL_OPEN = 60
MOST_OPEN = 40


class PatchPlaces(Struct, frozen=True, kw_only=True):
    """Where the patches of a document are shown.

    Attributes:
        pages: Address of the page that shows a file's patch, empty for the report itself.
        beside: The pages beside it: address and the files that it shows.
    """

    pages: dict[int, str] = field(default_factory=dict)
    beside: tuple[tuple[str, tuple[int, ...]], ...] = ()


def patch_places(insight: Insight, locale: str, *, split: bool) -> PatchPlaces:
    """Return where each patch is shown: what matters most stays, files keep their order.

    Args:
        insight: The document.
        locale: Language of the page, which is part of the names beside it.
        split: Whether there is a place beside the page.
    """
    sizes = {index: patch_size(entry) for index, entry in enumerate(insight.files) if entry.patch}
    if not split:
        return PatchPlaces(pages=dict.fromkeys(sizes, ""))
    texts = sum(_text_size(entry, locale) for entry in insight.files)
    room = max(PAGE_BYTES - texts, LEAST_ROOM)
    inline: set[int] = set()
    for index in files_by_salience(insight):
        if index in sizes and sizes[index] <= min(room, LARGE_PATCH):
            inline.add(index)
            room -= sizes[index]
    beside = _chunks(insight, locale, [index for index in sizes if index not in inline], sizes)
    pages = dict.fromkeys(sorted(inline), "")
    pages.update({index: address for address, files in beside for index in files})
    return PatchPlaces(pages=pages, beside=beside)


def patch_size(entry: FileEntry) -> int:
    """Return about how many bytes a patch takes on a page."""
    text = entry.patch() if entry.patch else ""
    return len(text.encode("utf-8", "replace")) + _LINE_BYTES * text.count("\n")


def _text_size(entry: FileEntry, locale: str) -> int:
    texts = entry.title[locale] * 2 + entry.explanation[locale] + entry.analysis.change.path * 3
    return _FILE_BYTES + len(texts.encode("utf-8", "replace"))


def folded_files(insight: Insight) -> frozenset[int]:
    """Return the files of a long report of which only the title stands open."""
    if len(insight.files) <= ALL_OPEN:
        return frozenset()
    return frozenset(files_by_salience(insight)[MOST_OPEN:])


def _chunks(
    insight: Insight, locale: str, files: Sequence[int], sizes: dict[int, int]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Share files between pages of about one size."""
    chunks: list[list[int]] = []
    room = 0
    for index in files:
        if not chunks or sizes[index] > room:
            chunks.append([])
            room = PAGE_BYTES
        chunks[-1].append(index)
        room -= sizes[index]
    folder = patches_folder(insight)
    return tuple(
        (f"{folder}/{locale}-{number}.html", tuple(chunk)) for number, chunk in enumerate(chunks, 1)
    )
