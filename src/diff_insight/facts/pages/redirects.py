"""Reads which addresses a range redirects, from lines that it adds to files of redirects.

Formats: one rule a line (`/old /new 301`, Netlify, nginx, Apache), and keys (`source_path`, `from`,
`source` in JSON, YAML and TOML). The address that a rule leads to redirects nothing. In settings of
sites (`vercel.json`, `netlify.toml`, `mkdocs.yml`) only lines that are rules count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: Lines that hold nothing but the address that a rule leads to.
_TARGET = re.compile(
    r"[\s\"'{-]*(?:redirect_?(?:url|to)|destination|target|to|new)[\"']?\s*[:=]", re.IGNORECASE
)
#: Stands for a part of an address that may be any language.
_ANY = ":"
#: Characters of a line of settings that are looked at.
_LONGEST_RULE = 2_000
_ADDRESS = re.compile(r"[^\s\"'`,;{}\[\]()<>|]+")
_SERVER = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:mdx?|markdown|rst|adoc|html?|ipynb)$", re.IGNORECASE)
_NOT_PAGES = (".md", ".mdx", ".py", ".ts", ".js", ".png")
#: Files that hold rules among other settings.
_SETTINGS = frozenset(
    "vercel.json netlify.toml firebase.json staticwebapp.config.json mkdocs.yml mkdocs.yaml".split()
)
#: A line of settings that is a rule: the key of an address, or two pages.
_RULE = re.compile(
    r"[\s\"'{-]*(?:source|from|route|src)[\"']?\s*[:=]"
    r"|\s*[\"']?[\w./-]+\.mdx?[\"']?\s*:\s*[\"']?[\w./:#-]+[\"']?\s*$",
    re.IGNORECASE,
)
#: A folder of one version of the documentation.
_VERSION = re.compile(r"v?\d+(?:[._]\d+)*(?:[._]x)?")
#: A folder or a part of an address that stands for a language.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?")
#: Folders of a repository that are no part of a page's address.
_ROOTS = frozenset("src content docs doc pages site website public app source articles".split())


def is_redirect_file(path: str) -> bool:
    """Tell whether a file lists redirects, alone or among the settings of a site."""
    name = path.rpartition("/")[2].lower()
    return name in _SETTINGS or ("redirect" in name and not name.endswith(_NOT_PAGES))


def redirect_lines(path: str, lines: Iterable[str]) -> Iterable[str]:
    """Return the lines of a file of redirects that may be rules."""
    if path.rpartition("/")[2].lower() in _SETTINGS:
        return [line for line in lines if _RULE.match(line[:_LONGEST_RULE])]
    return lines


def is_redirected(path: str, redirects: str) -> bool:
    """Tell whether one of the lines redirects the address of a page.

    Args:
        path: The page in the repository.
        redirects: All lines that the range adds to files of redirects.
    """
    known = _sources(redirects)
    parts = _address(path).split("/")
    if len(parts) > 1 and "*/" + "/".join(parts) in known:
        return True
    return any("/".join(form) in known for form in _page_forms(parts))


def same_address(old: str, new: str) -> bool:
    """Tell whether two paths of a page may have one address.

    Folders of the repository are no part of it, and sites give versions addresses of their own.
    """
    forms = [
        {
            tuple(part for part in form if not _VERSION.fullmatch(part))
            for form in _page_forms(_address(path).split("/"))
        }
        for path in (old, new)
    ]
    return not forms[0].isdisjoint(forms[1])


def _page_forms(parts: list[str]) -> Iterable[list[str]]:
    """Yield the addresses that a page may have: without folders of the repository, any language."""
    while True:
        yield parts
        if len(parts) > 2 and _LANGUAGE.fullmatch(parts[0]):
            yield [_ANY, *parts[1:]]
        if len(parts) < 3 or not (parts[0] in _ROOTS or _is_language_root(parts)):
            return
        parts = parts[1:]


def _is_language_root(parts: list[str]) -> bool:
    """Tell whether the first folder holds the pages of one language: en/docs/page."""
    return _LANGUAGE.fullmatch(parts[0]) is not None and parts[1] in _ROOTS


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
    if parts[0].startswith(":"):
        parts = [_ANY, *parts[1:]]  # as in /:lang/guide
    yield "/".join(parts)
    yield from ("*/" + "/".join(parts[start:]) for start in range(1, len(parts) - 1))


def _address(text: str) -> str:
    """Return the address of a page without server, extension, `index` and outer slashes."""
    bare = (
        _SERVER.sub("", text.strip("^$").rstrip(":"), count=1).partition("?")[0].partition("#")[0]
    )
    bare = _PAGE.sub("", re.sub(r"^(?:\.{0,2}/)+", "", bare).rstrip("/"))
    return bare.removesuffix("/index").lower()
