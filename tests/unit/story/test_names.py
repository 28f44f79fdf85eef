"""Names that tell files apart: in phrases about renamed files, and in lists of files."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import Fact
from diff_insight.story.build import build_story
from diff_insight.wording.sentences import phrase, sentence
from support.analyses import analysis_of


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("guide.md", "docs/guide.md", "docs/guide.md renamed from guide.md"),
        ("a/guide.md", "b/guide.md", "b/guide.md renamed from a/guide.md"),
        ("a/guide.md", "a/start.md", "start.md renamed from a/guide.md"),
    ],
)
def test_a_renamed_file_is_not_called_as_it_was(old: str, new: str, shown: str) -> None:
    fact = Fact("file.renamed", {"old": old, "new": new, "only": True})
    (item,) = build_story([analysis_of(fact, path=new)], []).items
    speaker = Speaker(load_catalog("en_US"), Style.PLAIN)
    assert phrase(item, speaker, new.rpartition("/")[2]) == shown


def test_files_of_one_name_are_listed_with_their_folders() -> None:
    paths = ["a/index.js", "b/index.js", "b/util.js", "x/y/lib.js"]
    files = [
        analysis_of(Fact("file.removed", {"title": "", "lines": 1}), path=path) for path in paths
    ]
    (item,) = build_story(files, []).items
    assert item.params["names"] == {
        "items": ("a/index.js", "b/index.js", "util.js", "lib.js"),
        "total": 4,
    }


@pytest.mark.parametrize(
    ("removed", "added", "told"),
    [
        ("A", "B", "「A」の節がなくなり、「B」に置き換わりました。"),
        ("A", "BC", "「A」の節がなくなり、「B」など2節に置き換わりました。"),
        ("AC", "B", "「A」をはじめ2節がなくなり、「B」に置き換わりました。"),
        ("AC", "BD", "「A」をはじめ2節がなくなり、「B」など2節に置き換わりました。"),
    ],
)
def test_one_section_is_not_counted(removed: str, added: str, told: str) -> None:
    facts = [
        Fact(f"outline.section-{end}", {"heading": heading, "level": 2})
        for end, headings in (("removed", removed), ("added", added))
        for heading in headings
    ]
    below = Fact("outline.section-added", {"heading": "x", "level": 3})
    (item,) = build_story([analysis_of(*facts, below)], []).items
    speaker = Speaker(load_catalog("ja_JP"), Style.PLAIN)
    assert sentence(item, speaker, "a.md") == told
