"""action.yml, the code and the tables of README.md and docs/action.md say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff_insight.action.inputs import publishers, settings_of
from diff_insight.action.results import nothing_compared, outputs_of
from diff_insight.cli.main import EXIT_INTERRUPTED
from diff_insight.errors import EXIT_FAIL_ON, EnvironmentFailure, UsageError
from diff_insight.github.runner.step_inputs import KNOWN_INPUTS, SETTING_INPUTS, StepInputs
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.pipeline import Outcome
from diff_insight.selection.select import Selection
from diff_insight.settings.config_file import CONFIG_KEYS, RESERVED
from diff_insight.settings.settings import DEFAULT_CONFIG, Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "action.md").read_text("utf-8")
#: The inputs that most people need; the README has these, docs/action.md has all.
FIRST = (
    "locales", "publish", "repository", "base", "head", "since", "config", "fail-on",
    "api-key", "base-url", "model", "token-budget", "analyst",
)  # fmt: skip
#: Inputs that a configuration file may choose, when the step does not.
CHOSEN_BY_FILE = (*(name for name in SETTING_INPUTS if name in CONFIG_KEYS), "config")


def metadata(path: str = "action.yml") -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / path).read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


ACTION = metadata()
DEFAULTS = {name: str(entry["default"]) for name, entry in ACTION["inputs"].items()}


def table(text: str, heading: str, title: str) -> list[list[str]]:
    """Return the cells of a table below a heading, found by the title of its first column."""
    section = re.split(r"^##+ ", text.partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]
    rows = section.partition(f"\n| {title} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows]


def names(rows: list[list[str]]) -> list[str]:
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row[0])]


def outcome() -> Outcome:
    commits = CommitRange(
        base="1" * 40, head="2" * 40, merge_base="1" * 40, comparison=Comparison.DIRECT
    )
    selection = Selection(categories={}, excluded=(), unmatched=(), unreadable=(), changed=0)
    return Outcome(commits=commits, insights=(), paths=(), selection=selection)


def test_the_inputs_are_those_of_the_code() -> None:
    assert sorted(ACTION["inputs"]) == sorted(KNOWN_INPUTS)


def test_the_outputs_are_those_of_the_code() -> None:
    assert list(ACTION["outputs"]) == list(outputs_of(outcome()))


def test_a_run_without_anything_to_compare_sets_the_same_outputs() -> None:
    compared, none = outputs_of(outcome()), nothing_compared()
    assert list(none) == list(compared)
    assert {name: type(value) for name, value in none.items()} == {
        name: type(value) for name, value in compared.items()
    }


def test_what_the_configuration_file_can_choose_has_no_default_in_the_metadata() -> None:
    assert {name for name in CHOSEN_BY_FILE if DEFAULTS[name]} == set()
    chosen = {"locales": ("ja_JP",), "layout": "github", "timezone": "Asia/Tokyo", "dry_run": True}
    config = {name.replace("_", "-"): value for name, value in chosen.items()}
    config["output"] = "insight/{locale}-{category}.md"
    given = StepInputs.from_environ(
        {f"INPUT_{name.upper()}": value for name, value in DEFAULTS.items()}
    )
    settings = settings_of(given, config)
    assert settings.output == config["output"]
    assert {name: getattr(settings, name) for name in chosen} == chosen


def test_the_defaults_of_the_metadata_are_those_of_the_code() -> None:
    given = StepInputs.from_environ(
        {f"INPUT_{name.upper()}": value for name, value in DEFAULTS.items()}
    )
    assert settings_of(given, {}) == settings_of(StepInputs(), {})
    assert publishers(given) == publishers(StepInputs())
    assert DEFAULTS["github-token"] == "${{ github.token }}"


@pytest.mark.parametrize("name", CHOSEN_BY_FILE)
def test_descriptions_tell_the_default_that_the_metadata_cannot_hold(name: str) -> None:
    assert f"Without it `{default_of(name)}`" in ACTION["inputs"][name]["description"]


def default_of(name: str) -> str:
    """Return the default of a setting as the tables write it."""
    if name == "config":
        return DEFAULT_CONFIG
    value = getattr(Settings(), name.replace("-", "_"))
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def test_the_page_lists_every_input_with_its_default_in_the_order_of_the_metadata() -> None:
    rows = table(PAGE, "Inputs", "input")
    assert names(rows) == list(ACTION["inputs"])
    for name, default, _meaning in rows:
        plain = name.strip("`")
        if plain in CHOSEN_BY_FILE:
            assert default == f"`{default_of(plain)}`", plain
        elif DEFAULTS[plain]:
            assert default == f"`{DEFAULTS[plain]}`", plain


def test_the_readme_has_the_first_inputs_as_the_page_has_them() -> None:
    rows = table(README, "As a GitHub Action", "input")
    defaults = {row[0]: row[1] for row in table(PAGE, "Inputs", "input")}
    assert names(rows) == list(FIRST) == list(ACTION["inputs"])[: len(FIRST)]
    assert {row[0]: row[1] for row in rows} == {row[0]: defaults[row[0]] for row in rows}


def test_the_tables_list_every_output() -> None:
    assert names(table(PAGE, "Outputs", "output")) == list(ACTION["outputs"])
    assert sorted(names(table(README, "As a GitHub Action", "output"))) == sorted(ACTION["outputs"])


def test_the_output_of_reports_is_described_by_its_keys() -> None:
    keys = re.search(r"\{([a-z, ]+)\}", ACTION["outputs"]["reports"]["description"])
    assert keys is not None
    source = (ROOT / "src/diff_insight/action/results.py").read_text("utf-8")
    written = [
        [key.value for key in node.keys if isinstance(key, ast.Constant)]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Dict)
    ]
    assert keys[1].split(", ") in written


def test_the_page_tells_every_exit_code_and_what_only_inputs_can_set() -> None:
    codes = {0, EnvironmentFailure.exit_code, UsageError.exit_code, EXIT_FAIL_ON, EXIT_INTERRUPTED}
    told = {int(row[0]) for row in table(PAGE, "The step's end", "exit code")}
    assert told == codes
    only = set(RESERVED) & set(KNOWN_INPUTS)
    sentence = re.search(r"^(`publish`.+?) can be given", PAGE, re.MULTILINE | re.DOTALL)
    assert sentence is not None
    assert set(re.findall(r"`([\w-]+)`", sentence[1])) == {
        name for name in only if not name.endswith("-token")
    }


def test_from_source_is_the_same_action_built_from_the_dockerfile() -> None:
    other = metadata("from-source/action.yml")
    assert other["runs"] == {**ACTION["runs"], "image": "../Dockerfile"}
    assert (ROOT / "from-source" / other["runs"]["image"]).resolve() == ROOT / "Dockerfile"
    assert other["name"] != ACTION["name"]
    same = {key: value for key, value in ACTION.items() if key not in {"name", "runs"}}
    assert {key: value for key, value in other.items() if key not in {"name", "runs"}} == same


def test_the_links_of_the_page_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", PAGE):
        assert (ROOT / "docs" / target).is_file(), target
