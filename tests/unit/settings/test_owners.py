"""CODEOWNERS as categories, by the rules that GitHub documents."""

from __future__ import annotations

import pytest

from diff_insight.errors import UsageError
from diff_insight.settings.config_file import parse_config
from diff_insight.settings.merge import merge_layers
from diff_insight.settings.owners import owner_of, with_owners
from diff_insight.settings.settings import OwnerRule, Settings

ASKED = merge_layers(parse_config("categories: codeowners", "c.yml"))


def owned(text: str, place: str = "CODEOWNERS") -> Settings:
    return with_owners(ASKED, {place: text.encode()}.get)


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        ("*", ["a", "a/b/c"], []),
        ("*.js", ["x.js", "a/b/x.js"], ["x.ts"]),
        ("/build/logs/", ["build/logs/a", "build/logs/b/c"], ["x/build/logs/a", "build/logs"]),
        ("docs/*", ["docs/a.md"], ["docs/b/a.md", "x/docs/a.md"]),
        ("apps/", ["apps/x", "a/apps/x/y"], ["apps"]),
        ("/docs/", ["docs/a"], ["a/docs/b"]),
        ("/scripts/", ["scripts/a"], ["a/scripts/b"]),
        ("**/logs", ["logs/a", "build/logs/a", "a/b/logs"], ["logsx"]),
        ("/apps/github", ["apps/github", "apps/github/x"], ["apps/githubs"]),
        ("src/**/x.py", ["src/x.py", "src/a/b/x.py"], ["a/src/x.py"]),
        ("src/**", ["src/a", "src/a/b"], ["a/src/b"]),
        ("read\\ me.md", ["read me.md"], ["read"]),
        ("a?c", ["abc", "x/abc"], ["a/c", "ac"]),
        ("a.c", ["a.c"], ["abc"]),
    ],
)
def test_patterns(pattern: str, taken: list[str], left: list[str]) -> None:
    owner = owner_of(owned(f"{pattern} @octo/docs").owners)
    assert [path for path in taken if owner(path) != "octo-docs"] == []
    assert [path for path in left if owner(path)] == []


def test_the_last_line_that_matches_decides() -> None:
    owner = owner_of(owned("* @octo/all\n*.md ada@example.com @x # why\n/docs/ \n").owners)
    assert [owner(path) for path in ("a.py", "a.md", "docs/a.md")] == [
        "octo-all", "ada-example.com", None,
    ]  # fmt: skip


def test_the_categories_are_the_owners_in_order() -> None:
    text = "# owners\n* @b\n\n!x @no\n[ab] @no\n/a/ @a\n/c/ @b\n"
    assert owned(text).category_names() == ("b", "a")


@pytest.mark.parametrize("place", [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])
def test_where_it_is_looked_for(place: str) -> None:
    assert owned("* @a", place).category_names() == ("a",)


@pytest.mark.parametrize("text", ["", "# nothing\n", "*.md\n"])
def test_without_an_owner(text: str) -> None:
    with pytest.raises(UsageError, match="finds no owner") as caught:
        owned(text)
    assert caught.value.cure


def test_other_categories_read_no_file() -> None:
    def read(path: str) -> bytes:
        raise AssertionError(path)

    assert with_owners(Settings(), read) == Settings()


def test_many_wildcards_cost_nothing() -> None:
    with pytest.raises(UsageError, match="finds no owner"):
        owned("*a*a*a*a*a*a*a*a*a*a*a*b @x")


def test_paths_that_somebody_proposes_end() -> None:
    rules = (
        OwnerRule("**/*t*/**/*t*/**/*t*/**/*.md", "docs"),
        OwnerRule("*a*a*a*a*a*a*a*b", "code"),
    )
    owner = owner_of(rules)
    assert owner("t/" * 2000 + "x.txt") is None
    assert owner("a" * 4000) is None


def test_two_stars_behind_a_name_are_no_folders() -> None:
    owner = owner_of((OwnerRule("x**/**/*.md", "docs"),))
    assert owner("xy/a/b.md") == "docs"
    assert owner("xy/b.md") == "docs"
    assert owner("y/a/b.md") is None
