"""The version of its language that a package asks for, where its manifest is read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diff_insight.facts.packages.manifests import Dependency

Lines = Sequence[tuple[int, str]]
_JAVA = (
    r"<(?:maven\.compiler\.(?:release|source|target)|java\.version)>\s*(?:1\.)?(?P<version>[\d.]+)\s*<",
    r"(?:source|target)Compatibility\s*+(?:=\s*+)?+[\"']?+(?:1\.)?(?P<version>\d++)\b",
    r"JavaVersion\.VERSION_(?:1_)?(?P<version>\d+)",
    r"JavaLanguageVersion\.of\(\s*(?P<version>\d+)|jvmToolchain\(\s*(?P<other>\d+)",
)


class _Row(NamedTuple):
    """Files by their name, the language, and where a line says its version."""

    files: re.Pattern[str]
    language: str
    lines: tuple[re.Pattern[str], ...]


def _row(files: str, language: str, *lines: str) -> _Row:
    return _Row(re.compile(files), language, tuple(map(re.compile, lines)))


_ROWS = (
    _row(r"go\.mod", "Go", r"^go[ \t]+(?P<version>\d[\w.]*)"),
    _row(r"\A.+\.gemspec", "Ruby", r"required_ruby_version\b[^\"'\n]{0,60}[\"'](?P<version>[^\"'\n]{1,40})[\"']"),
    _row(r"gemfile", "Ruby", r"^[ \t]*ruby[ \t(]+[\"'](?P<version>[^\"'\n]{1,40})[\"']"),
    _row(r"\A.+\.(?:cs|fs|vb)proj|directory\.build\.props", ".NET",
         r"<TargetFrameworks?>(?P<version>[^<$]{1,100})<"),
    _row(r"build\.gradle(?:\.kts)?", "Android API", r"\bminSdk(?:Version)?(?:[ \t]*+[=(][ \t]*+|[ \t]++)(?P<version>\d+)"),
    _row(r"package\.swift", "iOS", r"\.iOS\(\s*(?:\.v|\")(?P<version>[\d_.]+)"),
    _row(r"package\.swift", "macOS", r"\.macOS\(\s*(?:\.v|\")(?P<version>[\d_.]+)"),
    _row(r"package\.swift", "tvOS", r"\.tvOS\(\s*(?:\.v|\")(?P<version>[\d_.]+)"),
    _row(r"package\.swift", "watchOS", r"\.watchOS\(\s*(?:\.v|\")(?P<version>[\d_.]+)"),
    _row(r"\A.+\.podspec", "iOS", r"(?<!\w)(?:s|spec|pod)\.(?:ios\.deployment_target[ \t]*=|platform[ \t]*=[ \t]*:ios,)[ \t]*[\"'](?P<version>[\d.]+)"),
    _row(r"pom\.xml", "Java", _JAVA[0]),
    _row(r"\A[\w.-]+\.gradle(?:\.kts)?", "Java", *_JAVA[1:]),
    _row(r"package\.swift", "Swift", r"^//[ \t]*swift-tools-version:[ \t]*(?P<version>\d[\d.]*)"),
    _row(r"mix\.exs", "Elixir", r"\belixir:[ \t]*\"(?P<version>[^\"\n]{1,40})\""),
    _row(r"setup\.py", "Python", r"\bpython_requires[ \t]*=[ \t]*[\"'](?P<version>[^\"'\n]{1,60})[\"']"),
)  # fmt: skip
#: Manifests that others install whatever else they say, and what says so in others.
_LIBRARIES = re.compile(r"\A.+\.(?:gemspec|podspec)|setup\.py")
_PACKED = re.compile(
    r"<Package(?:Id|Tags|ProjectUrl|LicenseExpression|LicenseFile|Icon|IconUrl|ReadmeFile|ReleaseNotes)>|"
    r"<(?:GeneratePackageOnBuild|IsPackable)>\s*true",
    re.IGNORECASE,
)
_MARKS = (
    ("package.swift", re.compile(r"\.(?:library|plugin)\(\s*name:")),
    ("mix.exs", re.compile(r"\bpackage:")),
    (
        "pom.xml",
        re.compile(
            r"<(?:licenses|distributionManagement|scm)>|central-publishing-maven|nexus-staging-maven"
        ),
    ),
    (
        ".gradle",
        re.compile(
            r"java-library|com\.android\.library|maven-publish|com\.vanniktech\.maven\.publish"
        ),
    ),
)


def knows_runtime(name: str) -> bool:
    """Tell whether a file of this name, in lower case, can ask for a version of its language."""
    return any(row.files.fullmatch(name) for row in _ROWS)


def runtimes_of(name: str, lines: Lines) -> Iterator[Dependency]:
    """Yield the version of its language that a manifest asks for.

    Args:
        name: Its name in lower case.
        lines: Its lines with their numbers.
    """
    for row in _ROWS:
        if not row.files.fullmatch(name):
            continue
        for number, line in lines:
            for pattern in row.lines:
                if match := pattern.search(line):
                    version = next(text for text in match.groups() if text)
                    yield Dependency("runtime", row.language, version.strip(), number, number)


def is_installed_by_others(name: str, lines: Lines) -> bool:
    """Tell whether a manifest is that of a package which others install."""
    if _LIBRARIES.fullmatch(name):
        return True
    mark = next((pattern for part, pattern in _MARKS if part in name), None)
    if mark is not None:
        return any(mark.search(line) for _, line in lines)
    return name.endswith("proj") and any(_PACKED.search(line) for _, line in lines)


def may_be_installed(name: str) -> bool:
    """Tell whether a manifest does not say who installs its package, as that of any module of Go."""
    return name == "go.mod"


_NAMES = (
    ("go.mod", re.compile(r"^module[ \t]+(?P<name>\S+)")),
    (".gemspec", re.compile(r"\.name[ \t]*=[ \t]*[\"'](?P<name>[\w.-]+)[\"']")),
    ("proj", re.compile(r"<PackageId>\s*(?P<name>[\w.-]+)\s*<")),
    ("setup.py", re.compile(r"\bname[ \t]*=[ \t]*[\"'](?P<name>[\w.-]+)[\"']")),
)
_COMMANDS = re.compile(r"\.executables[ \t]*(?:=|<<)[ \t]*(?P<names>[^#\n]*)")
_WORDS = re.compile(r"[\"'](?P<one>[\w.-]+)[\"']|%w[\[(](?P<many>[^\])]{0,300}+)[\])]")
_PRODUCT = re.compile(r"\.(?P<sort>library|executable)\(\s*name:\s*\"(?P<name>[^\"]+)\"")


def name_of(name: str, lines: Lines) -> Dependency | None:
    """Return what a package is called by its manifest."""
    if name == "pom.xml":
        return _artifact(lines)
    pattern = next((pattern for end, pattern in _NAMES if name.endswith(end)), None)
    for number, line in lines if pattern is not None else ():
        match = pattern.search(line) if pattern is not None else None
        if match is not None:
            return Dependency("package", match["name"], "", number, number)
    return None


def _artifact(lines: Lines) -> Dependency | None:
    """Return the artifact of a `pom.xml`: the first one that stands in no other element."""
    inner = 0
    for number, line in lines:
        inner += len(
            re.findall(r"<(?:parent|dependency|plugin|exclusion|build|dependencies)>", line)
        )
        match = re.search(r"<artifactId>\s*([^<\s]+)", line)
        if match is not None and not inner:
            return Dependency("package", match[1], "", number, number)
        inner -= len(
            re.findall(r"</(?:parent|dependency|plugin|exclusion|build|dependencies)>", line)
        )
    return None


def commands_in(name: str, lines: Lines) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the commands and products that a manifest lists, with their lines."""
    commands: dict[tuple[str, str], tuple[int, int]] = {}
    for number, line in lines:
        if name.endswith(".gemspec") and (match := _COMMANDS.search(line)):
            for word in _WORDS.finditer(match["names"]):
                for command in (word["one"] or word["many"]).split():
                    commands["command", command] = (number, number)
        elif name == "package.swift":
            for match in _PRODUCT.finditer(line):
                what = "command" if match["sort"] == "executable" else "entry-point"
                commands[what, match["name"]] = (number, number)
    return commands
