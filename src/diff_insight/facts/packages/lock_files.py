"""Lock files in a sentence or two: how many packages moved, came and went, and which are not what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from diff_insight.facts.data.data_trees import whole_text
from diff_insight.facts.file_view import FileView
from diff_insight.facts.packages.lock_entries import (
    LARGEST,
    LockEntry,
    is_known,
    lock_entries,
)
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_MOST_NAMES = 12
_SHORT = 7
_NONE: frozenset[str] = frozenset()
_Entries = Mapping[tuple[str, str], LockEntry]


def lock_facts(view: FileView) -> Iterator[Fact]:
    """Yield what happened to the packages of a lock file; nothing when it cannot be told."""
    path = view.change.path
    texts = [whole_text(view, side) for side in Side] if is_known(path) and view.hunks else []
    old, new = texts or (None, None)
    if not old or not new:
        return
    if max(len(old), len(new)) > LARGEST:
        view.skip("limit")
        return
    before, after = lock_entries(path, old), lock_entries(path, new)
    if names := [_label(entry) for entry in _same_versions(before, after)]:
        yield Fact("lock.replaced", {"count": len(names), "names": _list_value(names)})
    if moves := _moves(before, after):
        yield moves


def _moves(before: _Entries, after: _Entries) -> Fact | None:
    """Return which packages have other versions, or are taken from other commits."""
    old, new = _versions(before), _versions(after)
    commits = {entry.name: step for entry, step in _other_commits(before, after)}
    moved, added, removed = list[str](), list[str](), list[str]()
    for name in dict.fromkeys((*new, *old)):
        gone, came = old.get(name, _NONE), new.get(name, _NONE)
        if gone == came:
            moved += [f"{name} {commits[name]}"] if name in commits else []
        elif gone < came:  # beside those that stay, and in nobody's place
            added += _of_versions(name, came - gone, bool(gone))
        elif came < gone:
            removed += _of_versions(name, gone - came, bool(came))
        else:
            moved.append(_version_move(name, gone, came))
    names = moved + added + removed
    if not names:
        return None
    return Fact(
        "lock.moved",
        {
            "moved": len(moved),
            "added": len(added),
            "removed": len(removed),
            "count": len(names),
            "names": _list_value(names),
        },
    )


def _list_value(names: list[str]) -> dict[str, Value]:
    return {"items": tuple(names[:_MOST_NAMES]), "total": len(names)}


def _label(entry: LockEntry) -> str:
    return entry.name if "/" in entry.version else f"{entry.name} {entry.version}"


def _pairs(before: _Entries, after: _Entries) -> Iterator[tuple[LockEntry, LockEntry]]:
    """Yield both sides of what is in the same version on both, and told otherwise."""
    for key, new in after.items():
        old = before.get(key)
        if old is not None and old.text != new.text:
            yield old, new


def _other_commits(before: _Entries, after: _Entries) -> Iterator[tuple[LockEntry, str]]:
    for old, new in _pairs(before, after):
        gone, came = old.commits, new.commits
        if gone and came and gone.isdisjoint(came):
            yield new, f"{min(gone)[:_SHORT]} → {min(came)[:_SHORT]}"


def _same_versions(before: _Entries, after: _Entries) -> Iterator[LockEntry]:
    """Yield packages that have the same version and another checksum, or come from another server.

    Checksums of one sort are compared: a tool that moves on to another sort changes no package. A
    package with several, of several files, is another one when it shares none with what it was.
    """
    for old, new in _pairs(before, after):
        if old.commits != new.commits:
            continue
        sums = new.checksums()
        other = any(
            sums.get(sort) and sums[sort].isdisjoint(gone) for sort, gone in old.checksums().items()
        )
        hosts = old.hosts, new.hosts
        if other or (all(hosts) and hosts[0].isdisjoint(hosts[1])):
            yield new


def _version_move(name: str, old: frozenset[str], new: frozenset[str]) -> str:
    """Return a package with what became of its version, where it has one."""
    gone, came = sorted(old - new), sorted(new - old)
    if len(gone) == len(came) == 1 and "/" not in gone[0] + came[0]:
        return f"{name} {gone[0]} → {came[0]}"
    return name


def _of_versions(name: str, versions: frozenset[str], beside: bool) -> list[str]:  # noqa: FBT001
    """Return a package that came or went; with its versions where it has others that stay."""
    shown = sorted(version for version in versions if "/" not in version)
    return [f"{name} {version}" for version in shown] if beside and shown else [name]


def lock_packages(path: str, text: str) -> dict[str, frozenset[str]]:
    """Return the versions of every package that others made; nothing where the format is not known."""
    entries = lock_entries(path, text)
    return _versions({key: entry for key, entry in entries.items() if not entry.own})


def _versions(entries: _Entries) -> dict[str, frozenset[str]]:
    packages: dict[str, set[str]] = defaultdict(set)
    for name, version in entries:
        packages[name].add(version)
    return {name: frozenset(versions) for name, versions in packages.items()}
