"""What the attributes of a declaration of Rust say."""

from __future__ import annotations

from diff_insight.facts.code.api.rust_attributes import attributes_of


def test_what_a_condition_closes_is_not_open_to_all() -> None:
    closed = attributes_of(["#[non_exhaustive]"]).marks
    under = attributes_of(['#[cfg_attr(not(feature = "open"), non_exhaustive)]']).marks
    assert list(closed) == ["non_exhaustive"]
    assert list(under) == ["non_exhaustive_if"]
    assert not attributes_of(["#[cfg_attr(docsrs, doc(cfg(x)))]"]).marks
