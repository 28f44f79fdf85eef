"""Which paths, rules and other pages may speak of the address of a page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.identity.page_address import read_address, same_page, serves


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("docs/guide/old.md", "/docs/guide/old"),
        ("docs/guide/old.md", "https://example.com/docs/guide/old?x=1#y"),
        ("docs/guide/old.md", "/guide/old/"),
        ("docs/guide/old.md", "/Docs/Guide/Old.html"),
        ("docs/guide/old.md", "../docs/guide/old.md"),
        ("docs/guide/old.md", "^/docs/guide/old/?$"),
        ("docs/guide/old.md", "/product/guide/old"),
        ("docs/old.md", "/old"),
        ("apps/docs/content/old.mdx", "/old"),
        ("src/content/docs/pt-br/guide/old.mdx", "/:lang/guide/old/"),
        ("files/en-us/web/api/old/index.md", "/en-US/docs/Web/API/Old"),
        ("docs/guide/index.md", "/guide/"),
        ("docs/guide/README.md", "/guide/"),
        ("docs/01-guide/02-old.md", "/guide/old"),
        ("_posts/2020-01-31-old.md", "/old"),
        ("docs/caf\u0065\u0301.md", "/caf\u00e9"),
        ("docs/a b/old.md", "/a%20b/old"),
        ("docs/guide/a/b.md", "/guide/*"),
        ("docs/guide/a/b.md", "/guide/:path*"),
        ("docs/guide/a/b.md", "/guide/(.*)"),
    ],
)
def test_a_rule_about_a_page(path: str, rule: str) -> None:
    assert serves(read_address(rule), read_address(path))


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("docs/guide/old.md", "/docs/guide/older"),
        ("docs/guide/old.md", "/old"),
        ("docs/guide/old.md", "/other/old"),
        ("docs/guide/old.md", "/foo/bar/old"),
        ("docs/old.md", "/guide/old"),
        ("docs/v2/guide/old.md", "/v1/guide/old"),
        ("content/fr/guide/old.md", "/en/guide/old"),
        ("src/content/docs/english/old.mdx", "/:lang/guide/old/"),
        ("docs/guide/a/b.md", "/*"),
        ("docs/guide/a/b.md", "/docs/*"),
        ("docs/guide/a/b.md", "/guides/*"),
        ("docs/guide/old.md", ""),
    ],
)
def test_a_rule_about_another_page(path: str, rule: str) -> None:
    assert not serves(read_address(rule), read_address(path))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("docs/a.md", "docs/a.mdx", True),
        ("docs/a.rst", "docs/a.md", True),
        ("docs/a.md", "src/content/docs/a.md", True),
        ("docs/a.md", "docs/a/index.md", True),
        ("content/a.md", "content/a/_index.md", True),
        ("docs/a.md", "docs/a/README.md", True),
        ("docs/7/a.md", "docs/7.0/a.md", True),
        ("docs/v1/a.md", "docs/v2/a.md", True),
        ("docs/A.md", "docs/a.md", True),
        ("docs/3-a.md", "docs/04-a.md", True),
        ("docs/a.md", "docs/b.md", False),
        ("docs/guides/a.md", "docs/start/a.md", False),
        ("docs/a.md", "old/a.md", False),
    ],
)
def test_paths_that_may_have_one_address(old: str, new: str, same: bool) -> None:  # noqa: FBT001
    assert same_page(old, new) is same
    assert same_page(new, old) is same


@given(st.text(max_size=60), st.text(alphabet=st.sampled_from("ab/.:*\"'= \n^$#?{["), max_size=80))
@settings(deadline=None, max_examples=100)
def test_nothing_raises(path: str, rule: str) -> None:
    assert serves(read_address(rule), read_address(path)) in (True, False)
