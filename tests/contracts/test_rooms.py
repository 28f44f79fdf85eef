"""The layout of the product: no import circle, no raw inputs, no module that nobody reads to its end."""

from __future__ import annotations

from support.figures import figures, kind_tables, lines
from support.rooms import arrows, circles, raw_input_signatures, rooms
from support.source_trees import modules

#: Tables at the top of modules that name kinds: their families', and the joiners by what they make.
KIND_TABLES = {
    "facts/cross_file.py",
    "facts/interfaces/required_lines.py",
    "facts/interfaces/schema_facts.py",
    "facts/packages/dependencies.py",
    "facts/pages/admonitions.py",
    "facts/pages/moves_in_file.py",
    "story/joiners.py",
}
LONGEST_MODULE = 350


def test_no_module_imports_itself_through_others() -> None:
    assert circles() == []


def test_rooms_and_arrows_are_counted() -> None:
    assert {"facts", "story", "wording", "pipeline"} <= rooms()
    assert ("story", "kinds") in arrows()
    assert ("kinds", "story") not in arrows()


def test_inputs_are_typed_where_they_come_in() -> None:
    assert len(raw_input_signatures()) <= 2  # where they are read, and where a workflow is checked


def test_no_new_table_says_what_kinds_mean() -> None:
    assert set(kind_tables()) <= KIND_TABLES


def test_every_module_can_be_read_to_its_end() -> None:
    assert {path: lines(path) for path in modules() if lines(path) > LONGEST_MODULE} == {}


def test_figures_are_printed_by_their_names() -> None:
    assert figures()["circles"] == 0
