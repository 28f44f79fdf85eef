"""Names mean one thing and say what they name: classes, functions, variables, files."""

from __future__ import annotations

import pytest

from support.names import (
    doubled_classes,
    doubled_files,
    hollow_variables,
    is_participle,
    participles,
)

#: Functions named by a participle; the list may only shrink. Custom templates know those of `Insight`.
PARTICIPLES = {
    "facts/code/access.py: exported",
    "facts/interfaces/schema_keywords.py: _bound",  # the noun: a limit
    "model/insight.py: accepted",
    "model/insight.py: undeclared",
}


def test_no_two_classes_have_one_name() -> None:
    assert doubled_classes() == {}


def test_functions_are_verbs_or_the_noun_they_return() -> None:
    assert participles() == PARTICIPLES


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("told", True),
        ("_renamed", True),
        ("seen_by_all", True),
        ("gone", True),
        ("changed_lines", False),
        ("is_renamed", False),
        ("read", False),
        ("feed", False),
        ("describe_compared", False),
    ],
)
def test_a_participle_is_an_adjective_before_a_noun(name: str, *, expected: bool) -> None:
    assert is_participle(name) is expected


def test_variables_are_the_noun_of_their_content() -> None:
    assert hollow_variables() == {}


def test_no_two_files_have_one_name() -> None:
    assert set(doubled_files()) == {"main.py"}  # the command and the action each have one
