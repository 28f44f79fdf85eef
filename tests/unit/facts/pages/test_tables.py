"""Table rows matched by their key column: cells, rows and columns that changed."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.facts.pages import tables
from diff_insight.facts.pages.table_rows import is_delimiter, split_row
from diff_insight.model.changes import Side
from support.views import Told, told_by, view_of

TABLE = """# Models

| Model | Version | Retirement date | Replacement |
|:------|--------:|-----------------|-------------|
| `alpha` | 1 | No earlier than June 11, 2025 | |
| `beta` | 2 | July 1, 2026 | gamma |
| `gamma` | 3 | | |
| `delta` | 4 | | |
| `epsilon` | 5 | | |
| `zeta` | 6 | | |
| `eta` | 7 | | |
"""


def changed(old: str, new: str, *, whole: bool = True) -> list[Told]:
    assert old in TABLE
    return told_by(tables, view_of(TABLE, TABLE.replace(old, new), whole=whole))


@pytest.mark.parametrize("whole", [True, False])
def test_a_retirement_date_that_moved(whole: bool) -> None:  # noqa: FBT001
    assert changed("June 11, 2025", "September 1, 2025", whole=whole) == [
        (
            "deadline.moved",
            {
                "subject": "alpha",
                "what": "retirement",
                "old": {"date": "2025-06-11", "qualifier": "not-before"},
                "new": {"date": "2025-09-01", "qualifier": "not-before"},
                "days": 82,
                "direction": "later",
                "column": "Retirement date",
                "only_row": True,
                "empty_columns": ("Replacement",),
            },
            "-5 +5",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("July 1, 2026", "May 1, 2026",
         {"days": 61, "direction": "earlier", "empty_columns": ()}),
        ("July 1, 2026", "August 2026", {"days": None, "direction": "later"}),
        ("No earlier than June 11, 2025", "June 11, 2025", {"days": 0, "direction": "same"}),
    ],
)  # fmt: skip
def test_other_moves_of_a_date(old: str, new: str, what: dict[str, Any]) -> None:
    ((kind, params, _),) = changed(old, new)
    assert kind == "deadline.moved"
    assert {name: params[name] for name in what} == what


@pytest.mark.parametrize(
    ("old", "new", "params", "where"),
    [
        ("| 3 |", "| 4 |", {"row": "gamma", "column": "Version", "old": "3", "new": "4"}, "-7 +7"),
        ("| gamma |", "| `delta` |",
         {"row": "beta", "column": "Replacement", "old": "gamma", "new": "delta"}, "-6 +6"),
        ("| July 1, 2026 |", "| none |",
         {"row": "beta", "column": "Retirement date", "old": "July 1, 2026", "new": "none"},
         "-6 +6"),
        ("| gamma |", "| a \\| b |",
         {"row": "beta", "column": "Replacement", "old": "gamma", "new": "a | b"}, "-6 +6"),
    ],
)  # fmt: skip
def test_one_cell(old: str, new: str, params: dict[str, Any], where: str) -> None:
    assert changed(old, new) == [("table.cell", params | {"only_row": True}, where)]


def test_markup_is_no_change_of_a_cell() -> None:
    assert changed("| `gamma` | 3 |", "| **gamma**   |   3 |") == [
        ("text.markup", {"section": ""}, "-7 +7")
    ]


def test_spaces_are_no_change() -> None:
    assert changed("| `gamma` | 3 |", "| `gamma`   |   3 |") == []


def test_a_renamed_key_is_a_changed_cell_when_most_cells_stayed() -> None:
    assert changed("| `beta` |", "| `beta-2` |") == [
        (
            "table.cell",
            {"row": "beta", "column": "Model", "old": "beta", "new": "beta-2", "only_row": True},
            "-6 +6",
        )
    ]


def test_rows_come_and_go() -> None:
    row = "| `gamma` | 3 | | |\n"
    assert changed(row, row + "| `theta` | 8 | | |\n") == [
        ("table.row-added", {"row": "theta", "column": "Model"}, "+8")
    ]
    assert changed(row, "") == [("table.row-removed", {"row": "gamma", "column": "Model"}, "-7")]


def test_two_rows_are_not_the_only_one() -> None:
    new = TABLE.replace("| 3 |", "| 30 |").replace("| 7 |", "| 70 |")
    found = told_by(tables, view_of(TABLE, new))
    assert [(params["row"], params["only_row"]) for _, params, _ in found] == [
        ("gamma", False),
        ("eta", False),
    ]


def test_a_header_out_of_sight_leaves_the_column_unnamed() -> None:
    new = TABLE.replace("| 7 |", "| 70 |")
    ((kind, params, where),) = told_by(tables, view_of(TABLE, new, whole=False))
    assert (kind, where) == ("table.cell", "-11 +11")
    assert (params["row"], params["column"]) == ("eta", "")
    ((_, params, _),) = told_by(tables, view_of(TABLE, new, whole=True))
    assert params["column"] == "Version"


def test_without_a_header_a_date_is_about_what_its_page_is_about() -> None:
    row = "| `eta` | 7 | July 1, 2026 | |\n"
    old = TABLE.replace("| `eta` | 7 | | |\n", row)
    new = old.replace("`eta` | 7 | July 1, 2026", "`eta` | 7 | August 1, 2026")
    for path, kind in (("docs/model-retirements.md", "deadline.moved"), ("x.md", "date.moved")):
        view = view_of(old, new, path=path, whole=False)
        assert [found[0] for found in told_by(tables, view)] == [kind]


COLUMNS = "| Name | A | B |\n|---|---|---|\n| x | 1 | 2 |\n| y | 3 | 4 |\n"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("| Name | A | B | C |\n|---|---|---|---|\n| x | 1 | 2 | 5 |\n| y | 3 | 4 | 6 |\n",
         [("table.column-added", {"column": "C"}, "+1")]),
        ("| Name | B |\n|---|---|\n| x | 2 |\n| y | 4 |\n",
         [("table.column-removed", {"column": "A"}, "-1")]),
        ("| Name | A | D |\n|---|---|---|\n| x | 1 | 2 |\n| y | 3 | 4 |\n",
         [("table.column-added", {"column": "D"}, "+1"),
          ("table.column-removed", {"column": "B"}, "-1")]),
        ("| Name | B |\n|---|---|\n| x | 7 |\n| y | 4 |\n",
         [("table.column-removed", {"column": "A"}, "-1"),
          ("table.cell", {"row": "x", "column": "B", "old": "2", "new": "7", "only_row": False},
           "-3 +3")]),
    ],
)  # fmt: skip
def test_columns(new: str, expected: list[Told]) -> None:
    assert told_by(tables, view_of(COLUMNS, new)) == expected


def test_another_table_in_the_place_of_one_has_no_new_columns() -> None:
    other = "| Region | Zone |\n|---|---|\n| eu | west |\n"
    kinds = [kind for kind, _, _ in told_by(tables, view_of(COLUMNS, other))]
    assert kinds == ["table.row-removed", "table.row-removed", "table.row-added"]


def test_the_line_under_the_header_is_no_row() -> None:
    assert changed("|:------|--------:|", "|-------|---------|") == []


def test_long_cells_are_quoted_from_where_they_differ() -> None:
    text = "one two three four five six seven eight nine ten " * 4
    old = TABLE.replace("| gamma |", f"| {text}before that |")
    new = TABLE.replace("| gamma |", f"| {text}after all |")
    ((_, params, _),) = told_by(tables, view_of(old, new))
    assert (params["old"], params["new"]) == ("before that", "after all")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", " more", ("…ten", "…ten more")),
        (" or one and two", " and two or one", ("…or one and two", "…and two or one")),
        (" x" * 60, " y" * 60, ("…x" + " x" * 38 + "…", "…y" + " y" * 38 + "…")),
    ],
)
def test_long_cells_are_quoted_from_the_word_before(
    before: str, after: str, told: tuple[str, str]
) -> None:
    text = ("one two three four five six seven eight nine ten " * 4).strip()
    old, new = (TABLE.replace("| gamma |", f"| {text}{end} |") for end in (before, after))
    ((_, params, _),) = told_by(tables, view_of(old, new))
    assert (params["old"], params["new"]) == told


def test_rows_whose_number_of_cells_changed_out_of_reach_are_left() -> None:
    text = "| a | b |\n| c | d |\n"
    assert told_by(tables, view_of(text, "| a | b |\n| c | d | e |\n")) == []


@pytest.mark.parametrize(
    "text",
    ["```\n| a | 1 |\n| b | {} |\n```\n", "a | 1\nb | {}\n", "|{}\n", "text with a | b {}\n"],
)
def test_what_is_no_row(text: str) -> None:
    assert told_by(tables, view_of(text.format("2"), text.format("3"))) == []


def test_told_rows_are_claimed() -> None:
    view = view_of(TABLE, TABLE.replace("| 3 |", "| 4 |"))
    told_by(tables, view)
    assert view.claimed == {(Side.BASE, 7), (Side.HEAD, 7)}


def test_only_pages_with_two_versions_and_a_pipe() -> None:
    assert not tables.applies(view_of(None, TABLE))
    assert not tables.applies(view_of(TABLE, TABLE.replace("3", "4"), path="data.txt"))
    assert not tables.applies(view_of("a\n", "b\n"))


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a|b", ("a", "b")),
        ("|a||", ("a", "")),
        (r"| a \| b | c \||", (r"a \| b", r"c \|")),
        ("  | a |  b\t|  \r", ("a", "b")),
        ("|", ("",)),
        ("", ("",)),
    ],
)
def test_split_row(line: str, cells: tuple[str, ...]) -> None:
    assert split_row(line) == cells


@pytest.mark.parametrize(
    ("line", "yes"),
    [("|---|:-:|", True), ("-|-", True), ("| - |", True), ("| a |", False), ("|  |", False),
     ("| :: |", False)],
)  # fmt: skip
def test_delimiter_lines(line: str, yes: bool) -> None:  # noqa: FBT001
    assert is_delimiter(split_row(line)) is yes


@pytest.mark.parametrize("mark", ["<sup>{}</sup>", "[^{}]"])
def test_a_renumbered_footnote_leaves_its_row(mark: str) -> None:
    old = f"| Region | Tiers |\n|---|---|\n| Spain Central {mark.format(2)} | S1 |\n"
    new = old.replace(mark.format(2), mark.format(1)).replace("S1", "S2")
    found = told_by(tables, view_of(old, new))
    assert [(kind, params["row"], params["column"]) for kind, params, _ in found] == [
        ("table.cell", "Spain Central", "Tiers"),
    ]


def test_a_row_that_went_in_one_block_and_came_in_another() -> None:
    rows = [f"| {name} | {name}-value |" for name in ("one", "two", "three", "four")]
    head = "## {}\n\n| Key | Value |\n|---|---|\n"
    old = head.format("First") + "\n".join(rows) + "\n"
    new = head.format("First") + "\n".join([*rows[1:], rows[0].replace("-value", "!")]) + "\n"
    assert told_by(tables, view_of(old, new)) == [
        ("table.cell",
         {"row": "one", "column": "Value", "only_row": True, "old": "one-value", "new": "one!"},
         "-5 +8"),
    ]  # fmt: skip
    other = old.replace(rows[0] + "\n", "") + "\n" + head.format("Second") + rows[0] + "\n"
    kinds = [kind for kind, _, _ in told_by(tables, view_of(old, other))]
    assert kinds == ["table.row-removed", "table.row-added"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| `Acme.Connectors.Redis` | yes |", "| `Vendor.Data.Redis` | yes |"),
        ("| `Acme.Connectors.Redis` | yes |", "| `Vendor.Data.Redis` | no |"),
        ("| AI service | Acme |", "| Acme AI service | Acme |"),
    ],
)
def test_a_row_with_another_key_is_one_changed_row(old: str, new: str) -> None:
    head = "| Package | Stable |\n|---|---|\n| `first` | no |\n"
    found = told_by(tables, view_of(head + old + "\n", head + new + "\n"))
    assert {kind for kind, _, _ in found} == {"table.cell"}
    assert found[0][1]["row"] == old.split("|")[1].strip(" `")


def test_rows_that_have_nothing_in_common_are_two() -> None:
    head = "| Package | Stable |\n|---|---|\n| `first` | no |\n"
    found = told_by(tables, view_of(head + "| `alpha` | yes |\n", head + "| `omega` | maybe |\n"))
    assert sorted(kind for kind, _, _ in found) == ["table.row-added", "table.row-removed"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [(">= 3.11", ">= 3.11"), ("> 18", "> 18"), ("two &rarr; three", "two \u2192 three"), ("- 5", "- 5"), ("a[^1]", "a")],
)  # fmt: skip
def test_a_cell_is_no_block(cell: str, words: str) -> None:
    head = "| Name | Version |\n|---|---|\n"
    ((_, params, _),) = told_by(tables, view_of(f"{head}| a | x |\n", f"{head}| a | {cell} |\n"))
    assert params["new"] == words


def test_keys_of_signs_only() -> None:
    head = "| Sign | Name |\n|---|---|\n"
    found = told_by(tables, view_of(f"{head}| `+` | plus |\n", f"{head}| `-` | minus |\n"))
    assert {kind for kind, _, _ in found} == {"table.row-added", "table.row-removed"}


DOUBLED = """# Features

