"""A name of a branch is refused exactly when git refuses it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diff_insight.errors import UsageError
from diff_insight.settings.branch_name import check_branch, git_objection

#: Pieces that rules speak of, so that examples break and nearly break them.
PIECES = st.sampled_from(
    [*"ab.@-/~^:?*[\\{}# %\x01\x7f\nßé漢", "..", "@{", ".lock", ".loc", "HEAD", "refs/", "//", "@{-1}"]
)  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
NAMES = st.one_of(st.lists(PIECES, max_size=5).map("".join), TEXTS)


def git_takes(name: str, folder: Path) -> bool:
    told = ["git", "check-ref-format", "--branch", name]
    return subprocess.run(told, cwd=folder, capture_output=True, check=False).returncode == 0


@given(NAMES)
@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_we_say_what_git_says(tmp_path: Path, name: str) -> None:
    assert (git_objection(name) == "") is git_takes(name, tmp_path), name


@given(NAMES.filter(lambda name: not git_objection(name)))
@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_name_that_is_taken_makes_a_ref(tmp_path: Path, name: str) -> None:
    told = ["git", "check-ref-format", f"refs/heads/{name}"]
    assert subprocess.run(told, cwd=tmp_path, check=False).returncode == 0, name


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("a..b", "'..'"),
        ("a~1", "~ ^ :"),
        ("a^", "~ ^ :"),
        ("a:b", "~ ^ :"),
        ("a b", "blank"),
        ("a\tb", "control"),
        ("a\0b", "control"),
        ("-a", "begins with '-'"),
        ("a/", "ends with '/'"),
        ("a.lock", "'.lock'"),
        ("a.lock/b", "'.lock'"),
        ("a@{1}", "'@{'"),
        ("HEAD", "no branch"),
        ("", "empty"),
        (".a", "begins with '.'"),
        ("a.", "ends with '.'"),
        ("\udcff", "UTF-8"),
        ("refs/heads/a", "after refs/heads/"),
        ("0" * 40, "id of a commit"),
    ],
)
def test_the_rule_is_named_with_the_input(name: str, rule: str) -> None:
    with pytest.raises(UsageError) as raised:
        check_branch("branch", name)
    assert raised.value.what.startswith("branch: ")
    assert rule in raised.value.cause
    assert raised.value.exit_code == 2


def test_a_name_is_given_back() -> None:
    assert check_branch("branch", "reports/日本語#1") == "reports/日本語#1"
