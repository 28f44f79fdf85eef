"""What a repository holds, by the names of its files."""

from __future__ import annotations

from diff_insight.analysis.people.repository_sort import is_mixed, is_package, pages_and_code


def test_pages_and_code_are_counted_without_what_belongs_to_neither() -> None:
    paths = ["docs/a.md", "README.md", "CHANGELOG.md", "src/a.rs", "tests/test_a.py", "examples/b.py", "listings/c.rs", "a.png"]  # fmt: skip
    assert pages_and_code(paths) == (1, 1)


def test_a_range_of_one_sort_is_not_mixed() -> None:
    assert is_mixed(["docs/a.md", "src/a.py"])
    assert not is_mixed(["docs/a.md", "docs/b.md"])
    assert not is_mixed(["src/a.py"])


def test_a_package_is_known_by_its_manifest_at_the_top() -> None:
    assert all(map(is_package, ["Cargo.toml", "pyproject.toml", "x.gemspec", "go.mod"]))
    assert not any(map(is_package, ["docs/Cargo.toml", "package.json", "deno.json"]))


def test_a_range_of_neither_sort_asks_the_tree_as_well() -> None:
    assert is_mixed(["package.json"])
    assert is_mixed([])
