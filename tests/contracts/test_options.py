"""docs/configuration.md says what the command takes: every option, every key, every default."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from diff_insight.cli.arguments import build_parser
from diff_insight.cli.main import EXIT_INTERRUPTED
from diff_insight.errors import EXIT_FAIL_ON, EnvironmentFailure, UsageError
from diff_insight.settings.config_file import ACTION_KEYS, CONFIG_KEYS, RESERVED, parse_config
from diff_insight.settings.output_path import _DIRECTIVES
from diff_insight.settings.settings import DEFAULT_CONFIG, CategoryPaths, Settings

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
TEXT = PAGE.read_text("utf-8")
#: Options whose setting has another name.
NAMES = {"locale": "locales"}
#: Settings whose field has another name.
FIELDS = {"format": "formats"}


def section(heading: str) -> str:
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def table(heading: str) -> dict[str, tuple[str, str]]:
    """Return the rows of a table whose first cell is code: name -> (default, meaning)."""
    rows = re.findall(r"^\| (`.+?) \| (.+?) \| (.+?) \|$", section(heading), re.MULTILINE)
    return {re.split("[` ]", name)[1]: (default, meaning) for name, default, meaning in rows}


def command_parser(name: str) -> argparse.ArgumentParser:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            found = action.choices[name]
            assert isinstance(found, argparse.ArgumentParser)
            return found
    raise AssertionError(name)


def options(name: str) -> dict[str, argparse.Action]:
    """Return the long options of a command."""
    actions = command_parser(name)._actions
    return {
        option: action
        for action in actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }


def default_of(setting: str) -> str:
    """Return the default of a setting as the page writes it."""
    value = getattr(Settings(), FIELDS.get(setting, setting.replace("-", "_")))
    if isinstance(value, tuple):
        value = ", ".join(item.name if isinstance(item, CategoryPaths) else item for item in value)
    if value is None or value == "" or (isinstance(value, Mapping) and not value):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


OPTIONS, KEYS = table("Options of `diff-insight report`"), table("Configuration file")


def test_every_option_is_documented_and_nothing_else() -> None:
    assert set(OPTIONS) == set(options("report"))


def test_short_options_are_named() -> None:
    for option, action in options("report").items():
        short = [name for name in action.option_strings if not name.startswith("--")]
        row = re.search(rf"^\| `{option}[` ].*", TEXT, re.MULTILINE)
        assert row
        assert all(f"`{name}`" in row[0] for name in short)


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_defaults_and_choices_of_options(option: str) -> None:
    default, meaning = OPTIONS[option]
    setting = NAMES.get(option[2:], option[2:])
    action = options("report")[option]
    if hasattr(Settings(), FIELDS.get(setting, setting.replace("-", "_"))):
        assert default == default_of(setting)
    assert all(str(choice) in f"{meaning} {default}" for choice in action.choices or ())
    assert action.help
    assert f"| `{option}" in TEXT


def test_render_takes_the_options_that_its_paragraph_names() -> None:
    paragraph = TEXT.partition("`diff-insight render INSIGHT.json ...`")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(--[a-z-]+)`", paragraph)) == set(options("render"))


def test_every_key_is_documented_and_nothing_else() -> None:
    assert set(KEYS) == set(CONFIG_KEYS)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_defaults_of_keys(key: str) -> None:
    assert KEYS[key][0] == default_of(key)


@pytest.mark.parametrize("key", sorted(set(CONFIG_KEYS) - ACTION_KEYS))
def test_every_key_is_an_option_too(key: str) -> None:
    spelling = {name: option for option, name in NAMES.items()}
    assert f"--{spelling.get(key, key)}" in options("report")


def test_reserved_keys_are_listed() -> None:
    paragraph = re.search(r"^Never in the file.*?\n\n", TEXT, re.MULTILINE | re.DOTALL)
    assert paragraph
    assert set(re.findall(r"`([a-z-]+)`", paragraph[0])) == RESERVED


def test_the_example_is_a_configuration() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        assert parse_config(example, "docs/configuration.md")


def test_paths_exit_codes_and_directives() -> None:
    assert OPTIONS["--config"][0] == f"`{DEFAULT_CONFIG}`"
    codes = set(re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE))
    ours = {0, EnvironmentFailure.exit_code, UsageError.exit_code, EXIT_FAIL_ON, EXIT_INTERRUPTED}
    assert codes == {str(code) for code in ours}
    assert {mark[1] for mark in re.findall(r"%[A-Za-z%]", section("Paths of reports"))} == set(
        _DIRECTIVES
    )


def test_the_links_of_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= anchors
    for target in re.findall(r"\]\(([\w./-]+\.md)\)", TEXT):
        assert (PAGE.parent / target).is_file(), target
