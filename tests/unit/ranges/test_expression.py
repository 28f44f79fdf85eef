"""Range expressions as git reads them."""

from __future__ import annotations

import pytest

from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.ranges.expression import parse_range

_TWO, _THREE = Comparison.DIRECT, Comparison.MERGE_BASE


@pytest.mark.parametrize(
    ("expression", "base", "head", "comparison"),
    [
        ("v1..v2", "v1", "v2", _TWO),
        ("v1...v2", "v1", "v2", _THREE),
        ("v1.0..v1.1", "v1.0", "v1.1", _TWO),
        ("v1..", "v1", "HEAD", _TWO),
        ("..v2", "HEAD", "v2", _TWO),
        ("...", "HEAD", "HEAD", _THREE),
        ("..", "HEAD", "HEAD", _TWO),
        ("feature/x...HEAD~3^2", "feature/x", "HEAD~3^2", _THREE),
        ("--output=x..y", "--output=x", "y", _TWO),
        ("@{-1}..@", "@{-1}", "@", _TWO),
    ],
)
def test_ranges(expression: str, base: str, head: str, comparison: Comparison) -> None:
    assert parse_range(expression) == RangeRequest(base=base, head=head, comparison=comparison)


@pytest.mark.parametrize("expression", ["", "main", "a.b"])
def test_what_is_no_range(expression: str) -> None:
    with pytest.raises(UsageError, match="is not a range") as caught:
        parse_range(expression)
    assert "BASE..HEAD" in caught.value.cure


@pytest.mark.parametrize("expression", ["a b", "a:b", "a,b", "a -> b", "a....b"])
def test_two_names_without_dots(expression: str) -> None:
    with pytest.raises(UsageError, match="is not a range") as caught:
        parse_range(expression)
    assert caught.value.cure == "write a..b"
