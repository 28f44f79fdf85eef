from __future__ import annotations

import pytest

from diff_insight.model.web_links import WebHost, WebRepository, host_of

BASE, HEAD = "a" * 40, "b" * 40


def web(server: str, host: WebHost) -> WebRepository:
    return WebRepository(server=server, repository="octo/docs", host=host)


@pytest.mark.parametrize(
    ("server", "host"),
    [
        ("https://github.com", WebHost.GITHUB),
        ("https://octo.ghe.com", WebHost.GITHUB),
        ("https://github.example.org", WebHost.GITHUB),
        ("https://code.example.org", WebHost.GITHUB),  # known to be one
        ("https://gitlab.com", WebHost.GITLAB),
        ("https://gitlab.gnome.org", WebHost.GITLAB),
        ("https://codeberg.org", WebHost.UNKNOWN),
        ("https://bitbucket.org", WebHost.UNKNOWN),
        ("https://notgithub.com", WebHost.UNKNOWN),
        ("https://github.com.evil.example", WebHost.GITHUB),
        ("", WebHost.UNKNOWN),
    ],
)
def test_a_host_is_known_by_its_name(server: str, host: WebHost) -> None:
    assert host_of(server, "https://code.example.org") is host


def test_pages_on_github() -> None:
    page = web("https://github.com", WebHost.GITHUB)
    root = "https://github.com/octo/docs"
    short = f"octo:{BASE[:7]}...octo:{HEAD[:7]}"
    assert page.comparison(BASE, HEAD, direct=False) == f"{root}/compare/{short}"
    assert page.file(HEAD, b"a b.md", rendered=True) == f"{root}/blob/{HEAD}/a%20b.md?plain=1"
    assert page.lines("x", 3, 5) == "x#L3-L5"
    assert page.run("12") == f"{root}/actions/runs/12"
    assert page.run("12/../x") == root
    assert "#diff-" in page.file_diff("x", b"a.md")


def test_pages_on_gitlab() -> None:
    page = web("https://gitlab.com", WebHost.GITLAB)
    root = "https://gitlab.com/octo/docs/-"
    assert page.comparison(BASE, HEAD, direct=True) == f"{root}/compare/{BASE[:7]}..{HEAD[:7]}"
    assert page.file(HEAD, b"a.md") == f"{root}/blob/{HEAD}/a.md"
    assert page.lines("x", 3, 5) == "x#L3-5"
    assert page.lines("x", 3, 3) == "x#L3"
    assert page.commit(HEAD) == f"{root}/commit/{HEAD}"
    assert page.file_diff("x", b"a.md") == "x"


def test_an_unknown_host_is_not_linked() -> None:
    page = web("https://codeberg.org", WebHost.UNKNOWN)
    assert page.comparison(BASE, HEAD, direct=False) == ""
    assert page.file(HEAD, b"a.md") == ""
    assert page.commit(HEAD) == ""
    assert page.file_diff("", b"a.md") == ""
