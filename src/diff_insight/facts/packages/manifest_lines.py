"""Manifests that are read line by line: requirements, go.mod, Gemfile, pom.xml, csproj, Gradle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from diff_insight.facts.packages.apple import pods, swift_packages
from diff_insight.facts.packages.manifests import Dependency, Manifest, requirement
from diff_insight.facts.packages.runtimes import (
    commands_in,
    is_installed_by_others,
    knows_runtime,
    may_be_installed,
    name_of,
    runtimes_of,
)
from diff_insight.facts.trees.node import Node

_Lines = Iterable[tuple[int, str]]
#: Characters of a line that are read; longer ones are no line of a manifest.
_LONGEST_LINE = 1000
_DEV_FILE = re.compile(r"(?i)(dev|test|lint|doc|ci|build|typing|style)")
_GO = re.compile(
    r"(?:require\s+)?(?P<name>[\w.-]+\.[\w-]+/\S+|[\w.-]+/\S+)\s+(?P<spec>v\d\S*)(?P<rest>.*)"
)
_GEM = re.compile(
    r"""\s*+(?P<how>gem|\w++\.add_(?:runtime_|development_)?dependency)\s*+(?:\(\s*+)?+["'](?P<name>[^"']++)["'](?P<rest>(?:\s*+,\s*+["'][^"']*+["'])*+)"""
)
_REFERENCE = re.compile(
    r"<(?:PackageReference|PackageVersion|GlobalPackageReference)\s(?P<attributes>[^<>]*+)"
)
#: What stays with the project that asks for it, and is not asked of whoever installs that.
_OWN_ASSETS = re.compile(r"""(?i)\bPrivateAssets(?:\s*=\s*["']|>\s*)all\b""")
#: Lines of one reference.
_MOST_INNER = 8
_NAMED = re.compile(r"""(?<![\w.])(?:Include|Update)="([^"]+)\"""")
_VERSION = re.compile(r"""(?<![\w.])Version="([^"]+)\"""")
_GRADLE = re.compile(
    r"""\s*+(?P<how>api|implementation|compileOnly|runtimeOnly|compile|kapt|ksp|annotationProcessor|"""
    r"""(?:test|androidTest|testFixtures|debug)[A-Z]\w*+)\s*+(?:\(\s*+)?+["'](?P<name>[\w.-]++:[\w.-]++):(?P<spec>[^"':@]++)"""
)
_PLUGIN = re.compile(
    r"""\s*+id\s*+(?:\(\s*+)?+["'](?P<name>[\w.-]++)["']\s*+(?:\)\s*+)?+version\s*+(?:\(\s*+)?+["'](?P<spec>[^"']++)["']"""
)
_XML = re.compile(r"<(?P<close>/)?(?P<tag>[\w.-]+)>(?:(?P<value>[^<]*)</(?P=tag)>)?")


def read_lines(path: str, lines: _Lines) -> Manifest | None:
    """Return what a manifest asks for, or None when no reader knows the file by its name."""
    name = PurePosixPath(path).name.lower()
    reader = _reader(name)
    if reader is None and not knows_runtime(name):
        return None
    short = [(number, line) for number, line in lines if len(line) <= _LONGEST_LINE]
    return Manifest(
        dependencies=list(reader(path, short)) if reader is not None else [],
        runtimes=list(runtimes_of(name, short)),
        entries={key: Node("", *span) for key, span in commands_in(name, short).items()},
        published=is_installed_by_others(name, short),
        likely=may_be_installed(name),
        name=name_of(name, short),
    )


def is_line_manifest(path: str) -> bool:
    """Tell whether `read_lines` knows a file by its name."""
    name = PurePosixPath(path).name.lower()
    return _reader(name) is not None or knows_runtime(name)


def _reader(name: str) -> Callable[[str, _Lines], Iterator[Dependency]] | None:
    for reader, names, ends in _READERS:
        if name in names or (ends and name.endswith(ends)):
            return reader
    stem, _, suffix = name.rpartition(".")
    listed = suffix in ("txt", "in") and "requirements" in re.split(r"[-_.]", stem)
    return _requirements if listed else None


def _requirements(path: str, lines: _Lines) -> Iterator[Dependency]:
    name = PurePosixPath(path).name
    group = "dev-dependency" if _DEV_FILE.search(name.replace("requirements", "")) else "dependency"
    asked: Dependency | None = None
    for number, line in lines:
        if asked is not None and line.lstrip().startswith("--hash"):
            asked = replace(asked, end=number)
            continue
        if asked is not None:
            yield asked
        text = line.split(" #")[0].split(" --hash")[0].rstrip(" \\\r")
        named = text[:1].isalnum() and "://" not in text
        parsed = requirement(text) if named else None
        asked = Dependency(group, *parsed, number, number) if parsed else None
    if asked is not None:
        yield asked


def _go(path: str, lines: _Lines) -> Iterator[Dependency]:
    for number, line in lines:
        match = _GO.match(line.strip())
        if (
            match
            and not line.strip().startswith(("replace", "exclude", "retract"))
            and "=>" not in line
        ):
            indirect = "// indirect" in match["rest"]
            group = "indirect-dependency" if indirect else "dependency"
            yield Dependency(group, match["name"], match["spec"], number, number)


def _gems(path: str, lines: _Lines) -> Iterator[Dependency]:
    development = 0
    for number, line in lines:
        text = line.strip()
        if re.match(r"group\b.*:(development|test)\b.*\bdo\b", text):
            development = 1
        elif text == "end":
            development = 0
        elif match := _GEM.match(line):
            parts = re.findall(r"""["']([^"']*)["']""", match["rest"])
            tested = development or "development" in match["how"]
            group = "dev-dependency" if tested else "dependency"
            yield Dependency(group, match["name"], ", ".join(parts), number, number)


def _references(path: str, lines: _Lines) -> Iterator[Dependency]:
    every = list(lines)
    for at, (number, line) in enumerate(every):
        for match in _REFERENCE.finditer(line):
            name, spec = _NAMED.search(match["attributes"]), _VERSION.search(match["attributes"])
            if name and spec:
                inner = "" if match["attributes"].rstrip().endswith("/") else _inner_text(every, at)
                kept = _OWN_ASSETS.search(match["attributes"] + inner)
                group = "dev-dependency" if kept else "dependency"
                yield Dependency(group, name[1], spec[1], number, number)


def _inner_text(lines: Sequence[tuple[int, str]], start: int) -> str:
    """Return what a reference of some lines holds, up to its end."""
    texts: list[str] = []
    for _, line in lines[start : start + _MOST_INNER]:
        texts.append(line)
        if "</Package" in line or "</GlobalPackage" in line:
            return "\n".join(texts)
    return ""


def _gradle(path: str, lines: _Lines) -> Iterator[Dependency]:
    for number, line in lines:
        if match := _GRADLE.match(line):
            tested = match["how"].startswith(("test", "androidTest", "debug"))
            group = "dev-dependency" if tested else "dependency"
            yield Dependency(group, match["name"], match["spec"], number, number)
        elif match := _PLUGIN.match(line):
            yield Dependency("build-dependency", match["name"], match["spec"], number, number)


def _pom(path: str, lines: _Lines) -> Iterator[Dependency]:
    """Dependencies, plugins and the parent that name a version of their own."""
    values: dict[str, str] = {}
    kind, start = "", 0
    for number, line in lines:
        for tag in _XML.finditer(line):
            name = tag["tag"]
            if tag["value"] is not None and kind:
                values.setdefault(name, tag["value"].strip())
            elif not tag["close"] and name in ("dependency", "plugin", "parent"):
                kind, start, values = name, number, {}
            elif tag["close"] and name == kind:
                yield from _pom_entry(kind, values, start, number)
                kind = ""


def _pom_entry(kind: str, values: dict[str, str], start: int, end: int) -> Iterator[Dependency]:
    artifact, version = values.get("artifactId"), values.get("version")
    if artifact and version and not version.startswith("$"):
        tested = values.get("scope") == "test"
        group = (
            "build-dependency" if kind == "plugin" else "dev-dependency" if tested else "dependency"
        )
        name = f"{values['groupId']}:{artifact}" if values.get("groupId") else artifact
        yield Dependency(group, name, version, start, end)


#: What reads a manifest, by its name or by the end of it.
_READERS: tuple[
    tuple[Callable[[str, _Lines], Iterator[Dependency]], tuple[str, ...], tuple[str, ...]], ...
] = (
    (_go, ("go.mod",), ()),
    (_gems, ("gemfile",), (".gemspec",)),
    (_pom, ("pom.xml",), ()),
    (swift_packages, ("package.swift",), ()),
    (pods, (), (".podspec",)),
    (_references, ("directory.packages.props",), (".csproj", ".fsproj", ".vbproj")),
    (_gradle, ("build.gradle", "build.gradle.kts"), ()),
)
