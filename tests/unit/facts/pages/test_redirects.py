"""Which pages the lines of files of redirects name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.pages.redirects import (
    is_redirect_file,
    is_redirected,
    redirect_lines,
    same_address,
)


@pytest.mark.parametrize(
    ("path", "yes"),
    [
        (".openpublishing.redirection.json", True),
        ("public/_redirects", True),
        ("config/redirects.yml", True),
        ("vercel.json", True),
        ("docs/en/mkdocs.yml", True),
        ("docs/about_redirection.md", False),
        ("src/redirect.ts", False),
        ("img/redirect.png", False),
        ("redirects/list.json", False),
    ],
)
def test_files_of_redirects(path: str, yes: bool) -> None:  # noqa: FBT001
    assert is_redirect_file(path) is yes


@pytest.mark.parametrize(
    "line",
    [
        '      "source_path": "docs/guide/old.md",',
        '  "source_path_from_root": "/docs/guide/old.md",',
        '{"from": "/docs/guide/old", "to": "/docs/guide/new"},',
        '"/docs/guide/old": "/docs/guide/new",',
        "'/docs/guide/old/': '/docs/guide/new/',",
        "/docs/guide/old /docs/guide/new 301",
        "/docs/guide/old.html  /docs/guide/new",
        "Redirect 301 /docs/guide/old /docs/guide/new",
        "rewrite ^/docs/guide/old$ /docs/guide/new permanent;",
        "- from: /docs/guide/old",
        "  source: '/docs/guide/old',",
        "https://example.com/docs/guide/old?x=1#y /new",
        "/guide/old /guide/new",
        "/Docs/Guide/Old /new",
        "../docs/guide/old.md: ../docs/guide/new.md",
        "/en/docs/guide/old /new",
    ],
)
def test_a_named_page(line: str) -> None:
    assert is_redirected("docs/guide/old.md", f"{{\n{line}\n}}\n")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("docs/guide/old.md", "/docs/guide/new /docs/guide/old"),
        ("docs/guide/old.md", '"redirect_url": "/docs/guide/old",'),
        ("docs/guide/old.md", "    to: /docs/guide/old"),
        ("docs/guide/old.md", 'destination = "/docs/guide/old"'),
        ("docs/guide/old.md", "/docs/guide/old-other /new"),
        ("docs/guide/old.md", "/docs/guide/olden /new"),
        ("docs/guide/old.md", "/old /new"),
        ("a.md", "/docs/extra.md /new"),
        ("a.md", "/docs/a /new"),
        ("fr/guide/old.md", "/guide/old /new"),
        ("docs/guide/old.md", ""),
    ],
)
def test_another_page(path: str, line: str) -> None:
    assert not is_redirected(path, line + "\n")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/content/docs/en/guide/old.mdx", "/:lang/guide/old/   /:lang/guide/new/"),
        ("src/content/docs/pt-br/guide/old.mdx", '"source": "/:lang/guide/old/",'),
        ("docs/en/docs/guide/old.md", "      guide/old.md: how-to/old.md"),
    ],
)
def test_pages_of_a_language(path: str, line: str) -> None:
    assert is_redirected(path, line + "\n")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/content/docs/english/guide/old.mdx", "/:lang/guide/old/ /new"),
        ("docs/en/guide/old.md", "/guide/old /new"),
        ("guide/old.md", "/:lang/guide/older/ /new"),
    ],
)
def test_other_pages_of_a_language(path: str, line: str) -> None:
    assert not is_redirected(path, line + "\n")


def test_settings_of_a_site_hold_rules_among_other_lines() -> None:
    lines = [
        "  - Guide: guide/old.md",
        "    - guide/old.md",
        "      guide/old.md: how-to/old.md",
        '    from = "/guide/old"',
        '    to = "/guide/new"',
        '      "source": "/:lang/guide/old/",',
        "# /guide/old",
    ]
    assert list(redirect_lines("docs/mkdocs.yml", lines)) == [lines[2], lines[3], lines[5]]
    assert list(redirect_lines("public/_redirects", lines)) == lines


def test_the_index_of_a_folder() -> None:
    assert is_redirected("docs/guide/index.md", "/docs/guide/ /new\n")
    assert is_redirected("docs/guide.md", "/docs/guide/index.html /new\n")


@given(st.text(max_size=60), st.text(alphabet=st.sampled_from("ab/.:\"'= \n^$#?{"), max_size=80))
@settings(deadline=None, max_examples=100)
def test_nothing_raises(path: str, redirects: str) -> None:
    assert is_redirected(path, redirects) in (True, False)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("docs/a.md", "docs/a.mdx", True),
        ("docs/a.md", "src/content/docs/a.md", True),
        ("docs/a.md", "docs/a/index.md", True),
        ("docs/7/a.md", "docs/7.0/a.md", True),
        ("docs/v1/a.md", "docs/v2/a.md", True),
        ("docs/A.md", "docs/a.md", True),
        ("docs/a.md", "docs/b.md", False),
        ("docs/guides/a.md", "docs/start/a.md", False),
        ("docs/a.md", "old/a.md", False),
    ],
)
def test_addresses_that_may_be_the_same(old: str, new: str, same: bool) -> None:  # noqa: FBT001
    assert same_address(old, new) is same
    assert same_address(new, old) is same
