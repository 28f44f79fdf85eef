"""Notebooks are told by their cells and outputs, on the lines of the file."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.model.facts import Fact
from support.views import extraction_of


def notebook(*cells: tuple[str, str, str], count: int = 1) -> str:
    """Return a notebook of (type, source, output) cells, as Jupyter writes it."""
    made: list[dict[str, Any]] = []
    for kind, source, output in cells:
        cell: dict[str, Any] = {
            "cell_type": kind,
            "metadata": {},
            "source": source.splitlines(keepends=True),
        }
        if kind == "code":
            cell |= {
                "execution_count": count,
                "outputs": [{"output_type": "stream", "text": [output]}],
            }
        made.append(cell)
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4}, indent=1) + "\n"


def facts(old: str, new: str) -> tuple[Fact, ...]:
    return extraction_of(old, new, path="docs/a.ipynb").facts


BASE = (("markdown", "# Title\n\nSome words of it.", ""), ("code", "print(x)", "1"))


def test_run_again() -> None:
    assert [fact.kind for fact in facts(notebook(*BASE), notebook(*BASE, count=7))] == [
        "notebook.metadata"
    ]
    other = notebook(BASE[0], ("code", "print(x)", "2"), count=7)
    assert [fact.kind for fact in facts(notebook(*BASE), other)] == [
        "notebook.outputs",
        "notebook.metadata",
    ]


def test_cells_are_read_as_a_page() -> None:
    new = notebook(
        ("markdown", "# Title\n\nSome other words of it.\n\n## More\n", ""),
        ("code", "print(x)\nprint(y)", "1"),
    )
    told = {fact.kind: fact for fact in facts(notebook(*BASE), new)}
    assert told["outline.section-added"].params["heading"] == "More"
    assert told["code-block.line-added"].params["quote"] == "print(y)"
    (proof,) = told["outline.section-added"].evidence
    assert "## More" in new.split("\n")[proof.start - 1]


def test_what_is_no_notebook_is_told_as_lines() -> None:
    assert facts("{}\n", '{"a": 1}\n')


@given(st.text(alphabet=st.sampled_from('{}[]",:cells source\n01'), max_size=120))
@settings(deadline=None, max_examples=60)
def test_nothing_raises(text: str) -> None:
    assert facts(notebook(*BASE), text) is not None


def test_a_new_notebook_is_called_by_its_first_heading() -> None:
    cells = (
        ("markdown", "Some words.", ""),
        ("code", "# no title", "1"),
        ("markdown", "## Faster *pumps*", ""),
    )
    (fact,) = extraction_of(None, notebook(*cells), path="docs/a.ipynb").facts
    assert (fact.kind, fact.params["title"]) == ("page.added", "Faster pumps")
    (broken,) = extraction_of(None, "{not json\n", path="docs/a.ipynb").facts
    assert broken.params["title"] == ""
