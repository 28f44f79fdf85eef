"""Jupyter notebooks: their cells are read as a page of text and code; outputs and counts stand apart.

Format: nbformat 4, https://nbformat.readthedocs.io/en/latest/format_description.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView, TextVersion
from diff_insight.facts.pages import (
    admonitions,
    code_blocks,
    links,
    markdown,
    outline,
    prose,
    tables,
)
from diff_insight.facts.protocol import FactFamily
from diff_insight.facts.trees.node import Node
from diff_insight.facts.trees.read import read_tree
from diff_insight.file_types import extension
from diff_insight.model.changes import Block, Hunk, Side
from diff_insight.model.facts import Evidence, Fact

#: Families that read the cells, in their order.
_FAMILIES: tuple[FactFamily, ...] = (outline, tables, links, code_blocks, admonitions, prose)
#: Lines of all cells, above which they are not compared one by one.
_MOST_LINES = 20_000


class _Notebook(NamedTuple):
    """Lines of the cells as a page, the line of the file that each stands on, and the outputs."""

    lines: list[str]
    numbers: list[int]
    outputs: dict[tuple[str, int], Node]

    @property
    def version(self) -> TextVersion:
        """The cells as a page."""
        return TextVersion([(1, "\n".join([*self.lines, ""]))], complete=True)


def applies(view: FileView) -> bool:
    """Notebooks with two versions."""
    return extension(view.change.path) == "ipynb" and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed in the cells, then that outputs did, or nothing but how it was run."""
    sides = [_read(whole_text(view, side)) for side in Side]
    base, head = sides
    if base is None or head is None or max(len(base.lines), len(head.lines)) > _MOST_LINES:
        return
    cell_facts = list(_of_cells(view, base, head))
    outputs = tuple(_changed_outputs(base, head))
    if outputs:
        cell_facts.append(Fact("notebook.outputs", {}, outputs))
    yield from cell_facts
    rest = tuple(_rest(view, cell_facts))
    if rest:
        yield Fact("notebook.metadata", {}, rest)
    view.claim_all()


def title_of(view: FileView, side: Side) -> str:
    """Return the first heading of the cells of one version, which is what a notebook is called."""
    notebook = _read(whole_text(view, side))
    if notebook is None or len(notebook.lines) > _MOST_LINES:
        return ""
    headings = markdown.scan(notebook.version).headings
    return next((heading.text for heading in headings if heading.text), "")


def _rest(view: FileView, cell_facts: Sequence[Fact]) -> Iterator[Evidence]:
    """Yield the changed lines of which no fact speaks: counts of runs, metadata, ids of cells."""
    known = {
        (proof.side, number)
        for fact in cell_facts
        for proof in fact.evidence
        for number in range(proof.start, proof.end + 1)
    }
    for block in view.blocks:
        for side, number, line in block.numbered_lines():
            if line.strip() and (side, number) not in known:
                yield Evidence(side, number, number)


def _read(text: str | None) -> _Notebook | None:
    tree = read_tree("notebook.json", text) if text else None
    if tree is None or not tree.at("cells").items():
        return None
    language = tree.at("metadata", "kernelspec", "language").text() or "python"
    notebook = _Notebook([], [], {})
    for cell in tree.at("cells").items():
        source = cell.at("source")
        said = list(_lines(source))
        if cell.at("cell_type").text() == "code":
            said = [(f"```{language}", source.start), *said, ("```", source.end)]
            key = "".join(line for line, _ in said)
            position = sum(1 for known, _ in notebook.outputs if known == key)
            notebook.outputs[key, position] = cell.at("outputs")
        for line, number in [*said, ("", source.end)]:
            notebook.lines.append(line)
            notebook.numbers.append(number)
    return notebook


def _lines(source: Node) -> Iterator[tuple[str, int]]:
    for item in source.items() or [source]:
        for line in item.text().removesuffix("\n").split("\n"):
            yield line, item.start


def _of_cells(view: FileView, base: _Notebook, head: _Notebook) -> Iterator[Fact]:
    page = FileView(
        replace(view.change, path_bytes=view.change.path_bytes + b".md"),
        tuple(_hunks(base.lines, head.lines)),
        view.reader,
        versions={Side.BASE: base.version, Side.HEAD: head.version},
    )
    numbers = {Side.BASE: base.numbers, Side.HEAD: head.numbers}
    for family in _FAMILIES if page.hunks else ():
        if family.applies(page):
            for fact in family.facts(page):
                yield replace(
                    fact, evidence=tuple(_locate(proof, numbers) for proof in fact.evidence)
                )


def _locate(proof: Evidence, numbers: dict[Side, list[int]]) -> Evidence:
    lines = numbers[proof.side]
    start, end = (lines[min(number, len(lines)) - 1] for number in (proof.start, proof.end))
    return Evidence(proof.side, start, max(start, end))


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            lines = tuple(old[a:b]), tuple(new[c:d])
            block = Block(a + 1, lines[0], c + 1, lines[1])
            yield Hunk(a + 1, c + 1, "", *lines, (block,))


def _changed_outputs(base: _Notebook, head: _Notebook) -> Iterator[Evidence]:
    """Yield the outputs of cells with the same code that came out otherwise."""
    for key, node in head.outputs.items():
        before = base.outputs.get(key)
        if before is not None and _shape(before) != _shape(node):
            yield Evidence(Side.BASE, before.start, before.end)
            yield Evidence(Side.HEAD, node.start, node.end)


def _shape(node: Node) -> object:
    """Return what an output holds, without its lines and the count of the run."""
    if node.entries():
        return {
            key: _shape(value) for key, value in node.entries().items() if key != "execution_count"
        }
    return [_shape(item) for item in node.items()] if node.items() else node.text()
