"""What the classic format fixes, line by line."""

from __future__ import annotations

import pytest
import yaml
from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.model.ranges import Comparison
from diff_insight.render.environment import speaker
from diff_insight.settings.settings import Settings
from support.classic import parse_classic, unescaped
from support.hostile import HOSTILE, modified
from support.insights import LOCALES, classic, insight_of_diff
from support.recorded import seeds, unified_diff

HEAD = "|  Filename  | Type |    Title    | Status | A  | D  | M  |"
EMPTY = {"en_US": "- None", "ja_JP": "- なし", "zh_CN": "- 无"}


def seed() -> Insight:
    return insight_of_diff(unified_diff(seeds()[0].files))


def between(text: str, start: str, end: str) -> list[str]:
    lines = text.split("\n")
    first = lines.index(start) + 1
    return [line for line in lines[first : lines.index(end, first)] if line]


def test_the_first_lines() -> None:
    text = classic(seed())
    page = "https://github.com/example/docs/compare/example:1111111...example:2222222"
    head, _, rest = text.partition("\n\n---\n\n")
    assert head.startswith("---\ndate: '2025-06-12'\npermalink: " + page + "\nsummary: ")
    assert head.endswith("\ntitle: '[en_US] Diff Insight Report - all'")
    assert rest.startswith(f'[View Diff on GitHub]({page}){{target="_blank"}}\n\n# Highlights\n\n')


def test_one_locale_has_no_label() -> None:
    insight = insight_of_diff(unified_diff(seeds()[0].files), Settings(locales=("ja_JP",)))
    assert parse_classic(classic(insight, "ja_JP")).front_matter["title"] == (
        "Diff Insight Report - all"
    )


def test_an_unknown_repository_has_no_link() -> None:
    insight = insight_of_diff(unified_diff(seeds()[0].files), repository="")
    report = parse_classic(classic(insight))
    assert (report.front_matter["permalink"], report.link) == ("", "")


def test_a_direct_range_has_two_dots() -> None:
    insight = seed()
    commits = replace(insight.range, comparison=Comparison.DIRECT, merge_base="3333333")
    report = parse_classic(classic(replace(insight, range=commits)))
    assert report.link.endswith("/compare/example:1111111..example:2222222")
    assert report.front_matter["permalink"] == report.link


@pytest.mark.parametrize("locale", LOCALES)
def test_the_lead_is_the_headline(locale: str) -> None:
    insight = seed()
    lines = between(classic(insight, locale), "# Highlights", "# Insights")
    assert unescaped(lines[0]) == insight.headline[locale]
    assert lines[1].startswith("## ")


@pytest.mark.parametrize("locale", LOCALES)
def test_sections_are_always_there(locale: str) -> None:
    diff = b"diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"
    text = classic(insight_of_diff(diff), locale)
    report = parse_classic(text)
    first, second, third = report.sections(2, below="Highlights")
    assert between(text, f"## {first}", f"## {second}") == [EMPTY[locale]]
    unread = speaker(locale).say("range.no-breaking.unread")
    assert between(text, f"## {second}", f"## {third}") == [f"- {unread}"]
    assert between(text, f"## {third}", "# Insights")


def test_a_part_of_a_file() -> None:
    insight = insight_of_diff(modified(b"docs/a.txt", [b"one"], [b"two"]))
    entry = insight.files[0]
    lines = classic(insight).split("\n")
    start = lines.index("# Modified Contents")
    assert lines[start + 1 : start + 16] == [
        f"## docs/a.txt{{#{entry.anchor}}}", "", "<details>", "<summary>Diff</summary>", "",
        "````diff", "@@ -1,1 +1,1 @@", "-one", "+two", "````", "", "</details>", "", "### Summary", "",
    ]  # fmt: skip
    assert lines[start + 16 : start + 18] == ["```json", "{"]
    assert lines[start + 18] == '    "modification_type": "minor update",'
    assert lines[start + 20 : start + 24] == ["}", "```", "", "### Explanation"]
    assert "\n".join(lines[start + 24 :]).startswith(entry.explanation["en_US"] + "\n\n<!-- ")


