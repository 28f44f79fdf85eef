"""What a crate's manifest says of its library and of the features that others switch on."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Files
from diff_insight.facts.code.api.rust_attributes import is_unstable
from diff_insight.facts.code.api.rust_crate import defaults_of


class CargoManifest(Struct, frozen=True):
    """What a `Cargo.toml` says.

    Attributes:
        path: Its path.
        root: The path of the library's root file; empty where there is none.
        features: Feature -> what it switches on.
        published: Whether the package is meant for others; None where nothing is said.
        text: The file.
        name: What the package is called.
    """

    path: str
    root: str
    features: Mapping[str, list[str]]
    published: bool
    text: str
    name: str = ""


def read_manifest(files: Files, folder: str) -> CargoManifest | None:
    """Return what the manifest of a folder says; None where there is none of a package."""
    path = posixpath.join(folder, "Cargo.toml")
    text = files.text(path)
    if text is None:
        return None
    try:
        tree: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    package, library = tree.get("package"), tree.get("lib")
    if not isinstance(package, dict):
        return None
    named = library.get("path") if isinstance(library, dict) else None
    root = posixpath.normpath(
        posixpath.join(folder, named if isinstance(named, str) else "src/lib.rs")
    )
    features = {
        str(name): [str(part) for part in parts] for name, parts in _table(tree, "features").items()
        if isinstance(parts, list)
    }  # fmt: skip
    return CargoManifest(
        path=path, root=root if root in files.paths else "", features=features,
        published=package.get("publish") is not False, text=text, name=str(package.get("name", "")),
    )  # fmt: skip


def feature_changes(old: CargoManifest, new: CargoManifest) -> Iterator[ApiChange]:
    """Yield the features that went or that are no longer on by default."""
    on, still = defaults_of(old.features), defaults_of(new.features)
    for name in old.features:
        if name == "default" or is_unstable(name):
            continue
        if name not in new.features:
            yield _feature_change("symbol.removed-feature", name, old, new)
        elif name in on - still:
            yield _feature_change("symbol.removed-from-default", name, old, new)
        else:
            if not set(new.features[name]) <= set(old.features[name]):
                continue  # what came may do what went did
            lost = [
                feature for feature in old.features[name]
                if feature in old.features and feature in new.features and feature not in _enabled_features(name, new)
                and not any("/" in other for other in new.features[name])
            ]  # fmt: skip
            for feature in lost:
                params = {"name": name, "word": feature}
                item, after = _item(old, name), _item(new, name)
                yield ApiChange(
                    kind="symbol.changed-no-longer", key=name, params=params, base=item, head=after
                )


def _enabled_features(name: str, manifest: CargoManifest) -> set[str]:
    return defaults_of({**manifest.features, "default": [name]})


def _feature_change(kind: str, name: str, old: CargoManifest, new: CargoManifest) -> ApiChange:
    after = _item(new, "default") if kind.endswith("default") else None
    return ApiChange(kind=kind, key=name, params={"name": name}, base=_item(old, name), head=after)


def _item(manifest: CargoManifest, name: str) -> Item:
    match = re.search(rf"^[^\S\n]*+\"?{re.escape(name)}\"?[^\S\n]*+=", manifest.text, re.MULTILINE)
    line = manifest.text[: match.start()].count("\n") + 1 if match else 1
    return Item(key=name, sort="feature", path=manifest.path, start=line, end=line)


def _table(tree: dict[str, Any], name: str) -> dict[str, Any]:
    table = tree.get(name)
    return table if isinstance(table, dict) else {}
