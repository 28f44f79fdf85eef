"""GitHub workflows and actions: what starts them, what they may do, which actions they run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from diff_insight.facts.data.as_internal_config import as_internal_config
from diff_insight.facts.data.data_trees import at, emit_and_claim, is_published, trees, whole_text
from diff_insight.facts.data.reusable_workflows import reusable_facts, triggers_of, with_runtime
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.members import (
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.packages.requirements import is_commit, short, step_of
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.trees.node import Node
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_WORKFLOW = re.compile(r"(^|/)\.(github|gitea|forgejo)/workflows/[^/]+\.ya?ml$")
#: Characters of a line that are searched for secrets.
_LONGEST_LINE = 1000
_LEVELS = ("none", "read", "write")
_SECRET = re.compile(r"\bsecrets\.([A-Za-z_]\w*)")
_VERSION_NOTE = re.compile(r"#\s*(?:tag=)?(v?\d[\w.-]*)")
_ACTION_RULES = MemberRules(
    removed=frozenset(("input", "output")),
    required=frozenset(("input",)),
)


def applies(view: FileView) -> bool:
    """Workflows, and the metadata file of an action."""
    path = view.change.path
    named = _WORKFLOW.search(path) or _is_action(path)
    return bool(named) and trees(view) is not None


def _is_action(path: str) -> bool:
    return PurePosixPath(path).name in ("action.yml", "action.yaml")


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed of an action's interface or of a workflow."""
    both = trees(view)
    if both is None:
        return
    old, new = both
    if _is_action(view.change.path):
        before, after = (index_members(_interface(tree)) for tree in both)
        public = is_published(view.known_path)
        is_inside = parts_of(before, after)
        differences = diff_members(
            before, after, _ACTION_RULES, public=public, is_told_elsewhere=is_inside
        )
        yield from emit_and_claim(view, with_runtime(differences, public=public))
    else:
        before, after = (index_members(_parts(tree)) for tree in both)
        differences = diff_members(
            before, after, MemberRules(), public=False, is_told_elsewhere=parts_of(before, after)
        )
        yield from emit_and_claim(view, as_internal_config(differences))
        yield from emit_and_claim(view, reusable_facts(old, new))
        yield from emit_and_claim(view, _permissions(old, new))
    yield from emit_and_claim(view, _uses(view, old, new))
    yield from _secrets(view)


def _interface(tree: Node) -> Iterator[Member]:
    for what in ("input", "output"):
        for name, node in tree.at(f"{what}s").entries().items():
            # An input with a default has to be given by nobody.
            required = node.at("required").text() == "true" and "default" not in node.entries()
            yield Member(what, name, "", node.start, node.end, "", required)
    using = tree.at("runs", "using")
    if using.text():
        yield Member("runner", "runs.using", "", using.start, using.end, using.text())


def _parts(tree: Node) -> Iterator[Member]:
    started = triggers_of(tree)
    if started.text():
        yield Member("trigger", started.text(), "", started.start, started.end)
    for item in started.items():
        yield Member("trigger", item.text(), "", item.start, item.end)
    for name, node in started.entries().items():
        yield Member("trigger", name, "", node.start, node.end)
    for name, job in tree.at("jobs").entries().items():
        yield Member("job", name, "", job.start, job.end)
        runner = job.at("runs-on")
        if runner.text():
            yield Member("runner", "runs-on", name, runner.start, runner.end, runner.text())
    default = tree.at("env")
    for name, node in default.entries().items():
        yield Member("environment-variable", name, "", node.start, node.end, node.text())


def _permissions(old: Node, new: Node) -> Iterator[Fact]:
    """Compare what the token may do, for the workflow and for each job that both versions have."""
    jobs = [
        (name, job, new.at("jobs", name))
        for name, job in old.at("jobs").entries().items()
        if name in new.at("jobs").entries()
    ]
    # What a job may do is its own say, or the workflow's; where that moved nothing changed.
    known: set[tuple[Value, ...]] = set()
    for name, before, after in jobs:
        own = "permissions" in before.entries() or "permissions" in after.entries()
        sides = _permissions_of(old, before), _permissions_of(new, after)
        if all(side.start for side in sides):
            for fact in _scopes(name if own else "", *sides):
                same = tuple(fact.params.values())
                if same not in known:
                    yield fact
                known.add(same)


def _permissions_of(workflow: Node, job: Node) -> Node:
    return (job if "permissions" in job.entries() else workflow).at("permissions")


