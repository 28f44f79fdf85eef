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
    _row(r"pom\.xml", "Java", _JAVA[0]),
    _row(r"build\.gradle(?:\.kts)?", "Java", *_JAVA[1:]),
    _row(r"package\.swift", "Swift", r"^//[ \t]*swift-tools-version:[ \t]*(?P<version>\d[\d.]*)"),
    _row(r"mix\.exs", "Elixir", r"\belixir:[ \t]*\"(?P<version>[^\"\n]{1,40})\""),
    _row(r"setup\.py", "Python", r"\bpython_requires[ \t]*=[ \t]*[\"'](?P<version>[^\"'\n]{1,60})[\"']"),
)  # fmt: skip
#: Manifests that others install whatever else they say, and what says so in others.
_LIBRARIES = re.compile(r"\A.+\.gemspec|setup\.py")
_PACKED = re.compile(r"<PackageId>|<GeneratePackageOnBuild>\s*true", re.IGNORECASE)


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
    return name.endswith("proj") and any(_PACKED.search(line) for _, line in lines)
