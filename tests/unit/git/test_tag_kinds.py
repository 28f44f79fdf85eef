"""A release follows the last release of its own name."""

from __future__ import annotations

import pytest

from diff_insight.git.tag_kinds import tags_of_kind, version_before


@pytest.mark.parametrize(
    ("own", "others", "kept"),
    [
        ("v1.3.0", ["v1.2.0", "v1.3.0-rc.1"], ["v1.2.0"]),
        ("2.1.0", ["2.0.0", "2.1.0rc2", "2.1.0b1", "2.1.0.dev3"], ["2.0.0"]),
        ("2.1.0rc3", ["2.0.0", "2.1.0rc2"], ["2.0.0", "2.1.0rc2"]),
        ("web-v1.1.0", ["web-v1.0.0", "api-v2.0.0", "v9.0.0"], ["web-v1.0.0"]),
        ("@scope/a@2.0.0", ["@scope/a@1.0.0", "@scope/b@1.9.0"], ["@scope/a@1.0.0"]),
        ("python3-v1.2.0", ["python3-v1.1.0", "python2-v1.1.9"], ["python3-v1.1.0"]),
        ("1.1.0.Final", ["1.0.0.Final", "1.1.0.CR1", "1.1.0.Alpha2"], ["1.0.0.Final"]),
        ("jdk-22+1", ["jdk-21+35", "jdk-22-ea"], ["jdk-21+35"]),
        ("v2", ["v1", "v1.9.0"], ["v1", "v1.9.0"]),
        ("nightly", ["v1.0.0"], []),
    ],
)
def test_tags_of_one_kind(own: str, others: list[str], kept: list[str]) -> None:
    assert tags_of_kind([own], [*others, own]) == kept


def test_without_a_tag_of_its_own_there_is_no_kind() -> None:
    assert tags_of_kind([], ["v1.0.0"]) == []


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("v1.10.0", ["v1.9.0", "v1.2.0", "v2.0.0"], "v1.9.0"),
        ("v1.0.0", ["v1.0.0-rc.1", "v1.0.0-rc.10", "v1.0.0-rc.9"], "v1.0.0-rc.10"),
        ("v2.0", ["v1.0.0", "v2.0.0", "v2.0.1"], "v1.0.0"),
        ("1.0.0b2", ["1.0.0b1", "1.0.0rc1", "0.9"], "1.0.0b1"),
        ("v1", ["v2", "nightly"], None),
        ("nightly", ["v2"], None),
    ],
)
def test_the_version_before(own: str, others: list[str], expected: str | None) -> None:
    assert version_before([own], others) == expected
