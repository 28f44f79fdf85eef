"""The command from end to end, in process, over a real repository: what is written and printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import Command
from support.docs import docs_repository, lines, read
from support.repos import TestRepo

LOCALES = ("en_US", "ja_JP", "zh_CN")
CONFIG = """\
locales: [en, ja, zh-Hans]
categories:
  openai: {paths: [articles/openai]}
  search: {paths: [articles/search]}
  empty: {paths: [articles/nothing]}
exclude: ["*.png"]
notice:
  "": Text under CC BY 4.0.
  ja: 本文はCC BY 4.0です。
"""


@pytest.fixture
def docs(tmp_path: Path) -> TestRepo:
    return docs_repository(tmp_path / "docs")


def test_three_locales_two_categories_two_formats(command: Command, docs: TestRepo) -> None:
    (command.folder / ".github").mkdir()
    (command.folder / ".github" / "diff-insight.yml").write_text(CONFIG, "utf-8")
    ran = command("report", "--repo", str(docs.path), "--format", "markdown,json")
    expected = [
        path
        for category in ("openai", "search")
        for path in (
            f"reports/202506/en_US/report-20250612-{category}.md",
            f"reports/202506/all/report-20250612-{category}.json",
            f"reports/202506/ja_JP/report-20250612-{category}.md",
            f"reports/202506/zh_CN/report-20250612-{category}.md",
        )
    ]
    assert lines(ran) == expected
    assert ran.files == sorted([".github/diff-insight.yml", *expected])
    openai = {
        name: read(ran, f"reports/202506/{name}/report-20250612-openai.md") for name in LOCALES
    }
    assert "September 1, 2025" in openai["en_US"]
    assert "2025年9月1日" in openai["ja_JP"]
    assert "2025年9月1日" in openai["zh_CN"]
    assert "本文はCC BY 4.0です。" in openai["ja_JP"]
    assert all("Text under CC BY 4.0." in openai[name] for name in ("en_US", "zh_CN"))
    for name, text in openai.items():
        assert f"title: '[{name}] Diff Insight Report - openai'" in text
        assert "permalink: https://github.com/example/docs/compare/example:" in text
    search = json.loads(read(ran, expected[5]))
    assert search["locales"] == list(LOCALES)
    assert [file["path"] for file in search["files"]] == ["articles/search/new.md"]
    coverage = search["coverage"]
    assert coverage["changed"] == 4
    assert coverage["excluded"] == [{"path": "articles/search/media/a.png", "reason": "exclude"}]
    assert coverage["unmatched"] == ["README.md"]
    assert "4 files changed: 2 reported, 1 excluded, 1 in no category" in ran.err


def test_standard_error_has_all_but_the_paths(command: Command, docs: TestRepo) -> None:
    ran = command("report", "--repo", str(docs.path), "--locale", "en-GB")
    assert lines(ran) == ["reports/202506/en_US/report-20250612-all.md"]
    short = [
        docs.git("rev-parse", "--short=7", name).decode().strip() for name in ("HEAD~1", "HEAD")
    ]
    assert ran.err.splitlines() == [
        "notice: no catalog for locale en-GB; using en_US",
        "diff",
        f"example/docs: HEAD~1 ({short[0]}) to HEAD ({short[1]}): 4 files changed",
        "analysis: 4 files",
        "reports",
        "4 files changed: 4 reported",
    ]
    quiet = command("report", "--repo", str(docs.path), "--locale", "en-GB", "--quiet")
    assert lines(quiet) == lines(ran)
    assert quiet.err == ""


def test_why_tells_the_rules_of_each_item(command: Command, docs: TestRepo) -> None:
    plain = command("report", "--repo", str(docs.path), "--quiet")
    ran = command("report", "--repo", str(docs.path), "--quiet", "--why")
    assert lines(ran) == lines(plain)
    heading, first, *rest = ran.err.splitlines()
    assert heading == "why: category all"
    assert first.startswith(
        "why: 103 deadline deadline.later (articles/openai/retirements.md): kind 102 > size 103"
    )
    assert all(" > " in line or ": kind " in line for line in rest)


def test_the_rest_can_be_a_category(command: Command, docs: TestRepo) -> None:
    names = command.folder / "categories.yaml"
    names.write_text("categories: {search: {paths: [articles/search]}}\n", "utf-8")
    options = ("--repo", str(docs.path), "--categories", "categories.yaml", "--dry-run")
    ran = command("report", *options, "--unmatched", "other", "--output", "{category}")
    assert lines(ran) == ["search.md", "other.md"]
    ran = command("report", *options, "--output", "{category}", "--include", "*.md")
    assert lines(ran) == ["search.md"]
    assert "4 files changed: 1 reported, 1 excluded, 2 in no category" in ran.err
    assert ran.files == ["categories.yaml"]


def test_nothing_in_a_category_is_said(command: Command, docs: TestRepo) -> None:
    ran = command("report", "--repo", str(docs.path), "--include", "nowhere/")
    assert lines(ran) == []
    assert "4 files changed: 4 excluded" in ran.err
    assert "no report was written" in ran.err
    assert ran.files == []


def test_a_category_file_holds_categories_only(command: Command, docs: TestRepo) -> None:
    (command.folder / "c.yml").write_text("categories: {a: [x]}\nexclude: [b]\n", "utf-8")
    ran = command("report", "--repo", str(docs.path), "--categories", "c.yml")
    ran.refused(2, "--categories", "exclude", "config file")


@pytest.mark.parametrize("name", ["markdown", "html", "json"])
def test_one_report_on_standard_output(command: Command, docs: TestRepo, name: str) -> None:
    options = ("--repo", str(docs.path), "--locale", "ja", "--format", name)
    printed = command("report", *options, "--output", "-")
    assert printed.code == 0
    assert printed.files == []
    written = command("report", *options)
    assert read(written, lines(written)[0]) == printed.out


def test_a_removed_page_is_breaking_unless_it_is_redirected(
    command: Command, docs: TestRepo
) -> None:
    docs.git("rm", "-q", "articles/openai/old.md")
    docs.commit("remove a page")
    options = ("--repo", str(docs.path), "--fail-on", "breaking-change")
    dry = command("report", *options, "--dry-run")
    assert (dry.code, dry.files) == (3, [])
    ran = command("report", *options)
    assert ran.code == 3
    assert ran.out == dry.out
    assert ran.files == ran.out.splitlines()
    assert "--fail-on breaking-change is met: 1 breaking change" in ran.err
    assert "| breaking change |" in read(ran, ran.files[0])
    assert command("report", "--repo", str(docs.path)).code == 0
    redirect = {
        "source_path": "articles/openai/old.md",
        "redirect_url": "/articles/openai/retirements",
    }
    rules = json.dumps({"redirections": [redirect]}, indent=1)
    docs.write({".openpublishing.redirection.json": rules})
    docs.commit("redirect it")
    both = command("report", "HEAD~2..HEAD", *options)
    assert both.code == 0, both.err
    assert "| breaking change |" not in read(both, both.out.strip())


def test_the_whole_story_again_from_the_document(command: Command, docs: TestRepo) -> None:
    options = ("--locale", "en,ja,zh", "--output", "first/{locale}/{category}")
    ran = command("report", "--repo", str(docs.path), "--format", "markdown,html,json", *options)
    document = "first/all/all.json"
    assert document in lines(ran)
    again = command(
        "render",
        document,
        "--format",
        "markdown,html,json",
        "--output",
        "again/{locale}/{category}",
    )
    assert lines(again) == [path.replace("first", "again") for path in lines(ran)]
    for path in lines(ran):
        assert read(ran, path) == read(ran, path.replace("first", "again"))
    one = command("render", document, "--locale", "zh-Hans", "--output", "-")
    assert one.code == 0
    assert "2025年9月1日" in one.out
    command("render", document, "--locale", "it").refused(2, "'it'", "zh_CN")


def test_a_locale_that_the_document_lacks(command: Command, docs: TestRepo) -> None:
    command("report", "--repo", str(docs.path), "--format", "json", "--output", "r.json")
    command("render", "r.json", "--locale", "ja").refused(2, "no texts in ja_JP", "en_US")


def test_documents_that_cannot_be_read(command: Command) -> None:
    (command.folder / "latin.json").write_bytes(b'{"a": "caf\xe9"}')
    (command.folder / "folder").mkdir()
    command("render", "nowhere.json").refused(2, "'nowhere.json' cannot be read", "--format json")
    command("render", "folder").refused(2, "Is a directory")
    command("render", "latin.json").refused(2, "it is not UTF-8")


def test_an_empty_range_is_done_and_says_so(command: Command, docs: TestRepo) -> None:
    ran = command("report", "HEAD..HEAD", "--repo", str(docs.path), "--fail-on", "breaking-change")
    assert lines(ran) == []
    assert (
        "nothing changed in this range, which begins and ends with the same commit; no report was written"
        in ran.err
    )
    assert ran.files == []


def test_two_documents_never_share_a_path(command: Command, docs: TestRepo) -> None:
    for number, words in enumerate(["HEAD~1..HEAD", "HEAD..HEAD~1"]):
        options = ("--repo", str(docs.path), "--format", "json", "--date", f"2025-01-0{number + 1}")
        assert command("report", words, *options, "--output", f"{number}.json").code == 0
    command("render", "0.json", "1.json", "--output", "{category}").refused(
        2, "'all.md'", "one by one"
    )
    ran = command("render", "0.json", "1.json", "--output", "%d/{category}")
    assert lines(ran) == ["01/all.md", "02/all.md"]


def test_two_runs_give_the_same_bytes(command: Command, docs: TestRepo, tmp_path: Path) -> None:
    options = ("--locale", "en,ja,zh", "--format", "markdown,html,json", "--watch", "vector")
    runs = []
    for name in ("one", "two"):
        command.folder = tmp_path / name
        command.folder.mkdir()
        ran = command("report", "--repo", str(docs.path), *options)
        assert ran.code == 0
        runs.append({path: (ran.folder / path).read_bytes() for path in ran.files})
    assert len(runs[0]) == 7
    assert runs[0] == runs[1]


def test_what_is_watched_is_told_earlier(command: Command, docs: TestRepo) -> None:
    options = ("--repo", str(docs.path), "--format", "json", "--output", "-")

    def place_of_readme(*words: str) -> tuple[int, int]:
        told = json.loads(command("report", *options, *words).out)
        readme = next(n for n, file in enumerate(told["files"]) if file["path"] == "README.md")
        return next(
            (number, item["salience"])
            for number, item in enumerate(told["story"])
            if item["facts"][0]["file"] == readme
        )

    plain, watched = place_of_readme(), place_of_readme("--watch", "(?i)readme")
    assert watched[0] < plain[0]
    assert watched[1] == plain[1] + 50


def test_a_range_from_newer_to_older_says_so(command: Command, repo: TestRepo) -> None:
    options = ("--repo", str(repo.path), "--output", "-", "--locale", "de")
    backwards = command("report", "HEAD..HEAD~1", *options)
    assert "the head is an ancestor of the base" in backwards.err
    assert "Der Bereich läuft rückwärts" in backwards.out
    forwards = command("report", "HEAD~1..HEAD", *options)
    assert "ancestor" not in forwards.err
    assert "rückwärts" not in forwards.out
