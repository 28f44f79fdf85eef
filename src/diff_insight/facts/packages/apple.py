"""What packages of Swift and pods ask for: `Package.swift` and `*.podspec`, read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from diff_insight.facts.packages.manifests import Dependency

_Lines = Iterable[tuple[int, str]]
_PACKAGE = re.compile(
    r"""\.package\(\s*+(?:name:\s*+"[^"]*+"\s*+,\s*+)?+url:\s*+"(?P<url>[^"]++)"\s*+,\s*+(?P<rest>[^\n]*+)"""
)
_SPEC = re.compile(
    r"""(?P<how>from|exact|upToNextMinor|branch|revision)\b[^"]{0,40}"(?P<version>[^"]++)\""""
)
_RANGE = re.compile(r"""^"(?P<low>[^"]++)"\s*+(?P<how>\.\.<|\.\.\.)\s*+"(?P<high>[^"]++)\"""")
_TARGET = re.compile(r"\.(?P<kind>testTarget|target|executableTarget|macro|plugin|binaryTarget)\(")
_QUOTED = re.compile(r'"([^"]++)"')
_MARKS = {"from": "^", "exact": "", "upToNextMinor": "~"}
_POD = re.compile(
    r"""^\s*+\w++\.(?P<how>dependency|test_spec)\s*+\(?+\s*+["'](?P<name>[^"']++)["'](?P<rest>(?:\s*+,\s*+["'][^"']*+["'])*+)"""
)


def swift_packages(path: str, lines: _Lines) -> Iterator[Dependency]:
    """Yield the packages that `Package.swift` names by address; those of tests alone are for development."""
    packages: list[Dependency] = []
    used: dict[str, set[str]] = {}
    kind = ""
    for number, line in lines:
        if match := _PACKAGE.search(line):
            name = match["url"].rstrip("/").rpartition("/")[2].removesuffix(".git")
            tested = re.search(r"//\s*+(?:dev|test)", match["rest"]) is not None
            group = "dev-dependency" if tested else "dependency"
            packages.append(Dependency(group, name, _swift_spec(match["rest"]), number, number))
            continue
        for part in re.split(r"(?=\.(?:testTarget|target|executableTarget|macro|plugin)\()", line):
            if target := _TARGET.search(part):
                kind = target["kind"]
            for name in _QUOTED.findall(part):
                used.setdefault(name, set()).add(kind)
    for dependency in packages:
        kinds = used.get(dependency.name, set()) - {""}
        tested = bool(kinds) and kinds <= {"testTarget"}
        yield replace(dependency, group="dev-dependency") if tested else dependency


def _swift_spec(rest: str) -> str:
    if span := _RANGE.match(rest):
        return f">={span['low']}, {'<' if span['how'] == '..<' else '<='}{span['high']}"
    match = _SPEC.search(rest)
    if match is None:
        return ""
    if "upToNextMinor" in rest:
        return f"~{match['version']}"
    return f"{_MARKS.get(match['how'], '')}{match['version']}"


def pods(path: str, lines: _Lines) -> Iterator[Dependency]:
    """Yield the pods that a podspec asks for, its own parts and what its tests need aside."""
    own, tested = "", False
    for number, line in lines:
        if named := re.search(r"""\.name\s*+=\s*+["']([\w.+-]++)["']""", line):
            own = own or named[1]
        if re.search(r"\.test_spec\b", line):
            tested = True
        elif re.search(r"\.subspec\b", line):
            tested = False
        match = _POD.match(line)
        if match is None or match["how"] != "dependency" or match["name"].partition("/")[0] == own:
            continue
        parts = re.findall(r"""["']([^"']*)["']""", match["rest"])
        group = "dev-dependency" if tested else "dependency"
        yield Dependency(group, match["name"], ", ".join(parts), number, number)
