"""What a manifest asks for: its dependencies by group, the least runtime, and who may rely on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct, field

from diff_insight.facts.packages.package_entries import (
    Entry,
    closed_entries,
    commands_of,
    entries_of,
    python_entries,
)
from diff_insight.facts.trees.node import Node

_REQUIREMENT = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)\s*(?P<extras>\[[^\]]*\])?\s*(?P<spec>[^;#]*)"
)
_COMPOSER_LIBRARIES = frozenset("library composer-plugin symfony-bundle wordpress-plugin drupal-module magento2-module "
                                "typo3-cms-extension phpstan-extension".split())  # fmt: skip
#: Keys of package.json that only a package has which others install; an application has a name too.
_ENTRY_POINTS = frozenset(
    "main module exports bin types typings files browser publishConfig peerDependencies".split()
)


#: Keys of an entry that has no version because it is taken from elsewhere.
_PLACES = ("git", "url", "path", "file", "branch", "tag", "rev", "ref")


class Dependency(Struct, frozen=True):
    """One dependency: the term of its group, its name, what is asked for, and its lines.

    `place` names the extra or group that lists it, where a manifest has several.
    """

    group: str
    name: str
    spec: str
    start: int
    end: int
    place: str = ""


class Manifest(Struct):
    """All that one version of a manifest asks for.

    `closed`: paths that nobody reaches; `published`: others install it; `likely`: it does not say that they do, and libraries say no more. `name` is what
    it is installed or imported as.
    """

    dependencies: list[Dependency] = field(default_factory=list)
    runtimes: list[Dependency] = field(default_factory=list)
    extras: dict[str, Node] = field(default_factory=dict)
    entries: dict[Entry, Node] = field(default_factory=dict)
    closed: dict[str, Node] = field(default_factory=dict)
    published: bool = False
    likely: bool = False
    name: Dependency | None = None

    def call(self, node: Node) -> None:
        """Set the name of the package, which a node holds."""
        if node.text():
            self.name = Dependency("package", node.text(), "", node.start, node.end)

    def add(self, group: str, name: str, spec: str, node: Node) -> None:
        """Add a dependency that stands where a node stands."""
        self.dependencies.append(Dependency(group, name, spec, node.start, node.end))

    def runtime(self, name: str, node: Node) -> None:
        """Add the least version of a runtime, when the node is one."""
        if spec := _spec_of(node):
            self.runtimes.append(Dependency("runtime", name, spec, node.start, node.end))

    def table(self, group: str, node: Node) -> None:
        """Add the entries of a map of names to versions."""
        for name, entry in node.entries().items():
            self.add(group, name, _spec_of(entry), entry)

    def requirements(self, group: str, node: Node, location: str = "") -> None:
        """Add the items of a list of requirements as Python writes them."""
        for item in node.items():
            if parsed := requirement(item.text()):
                dependency = Dependency(group, *parsed, item.start, item.end, location)
                self.dependencies.append(dependency)


def _spec_of(entry: Node) -> str:
    """Return what an entry asks for, or where it is from; what a workspace says for all its members is called so."""
    inherited = "workspace" if entry.at("workspace").text() == "true" else ""
    places = (f"{key} {value}" for key in _PLACES if (value := entry.at(key).text()))
    return entry.text() or entry.at("version").text() or inherited or " ".join(places)


def requirement(text: str) -> tuple[str, str] | None:
    """Return name and specifier of one Python requirement, or None."""
    match = _REQUIREMENT.match(text.strip()[:500])
    return (match["name"], match["spec"].strip(" ()")) if match else None


def read_manifest(path: str, tree: Node) -> Manifest | None:
    """Return what a manifest of a tree format asks for, or None when it is no manifest."""
    reader = _READERS.get(PurePosixPath(path).name.lower())
    if reader is None:
        return None
    made = Manifest()
    reader(tree, made)
    return made


def is_tree_manifest(path: str) -> bool:
    """Tell whether `read_manifest` knows a file by its name."""
    return PurePosixPath(path).name.lower() in _READERS


def _pyproject(tree: Node, made: Manifest) -> None:
    project, poetry = tree.at("project"), tree.at("tool", "poetry")
    private = any(
        item.text().startswith("Private ::") for item in project.at("classifiers").items()
    )
    made.published = not private and (
        bool(project.at("name").text() and tree.at("build-system").entries())
        or bool(poetry.at("name").text() and poetry.at("package-mode").text() != "false")
    )
    made.call(project.at("name") if project.at("name").text() else poetry.at("name"))
    made.entries = python_entries(project) | commands_of(poetry.at("scripts"))
    made.requirements("dependency", project.at("dependencies"))
    made.extras = project.at("optional-dependencies").entries()
    for name, extra in made.extras.items():
        made.requirements("optional-dependency", extra, name)
    for name, group in tree.at("dependency-groups").entries().items():
        made.requirements("dev-dependency", group, name)
    made.requirements("build-dependency", tree.at("build-system", "requires"))
    made.requirements("dev-dependency", tree.at("tool", "uv", "dev-dependencies"))
    made.runtime("Python", project.at("requires-python"))
    _poetry(poetry, made)
    _flit(tree.at("tool", "flit", "metadata"), made)


def _poetry(poetry: Node, made: Manifest) -> None:
    for name, entry in poetry.at("dependencies").entries().items():
        if name == "python":
            made.runtime("Python", entry)
        else:
            group = "optional-dependency" if entry.at("optional").text() == "true" else "dependency"
            made.add(group, name, _spec_of(entry), entry)
    made.table("dev-dependency", poetry.at("dev-dependencies"))
    for group_node in poetry.at("group").entries().values():
        made.table("dev-dependency", group_node.at("dependencies"))


def _flit(metadata: Node, made: Manifest) -> None:
    """Read what Flit knew before the table `project` was agreed on."""
    made.published = made.published or bool(metadata.at("module").text())
    made.requirements("dependency", metadata.at("requires"))
    extras = metadata.at("requires-extra").entries()
    made.extras = made.extras | extras
    for name, extra in extras.items():
        made.requirements("optional-dependency", extra, name)
    made.runtime("Python", metadata.at("requires-python"))


def _package_json(tree: Node, made: Manifest) -> None:
    entry_points = not _ENTRY_POINTS.isdisjoint(tree.entries())
    made.call(tree.at("name"))
    made.entries, made.closed = entries_of(tree), closed_entries(tree)
    made.published = entry_points and tree.at("private").text() != "true"
    made.table("dependency", tree.at("dependencies"))
    left = tree.at("peerDependenciesMeta").entries()
    for name, entry in tree.at("peerDependencies").entries().items():
        may_lack = name in left and left[name].at("optional").text() == "true"
        group = "optional-dependency" if may_lack else "peer-dependency"
        made.add(group, name, entry.text(), entry)
    made.table("optional-dependency", tree.at("optionalDependencies"))
    made.table("dev-dependency", tree.at("devDependencies"))
    made.runtime("Node.js", tree.at("engines", "node"))
    made.runtime("VS Code", tree.at("engines", "vscode"))


def _cargo(tree: Node, made: Manifest) -> None:
    package = tree.at("package")
    made.published = bool(package.at("name").text()) and package.at("publish").text() != "false"
    made.call(package.at("name"))
    made.entries = {
        ("command", binary.at("name").text()): binary
        for binary in tree.at("bin").items()
        if binary.at("name").text()
    }
    made.table("dependency", tree.at("dependencies"))
    made.table("dependency", tree.at("workspace", "dependencies"))
    made.table("dev-dependency", tree.at("dev-dependencies"))
    made.table("build-dependency", tree.at("build-dependencies"))
    made.runtime("Rust", package.at("rust-version"))
    shared = tree.at("workspace", "package")
    made.runtime("Rust", shared.at("rust-version"))
    made.published = made.published or bool(shared.entries())


def _composer(tree: Node, made: Manifest) -> None:
    made.published = tree.at("type").text() in _COMPOSER_LIBRARIES
    made.likely = (
        bool(tree.at("name").text()) and not tree.at("type").text()
    )  # Composer takes it for a library
    made.call(tree.at("name"))
    made.entries = {
        ("command", PurePosixPath(script.text()).name): script for script in tree.at("bin").items()
    }
    for name, entry in tree.at("require").entries().items():
        if name == "php":
            made.runtime("PHP", entry)
        elif name.startswith("ext-"):
            made.add("extension", name, "", entry)
        else:
            made.add("dependency", name, entry.text(), entry)
    made.table("dev-dependency", tree.at("require-dev"))


def _pipfile(tree: Node, made: Manifest) -> None:
    made.table("dependency", tree.at("packages"))
    made.table("dev-dependency", tree.at("dev-packages"))


def _setup_cfg(tree: Node, made: Manifest) -> None:
    made.published = bool(tree.at("metadata", "name").text())
    made.requirements("dependency", tree.at("options", "install_requires"))
    made.extras = tree.at("options.extras_require").entries()
    for name, extra in made.extras.items():
        made.requirements("optional-dependency", extra, name)
    made.runtime("Python", tree.at("options", "python_requires"))


def _pubspec(tree: Node, made: Manifest) -> None:
    made.call(tree.at("name"))
    made.published = tree.at("publish_to").text() != "none" and bool(tree.at("version").text())
    made.table("dependency", tree.at("dependencies"))
    made.table("dev-dependency", tree.at("dev_dependencies"))
    made.runtime("Dart", tree.at("environment", "sdk"))
    made.runtime("Flutter", tree.at("environment", "flutter"))


def _pre_commit(tree: Node, made: Manifest) -> None:
    for entry in tree.at("repos").items():
        name = entry.at("repo").text().removeprefix("https://github.com/")
        if entry.at("rev").text():
            made.add("hook", name, entry.at("rev").text(), entry.at("rev"))


def _clippy(tree: Node, made: Manifest) -> None:
    """Read the least version of Rust that lints are held to, which crates promise to their users."""
    made.likely = True
    made.runtime("Rust", tree.at("msrv"))


_READERS: Mapping[str, Callable[[Node, Manifest], None]] = {
    ".pre-commit-config.yaml": _pre_commit,
    "pyproject.toml": _pyproject,
    "package.json": _package_json,
    "cargo.toml": _cargo,
    "clippy.toml": _clippy,
    ".clippy.toml": _clippy,
    "composer.json": _composer,
    "pipfile": _pipfile,
    "pubspec.yaml": _pubspec,
    "setup.cfg": _setup_cfg,
}


def by_name(dependencies: list[Dependency]) -> dict[tuple[str, str, str], Dependency]:
    """Return dependencies by group, place and name, names as their registries compare them."""
    return {
        (dependency.group, dependency.place, _same_name(dependency.name)): dependency
        for dependency in dependencies
    }


def _same_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


#: What one thing was and is; one of both is there.
Pair = tuple[Dependency, Dependency] | tuple[None, Dependency] | tuple[Dependency, None]


def moves_between(old: list[Dependency], new: list[Dependency]) -> Iterator[Pair]:
    """Yield pairs of what changed between two versions, in the order of the new one."""
    before, after = by_name(old), by_name(new)
    for key, dependency in after.items():
        if key not in before:
            yield None, dependency
        elif before[key].spec != dependency.spec:
            yield before[key], dependency
    yield from ((dependency, None) for key, dependency in before.items() if key not in after)
