"""A description in several files that is not compared to its end says so at each of its parts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from diff_insight.analysis.split_descriptions import with_split_descriptions
from diff_insight.facts.interfaces import openapi_parts
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.ports import DiffSource
from diff_insight.runtime.cpu_limit import OutOfTimeError
from support.analyses import analysis_of

COMMITS = CommitRange(base="a", head="b", merge_base="", comparison=Comparison.DIRECT)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(OutOfTimeError, "time"), (MemoryError, "limit"), (RecursionError, "limit")],
)
def test_what_was_not_compared_is_read_in_part(
    failure: type[BaseException], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise failure

    monkeypatch.setattr(openapi_parts, "facts_of_parts", fail)
    source = cast("DiffSource", SimpleNamespace(tree=lambda *_: object()))
    files = analysis_of(path="openapi/paths/orders.yaml"), analysis_of(path="src/main.py")
    part, other = with_split_descriptions({"all": files}, COMMITS, source)["all"]
    assert (part.read_in_part, other.read_in_part) == ((reason,), ())
