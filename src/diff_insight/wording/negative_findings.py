"""Words what the rules looked for and did not find: only what they can find in the files at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from diff_insight.file_types import (
    extension,
    is_image,
    is_markdown,
    is_page,
    is_sample,
    is_test,
)
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import FileAnalysis

#: Files that others rely on by what is in them, besides the manifests of packages.
_INTERFACES = frozenset("graphql graphqls gql proto tf tofu sql".split())
_ACTIONS = ("action.yml", "action.yaml")


def no_breaking(files: Sequence[FileAnalysis], speaker: Speaker) -> str:
    """Return the sentence that no rule found a breaking change, with what applied to these files."""
    checks = tuple(
        name for name, applies in _CHECKS.items() if any(applies(analysis) for analysis in files)
    )
    if not checks:
        return speaker.say("range.no-breaking.unread")
    return speaker.say("range.no-breaking", {"checks": checks})


def _page(analysis: FileAnalysis) -> bool:
    return is_page(analysis.change.path)


def _code(analysis: FileAnalysis) -> bool:
    path = analysis.change.path
    if is_markdown(path) or is_image(path) or is_test(path) or is_sample(path):
        return False
    from diff_insight.facts.code.grammars import BY_EXTENSION  # noqa: PLC0415 - code only

    return extension(path) in BY_EXTENSION


def _interface(analysis: FileAnalysis) -> bool:
    path = analysis.change.path
    if extension(path) in _INTERFACES or PurePosixPath(path).name in _ACTIONS:
        return True
    if any(kind_of(fact.kind).has(Trait.INTERFACE) for fact in analysis.facts):
        return True
    if is_markdown(path) or is_image(path):
        return False
    from diff_insight.facts.packages.manifest_lines import is_line_manifest  # noqa: PLC0415 - no page has it
    from diff_insight.facts.packages.manifests import is_tree_manifest  # noqa: PLC0415

    return is_tree_manifest(path) or is_line_manifest(path)


#: The term of what a rule looks for -> whether it could be found in a file.
_CHECKS: Mapping[str, Callable[[FileAnalysis], bool]] = {
    "removed-pages": _page,
    "public-symbols": _code,
    "published-interfaces": _interface,
}
