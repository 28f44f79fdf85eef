"""The HTML report is one harmless, well-formed, self-contained page."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import settings as examples
from msgspec.structs import replace

from diff_insight.markup.escape import visible
from diff_insight.model.insight import Insight
from diff_insight.render.environment import speaker
from diff_insight.render.html import page_script, render_html_pages
from diff_insight.settings.settings import Settings
from support.hostile import CHANGES, HOSTILE, Change, diff_of, modified, page_of, raw
from support.insights import LOCALES, insight_of_diff, page
from support.recorded import Recorded, cases, seeds, unified_diff
from support.rendered import Element, Page

SCRIPT, DIGEST = page_script()
EXTERNAL = re.compile(r"url\(|@import|<link|<img|\bsrc=", re.IGNORECASE)
SOME = (*seeds(), *(case for case in cases() if "20241120" in case.name or "20241004" in case.name))


@cache
def hostile() -> Insight:
    return insight_of_diff(
        b"".join(
            modified(b"docs/%02d-" % number + raw(text)[:300], [b"x"], page_of(text).split(b"\n"))
            for number, text in enumerate(HOSTILE)
        )
    )


def shown(patch: str) -> str:
    """Return a patch as the page shows it: what cannot be seen is named, tabs stay."""
    lines = patch.removesuffix("\n").split("\n")
    ends = {line.endswith("\r") for line in lines if line[:1] in {"+", "-", " "}}
    if ends == {True}:
        lines = [line.removesuffix("\r") for line in lines]
    return "".join("\t".join(map(visible, line.split("\t"))) + "\n" for line in lines)


def check(insight: Insight, locale: str) -> Page:
    html = page(insight, locale)
    made = Page(html)
    made.check_harmless(script=SCRIPT)
    assert len(made.root.all("script")) == 1
    assert made.doctypes == ["doctype html"]
    assert len(made.comments) == 1
    (root,) = made.root.all("html")
    assert root.attributes["lang"] == locale.replace("_", "-")
    ids = [part.attributes["id"] for part in every(root) if "id" in part.attributes]
    assert len(ids) == len(set(ids))
    places = [
        link.attributes["href"] for link in root.all("a") if link.attributes["href"][0] == "#"
    ]
    anchors = [entry.anchor for entry in insight.files]
    assert {place.removeprefix("#") for place in places} <= set(ids)
    assert [each for each in ids if each in anchors] == anchors
    (tree,) = [part for part in root.all("details") if part.attributes.get("class") == "tree"]
    leaves = [link.attributes["href"].removeprefix("#") for link in tree.all("a")]
    assert sorted(leaves) == sorted(anchors)
    assert len(made.table) == len(insight.files) + 1
    assert {len(row) for row in made.table} == {6}
    assert [part.text for part in root.all("h3")] == [
        visible(entry.analysis.change.path) for entry in insight.files
    ]
    assert [block.text for block in root.all("pre")] == [
        shown(entry.patch()) for entry in insight.files if entry.patch
    ]
    return made


def every(part: Element) -> list[Element]:
    return [each for child in part.children for each in (child, *every(child))]


@pytest.mark.parametrize("recorded", SOME, ids=lambda recorded: recorded.name)
def test_recorded_diffs(recorded: Recorded) -> None:
    settings = Settings(locales=(recorded.locale,), max_patch_bytes=0)
    check(insight_of_diff(unified_diff(recorded.files), settings), recorded.locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_hostile_pages(locale: str) -> None:
    check(hostile(), locale)


@examples(deadline=None, max_examples=60)
@given(CHANGES)
def test_any_diff(files: list[Change]) -> None:
    check(insight_of_diff(diff_of(files)), "ja_JP")


def test_the_page_needs_nothing_else() -> None:
    html = page(insight_of_diff(unified_diff(seeds()[0].files)))
    assert not EXTERNAL.search(html)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert "default-src 'none'" in policy
    assert f"script-src {DIGEST};" in policy
    digest = hashlib.sha256(SCRIPT.encode()).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" == DIGEST
    assert "prefers-color-scheme:dark" in html


def test_the_head_says_what_matters() -> None:
    insight = insight_of_diff(unified_diff(seeds()[0].files))
    for locale in LOCALES:
        made = check(insight, locale)
        headline = insight.headline[locale]
        # Code has an element in the heading; the title of a window has plain words alone.
        plain = headline.replace("`", "")
        titles = [part.text for part in made.root.all("title", "h1")]
        assert titles == [f"{plain} · example/docs", plain]
        (told,) = made.root.all("time")
        assert told.attributes["datetime"] == insight.date


def test_what_hides_in_a_line_stands_out() -> None:
    diff = modified(b"a.txt", [b"tab\there"], [raw("turn \u202e back"), b"cr\rin", b"nul\0"])
    (block,) = check(insight_of_diff(diff), "en_US").root.all("pre")
    assert [part.text for part in block.all("i")] == [r"\u{202e}", r"\r", r"\u{0}"]
    assert "tab\there" in block.text


def test_line_ends_of_windows_are_told_only_when_they_change() -> None:
    same = modified(b"a.txt", [b"one\r"], [b"two\r"])
    moved = modified(b"a.txt", [b"one\r"], [b"one"])
    marks = [check(insight_of_diff(diff), "en_US").root.all("i") for diff in (same, moved)]
    assert [len(found) for found in marks] == [0, 1]


def test_patches_that_are_not_shown_are_told() -> None:
    diff = modified(b"a.txt", [], [b"line %d" % number for number in range(100)])
    settings = Settings(max_patch_bytes=100)
    linked = insight_of_diff(diff, settings)
    made = check(linked, "en_US")
    address = linked.files[0].patch_url
    assert address in [link.attributes["href"] for link in made.root.all("a")]
    bare = check(insight_of_diff(diff, settings, repository=""), "en_US")
    assert "https://" not in {link.attributes["href"][:8] for link in bare.root.all("a")}
    told = speaker("en_US").say("file.patch-linked-bare")
    assert told in [part.text for part in bare.root.all("p")]


def test_a_notice_is_markdown_without_html() -> None:
    insight = insight_of_diff(unified_diff(seeds()[0].files))
    told = replace(insight, notice={"en_US": "By *us* <script>x</script> [y](javascript:z)"})
    made = check(told, "en_US")
    assert [part.text for part in made.root.all("em")] == ["us"]
    assert "<script>x</script> [y](javascript:z)" in made.root.text
    assert [part.text for part in check(told, "ja_JP").root.all("em")] == []


def test_a_moved_file_names_both_places() -> None:
    diff = (
        b"diff --git a/old <b>.md b/new.md\nsimilarity index 100%\n"
        b"rename from old <b>.md\nrename to new.md\n"
    )
    made = check(insight_of_diff(diff), "zh_CN")
    spans = [part.text for part in made.root.all("span")]
    assert any("old <b>.md" in text for text in spans)


def test_breaking_changes_stand_before_what_is_new_and_nothing_stands_last() -> None:
    diff = modified(
        b"api.py", [b"def gone(a):", b"    return a"], [b"def came(b):", b"    return b"]
    ) + modified(b"docs/a.md", [b"# A"], [b"# A", b"", b"## Fresh", b"", b"Words."])
    insight = insight_of_diff(diff)
    told = replace(
        insight.highlights["en_US"], to_do=("Do it.",), breaking_changes=("Gone.",),
        new_features=(), other_updates=("Rest.",),
    )  # fmt: skip
    made = check(replace(insight, highlights={"en_US": told}), "en_US")
    cards = [
        part for part in made.root.all("section") if "card" in part.attributes.get("class", "")
    ]
    assert [part.attributes["id"] for part in cards] == [
        "to-do", "breaking-changes", "other-updates", "new-features",
    ]  # fmt: skip


def test_evidence_leads_to_the_line_on_the_page_and_from_there_to_the_host() -> None:
    old = [b"---", b"title: Old", b"---", b"# Page", b"", b"It takes 10 seconds by default."]
    new = [b"---", b"title: New", b"---", b"# Page", b"", b"It takes 20 seconds by default."]
    insight = insight_of_diff(modified(b"docs/page.md", old, new))
    (entry,) = insight.files
    address = "https://github.com/example/docs/blob/2222222/docs/page.md?plain=1#L6"
    assert f"]({address})" in entry.explanation["en_US"]
    made = check(insight, "en_US")
    hrefs = [link.attributes["href"] for link in made.root.all("a")]
    line = f"#{entry.anchor}-R6"
    assert line in hrefs
    assert hrefs.count(address) == 1
    (target,) = [part for part in every(made.root) if part.attributes.get("id") == line[1:]]
    assert (target.tag, target.text) == ("ins", "+It takes 20 seconds by default.\n")
    (out,) = target.all("a")
    assert out.attributes == {"href": address, "aria-label": "Line 6 on GitHub"}


def test_evidence_that_no_patch_shows_leads_to_the_host() -> None:
    diff = modified(b"docs/page.md", [b"It takes 10 seconds."], [b"It takes 20 seconds."])
    insight = insight_of_diff(diff)
    (entry,) = insight.files
    without = replace(insight, files=(replace(entry, patch=None),))
    hrefs = [link.attributes["href"] for link in check(without, "en_US").root.all("a")]
    assert "https://github.com/example/docs/blob/2222222/docs/page.md?plain=1#L1" in hrefs


def test_large_patches_stand_on_pages_beside_the_report() -> None:
    large = [b"line %d of a very long text that fills pages" % number for number in range(4_000)]
    diff = modified(b"a.txt", [b"one"], [b"two"]) + modified(b"large.txt", [], large)
    insight = insight_of_diff(diff, Settings(locales=LOCALES, max_patch_bytes=0))
    pages = {name: "".join(pieces) for name, pieces in render_html_pages(insight, "ja_JP")}
    main, beside = pages
    assert main == ""
    folder = beside.split("/")[0]
    patches = [entry.patch() for entry in insight.files if entry.patch]
    made = Page(pages[""])
    made.check_harmless(script=SCRIPT, beside=folder)
    assert [block.text for block in made.root.all("pre")] == [shown(patches[0])]
    links = [link.attributes["href"] for link in made.root.all("a")]
    assert f"{beside}#{insight.files[1].anchor}" in links
    other = Page(pages[beside])
    other.check_harmless(script=SCRIPT)
    assert [block.text for block in other.root.all("pre")] == [shown(patches[1])]
    assert [part.attributes["id"] for part in other.root.all("section")] == [
        insight.files[1].anchor
    ]
