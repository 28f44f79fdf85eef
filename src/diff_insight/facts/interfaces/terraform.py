"""Terraform: variables and outputs of a module, its resources, modules, providers and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import (
    Key,
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.interfaces.terraform_blocks import TerraformBlock, blocks_of
from diff_insight.facts.interfaces.terraform_types import takes
from diff_insight.facts.packages.requirements import step_of
from diff_insight.facts.trees.tokens import LARGEST
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

_RULES = MemberRules(
    removed=frozenset(("variable", "module-output")), required=frozenset(("variable",)), changed=frozenset(("variable",)),
)  # fmt: skip
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
    """Yield the blocks that came and went, and what a module asks of those who call it."""
    texts = [whole_text(view, side, limit=LARGEST) for side in Side]
    if None in texts:
        return
    sides = [list(blocks_of(text or "")) for text in texts]
    old, new = (index_members(map(_member, filter(_is_member, side))) for side in sides)
    public = is_published(view.known_path) and is_module(view.known_path)
    differences = diff_members(
        old, new, _RULES, public=public, is_told_elsewhere=parts_of(old, new), is_safe=_is_safe
    )
    moved = {
        block.attributes.get("from", ""): block.attributes.get("to", "")
        for block in sides[1]
        if block.kind in ("moved", "removed")
    }
    yield from emit_and_claim(view, _with_lost_resources(differences, new, moved, public=public))
    yield from emit_and_claim(view, _new_demands(*sides, public=public))
    yield from emit_and_claim(view, _versions(*sides, public=public))


def members_of(text: str) -> Mapping[Key, Member]:
    """Return what a text declares."""
    return index_members(map(_member, filter(_is_member, blocks_of(text))))


def is_module(path: str) -> bool:
    """Only what stands in a folder of modules is called by others for sure."""
    return "modules/" in path


def _is_member(block: TerraformBlock) -> bool:
    return block.kind in _BLOCKS and bool(block.name)


def _member(block: TerraformBlock) -> Member:
    what = _BLOCKS[block.kind]
    needed = what == "variable" and "default" not in block.attributes
    shape = block.attributes.get("type", "") if what == "variable" else ""
    default = block.attributes.get("default", "") if what == "variable" else ""
    short = default if len(default) <= 60 else ""
    return Member(what, block.name, "", block.start, block.end, shape, needed, short)


def _is_safe(old: Member, new: Member) -> bool:
    return takes(new.shape, old.shape)


def _with_lost_resources(
    facts: Iterator[Fact], new: Mapping[Key, Member], moved: Mapping[str, str], *, public: bool
) -> Iterator[Fact]:
    """Yield facts; a resource that has another address now is destroyed and made anew, unless it is said to move."""
    every = list(_with_moves(list(facts), moved))
    come = {
        str(fact.params["name"])
        for fact in every
        if fact.kind == "member.added" and fact.params["what"] == "resource"
    }
    for fact in every:
        name = str(fact.params["name"])
        lost = (
            fact.kind == "member.removed"
            and fact.params["what"] == "resource"
            and name not in moved
        )
        others = [block for block in come if block.partition(".")[0] == name.partition(".")[0]]
        if lost and len(others) == 1:
            target = next(block for block in new.values() if block.name == others[0])
            lines = (*fact.evidence, Evidence(Side.HEAD, target.start, target.end))
            params = {**fact.params, "new": others[0]}
            yield Fact("member.renamed", params, lines, public, certainty="likely")
        else:
            yield fact


def _with_moves(facts: list[Fact], moved: Mapping[str, str]) -> Iterator[Fact]:
    """Yield facts, with one for both ends of what a block says to have moved."""
    come = {_address(fact): fact for fact in facts if fact.kind == "member.added"}
    gone = {_address(fact) for fact in facts if fact.kind == "member.removed"}
    targets = {to for start, to in moved.items() if start in gone and to in come}
    for fact in facts:
        target = come.get(moved.get(_address(fact), ""))
        if fact.kind == "member.removed" and target is not None:
            params = {**fact.params, "new": target.params["name"]}
            yield Fact("member.renamed", params, (*fact.evidence, *target.evidence))
        elif fact.kind != "member.added" or _address(fact) not in targets:
            yield fact


def _address(fact: Fact) -> str:
    """Return the address by which a block of configuration is known."""
    name = str(fact.params["name"])
    return f"module.{name}" if fact.params["what"] == "module" else name


def _new_demands(
    old: list[TerraformBlock], new: list[TerraformBlock], *, public: bool
) -> Iterator[Fact]:
    """Yield what a variable newly refuses: null, or what a condition rules out."""
    before = {(block.kind, block.name): block for block in old}
    for block in new:
        was = before.get((block.kind, block.name))
        if was is None or block.kind not in ("variable", "output"):
            continue
        lines = Evidence(Side.BASE, was.start, was.end), Evidence(Side.HEAD, block.start, block.end)
        params: dict[str, Value] = {"what": _BLOCKS[block.kind], "name": block.name, "within": ""}
        if (
            block.attributes.get("nullable") == "false"
            and was.attributes.get("nullable") != "false"
        ):
            yield Fact("schema.null-refused", {**params, "effect": ""}, lines, public)
        if "validation" in block.inner and "validation" not in was.inner:
            more: dict[str, Value] = {
                "keyword": "validation",
                "new": block.inner["validation"],
                "effect": "",
            }
            yield Fact("schema.keyword-added", params | more, lines, public, certainty="likely")
        if (
            block.attributes.get("sensitive") == "true"
            and was.attributes.get("sensitive") != "true"
        ):
            more = {"keyword": "sensitive", "new": "true", "effect": ""}
            breaking = public and block.kind == "output"
            yield Fact("schema.keyword-added", params | more, lines, breaking, certainty="likely")


def _versions(
    old: list[TerraformBlock], new: list[TerraformBlock], *, public: bool
) -> Iterator[Fact]:
    """Yield the versions of Terraform and of providers that a module asks for."""
    before, after = (
        next((block for block in side if block.kind == "terraform"), None) for side in (old, new)
    )
    if before is None or after is None:
        return
    versions = [
        block.attributes.get("required_version", "").strip('"') for block in (before, after)
    ]
    if versions[0] != versions[1] and versions[1]:
        raised = step_of(versions[0], versions[1]) in ("major", "minor", "patch") or not versions[0]
        params: dict[str, Value] = {"name": "Terraform", "old": versions[0], "new": versions[1]}
        lines = _lines_of("required_version", before, after)
        yield Fact(
            "runtime.raised" if raised else "runtime.moved", params, lines, raised and public
        )
    for name, version in after.providers.items():
        was = before.providers.get(name)
        if was and version and was != version:
            step = step_of(was, version)
            moved: dict[str, Value] = {
                "what": "provider",
                "name": name,
                "old": was,
                "new": version,
                "step": step,
            }
            lines = _lines_of(name, before, after)
            yield Fact("dependency.moved", moved, lines, public and step == "major")


def _lines_of(name: str, before: TerraformBlock, after: TerraformBlock) -> tuple[Evidence, ...]:
    """Return the lines of an attribute alone: what else the block says is told by others."""
    sides = ((Side.BASE, before), (Side.HEAD, after))
    return tuple(Evidence(side, *block.lines[name]) for side, block in sides if name in block.lines)
