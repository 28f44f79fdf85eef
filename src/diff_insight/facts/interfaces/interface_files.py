"""Files that describe an interface as a whole: what they hold, and what goes with them or their path."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import is_published, is_published_interface, whole_text
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces import graphql, protobuf, terraform
from diff_insight.facts.interfaces.members import Key, Member
from diff_insight.facts.protocol import base_line
from diff_insight.facts.trees.read import read_tree
from diff_insight.file_types import extension
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Terms of what a file can describe.
TERMS = frozenset(
    "openapi-description asyncapi-description json-schema avro-schema graphql-schema proto-file action module".split()
)
#: Characters at the top of a file within which it says what it describes.
_TOP = 20_000
_OPENAPI = re.compile(
    r"""(?:^[^\S\n]*+|[{,]\s*+)["']?(?:openapi|swagger|asyncapi)["']?\s*+:""", re.MULTILINE
)
_JSON_SCHEMA = "json-schema.org"
_PACKAGE = re.compile(r"^[ \t]*package[ \t]+([\w.]{1,200})[ \t]*;", re.MULTILINE)
#: Terms of what stands by itself, in whatever file of its package or schema.
_MOVABLE = frozenset(
    "message enum service type directive variable module-output resource field enum-value union-member"
    " input-field interface".split()
)
_ACTION = ("action.yml", "action.yaml")
#: What compares what moved to another file, by the term of the file.
_COMPARED_MOVES = {"proto-file": protobuf.move_facts, "graphql-schema": graphql.move_facts}
#: Terms of what is compared with whatever stands in its place.
_COMPARED = frozenset("openapi-description asyncapi-description json-schema action".split())


class Interface(NamedTuple):
    """What a file describes (a term of the catalogs), the names of what stands in it, and its path.

    `text` is what stands in it, where what moved there has to be compared.
    """

    what: str
    names: frozenset[str]
    path: str = ""
    package: str = ""
    text: str = ""


def lost_interface(view: FileView) -> Fact | None:
    """Return what goes with a removed file, or with the path of a renamed one; else None."""
    change = view.change
    path = change.previous_path or change.path
    text = whole_text(view, Side.BASE)
    interface = interface_of(path, text) if text is not None else None
    if interface is None or text is None:
        return None
    params: dict[str, Value] = {"what": interface.what, "name": path, "within": ""}
    if change.status is Status.REMOVED or not _is_still_read(view, interface):
        gone = change.status is Status.REMOVED and change.deletions
        lines = (base_line(1, change.deletions),) if gone else ()
        return Fact("member.removed", params, lines, _is_public(interface.what, path))
    if not _is_named_by_path(interface.what, path, change.path, text):
        return None
    return Fact(
        "member.renamed", {**params, "new": change.path}, (), _is_public(interface.what, path)
    )


def _is_still_read(view: FileView, interface: Interface) -> bool:
    """Tell whether a renamed file is read as before; some families compare it whatever it is now."""
    if interface.what in _COMPARED:
        return True
    text = whole_text(view, Side.HEAD)
    now = None if text is None else interface_of(view.change.path, text)
    return text is None or (now is not None and now.what == interface.what)


def interface_of(path: str, text: str) -> Interface | None:
    """Return what a file describes, or None."""
    name, end = PurePosixPath(path).name, extension(path)
    if end == "proto":
        return Interface("proto-file", protobuf.names_of(text), path, _package(text), text)
    if end in ("graphql", "graphqls", "gql"):
        names = _names(graphql.members_of(text))
        return (
            Interface("graphql-schema", names, path, text=text) if names else None
        )  # else queries
    if name in _ACTION:
        return Interface("action", frozenset((str(PurePosixPath(path).parent),)))
    if end in ("tf", "tofu"):
        names = _names(terraform.members_of(text))
        folder = str(PurePosixPath(path).parent)
        return Interface("module", names, path, folder) if names else None
    if end == "avsc":
        tree = read_tree(path, text)
        name = tree.at("name").text() if tree is not None else ""
        return Interface("avro-schema", frozenset((name,)), path) if name else None
    return _described_tree(path, text)


def _described_tree(path: str, text: str) -> Interface | None:
    top = text[:_TOP]
    tree = read_tree(path, text) if _OPENAPI.search(top) or _JSON_SCHEMA in top else None
    if tree is None:
        return None
    if tree.at("openapi").text() or tree.at("swagger").text():
        paths = tree.at("paths").entries().items()
        operations = (f"{method} {route}" for route, entry in paths for method in entry.entries())
        return Interface("openapi-description", frozenset(operations))
    if tree.at("asyncapi").text():
        return Interface("asyncapi-description", frozenset(tree.at("channels").entries()))
    if _JSON_SCHEMA in tree.at("$schema").text():
        return Interface(
            "json-schema", frozenset((tree.at("$id").text() or PurePosixPath(path).name,))
        )
    return None


def _names(members: Mapping[Key, Member]) -> frozenset[str]:
    return frozenset(f"{member.within}.{member.name}" for member in members.values())


def _is_named_by_path(what: str, old: str, new: str, text: str) -> bool:
    """Tell whether users name a file by its path, and another one after it was renamed.

    Whoever uses an action names its folder. Protocol buffers are imported by their path below a
    root that nobody knows: where only folders above the package's own changed, the root may have.
    """
    before, after = PurePosixPath(old), PurePosixPath(new)
    if what == "action":
        return before.parent != after.parent or after.name not in _ACTION
    if what != "proto-file":
        return False
    package = _package(text)
    folders = tuple(package.split(".")) if package else ()
    placed = [folders and name.parent.parts[-len(folders) :] == folders for name in (before, after)]
    return before.name != after.name or (bool(placed[0]) and not placed[1])


def _package(text: str) -> str:
    package = _PACKAGE.search(text)
    return package[1] if package else ""


def _is_public(what: str, path: str) -> bool:
    if what == "action":
        return is_published(path)
    if what == "module":
        return is_published(path) and terraform.is_module(path)
    return is_published_interface(path, api=what in ("openapi-description", "asyncapi-description"))


def published_interface(path: str, text: str) -> Interface | None:
    """Return the interface that a file describes to others, or None."""
    interface = interface_of(path, text)
    return interface if interface is not None and _is_public(interface.what, path) else None


def with_successors(
    facts: Sequence[Fact], text: str, others: Callable[[], Iterable[Interface]]
) -> tuple[Fact, ...]:
    """Return the facts, with a removed interface no longer breaking when others hold all of it.

    Args:
        facts: The facts of the removed file.
        text: What stood in it.
        others: Gives the published interfaces of files that came or changed in the same range.
    """
    lost = next((fact for fact in facts if is_lost(fact)), None)
    gone = interface_of(str(lost.params["name"]), text) if lost is not None else None
    if gone is None:
        return tuple(facts)
    left = set(gone.names)
    heirs = [other for other in others() if other.what == gone.what]
    if gone.what == "proto-file":
        # What differs in what moved is told by itself.
        left = {name for name in left if "." not in name}
        heirs = [other for other in heirs if other.package == gone.package]
    names = {other.path: sorted(left & other.names) for other in heirs}
    for other in heirs:
        left -= other.names
    kept = tuple(replace(fact, breaking=bool(left)) if fact is lost else fact for fact in facts)
    if gone.what != "proto-file":
        return kept
    return (*kept, *_differences_of_moves(gone, names, others))


def is_lost(fact: Fact) -> bool:
    """Tell whether a fact says that a whole interface went, and that this breaks its users."""
    return fact.kind == "member.removed" and fact.breaking and fact.params["what"] in TERMS


def may_have_moved(fact: Fact) -> bool:
    """Tell whether a fact says that something went which another file can declare instead."""
    return fact.kind == "member.removed" and fact.breaking and fact.params["what"] in _MOVABLE


def with_moves(
    facts: Sequence[Fact], path: str, text: str, others: Callable[[], Iterable[Interface]]
) -> tuple[Fact, ...]:
    """Return the facts; what another file of the package or schema declares now has moved there.

    Args:
        facts: The facts of a file.
        path: Where it stands.
        text: What stood in it.
        others: Gives the published interfaces of files that came or changed in the same range.
    """
    own = interface_of(path, text)
    if own is None:
        return tuple(facts)
    moved = tuple(
        _with_successor(fact, own, others) if may_have_moved(fact) else fact for fact in facts
    )
    if own.what not in _COMPARED_MOVES:
        return moved
    names: dict[str, list[str]] = {}
    for fact in moved:
        if fact.kind == "member.moved":
            full = ".".join(filter(None, (str(fact.params["within"]), str(fact.params["name"]))))
            names.setdefault(str(fact.params["new"]), []).append(full)
    return (*moved, *_differences_of_moves(own, names, others))


def _differences_of_moves(
    own: Interface, names: Mapping[str, Sequence[str]], others: Callable[[], Iterable[Interface]]
) -> Iterator[Fact]:
    """Yield what changed in messages that another file declares now."""
    public = _is_public(own.what, own.path)
    for other in others() if names else ():
        if other.path in names:
            yield from _COMPARED_MOVES[own.what](
                own.text, other.text, names[other.path], other.path, public=public
            )


def _with_successor(fact: Fact, own: Interface, others: Callable[[], Iterable[Interface]]) -> Fact:
    name, within = str(fact.params["name"]), str(fact.params["within"])
    folder = posixpath.dirname
    full = f"{within}.{name}" if within or own.what in ("graphql-schema", "module") else name
    for other in others():
        same = (other.what, other.package) == (own.what, own.package)
        # A type may be in two schemas; a part of one goes no further than to the next file.
        near = not within or folder(other.path) == folder(own.path)
        if same and near and other.path != own.path and full in other.names:
            params = {**fact.params, "new": other.path}
            return Fact("member.moved", params, fact.evidence)
    return fact
