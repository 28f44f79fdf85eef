"""Packages of programs written in Go are for nobody else."""

from __future__ import annotations

import pytest

from diff_insight.facts.code.api.go import go_changes
from diff_insight.facts.code.api.project import Changed, Sides
from support.api_pairs import Texts

PROGRAM = {
    "go.mod": "module example.com/shop\n",
    "cmd/shop/main.go": "package main\n",
    "scripts/Dockerfile": "FROM scratch\n",
}
#: The main package may stand in a file of any name.
NAMED = {
    "go.mod": "module example.com/shop\n",
    "app.go": "package main\n",
    "Dockerfile": "FROM scratch\n",
}
LIBRARY = {**PROGRAM, "shop.go": "package shop\n"}
TOOL = {path: text for path, text in PROGRAM.items() if "Dockerfile" not in path}


@pytest.mark.parametrize(
    ("around", "folder", "told"),
    [
        (PROGRAM, "server", False),
        (NAMED, "server", False),
        ({**NAMED, "shop.go": "package shop\n"}, "server", True),
        (PROGRAM, "test/server", False),
        (LIBRARY, "test", False),
        (LIBRARY, "testing", True),
        (PROGRAM, "pkg/server", True),
        (LIBRARY, "server", True),
        (TOOL, "server", True),
        ({**PROGRAM, "server/go.mod": "module example.com/shop/server\n"}, "server", True),
    ],
)
def test_what_a_program_keeps_breaks_nobody(
    around: dict[str, str], folder: str, *, told: bool
) -> None:
    path = f"{folder}/api.go"
    old = Texts({**around, path: "package api\n\nfunc Ship() {}\n"})
    new = Texts({**around, path: "package api\n"})
    changes = [*go_changes(Sides(old, new, (Changed(path, path),)))]
    assert bool(changes) is told


@pytest.mark.parametrize(
    "head",
    [
        {"shop.go": "package main\n\nfunc A() {}\n"},
        {"_shop.go": "package shop\n\nfunc A() {}\n"},
    ],
)
def test_what_nobody_can_import_any_more_is_gone(head: dict[str, str]) -> None:
    around = {"go.mod": "module example.com/shop\n"}
    base = {**around, "shop.go": "package shop\n\nfunc A() {}\n"}
    path = next(iter(head))
    sides = Sides(Texts(base), Texts({**around, **head}), (Changed("shop.go", path),))
    changes = go_changes(sides)
    assert [change.params["name"] for change in changes] == ["A()"]
