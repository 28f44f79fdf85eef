"""No text of any file changes the skeleton of the classic report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from support.classic import parse_classic
from support.hostile import CHANGES, HOSTILE, Change, diff_of, modified, page_of, raw
from support.insights import LOCALES, classic, insight_of_diff, insight_of_range
from support.repos import TestRepo


@settings(deadline=None, max_examples=100)
@given(CHANGES)
def test_hostile_patches_and_paths_keep_the_skeleton(
    files: list[Change],
) -> None:
    twin = [
        (
            b"docs/page-%d" % number,
            end,
            [b"old"] * len(old),
            [b"new"] * len(new),
            [b"same"] * len(kept),
        )
        for number, (_, end, old, new, kept) in enumerate(files)
    ]
    bad, good = insight_of_diff(diff_of(files)), insight_of_diff(diff_of(twin))
    for locale in LOCALES:
        report, harmless = parse_classic(classic(bad, locale)), parse_classic(classic(good, locale))
        assert report.skeleton() == harmless.skeleton()
        assert [row.anchor for row in report.rows] == [entry.anchor for entry in bad.files]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
def test_a_page_that_says_it_everywhere_keeps_the_skeleton(text: str) -> None:
    plain = "harmless"
    hostile = modified(b"docs/a.md", page_of(plain).split(b"\n"), page_of(text).split(b"\n"))
    hostile += modified(b"docs/b.md", [], page_of(text).split(b"\n"))
    twin = modified(b"docs/a.md", page_of(plain).split(b"\n"), page_of("twin").split(b"\n"))
    twin += modified(b"docs/b.md", [], page_of("twin").split(b"\n"))
    bad, good = insight_of_diff(hostile), insight_of_diff(twin)
    for locale in LOCALES:
        report = parse_classic(classic(bad, locale))
        assert report.skeleton() == parse_classic(classic(good, locale)).skeleton()
        assert report.files[1].patch is not None
        shown = [raw(line.replace("\ufffd", "?")) for line in report.files[1].patch[1:]]
        assert shown == [
            b"+" + raw(line.decode("utf-8", "replace").replace("\ufffd", "?"))
            for line in page_of(text).split(b"\n")
        ]


def test_a_checkout_of_hostile_pages_keeps_the_skeleton(tmp_path: Path) -> None:
    """Facts come from both whole versions here, not from hunks alone."""
    texts = [text for text in HOSTILE if "\0" not in text]
    reports = []
    for number, words in enumerate((texts, ["twin"] * len(texts))):
        repo = TestRepo(tmp_path / str(number))
        names = [f"docs/{index:02}.md" for index in range(len(texts))]
        repo.write({name: page_of("before") for name in names})
        base = repo.commit()
        repo.write({name: page_of(word) for name, word in zip(names, words, strict=True)})
        insight = insight_of_range(repo.path, base, repo.commit())
        reports.append([parse_classic(classic(insight, locale)) for locale in LOCALES])
    for hostile, harmless in zip(*reports, strict=True):
        assert hostile.skeleton() == harmless.skeleton()
        assert len(hostile.rows) == len(texts)


def test_hostile_names_in_a_checkout_keep_the_skeleton(tmp_path: Path) -> None:
    names = {
        raw(text.replace("\0", "").replace("/", "-")[:200]) or b"x"
        for text in HOSTILE
        if len(raw(text)) < 200
    }
    reports = []
    for number, paths in enumerate((names, [b"n%03d" % index for index in range(len(names))])):
        repo = TestRepo(tmp_path / str(number))
        repo.write({"keep": "x\n"})
        base = repo.commit()
        repo.write({b"docs/" + path: b"line\n" for path in paths})
        insight = insight_of_range(repo.path, base, repo.commit())
        reports.append([parse_classic(classic(insight, locale)) for locale in LOCALES])
    for hostile, harmless in zip(*reports, strict=True):
        assert hostile.skeleton() == harmless.skeleton()
        assert len(hostile.rows) == len(names)
