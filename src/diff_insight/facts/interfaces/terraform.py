"""Terraform: variables and outputs of a module, its resources, modules and providers."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import (
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.trees.tokens import LARGEST, SchemaToken, tokens
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_RULES = MemberRules(
    removed=frozenset(("variable", "module-output")), required=frozenset(("variable",))
)
_BLOCKS = {
    "variable": "variable",
    "output": "module-output",
    "resource": "resource",
    "data": "data-source",
    "module": "module",
    "provider": "provider",
}


def applies(view: FileView) -> bool:
    """Configuration files with two versions."""
    return extension(view.change.path) in ("tf", "tofu") and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield the blocks that came and went, and variables that have to be given now."""
    texts = [whole_text(view, side, limit=LARGEST) for side in Side]
    if None in texts:
        return
    old, new = (index_members(_blocks(text or "")) for text in texts)
    public = is_published(view.change.path) and _is_module(view.change.path)
    yield from emit_and_claim(
        view, diff_members(old, new, _RULES, public=public, is_told_elsewhere=parts_of(old, new))
    )


def _is_module(path: str) -> bool:
    """Only what stands in a folder of modules is called by others for sure."""
    return "modules/" in path


def _blocks(text: str) -> Iterator[Member]:
    """Yield the blocks on the outermost level; `words` are those of a block itself."""
    depth = 0
    words: list[SchemaToken] = []
    header: list[SchemaToken] = []
    for token in tokens(text, hashes=True, slashes=True):
        if token.text == "{":
            if not depth:
                header, words = (
                    [header_word for header_word in words if header_word.line == token.line],
                    [],
                )
            depth += 1
        elif token.text == "}":
            depth = max(0, depth - 1)
            if not depth:
                yield from _block(header, {word.text for word in words}, token.line)
                words = []
        elif depth < 2:
            words.append(token)


def _block(header: list[SchemaToken], words: set[str], end: int) -> Iterator[Member]:
    what = _BLOCKS.get(header[0].text) if header else None
    name = ".".join(label.text.strip('"') for label in header[1:])
    if what and name:
        needed = what == "variable" and "default" not in words
        yield Member(what, name, "", header[0].line, end, "", needed)
