"""OpenAPI 2 and 3: operations, parameters, bodies, responses, security, and their schemas."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import (
    described_trees,
    emit_and_claim,
    is_published_interface,
)
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.openapi_compare import DescriptionComparison
from diff_insight.facts.interfaces.openapi_model import Description, version_of
from diff_insight.facts.interfaces.required_lines import with_required_lines
from diff_insight.facts.interfaces.touched import Touched
from diff_insight.model.facts import Fact


def applies(view: FileView) -> bool:
    """JSON and YAML whose version before says that it is OpenAPI."""
    return described_trees(view, version_of) is not None


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who call the described interface."""
    both = described_trees(view, version_of)
    if both is None:
        return
    old, new = (Description(tree, version_of(tree) or version_of(both[0])) for tree in both)
    comparison = DescriptionComparison(
        old, new, Touched(view), public=is_published_interface(view.known_path, api=True)
    )
    yield from emit_and_claim(view, with_required_lines(view, both, comparison.facts()))
