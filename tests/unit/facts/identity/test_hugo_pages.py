"""Which files a site of Hugo makes no page of: what belongs to a bundle, and what is never rendered."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from diff_insight.facts.identity.hugo_pages import HugoSite
from diff_insight.model.source_tree import SourceTree

NEVER = "---\ntitle: T\nbuild:\n  render: never\n---\n"
CASCADE = "---\ntitle: T\ncascade:\n  build:\n    render: never\n---\n"
TOML = "+++\ntitle = 'T'\n[build]\nrender = 'never'\n+++\n"
SOME = "---\ncascade:\n  - target: {kind: section}\n    build: {render: never}\n---\n"


def tree(files: Mapping[str, str]) -> SourceTree:
    contents = {path: text.encode() for path, text in files.items()}
    return SourceTree(paths=frozenset(contents), content=contents.get)


@pytest.mark.parametrize(
    ("path", "files", "by"),
    [
        ("content/a/bio.md", {"content/a/index.md": "x"}, "content/a/index.md"),
        ("content/a/b/c.md", {"content/a/index.md": "x"}, "content/a/index.md"),
        ("content/a/index.md", {}, ""),
        ("content/a/x.md", {"content/a/_index.md": "x"}, ""),
        ("content/index/x.md", {"content/index.md": "x"}, ""),
        ("content/a/x.md", {"content/a/x.md": NEVER}, "content/a/x.md"),
        ("content/a/x.md", {"content/a/x.md": TOML}, "content/a/x.md"),
        ("content/en/a/b/x.md", {"content/en/a/_index.md": CASCADE}, "content/en/a/_index.md"),
        ("content/a/x.md", {"content/a/_index.md": SOME}, ""),
        ("content/a/x.md", {"content/a/x.md": "---\n: [\n---\n"}, ""),
        ("docs/a/bio.md", {"docs/a/index.md": "x"}, ""),
    ],
)
def test_a_site_of_hugo(path: str, files: Mapping[str, str], by: str) -> None:
    assert HugoSite(tree({"hugo.toml": "", path: "x", **files})).makes_no_page(path) == by


def test_another_site_makes_pages_of_what_stands_beside_an_index() -> None:
    files = {"content/a/index.md": "x", "content/a/bio.md": "x", "package.json": "{}"}
    assert not HugoSite(tree(files)).makes_no_page("content/a/bio.md")
