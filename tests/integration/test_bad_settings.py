"""Options and config files that cannot be right are refused before any work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.command import Command, Ran
from support.repos import TestRepo


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"locales: [en_US\n", ("is not valid YAML",)),
        (b"\xff\xfe\0", ("is not UTF-8",)),
        (b"- a\n- b\n", ("holds no settings",)),
        (b"locale: ja\n", ("unknown key 'locale'", "perhaps you meant 'locales'")),
        (b"exlude: [x]\n", ("unknown key 'exlude'", "perhaps you meant 'exclude'")),
        (b"zzz: 1\n", ("unknown key 'zzz'", "known keys")),
        (b"categories: {a: {path: [x]}}\n", ("unknown key 'path'", "perhaps you meant 'paths'")),
        (b"api-key: sk-1\n", ("'api-key' cannot be set in a config file",)),
        (b"base-url: http://x\n", ("'base-url' cannot be set in a config file",)),
        (b"publish: [commit]\n", ("'publish' cannot be set in a config file",)),
        (b"branch: main\n", ("'branch' cannot be set in a config file",)),
        (b"fail-on: never\n", ("'fail-on' cannot be set in a config file",)),
        (b"max-patch-bytes: many\n", ("max-patch-bytes", "a whole number")),
        (b"!!python/object/apply:os.system ['touch ran']\n", ("is not valid YAML",)),
    ],
)
def test_config_files(
    command: Command, repo: TestRepo, content: bytes, words: tuple[str, ...]
) -> None:
    (command.folder / "given.yml").write_bytes(content)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--config", "given.yml")
    ran.refused(2, *words)
    assert ran.files == ["given.yml"]


def test_the_config_file_of_where_one_stands(command: Command, repo: TestRepo) -> None:
    (command.folder / ".github").mkdir()
    (command.folder / ".github" / "diff-insight.yml").write_text("formt: json\n")
    ran = command("report", "--repo", str(repo.path))
    ran.refused(2, ".github/diff-insight.yml", "unknown key 'formt'", "perhaps you meant 'format'")


def test_nothing_is_read_as_config_from_a_compared_repository(
    command: Command, repo: TestRepo
) -> None:
    repo.write({".github/diff-insight.yml": "formt: json\n"})
    assert command("report", "HEAD~1..HEAD", "--repo", str(repo.path)).code == 0


@pytest.mark.parametrize("name", ["nowhere.yml", "folder"])
def test_a_config_file_that_cannot_be_read(command: Command, repo: TestRepo, name: str) -> None:
    (command.folder / "folder").mkdir()
    ran = command("report", "--repo", str(repo.path), "--config", name)
    ran.refused(2, "config file", name)
    assert ran.files == []


def test_an_unknown_locale_lists_what_there_is(command: Command, repo: TestRepo) -> None:
    ran = command("report", "--repo", str(repo.path), "--locale", "en_US,tlh")
    ran.refused(2, "'tlh'", "en_US", "ja_JP", "zh_CN")
    assert ran.files == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--output", "{lang}/x.md"), ("unknown placeholder {lang}", "{locale}")),
        (("--output", "{}/x.md"), ("unknown placeholder {}",)),
        (("--output", ""), ("names no file",)),
        (("--output", "reports/"), ("names no file",)),
        (("--output", "x.md", "--locale", "en,ja"), ("en_US, ja_JP", "one path", "{locale}")),
        (("--output", "-", "--locale", "en,ja"), ("exactly one report", "2")),
        (("--output", "-", "--format", "json,html"), ("exactly one report", "2")),
        (("--format", "pdf"), ("'pdf'", "markdown, json, html")),
        (("--date", "12.06.2025"), ("'12.06.2025'", "YYYY-MM-DD")),
        (("--timezone", "Mars/Olympus"), ("'Mars/Olympus'", "IANA")),
        (("--watch", "("), ("regular expression",)),
        (("--fail-on", "always"), ("--fail-on", "none of")),
        (("--no-such-option",), ("--no-such-option", "--help")),
        (("--base", "HEAD"), ("RANGE and --base",)),
    ],
)
def test_options(
    command: Command, repo: TestRepo, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), *options)
    ran.refused(2, *words)
    assert ran.files == []


def test_two_categories_with_one_path(command: Command, repo: TestRepo) -> None:
    (command.folder / "c.yml").write_text("categories: {a: [data/], b: [guide.md]}\n")
    options = ("--repo", str(repo.path), "--config", "c.yml", "--output", "{locale}.md")
    ran = command("report", "HEAD~1..HEAD", *options)
    ran.refused(2, "a, b", "one path", "{category}")
    assert ran.files == ["c.yml"]


def test_without_a_command(command: Command) -> None:
    command().refused(2, "COMMAND", "--help")


@pytest.mark.parametrize("words", [("--help",), ("report", "--help"), ("--version",)])
def test_help_and_version_are_no_errors(command: Command, words: tuple[str, ...]) -> None:
    ran = command(*words)
    assert (ran.code, ran.err) == (0, "")
    assert "diff-insight" in ran.out


def test_a_traceback_only_when_it_is_asked_for(command: Command) -> None:
    assert "Traceback" not in command("report", "--repo", "nowhere").err
    verbose: Ran = command("report", "--repo", "nowhere", "--verbose")
    assert verbose.code == 2
    assert "Traceback (most recent call last)" in verbose.err


def test_a_defect_is_told_without_a_traceback(
    command: Command, repo: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("surprise\x1b[31m")

    monkeypatch.setattr("diff_insight.cli.commands.run", fail)
    ran = command("report", "--repo", str(repo.path))
    ran.refused(1, "an unexpected KeyError ended the run", "a defect", "-v")
    assert "\x1b" not in ran.err
    assert "Traceback" in command("report", "--repo", str(repo.path), "-v").err


def test_names_in_messages_cannot_move_the_cursor(command: Command, tmp_path: Path) -> None:
    ran = command("report", "--repo", "no\x1b[2Jwhere\u202e")
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


def test_a_config_file_without_end(command: Command, repo: TestRepo) -> None:
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--config", "/dev/zero")
    ran.refused(2, "/dev/zero", "more than 1000000 bytes")


def test_a_template_without_markdown(command: Command, repo: TestRepo) -> None:
    (command.folder / "mine.md.j2").write_text("x", "utf-8")
    words = ("--template", "mine.md.j2", "--format", "json")
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), *words)
    ran.refused(2, "a template is for Markdown")


def test_a_closed_standard_output(repo: TestRepo) -> None:
    report = [sys.executable, "-m", "diff_insight", "report", "HEAD~1..HEAD", "-q", "--output", "-"]
    shell = ["sh", "-c", 'exec "$@" >&-', "sh", *report, "--repo", str(repo.path)]
    ran = subprocess.run(shell, check=False, stderr=subprocess.PIPE)
    assert ran.returncode == 1
    assert b"there is no standard output" in ran.stderr
    assert b"Traceback" not in ran.stderr