@pytest.mark.parametrize("locale", LOCALES)
def test_machines_read_the_same_in_every_locale(locale: str) -> None:
    text = classic(seed(), locale)
    assert HEAD in text.split("\n")
    for part in parse_classic(text).files:
        assert list(part.block) == ["modification_type", "modification_title"]
        assert part.block["modification_type"].isascii()


def test_files_without_lines_have_no_diff() -> None:
    diff = (
        b"diff --git a/a.png b/a.png\nindex 1234567..89abcde 100644\nBinary files a/a.png and b/a.png differ\n"
        b"diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new\n"
        b"diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"
    )
    report = parse_classic(classic(insight_of_diff(diff)))
    assert [part.path for part in report.files] == ["a.png", "new", "run"]
    assert [part.patch for part in report.files] == [None, None, None]
    assert report.opened_details == report.closed_details == 0


def test_the_notice_stands_under_the_link_line() -> None:
    settings = Settings(locales=LOCALES, notice={"": "For *all*.", "ja_JP": "日本語。"})
    insight = insight_of_diff(unified_diff(seeds()[0].files), settings)
    for locale, notice in (("en_US", "For *all*."), ("ja_JP", "日本語。"), ("zh_CN", "For *all*.")):
        lines = classic(insight, locale).split("\n")
        link = next(number for number, line in enumerate(lines) if line.startswith("[View Diff"))
        assert lines[link + 1 : link + 5] == ["", notice, "", "# Highlights"]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_was_left_out_is_the_last_bullet(locale: str) -> None:
    paths = [f"skip/{number:02}.md" for number in range(25)]
    diff = b"".join(modified(path.encode(), [b"a"], [b"b"]) for path in ["keep.md", *paths])
    insight = insight_of_diff(diff, Settings(locales=LOCALES, exclude=("skip/",)))
    last = between(classic(insight, locale), "# Highlights", "# Insights")[-1]
    assert last.startswith("- ")
    assert "25" in last
    assert [path for path in paths if f"`{path}`" in last] == paths[:20]


def test_linked_patches_are_links() -> None:
    diff = modified(b"a.txt", [], [b"line %d" % number for number in range(100)])
    settings = Settings(max_patch_bytes=100)
    linked = insight_of_diff(diff, settings)
    assert f"]({linked.files[0].patch_url})" in classic(linked)
    bare = parse_classic(classic(insight_of_diff(diff, settings, repository="")))
    assert bare.files[0].patch is None


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
def test_plain_texts_survive_front_matter_lead_table_and_block(text: str) -> None:
    """Whoever writes these texts, a model included, cannot leave the place they stand in."""
    insight = seed()
    one_line = " ".join(text.replace("\0", "").split()) or "x"
    told = dict.fromkeys(LOCALES, one_line)
    files = tuple(replace(entry, title=told) for entry in insight.files)
    hostile = replace(insight, headline=told, summary=told, files=files)
    report, harmless = parse_classic(classic(hostile)), parse_classic(classic(insight))
    assert report.skeleton() == harmless.skeleton()
    shown = one_line.encode("utf-8", "replace").decode()
    assert [part.block["modification_title"] for part in report.files] == [one_line] * 2
    if shown == one_line:
        assert report.front_matter["summary"] == one_line


def test_the_last_line_tells_where_the_report_comes_from() -> None:
    insight = seed()
    text = classic(insight)
    last = parse_classic(text).last_line
    assert text.endswith(last + "\n")
    assert last.startswith(f"<!-- diff-insight {insight.version} analyst=rules ")
    assert insight.fingerprint in last
    assert last.count("--") == 2
    assert yaml.safe_load(text.split("\n---\n")[0])["date"] == insight.date
