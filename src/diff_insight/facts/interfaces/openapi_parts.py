"""What changed in the parts of OpenAPI descriptions that stand in files of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from posixpath import dirname

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import is_published_interface
from diff_insight.facts.interfaces.openapi_bundle import FileNumbers, description_tree
from diff_insight.facts.interfaces.openapi_compare import DescriptionComparison
from diff_insight.facts.interfaces.openapi_model import Description, version_of
from diff_insight.facts.interfaces.touched import Everything
from diff_insight.model.facts import Fact
from diff_insight.model.source_tree import SourceTree

#: Names of descriptions that take parts from other files.
_ROOT = re.compile(r"(?i)(?:^|/)[\w.-]*(?:openapi|swagger)[\w.-]*\.(?:ya?ml|json)$|(?:^|/)(?:api|index|main|root|spec)\.(?:ya?ml|json)$")  # fmt: skip
_SAYS = re.compile(r"""(?:^|[{,\n])[ \t]*["']?(?:openapi|swagger)["']?[ \t]*:""")
_TOP, _MOST_ROOTS = 4000, 20


def facts_of_parts(parts: set[str], base: SourceTree, head: SourceTree) -> dict[str, list[Fact]]:
    """Return what changed in the parts of descriptions, by the path of the part.

    Args:
        parts: Files that may be parts.
        base: All files before.
        head: All files after.
    """
    facts: dict[str, list[Fact]] = defaultdict(list)
    for root in _roots(parts, base, head):
        numbers = FileNumbers([root])
        old, new = (description_tree(files, root, numbers) for files in (base, head))
        if old is None or new is None or parts.isdisjoint(numbers.paths):
            continue
        before, after = Description(old, version_of(old)), Description(new, version_of(new))
        public = is_published_interface(root, api=True)
        comparison = DescriptionComparison(before, after, Everything(), public=public)
        for fact in comparison.facts():
            for path, own in _in_file(fact, numbers):
                if path in parts and own not in facts[path]:
                    facts[path].append(own)
    return facts


def _roots(parts: set[str], base: SourceTree, head: SourceTree) -> Iterator[str]:
    """Yield descriptions beside or above parts."""
    folders = set[str]()
    for path in parts:
        folder = dirname(path)
        folders.add(folder)
        while folder:
            folder = dirname(folder)
            folders.add(folder)
    names = (
        path for path in head.paths & base.paths if _ROOT.search(path) and dirname(path) in folders
    )
    for path in sorted(set(names) - parts)[:_MOST_ROOTS]:
        text = head.text(path) or ""
        if _SAYS.search(text[:_TOP]) and "$ref" in text:
            yield path


def _in_file(fact: Fact, numbers: FileNumbers) -> Iterator[tuple[str, Fact]]:
    """Yield a fact with the lines of the first file that shows it."""
    located = [(numbers.place(lines.start), lines) for lines in fact.evidence]
    if located:
        path = located[0][0][0]
        evidence = tuple(
            replace(lines, start=line, end=max(line, numbers.place(lines.end)[1]))
            for (file, line), lines in located
            if file == path
        )
        yield path, replace(fact, evidence=evidence)
