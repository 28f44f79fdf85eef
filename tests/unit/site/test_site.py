"""A site: every link leads somewhere, only what is new is rendered, hostile texts stay texts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import feedparser
import pytest
from msgspec.structs import replace

from diff_insight.cli.main import main
from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.model.insight import Insight
from diff_insight.publishers.index_entries import write_entries
from diff_insight.render.json_form import write_json
from diff_insight.runtime.kept_rows import RowFile
from diff_insight.runtime.workers import Forked, InPlace
from diff_insight.site.lists import SiteSettings
from diff_insight.site.site_builder import SiteReceipt, build_site
from diff_insight.site.site_documents import find_documents
from diff_insight.site.site_state import STATE_NAME, read_state
from support.hostile import HOSTILE, modified
from support.insights import LOCALES, insight_of_diff
from support.rendered import Page

BASE = insight_of_diff(modified(b"docs/a.md", [b"It takes 10 seconds."], [b"It takes 20 seconds."]))


def on(
    day: str, category: str = "all", headline: str = "", locales: Sequence[str] = LOCALES
) -> Insight:
    words = headline or f"News of {day}"
    return replace(
        BASE, date=day, category=category, locales=tuple(locales),
        range=replace(BASE.range, head=day.replace("-", "") + "0" * 32),
        headline=dict.fromkeys(LOCALES, words),
    )  # fmt: skip


def write(folder: Path, *insights: Insight) -> None:
    for insight in insights:
        path = folder / insight.date[:7] / f"{insight.date}-{insight.category}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(write_json(insight)))


def build(folder: Path, settings: SiteSettings = SiteSettings()) -> SiteReceipt:  # noqa: B008 - frozen
    return build_site([str(folder / "reports")], folder / "site", settings, InPlace())


def pages(folder: Path) -> dict[Path, Page]:
    return {
        path: Page(path.read_text("utf-8")) for path in sorted((folder / "site").rglob("*.html"))
    }


def headings(folder: Path, name: str) -> list[str]:
    page = Page((folder / "site" / name).read_text("utf-8"))
    return [part.text for part in page.root.all("h2")]


def change_state(folder: Path, **values: object) -> None:
    """Change what the state says of the newest report."""
    place = folder / "site" / STATE_NAME
    head, first, *rest = place.read_text("utf-8").splitlines()
    place.write_text("\n".join([head, json.dumps(json.loads(first) | values), *rest]))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(
        tmp_path / "reports", on("2025-01-02"), on("2025-02-03", "open.ai"),
        on("2025-02-04", locales=("ja_JP",)), on("2025-02-05", headline="Use `x`"),
    )  # fmt: skip
    build(tmp_path)
    return tmp_path


def test_every_link_leads_to_a_page_or_to_the_web(site: Path) -> None:
    for path, page in pages(site).items():
        for link in page.root.all("a", "link"):
            href = link.attributes["href"]
            if not href.startswith(("https://", "#")):
                target = Path(os.path.normpath(path.parent / href.partition("#")[0]))
                assert target.is_file(), (path, href)


def test_reports_are_listed_by_date_month_category_and_language(site: Path) -> None:
    assert headings(site, "ja_JP/index.html")[:4] == [
        "Use x", "News of 2025-02-04", "News of 2025-02-03", "News of 2025-01-02",
    ]  # fmt: skip
    assert headings(site, "en_US/index.html")[:3] == [
        "Use x",
        "News of 2025-02-03",
        "News of 2025-01-02",
    ]
    assert headings(site, "index.html") == headings(site, "en_US/index.html")
    assert headings(site, "en_US/archive/2025-01.html") == ["News of 2025-01-02"]
    assert headings(site, "zh_CN/categories/open.ai.html") == ["News of 2025-02-03"]


def test_a_report_leads_back_and_to_its_other_languages(site: Path) -> None:
    (path,) = (site / "site" / "en_US" / "reports").glob("2025-02-03-open.ai-*.html")
    (frame,) = [
        part for part in Page(path.read_text("utf-8")).root.all("div")
        if part.attributes.get("role") == "navigation"
    ]  # fmt: skip
    hrefs = [link.attributes["href"] for link in frame.all("a")]
    assert hrefs[:4] == [
        "../index.html", "../categories/open.ai.html", "../archive/2025-02.html", "../search.html",
    ]  # fmt: skip
    assert [link.text for link in frame.all("a")][4:] == ["日本語", "中文"]


def test_only_what_is_new_is_rendered_and_what_is_gone_is_taken_away(site: Path) -> None:
    assert build(site).rendered == 0
    write(site / "reports", on("2025-03-01"))
    done = build(site)
    assert (done.rendered, done.documents) == (1, 5)
    (old,) = (site / "site" / "ja_JP" / "reports").glob("2025-01-02-*.html")
    (site / "reports" / "2025-01" / "2025-01-02-all.json").unlink()
    assert build(site).documents == 4
    assert not old.exists()
    assert "News of 2025-01-02" not in headings(site, "en_US/index.html")
    # A page that somebody deleted is made again; other settings make all of them anew.
    next((site / "site" / "zh_CN" / "reports").glob("2025-03-01-*.html")).unlink()
    assert build(site).rendered == 1
    assert build(site, SiteSettings(title="Ours")).rendered == 4


def test_a_state_that_cannot_be_read_makes_everything_anew(site: Path) -> None:
    (site / "site" / STATE_NAME).write_text('{"build": 7}')
    assert build(site).rendered == 4
    assert len(read_state(site / "site", RowFile()).entries) == 4


def test_pages_rendered_by_several_processes_are_the_same(site: Path) -> None:
    shutil.move(site / "site", site / "alone")
    build_site([str(site / "reports")], site / "site", SiteSettings(), Forked(3))
    alone = {path.relative_to(site / "alone") for path in (site / "alone").rglob("*.*")}
    assert alone == {path.relative_to(site / "site") for path in (site / "site").rglob("*.*")}
    for path in alone:
        assert (site / "site" / path).read_bytes() == (site / "alone" / path).read_bytes()


def test_names_that_a_state_makes_up_delete_nothing(site: Path) -> None:
    change_state(site, name="../../../keep")
    (site / "keep.html").write_text("mine")
    build(site)
    assert (site / "keep.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("category", "../../../outside"),
        ("date", "../../../.."),
        ("time", "yesterday"),
        ("digest", "x"),
        ("locales", ["en_US"]),
        ("texts", {"../../outside": {"headline": "x", "summary": "x", "words": "x"}}),
    ],
)
def test_what_no_run_writes_into_a_state_is_not_believed(
    site: Path, name: str, value: object
) -> None:
    change_state(site, **{name: value})
    assert build(site).rendered == 4
    assert not list(site.rglob("outside*"))


def test_a_state_without_end_is_no_state(site: Path) -> None:
    place = site / "site" / STATE_NAME
    place.write_text('{"x":' + "[" * 200_000)
    assert build(site).rendered == 4
    place.unlink()
    place.symlink_to("/dev/zero")
    assert build(site).rendered == 4


@pytest.mark.parametrize("place", ["en_US", "en_US/reports", "ja_JP/archive", "ja_JP/categories"])
def test_a_site_stays_in_its_folder(tmp_path: Path, place: str) -> None:
    write(tmp_path / "reports", on("2025-01-02"))
    (tmp_path / "outside").mkdir()
    link = tmp_path / "site" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "outside")
    with pytest.raises(EnvironmentFailure, match="could not be written"):
        build(tmp_path)
    assert not list((tmp_path / "outside").iterdir())


def test_pages_behind_a_link_are_not_deleted(site: Path) -> None:
    (place,) = (site / "site" / "ja_JP").glob("reports")
    place.rename(site / "elsewhere")
    place.symlink_to(site / "elsewhere")
    shutil.rmtree(site / "reports" / "2025-01")
    there = len(list((site / "elsewhere").iterdir()))
    assert build(site).documents == 3
    assert len(list((site / "elsewhere").iterdir())) == there


def test_a_pipe_among_documents_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, on("2025-01-02"))
    os.mkfifo(tmp_path / "pipe.json")
    assert [path.name for path in find_documents([str(tmp_path)])] == ["2025-01-02-all.json"]


def test_languages_can_be_chosen(site: Path) -> None:
    shutil.rmtree(site / "site")
    build(site, SiteSettings(locales=("zh_CN", "en_US"), title="Ours"))
    assert sorted(path.name for path in (site / "site").iterdir() if path.is_dir()) == [
        "en_US",
        "zh_CN",
    ]
    root = Page((site / "site" / "index.html").read_text("utf-8"))
    assert root.root.all("html")[0].attributes["lang"] == "zh-CN"
    assert [part.text for part in root.root.all("h1")] == ["Ours"]


def test_a_language_that_no_document_has_makes_no_site(site: Path) -> None:
    shutil.rmtree(site / "site")
    with pytest.raises(UsageError, match="no document holds texts in de_DE"):
        build(site, SiteSettings(locales=("de_DE",)))
    assert not (site / "site").exists()


def test_feeds_have_the_newest_reports_with_addresses(site: Path) -> None:
    build(site, SiteSettings(url="https://octo.github.io/demo/"))
    parsed = feedparser.parse((site / "site" / "ja_JP" / "feed.xml").read_bytes())
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries][:2] == ["Use x", "News of 2025-02-04"]
    assert all(
        entry.link.startswith("https://octo.github.io/demo/ja_JP/reports/")
        for entry in parsed.entries
    )
    assert parsed.entries[0].updated == "2025-02-05T00:00:00Z"
    one = feedparser.parse((site / "site" / "en_US" / "categories" / "open.ai.xml").read_bytes())
    assert [entry.title for entry in one.entries] == ["News of 2025-02-03"]


def test_hostile_words_are_texts_everywhere(tmp_path: Path) -> None:
    insights = [
        replace(
            on(f"2025-01-{number % 28 + 1:02d}", f"c{number}", text),
            summary=dict.fromkeys(LOCALES, text),
        )
        for number, text in enumerate(HOSTILE[::4])
    ]
    write(tmp_path / "reports", *insights)
    build(tmp_path, SiteSettings(title="<b>&\"'"))
    for path, page in pages(tmp_path).items():
        for element in page.root.all("script", "img", "iframe", "b"):
            assert element.tag != "img", path
            assert element.tag != "iframe", path
        for link in page.root.all("a"):
            assert not link.attributes["href"].lower().startswith(("javascript:", "data:")), path
    for piece in (tmp_path / "site").rglob("search/*.js"):
        text = piece.read_text("ascii")
        assert text.startswith("diffInsight.add([\n")
        rows = json.loads(text.removeprefix("diffInsight.add(").removesuffix(");\n"))
        assert all(
            len(row) == 5 and re.fullmatch(r"reports/[\w.%-]+\.html", row[0]) for row in rows
        )
    for feed in (tmp_path / "site").rglob("*.xml"):
        assert not feedparser.parse(feed.read_bytes()).bozo


def test_what_is_found_says_of_which_repository_it_is(tmp_path: Path) -> None:
    write(tmp_path / "reports", on("2025-01-02", "docs"))
    build(tmp_path)
    (piece,) = (tmp_path / "site" / "en_US").rglob("search/*.js")
    rows = json.loads(piece.read_text().removeprefix("diffInsight.add(").removesuffix(");\n"))
    repository = on("2025-01-02").range.repository
    assert repository
    assert rows[0][2] == f"{repository} · docs"
    assert repository not in rows[0][4]


def test_only_documents_are_taken_from_a_folder(tmp_path: Path) -> None:
    write(tmp_path, on("2025-01-02"))
    (tmp_path / "index.json").write_bytes(write_entries([]))
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / "link.json").symlink_to("2025-01/2025-01-02-all.json")
    assert [path.name for path in find_documents([str(tmp_path), str(tmp_path)])] == [
        "2025-01-02-all.json"
    ]
    empty = tmp_path / "x"
    empty.mkdir()
    with pytest.raises(UsageError, match="holds no insight document"):
        find_documents([str(empty)])
    with pytest.raises(UsageError, match="there is no"):
        find_documents(["nowhere"])


def test_a_document_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"\xff")
    with pytest.raises(UsageError, match="it is not UTF-8"):
        build_site([str(bad)], tmp_path / "site", SiteSettings(), InPlace())
    bad.write_text("{}")
    with pytest.raises(UsageError, match="schema version"):
        build_site([str(bad)], tmp_path / "site", SiteSettings(), InPlace())


def test_the_command_says_what_it_made(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    assert (
        main(
            [
                "site",
                "reports",
                "--output",
                "out",
                "--locale",
                "ja,zh-Hans",
                "--url",
                "https://x.org/a",
            ]
        )
        == 0
    )
    told = capfd.readouterr()
    assert (told.out, told.err) == ("out/index.html\n", "4 reports, 4 of them rendered\n")
    assert {path.name for path in (site / "out").iterdir() if path.is_dir()} == {"ja_JP", "zh_CN"}
    feed = (site / "out" / "ja_JP" / "feed.xml").read_text("utf-8")
    assert 'href="https://x.org/a/ja_JP/reports/' in feed
    assert main(["site", "reports", "--url", "ftp://x"]) == 2
    assert "is no web address" in capfd.readouterr().err


def test_the_search_script_is_a_script(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node here")
    for name in ("search.js", "page.js"):
        path = Path(main.__code__.co_filename).parents[1] / "render" / "templates" / name
        assert subprocess.run([node, "--check", str(path)], check=False).returncode == 0
