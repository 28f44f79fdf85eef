"""Patches are read once for all locales of a report, as far as there is room."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.render.classic import render_classic
from diff_insight.render.patch_blocks import PatchBlocks
from support.hostile import modified
from support.insights import LOCALES, classic, insight_of_diff

DIFF = modified(b"a.md", [b"old"], [b"new"]) + modified(b"b.md", [b"older"], [b"newer"])


def counting(insight: Insight) -> tuple[Insight, list[str]]:
    """Return the document with patches that tell when they are read."""
    reads: list[str] = []

    def read(patch: str) -> str:
        reads.append(patch)
        return patch

    texts = [entry.patch() if entry.patch else "" for entry in insight.files]
    files = tuple(
        replace(entry, patch=lambda text=text: read(text))
        for entry, text in zip(insight.files, texts, strict=True)
    )
    return replace(insight, files=files), reads


def rendered(insight: Insight, blocks: PatchBlocks) -> list[str]:
    return ["".join(render_classic(insight, locale, blocks)) for locale in insight.locales]


def test_each_is_read_once_for_all_locales() -> None:
    insight, reads = counting(insight_of_diff(DIFF))
    assert insight.locales == LOCALES
    assert rendered(insight, PatchBlocks()) == [classic(insight, locale) for locale in LOCALES]
    assert len(reads[:2]) == len(set(reads[:2])) == 2
    assert len(reads) == 2 + 2 * len(LOCALES)


def test_what_has_no_room_is_read_again() -> None:
    insight, reads = counting(insight_of_diff(DIFF))
    assert rendered(insight, PatchBlocks(room=150)) == rendered(insight, PatchBlocks(room=0))
    first, second = reads[:2]
    assert reads.count(first) == 1 + len(LOCALES)
    assert reads.count(second) == 2 * len(LOCALES)


def test_blocks_of_another_report_are_not_kept() -> None:
    blocks = PatchBlocks()
    insight, reads = counting(insight_of_diff(DIFF))
    other, _ = counting(insight_of_diff(modified(b"c.md", [b"1"], [b"2"])))
    for one in (insight, other, insight):
        "".join(render_classic(one, "en_US", blocks))
    assert len(reads) == 4


def test_one_locale_keeps_nothing() -> None:
    insight, reads = counting(replace(insight_of_diff(DIFF), locales=("en_US",)))
    blocks = PatchBlocks()
    assert rendered(insight, blocks) == rendered(insight, blocks)
    assert len(reads) == 4
