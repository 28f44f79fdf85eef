"""The command from end to end, in process, over real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import diff_insight
from support.command import Command, Ran
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
RETIREMENTS = """\
---
title: Model retirements
ms.date: {date}
---

# Model retirements

| Model | Version | Retirement date | Replacement |
|---|---|---|---|
| `gpt-4o` | 2024-05-13 | No earlier than June 30, 2025 | |
| `computer-use-preview` | 2025-03-11 | No earlier than {retirement} | |
"""


@pytest.fixture
def docs(tmp_path: Path) -> TestRepo:
    """A repository of documentation whose last commit moves a deadline, and adds a page and a picture."""
    made = TestRepo(tmp_path / "docs")
    made.git("remote", "add", "origin", "https://github.com/example/docs.git")
    made.write(
        {
            "articles/openai/retirements.md": RETIREMENTS.format(
                date="04/25/2025", retirement="June 11, 2025"
            ),
            "articles/search/index.md": "# Search\n\nFind things.\n",
            "articles/openai/old.md": "# Old page\n\nGone soon.\n",
            "README.md": "# Docs\n",
        }
    )
    made.commit("first")
    made.write(
        {
            "articles/openai/retirements.md": RETIREMENTS.format(
                date="06/11/2025", retirement="September 1, 2025"
            ),
            "articles/search/new.md": "# Vector search\n\n## Prerequisites\n\nA vector.\n",
            "articles/search/media/a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "README.md": "# Docs\n\nMore.\n",
        }
    )
    made.commit("second")
    return made


def read(ran: Ran, path: str) -> str:
    return (ran.folder / path).read_text("utf-8")


def lines(ran: Ran) -> list[str]:
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def in_checkout(command: Command, repo: TestRepo, *words: str) -> Ran:
    """Run the command inside the checkout itself."""
    command.folder = repo.path
    return command("report", *words)


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
    assert ran.err.splitlines() == [
        "notice: no catalog for locale en-GB; using en_US",
        "diff",
        "analysis: 4 files",
        "reports",
        "4 files changed: 4 reported",
    ]
    quiet = command("report", "--repo", str(docs.path), "--locale", "en-GB", "--quiet")
    assert lines(quiet) == lines(ran)
    assert quiet.err == ""


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
    command("render", document, "--locale", "fr").refused(2, "'fr'", "zh_CN")


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
    assert "nothing changed in this range; no report was written" in ran.err
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


def test_in_a_folder_of_the_checkout(command: Command, docs: TestRepo) -> None:
    docs.write({".github/diff-insight.yml": "exclude: ['*.png']\noutput: out/{category}\n"})
    top = in_checkout(command, docs, "HEAD~1..HEAD")
    assert lines(top) == ["out/all.md"]
    whole = read(top, "out/all.md")
    command.folder = docs.path / "articles" / "search"
    ran = command("report", "HEAD~1..HEAD")
    # The config file is that of the checkout; paths are below where one stands.
    assert lines(ran) == ["out/all.md"]
    assert read(ran, "out/all.md") == whole
    assert "README.md" in whole


def test_the_last_commit_of_the_default_branch_or_all_of_a_branch(
    command: Command, docs: TestRepo
) -> None:
    on_main = command("report", "--repo", str(docs.path), "--output", "main.md")
    assert "4 files changed" in on_main.err
    docs.git("switch", "-q", "-c", "topic", "HEAD~1")
    for number in range(2):
        docs.write({f"n{number}.md": "# N\n"})
        docs.commit("topic")
    on_branch = command("report", "--repo", str(docs.path), "--output", "branch.md")
    assert "2 files changed" in on_branch.err
    named = command("report", "main...topic", "--repo", str(docs.path), "--output", "branch.md")
    assert read(named, "branch.md") == read(on_branch, "branch.md")
    assert named.files == ["branch.md", "main.md"]


def test_bare_repository_and_worktree(command: Command, docs: TestRepo, tmp_path: Path) -> None:
    plain = command("report", "HEAD~1..HEAD", "--repo", str(docs.path), "--output", "plain.md")
    docs.git("clone", "-q", "--bare", str(docs.path), str(tmp_path / "bare.git"))
    docs.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"), "HEAD")
    for place in ("bare.git", "tree"):
        ran = command("report", "HEAD~1..HEAD", "--repo", str(tmp_path / place), "--output", "x.md")
        assert lines(ran) == ["x.md"]
        written = read(ran, "x.md")
        if place == "tree":
            assert written == read(plain, "plain.md")
        else:  # its origin is a path, which is no web address
            assert "permalink: ''" in written
            assert "September 1, 2025" in written
        (ran.folder / "x.md").unlink()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ((), "2025-06-12"),
        (("--timezone", "Asia/Tokyo"), "2025-06-12"),
        (("--timezone", "Pacific/Kiritimati"), "2025-06-13"),
        (("--timezone", "Pacific/Pago_Pago"), "2025-06-11"),
        (("--date", "2024-02-29"), "2024-02-29"),
        (("--date", "2024-02-29", "--timezone", "Pacific/Kiritimati"), "2024-02-29"),
    ],
)
def test_dates(command: Command, docs: TestRepo, words: tuple[str, ...], day: str) -> None:
    # The head was committed at 10:00 UTC on June 12, 2025.
    ran = command("report", "--repo", str(docs.path), "--output", "%Y/%m/%d", *words)
    assert lines(ran) == [f"{day.replace('-', '/')}.md"]
    assert f"date: '{day}'" in read(ran, lines(ran)[0])


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


def test_a_diff_needs_no_repository(command: Command, docs: TestRepo) -> None:
    patch = docs.git("diff", "HEAD~1", "HEAD")
    ids = [docs.git("rev-parse", name).decode().strip() for name in ("HEAD~1", "HEAD")]
    ran = command(
        "report", "--diff", "-", "--repo", "example/docs", "--base", ids[0], "--head", ids[1],
        "--date", "2025-06-12", stdin=patch,
    )  # fmt: skip
    written = read(ran, lines(ran)[0])
    assert f"example/docs/compare/example:{ids[0][:7]}...example:{ids[1][:7]}" in written
    assert "September 1, 2025" in written


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


def test_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "diff_insight", "--version"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(diff_insight.__file__).parents[1])},
    )
    assert done.stdout.decode() == f"diff-insight {diff_insight.__version__}\n"
    assert done.stderr == b""
