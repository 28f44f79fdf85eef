"""What is typed becomes settings and a range: option beats config file beats default."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping

import pytest

from diff_insight.cli.arguments import build_parser
from diff_insight.cli.typed import request_from, settings_from
from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.settings.config_file import parse_config
from diff_insight.settings.settings import Settings


def parsed(line: str) -> argparse.Namespace:
    return build_parser().parse_args(line.split())


def chosen(line: str, config: Mapping[str, object] | None = None) -> Settings:
    return settings_from(parsed(f"report {line}"), config or {})


def asked(line: str, config: Mapping[str, object] | None = None) -> RangeRequest:
    arguments = parsed(f"report {line}")
    return request_from(arguments, settings_from(arguments, config or {}))


def refused(line: str) -> UsageError:
    def run() -> None:
        arguments = parsed(line)
        request_from(arguments, settings_from(arguments, {}))

    with pytest.raises(UsageError) as caught:
        run()
    assert caught.value.exit_code == 2
    assert caught.value.cure
    return caught.value


def test_nothing_typed_is_the_default() -> None:
    assert chosen("") == Settings()


def test_an_option_beats_the_config_file_which_beats_the_default() -> None:
    config = parse_config(
        "locales: [ja]\nlayout: classic\nunmatched: other\nmax-patch-bytes: 5\ndry-run: true\n"
        "notice: x\nexclude: [a]\n",
        "config.yml",
    )
    from_file = chosen("", config)
    assert from_file.locales == ("ja",)
    assert (from_file.layout, from_file.unmatched, from_file.max_patch_bytes) == (
        "classic",
        "other",
        5,
    )
    assert from_file.dry_run
    typed = chosen(
        "--locale zh --layout auto --unmatched report --max-patch-bytes 0 --notice y --exclude b",
        config,
    )
    assert typed.locales == ("zh",)
    assert (typed.layout, typed.unmatched, typed.max_patch_bytes) == ("auto", "report", 0)
    assert typed.notice == {"": "y"}
    assert typed.exclude == ("b",)
    assert typed.dry_run  # there is no option that takes it back


@pytest.mark.parametrize(
    "line",
    [
        "--locale ja,en,ja",
        "--locale ja --locale en",
        "--locale ja,en --locale ja",
        "--locale=ja,,en,",
    ],
)
def test_comma_lists_and_repeats_keep_the_first_order(line: str) -> None:
    assert chosen(line).locales == ("ja", "en")
    formats = line.replace("--locale", "--format").replace("ja", "json").replace("en", "html")
    assert chosen(formats).formats == ("json", "html")


def test_patterns_and_expressions_repeat_and_keep_commas() -> None:
    settings = chosen("--include *.{a,b} --include docs/ --watch a,b --watch c")
    assert settings.include == ("*.{a,b}", "docs/")
    assert settings.watch == ("a,b", "c")


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("--locale=,", "--locale"),
        ("--format pdf", "--format"),
        ("--date 2025-6-1", "--date"),
        ("--timezone Mars", "--timezone"),
        ("--max-patch-bytes -5", "--max-patch-bytes"),
        ("--max-patch-bytes many", "--max-patch-bytes"),
        ("--include !", "--include"),
        ("--watch [", "--watch"),
        ("--layout fancy", "--layout"),
        ("--fail-on always", "--fail-on"),
        ("--unmatched drop", "--unmatched"),
        ("--comparison fuzzy", "--comparison"),
        ("--analyst oracle", "--analyst"),
        ("--output", "--output"),
    ],
)
def test_a_wrong_value_names_its_option(line: str, option: str) -> None:
    assert option in refused(f"report {line}").what


@pytest.mark.parametrize(
    ("typed", "near"),
    [("--outpt x", "--output"), ("--locales=ja", "--locale"), ("--fail-no never", "--fail-on"),
     ("--out x", "--output"), ("--verbos", "--verbose")],
)  # fmt: skip
def test_a_misspelt_or_shortened_option_names_the_near_one(typed: str, near: str) -> None:
    error = refused(f"report {typed}")
    assert error.what == f"there is no option {re.split('[= ]', typed)[0]!r}"
    assert error.cure == f"perhaps you meant {near}"


def test_other_words_that_are_not_understood() -> None:
    assert refused("report a..b c..d").what == "one argument too many: 'c..d'"
    assert refused("report --frobnicate").cure == "see diff-insight report --help"
    assert "'reprot'" in refused("reprot").what
    assert "COMMAND" in refused("").what
    assert "INSIGHT.json" in refused("render").what


def test_ranges() -> None:
    assert asked("") == RangeRequest()
    assert asked("a..b") == RangeRequest(base="a", head="b", comparison=Comparison.DIRECT)
    assert asked("a...b") == RangeRequest(base="a", head="b", comparison=Comparison.MERGE_BASE)
    assert asked("--base a") == RangeRequest(base="a")
    assert asked("--head b --comparison direct") == RangeRequest(
        head="b", comparison=Comparison.DIRECT
    )
    assert asked("a..b --comparison direct") == asked("a..b")


def test_the_comparison_of_the_config_file_is_for_names_without_dots() -> None:
    config = {"comparison": Comparison.DIRECT}
    assert asked("--base a", config).comparison is Comparison.DIRECT
    assert asked("a...b", config).comparison is Comparison.MERGE_BASE
    assert asked("--base a --comparison merge-base", config).comparison is Comparison.MERGE_BASE


@pytest.mark.parametrize("line", ["a..b --base c", "a..b --head c", "a...b --base c --head d"])
def test_a_range_is_said_once(line: str) -> None:
    assert "say the same thing" in refused(f"report {line}").what


def test_a_range_and_another_comparison_contradict_each_other() -> None:
    assert "not compared direct" in refused("report a...b --comparison direct").what
    assert "not compared merge-base" in refused("report a..b --comparison merge-base").what


def test_quiet_and_verbose_have_short_forms() -> None:
    arguments = parsed("report -v -q")
    assert arguments.verbose
    assert arguments.quiet


def test_render_takes_the_options_about_writing() -> None:
    arguments = parsed("render a.json b.json --locale ja --format html --output x --dry-run")
    settings = settings_from(arguments, {})
    assert arguments.documents == ["a.json", "b.json"]
    assert (settings.locales, settings.formats, settings.output) == (("ja",), ("html",), "x")
    assert settings.dry_run
    assert "'--base'" in refused("render a.json --base x").what


@pytest.mark.parametrize("line", ["--help", "report --help", "render --help"])
def test_help_fits_a_terminal_and_leaves_with_0(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as leaving:
        parsed(line)
    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    assert max(len(row) for row in shown.splitlines()) <= 80
    assert "exit codes:" in shown
    assert "130  interrupted" in shown
    assert "%(" not in shown
    assert not re.search(r"\s+$", shown.replace("\n", ""))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parsed("--version")
    assert leaving.value.code == 0
    assert re.fullmatch(r"diff-insight \d+\.\d+\S*\n", capsys.readouterr().out)
