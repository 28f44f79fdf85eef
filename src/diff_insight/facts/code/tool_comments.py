"""Comments that tools read and that do something: interpreters, constraints of builds, switched-off checks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from diff_insight.facts.file_view import FileView
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence

_READ = re.compile(
    r"^#!"
    r"|//(?:go:|export\b|line\b|nolint\b|\s?\+build\b)"
    r"|(?:#|//|/\*|--|<!--)\s{0,4}(?:"
    r"frozen_string_literal:|(?:-\*-\s*)?(?:en)?coding[:=]|typed:"
    r"|type:\s{0,4}ignore|noqa\b|nosec\b|pragma:|pylint:|fmt:|ruff:|isort:|mypy:|pyright:|yapf:"
    r"|shellcheck\b|rubocop:|hadolint\b|checkov:|tfsec:|trivy:"
    r"|@ts-|@jsx|@flow\b|eslint-|tslint:|stylelint-|prettier-ignore|biome-ignore|deno-lint|istanbul\b|[cv]8 ignore"
    r"|webpack[A-Z]|@vite-|sourceMappingURL|NOLINT|clang-format|nosemgrep|codeql|NOSONAR|swiftlint:"
    r"|noinspection\b|phpcs:|@phpstan-ignore|psalm-suppress|CHECKSTYLE|cgo\b)"
)


def lines_for_tools(view: FileView) -> Iterator[tuple[Side, int]]:
    """Yield the changed lines with a comment that a tool reads, and their other versions."""
    for block in view.blocks:
        lines = [
            (side, number)
            for side, number, line in block.numbered_lines()
            if ("#" in line or "/" in line or "--" in line) and _READ.search(line)
        ]
        yield from lines
        for pair in block.versions() if lines else ():
            if not set(pair).isdisjoint(lines):
                yield from pair


def are_within(spans: Iterable[Evidence], lines: Container[tuple[Side, int]]) -> bool:
    """Tell whether every line of some spans is one of some lines."""
    return all(
        (span.side, number) in lines for span in spans for number in range(span.start, span.end + 1)
    )
