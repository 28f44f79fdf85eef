"""Reads which addresses a range redirects, from lines that it adds to files of redirects.

Formats: one rule a line (`/old /new 301`, Netlify, nginx, Apache), and keys (`source_path`, `from`,
`source` in JSON, YAML and TOML). The address that a rule leads to redirects nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

#: Lines that hold nothing but the address that a rule leads to.
_TARGET = re.compile(
    r"[\s\"'{-]*(?:redirect_?(?:url|to)|destination|target|to|new)[\"']?\s*[:=]", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s\"'`,;{}\[\]()<>|]+")
_SERVER = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:mdx?|markdown|rst|adoc|html?|ipynb)$", re.IGNORECASE)
_NOT_PAGES = (".md", ".mdx", ".py", ".ts", ".js", ".png")
#: Folders of a repository that are no part of a page's address.
_ROOTS = frozenset("src content docs doc pages site website public app source articles".split())


def is_redirect_file(path: str) -> bool:
    """Tell whether a file lists redirects."""
    name = PurePosixPath(path).name.lower()
    return "redirect" in name and not name.endswith(_NOT_PAGES)


def is_redirected(path: str, redirects: str) -> bool:
    """Tell whether one of the lines redirects the address of a page.

    Args:
        path: The page in the repository.
        redirects: All lines that the range adds to files of redirects.
    """
    known = _sources(redirects)
    parts = _address(path).split("/")
    if "/".join(parts) in known or (len(parts) > 1 and "*/" + "/".join(parts) in known):
        return True
    while len(parts) > 2 and parts[0] in _ROOTS:
        parts = parts[1:]
        if "/".join(parts) in known:
            return True
    return False


@lru_cache(maxsize=2)
def _sources(redirects: str) -> frozenset[str]:
    """Return the addresses that are redirected, and their ends behind `*/`."""
    return frozenset(form for line in redirects.split("\n") for form in _forms(line))


def _forms(line: str) -> Iterable[str]:
    if _TARGET.match(line):
        return
    found = (match[0] for match in _ADDRESS.finditer(line))
    source = next((word for word in found if "/" in word or _PAGE.search(word)), "")
    parts = _address(source).split("/")
    yield "/".join(parts)
    yield from ("*/" + "/".join(parts[start:]) for start in range(1, len(parts) - 1))


def _address(text: str) -> str:
    """Return the address of a page without server, extension, `index` and outer slashes."""
    bare = (
        _SERVER.sub("", text.strip("^$").rstrip(":"), count=1).partition("?")[0].partition("#")[0]
    )
    bare = _PAGE.sub("", re.sub(r"^(?:\.{0,2}/)+", "", bare).rstrip("/"))
    return bare.removesuffix("/index").lower()