| Feature | What it does |
|---------|--------------|
| Contacts | Selects a contact and reads its details |
| Email | Opens the default email program |
"""


def test_rows_that_stand_in_another_table_of_the_place_are_not_new() -> None:
    """A page shows one table for each version: its rows are there twice, and one of them is new."""
    rows = DOUBLED.partition("\n\n")[2]
    newer = rows.replace("| Email", "| Passkeys | Signs in with a passkey |\n| Email")
    told = told_by(tables, view_of(DOUBLED, f"{DOUBLED}\nFrom 11:\n\n{newer}"))
    assert [(kind, params.get("row"), params.get("count")) for kind, params, _ in told] == [
        ("table.row-added", "Passkeys", None),
        ("table.rows-repeated", None, 2),
    ]


def test_rows_of_another_section_are_new() -> None:
    rows = DOUBLED.partition("\n\n")[2]
    told = told_by(tables, view_of(DOUBLED, f"{DOUBLED}\n## Others\n\n{rows}"))
    assert {kind for kind, _, _ in told} == {"table.row-added"}


def test_two_tables_that_went_have_no_new_column() -> None:
    gone = "\nFlags:\n\n| Name | Type |\n|---|---|\n| a | int |\n\n| Name | Default |\n|---|---|\n| b | 1 |\n"
    told = told_by(tables, view_of(DOUBLED + gone, DOUBLED))
    assert {kind for kind, _, _ in told} == {"table.row-removed"}