def _scopes(within: str, before: Node, after: Node) -> Iterator[Fact]:
    if before.text() or after.text():
        names = ["*"] if before.text() != after.text() else []
    else:
        names = list(dict.fromkeys((*after.entries(), *before.entries())))
    for name in names:
        sides = [side if name == "*" else side.entries().get(name) for side in (before, after)]
        levels = [_level(side) for side in sides]
        if levels[0] != levels[1]:
            wider = _LEVELS.index(levels[1]) > _LEVELS.index(levels[0])
            kind = "permission.widened" if wider else "permission.narrowed"
            params = {"name": name, "within": within, "old": levels[0], "new": levels[1]}
            yield Fact(kind, params, at(*sides))


def _level(node: Node | None) -> str:
    if node is None:
        return "none"
    if node.entries():
        levels = [_level(entry) for entry in node.entries().values()]
        return max(levels, key=_LEVELS.index)
    text = node.text().removesuffix("-all")
    return text if text in _LEVELS else "none"


def _uses(view: FileView, old: Node, new: Node) -> Iterator[Fact]:
    """Pair the references to each action; the same move in several steps is one fact."""
    before, after = _references(old), _references(new)
    notes = [_notes(whole_text(view, side) or "") for side in Side]
    for name, nodes in after.items():
        if name not in before:
            named = {"what": "action", "name": name, "new": short(_reference(nodes[0]))}
            yield Fact("dependency.added", named, at(None, nodes[0]))
            continue
        kept = {_reference(node) for node in nodes} & {_reference(node) for node in before[name]}
        gone, come = (
            [node for node in side if _reference(node) not in kept]
            for side in (before[name], nodes)
        )
        if gone and come:
            evidence = [proof for node in gone for proof in at(node, None)]
            evidence += [proof for node in come for proof in at(None, node)]
            kind, params = _move(name, (gone[0], come[0]), notes)
            yield Fact(kind, params, tuple(evidence))
    for name, nodes in before.items():
        if name not in after:
            named = {"what": "action", "name": name, "old": short(_reference(nodes[0]))}
            yield Fact("dependency.removed", named, at(nodes[0], None))


def _move(
    name: str, nodes: tuple[Node, Node], notes: list[dict[int, str]]
) -> tuple[str, dict[str, Value]]:
    """Return the kind and parameters of a move; a comment tells the version of a commit."""
    old, new = (_reference(node) for node in nodes)
    params: dict[str, Value] = {
        "what": "action",
        "name": name,
        "old": short(old),
        "new": short(new),
    }
    if is_commit(old) != is_commit(new):
        return "dependency.pinned" if is_commit(new) else "dependency.unpinned", params
    before, after = (side.get(node.end, "") for side, node in zip(notes, nodes, strict=True))
    if is_commit(old):
        step = step_of(before, after)
        if before and after and before != after:
            params |= {"old": before, "new": after}
    else:
        step = step_of(old, new)
    return "dependency.moved", {**params, "step": step}


def _references(tree: Node) -> dict[str, list[Node]]:
    """Return the `uses` of all steps and jobs by the action they name."""
    references: dict[str, list[Node]] = {}
    holders = list(tree.at("jobs").entries().values())
    steps = [step for job in holders for step in job.at("steps").items()]
    for holder in (*holders, *steps, *tree.at("runs", "steps").items()):
        node = holder.at("uses")
        name, mark, _ = node.text().partition("@")
        if mark and not name.startswith(("./", "docker:")):
            references.setdefault(name, []).append(node)
    return references


def _reference(node: Node) -> str:
    return node.text().partition("@")[2]


def _notes(text: str) -> dict[int, str]:
    """Return the versions that comments behind a line name, by line."""
    return {
        number: note[1]
        for number, line in enumerate(text.split("\n"), 1)
        if "uses:" in line and (note := _VERSION_NOTE.search(line))
    }


def _secrets(view: FileView) -> Iterator[Fact]:
    """Tell secrets that a version uses and the other one does not."""
    old, new = (_secret_lines(view, side) for side in Side)
    for name, line in new.items():
        if name not in old:
            yield Fact("setup.added", _secret(name), (head_line(line),))
    for name, line in old.items():
        if name not in new:
            yield Fact("setup.removed", _secret(name), (base_line(line),))


def _secret(name: str) -> dict[str, Value]:
    return {"what": "secret", "name": name, "within": ""}


def _secret_lines(view: FileView, side: Side) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in view.version(side).numbered_lines():
        for match in _SECRET.finditer(line[:_LONGEST_LINE]):
            lines.setdefault(match[1], number)
    lines.pop("GITHUB_TOKEN", None)
    return lines
