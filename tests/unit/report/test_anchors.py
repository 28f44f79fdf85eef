"""Anchors and names are short, and distinct within a report."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.report.file_anchors import anchors, short_names

PATHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "index.md", "", "ü"]), min_size=1, max_size=4)
    .map("/".join)
    .filter(bool),
    max_size=12,
    unique=True,
)


def digest(path: bytes) -> str:
    return hashlib.md5(path, usedforsecurity=False).hexdigest()


def colliding() -> list[list[bytes]]:
    """Return groups of paths whose digests begin with the same six digits."""
    groups: dict[str, list[bytes]] = defaultdict(list)
    for number in range(20_000):
        path = b"docs/%d.md" % number
        groups[digest(path)[:6]].append(path)
    return [group for group in groups.values() if len(group) > 1]


def test_anchors_of_the_seeds() -> None:
    paths = [
        b"articles/ai-services/openai/concepts/fine-tuning-considerations.md",
        "日本語.md".encode(),
    ]
    assert anchors(paths) == ["item-71d8ac", f"item-{digest(paths[1])[:6]}"]


def test_colliding_anchors_take_the_shortest_distinct_prefix() -> None:
    groups = colliding()
    assert len(groups) >= 5
    paths = [b"alone.md", *(path for group in groups for path in group)]
    made = anchors(paths)
    assert len(set(made)) == len(paths)
    assert made[0] == f"item-{digest(b'alone.md')[:6]}"
    for path, anchor in zip(paths[1:], made[1:], strict=True):
        prefix = anchor.removeprefix("item-")
        assert digest(path).startswith(prefix)
        assert len(prefix) > 6
        others = [digest(other) for other in paths if other != path]
        assert not any(other.startswith(prefix) for other in others)
        assert any(other.startswith(prefix[:-1]) for other in others)


def test_equal_paths_end_with_the_whole_digest() -> None:
    assert anchors([b"x", b"x"]) == [f"item-{digest(b'x')}"] * 2


def test_no_paths_have_no_anchors_and_names() -> None:
    assert anchors([]) == []
    assert short_names([]) == []


def test_names_show_as_much_as_is_needed() -> None:
    assert short_names(["a/x.md", "b/x.md", "a/y.md", "x.md", "c/b/x.md"]) == [
        "a/x.md", "b/x.md", "y.md", "x.md", "c/b/x.md",
    ]  # fmt: skip


def test_a_file_of_an_example_is_not_called_like_one_of_the_project() -> None:
    paths = ["examples/simple/versions.tf", "examples/jwt/Cargo.toml", "Cargo.toml", "examples/a/run.go",
             "crates/core/Cargo.toml", "src/build.py", "docs/examples/page.md"]  # fmt: skip
    assert short_names(paths) == [*paths[:5], "build.py", "page.md"]


def test_names_of_odd_paths() -> None:
    assert short_names(["a/./x", "a/x", "a//x", "/x"]) == ["./x", "a/x", "a//x", "/x"]


@settings(deadline=None, max_examples=200)
@given(PATHS)
def test_names_are_distinct_ends_of_their_paths(paths: list[str]) -> None:
    names = short_names(paths)
    assert len(set(names)) == len(paths)
    bases = Counter(path.rpartition("/")[2] for path in paths)
    for path, name in zip(paths, names, strict=True):
        assert f"/{path}".endswith(f"/{name}")
        base = path.rpartition("/")[2]
        if bases[base] == 1:
            assert name in {base, path}
        else:
            shorter = name.partition("/")[2]
            clash = [
                other for other in paths if other != path and f"/{other}".endswith(f"/{shorter}")
            ]
            assert not shorter or clash or name == path


def test_names_of_deep_equal_paths() -> None:
    tail = "/".join(["d"] * 1500)
    assert short_names([f"a/{tail}", f"b/{tail}", *(f"{n}.md" for n in range(2000))])[:2] == [
        f"a/{tail}",
        f"b/{tail}",
    ]
