"""Feeds are valid Atom, bounded, the same for the same reports, and hostile texts are inert in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.model.ranges import RangeOrigin
from diff_insight.publishers.branch_content import PlacedReport
from diff_insight.publishers.feed import LENGTH, LONGEST_CONTENT, Feeds
from diff_insight.publishers.report_files import planned_reports
from support.large import large_insight

TEMPLATE = "reports/%Y%m/{locale}/report-%Y%m%d-{category}.md"
FEEDS = Feeds(
    server="https://github.com", repository="octo/demo", branch="a/b c", template=TEMPLATE
)
ATOM = "{http://www.w3.org/2005/Atom}"
SMALL = replace(large_insight(3), locales=("en_US", "ja_JP"))


def placed(insights: Sequence[Insight]) -> list[PlacedReport]:
    planned = planned_reports(TEMPLATE, ("markdown", "json"), insights)
    return [PlacedReport(report, str(report.path)) for report in planned]


def on(day: int, head: str = "", headline: str = "It is out.", summary: str = "All.") -> Insight:
    """A report of a day, on a range of its own."""
    return replace(
        SMALL,
        date=(date(2025, 1, 1) + timedelta(days=day)).isoformat(),
        range=replace(SMALL.range, head=head or f"{day:040x}"),
        headline=dict.fromkeys(SMALL.locales, headline),
        summary=dict.fromkeys(SMALL.locales, summary),
    )


def check(content: bytes) -> ET.Element:
    """Hold a feed against RFC 4287: what has to be there once, and addresses that are absolute."""
    parsed = feedparser.parse(content)
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "atom10"
    root = ET.fromstring(content)  # noqa: S314 - written a moment ago
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert (element.findtext(f"{ATOM}id") or "").startswith("tag:github.com,2025:")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert [each.get("rel") for each in root.findall(f"{ATOM}link")] == ["self"]
    ids = [each.findtext(f"{ATOM}id") for each in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    for link in root.iter(f"{ATOM}link"):
        assert (link.get("href") or "").startswith("https://github.com/octo/demo/")
        assert " " not in (link.get("href") or "")
    return root


def test_a_feed_for_each_locale_and_category() -> None:
    insights = [on(1, headline="It is out."), replace(on(1), category="search")]
    files = FEEDS.files(placed(insights), lambda path: None)
    assert sorted(files) == [
        f"reports/feeds/{locale}/{category}.xml"
        for locale in ("en_US", "ja_JP")
        for category in sorted(("search", SMALL.category))
    ]
    for path, content in files.items():
        root = check(content)
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") in {"en-US", "ja-JP"}
        (entry,) = feedparser.parse(content).entries
        assert entry.link.startswith("https://github.com/octo/demo/blob/a/b%20c/reports/202501/")
        assert Path(path).parent.name in entry.link


def test_later_reports_come_first_and_the_feed_has_an_end() -> None:
    kept: dict[str, bytes] = {}
    for day in range(LENGTH + 10):
        kept |= FEEDS.files(placed([on(day, headline=f"Day {day}")]), kept.get)
    content = kept[f"reports/feeds/en_US/{SMALL.category}.xml"]
    entries = feedparser.parse(content).entries
    assert [entry.title for entry in entries] == [f"Day {day}" for day in range(LENGTH + 9, 9, -1)]
    check(content)
    # A report of the past takes its place in time, and does not push out what is new.
    again = FEEDS.files(placed([on(0, "f" * 40, headline="Old")]), kept.get)
    assert again[f"reports/feeds/en_US/{SMALL.category}.xml"] == content


def test_the_same_report_gives_the_same_bytes() -> None:
    first = FEEDS.files(placed([on(1), on(2)]), lambda path: None)
    assert FEEDS.files(placed([on(1), on(2)]), first.get) == first
    assert FEEDS.files(placed([on(2)]), first.get) == first


def entry_with(updated: str, href: str) -> bytes:
    inner = f'<id>x</id><title>t</title><updated>{updated}</updated><link href="{href}"/>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{inner}</entry></feed>'.encode()


@pytest.mark.parametrize(
    "known",
    [
        b"", b"<feed", b"no xml", b"\xff\xfe\x00", b"<html/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "aa">]><feed>&a;</feed>'.encode("utf-16"),
        entry_with("2025-01-01T00:00:00Z", "https://github.com/x").decode().encode("utf-16"),
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id></entry></feed>',
        entry_with("2025-01-01T00:00:00Z", "javascript:alert(1)"),
        entry_with("yesterday", "https://github.com/x"),
    ],
)  # fmt: skip
def test_what_is_no_feed_of_ours_is_written_anew(known: bytes) -> None:
    files = FEEDS.files(placed([on(1)]), lambda path: known)
    assert files == FEEDS.files(placed([on(1)]), lambda path: None)
    for content in files.values():
        check(content)


HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", "]]>", "&lt;", "&#0;", "<!--", "\x00", "\x1b[31m", "\ud800",
     "\ufffe", "</title></entry>", "<![CDATA[", "@octo", "\u202e", "\U0001f600", "\n", "é"]
)  # fmt: skip


@given(st.lists(HOSTILE | st.text(max_size=6), max_size=8).map("".join))
@settings(deadline=None, max_examples=60)
def test_hostile_texts_are_only_text(text: str) -> None:
    hostile = on(1, headline=f"a{text}", summary=f"b{text}")
    files = FEEDS.files(placed([hostile]), lambda path: None)
    again = FEEDS.files(placed([on(2)]), files.get)
    for content in (*files.values(), *again.values()):
        root = check(content)
        allowed = {
            f"{ATOM}{name}"
            for name in "feed id title updated link author name entry summary category".split()
        }
        assert {element.tag for element in root.iter()} <= allowed
    title = check(files[f"reports/feeds/en_US/{SMALL.category}.xml"]).findtext(
        f"{ATOM}entry/{ATOM}title"
    )
    assert title is not None
    assert title.startswith("a")


def test_an_entry_names_repository_time_and_category_and_holds_the_first_screen() -> None:
    insight = replace(on(1), origin=RangeOrigin(head_time="2025-01-02T10:20:30Z"))
    feeds = replace(FEEDS, content=lambda insight, locale: f"<h2>{locale}</h2><p>a &amp; b\0</p>")
    files = feeds.files(placed([insight]), lambda path: None)
    # What another run adds keeps what stands there.
    later = feeds.files(placed([on(2)]), files.get)
    path = f"reports/feeds/ja_JP/{SMALL.category}.xml"
    check(later[path])
    parsed = feedparser.parse(later[path])
    assert parsed.feed.title == f"{SMALL.range.repository} · {SMALL.category}"
    newest, first = parsed.entries
    assert newest.updated == "2025-01-03T00:00:00Z"
    assert first.updated == "2025-01-02T10:20:30Z"
    assert [tag.term for tag in first.tags] == [SMALL.category]
    (content,) = first.content
    assert content.type == "text/html"
    assert content.value == "<h2>ja_JP</h2><p>a &amp; b\ufffd</p>"


def test_a_first_screen_that_is_too_long_is_left_out_whole() -> None:
    feeds = replace(FEEDS, content=lambda insight, locale: "x" * (LONGEST_CONTENT + 1))
    (content, *_) = feeds.files(placed([on(1)]), lambda path: None).values()
    assert b"<content" not in content
