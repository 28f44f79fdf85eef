"""Reads from a file of any kind which addresses lead elsewhere, or are given to a page.

Redirects stand in files of their own, in settings of sites and servers, in tables of code, and in
the front matter of the page that took over. A rule has its source and its target; an address alone
(a link, an entry of a menu) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from diff_insight.facts.identity.page_address import Address, read_address
from diff_insight.facts.trees.node import Node
from diff_insight.facts.trees.read import format_of, read_tree
from diff_insight.file_types import extension

#: Keys whose value leads elsewhere, and keys that name where to.
_SOURCE = (
    r"source(?:_path(?:_from_root)?)?|from(?:_?path|_?url)?|src|route|path|location|pattern|regex|match|url"
    r"|old(?:_?path|_?url|_?uri)?"
)
_TARGET = (
    r"redirect\w*|destination|dest|target|to(?:_?path|_?url)?|new(?:_?path|_?url|_?uri)?|permanent|status"
    r"(?:_?code)?|return"
)
_SOURCE_KEY = re.compile(
    rf"(?:^|[\s\"'{{(,-])(?:{_SOURCE})[\"']?\s*(?:[:=]|\s[/^=~])", re.IGNORECASE
)
_TARGET_LINE = re.compile(
    rf"(?<![\s\"'{{-])[\s\"'{{-]*+(?:{_TARGET})[\"']?\s*(?:[:=]|\s(?:301|302|307|308)\b)",
    re.IGNORECASE,
)
#: A key for a source with its address, in a line that holds several rules or a part of the settings.
_KEYED = re.compile(
    rf"(?:^|[\s\"'{{(,\[-])(?:{_SOURCE})[\"']?\s*[:=]\s*[\"'`]([^\"'`\s]{{1,500}})", re.IGNORECASE
)
_SOURCE_NAME = re.compile(_SOURCE, re.IGNORECASE)
_TARGET_NAME = re.compile(_TARGET, re.IGNORECASE)
#: Keys of front matter that give a page an address, or old ones.
ADDRESS_KEYS = frozenset("permalink slug url".split())
ALIAS_KEYS = frozenset(
    "redirect_from redirectfrom redirects alias aliases oldurl old_url oldurls old_urls oldpath "
    "previous_url previous_urls legacy_url legacy_urls legacy_path original_url "
    "redirect_sources page-aliases".split()
)
#: A page of Antora by its module, with its component or version in front, and the folder of modules.
_RESOURCE = re.compile(r"(?:[\w.@-]{0,80}:)?([\w-]{1,80}):([\w./-]{1,300}\.adoc)")
_MODULE = re.compile(r"((?:[^/]+/){0,20}?modules/)[^/]+/pages/")
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)")
#: Lines of front matter that are read.
_DEEPEST = 200
#: What stands between quotation marks, and what does between spaces.
_QUOTED = re.compile(r"\"([^\"\s]{1,500})\"|'([^'\s]{1,500})'|`([^`\s]{1,500})`")
_BARE = re.compile(r"[^\s\"'`,;|<>]{1,500}")
_ADDRESS = re.compile(r"(?:[^/]*/|[^/]+\.(?:mdx?|markdown|rst|adoc|html?|ipynb)$)", re.IGNORECASE)
_ASSET = re.compile(
    r"\.(?:[cm]?[jt]sx?|css|scss|less|json|ya?ml|toml|py|go|rs|java|kt|rb|php|vue|svelte|astro|sh|"
    r"png|jpe?g|gif|svg|webp|avif|ico|pdf|zip|woff2?)$",
    re.IGNORECASE,
)
#: Extensions of text in which words are not quoted.
_PLAIN = frozenset("conf htaccess map nginx".split())
#: Ends of settings in which they are.
_QUOTING = (".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".py", ".json", ".toml", ".yml", ".yaml")
_COMMENT = re.compile(r"\s*(?:#|//|/\*|\*|--|;)(?!\{)")
#: Lines around the source of a rule in which its target may stand.
_NEAR = 4
_OPEN, _CLOSED = re.compile(r"[\[(]\s*$"), re.compile(r"\s*[\])]")
#: Lines of one file, and characters of one of them, that are read.
_MOST_LINES = 200_000
_LONGEST = 2_000


#: Extensions of pages, whose front matter alone gives addresses.
_PAGES = frozenset("md mdx markdown rst adoc asciidoc html htm svx mdoc".split())
_NO_LIST = re.compile(r"\.(?:png|jpe?g|gif|svg|css|py|go|tsx?|jsx?|mjs|cjs|rb|java|lock|snap)$")
#: Settings of sites and servers in which rules with a variable end stand.
SETTINGS = re.compile(
    r"(?:^|/)(?:_redirects|vercel\.json|now\.json|netlify\.toml|firebase\.json|staticwebapp\.config\.json|"
    r"mkdocs\.ya?ml|conf\.py|(?:hugo|config|zensical)\.(?:toml|ya?ml|json)|_config\.ya?ml|book\.toml|"
    r"(?:next|docusaurus|astro|nuxt|gatsby|gridsome|vitepress|svelte)[.-](?:config|node)\.[cm]?[jt]s|"
    r"(?:worker|middleware|_middleware|server|routes?|rewrites?)\.[cm]?[jt]s|docs\.json|mint\.json|docfx\.json|"
    r"\.htaccess|caddyfile|nginx[\w.-]*\.conf|default\.conf|\.readthedocs\.ya?ml|(?=[\w.-]*redirect)[\w.-]++)$",
    re.IGNORECASE,
)


def is_redirect_file(path: str) -> bool:
    """Tell whether a file lists redirects and nothing else, by its name."""
    lower = path.lower()
    return "redirect" in lower and not is_page_text(lower) and not _NO_LIST.search(lower)


def is_page_text(path: str) -> bool:
    """Tell whether a file is a page, in whose text an address is a link and no rule."""
    return extension(path) in _PAGES


def read_rules(path: str, text: str) -> Iterator[Address]:
    """Yield the addresses that a file leads elsewhere, or that it gives to a page.

    Args:
        path: The file.
        text: The whole file, or some of its lines.
    """
    if is_page_text(path):
        yield from _front_matter(path, text)
        return
    tree = read_tree(path, text) if format_of(path) not in ("", "ini") else None
    if tree is not None:
        yield from _of_node(tree)
        return
    lines = [line[:_LONGEST] for line in islice(text.split("\n"), _MOST_LINES)]
    if is_redirect_file(path):
        yield from _of_list(lines)
    else:
        plain = extension(path) in _PLAIN or SETTINGS.search(path) is not None
        yield from _of_code(lines, plain=plain and not path.endswith(_QUOTING))


def aliases(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (key, address) of the keys of front matter that give a page an address, or old ones."""
    for key, value in keys:
        if key.lower() in ADDRESS_KEYS or key.lower() in ALIAS_KEYS:
            for word in _words(value, plain=True):
                yield key.lower(), word


def front_keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of the front matter of a page with their values, each item of a list alone.

    Where the text is only some lines of a page, its keys are taken wherever they stand.
    """
    lines = text.split("\n", _DEEPEST)[:_DEEPEST]
    whole = lines[0].rstrip() in ("---", "+++", "\ufeff---")
    key = ""
    for line in lines[1:] if whole else lines:
        if whole and line.rstrip() in ("---", "+++", "..."):
            return
        attribute = line.startswith(":")  # of AsciiDoc, whose value is no list
        match = _KEY.match(line.removeprefix(":"))
        if match:
            key = "" if attribute else match[1]
            yield match[1], match[2].strip()
        elif key and line.lstrip().startswith(("- ", '"', "'")):
            yield key, line.strip().removeprefix("- ").rstrip(",").strip()


def _front_matter(path: str, text: str) -> Iterator[Address]:
    folder = path.rpartition("/")[0]
    for key, word in aliases(front_keys(text)):
        resource = _RESOURCE.fullmatch(word)
        if resource is not None and (module := _MODULE.match(path)) is not None:
            yield read_address(f"{module[1]}{resource[1]}/pages/{resource[2]}")
            continue
        if "/" not in word:  # beside the page
            yield read_address(f"{folder}/{word}")
        if "/" in word or key not in ADDRESS_KEYS:
            yield read_address(word)


def _of_node(node: Node) -> Iterator[Address]:
    """Yield the sources of the rules of a tree: maps of addresses, pairs, and objects with both."""
    stack = [node]
    while stack:
        node = stack.pop()
        entries = node.entries()
        if entries:
            yield from _of_map(entries)
            stack += entries.values()
        elif items := node.items():
            texts = [item.text() for item in items]
            if len(texts) == 2 and all(map(_is_address, texts)):
                yield read_address(texts[0])
            stack += items


def _of_map(entries: dict[str, Node]) -> Iterator[Address]:
    leads = any(_TARGET_NAME.fullmatch(key) for key in entries)
    for key, node in entries.items():
        values = [node.text(), *(item.text() for item in node.items())]
        named = [value for value in values if value and (_is_address(value) or leads)]
        if key.lower() in ALIAS_KEYS or (leads and _SOURCE_NAME.fullmatch(key)):
            yield from map(read_address, filter(None, values))
        elif _is_address(key) or (named and _is_page(node.text())):
            target = any(map(_TARGET_NAME.fullmatch, node.entries()))
            if named or target:
                yield read_address(key)
            if named and node.items():  # of a page, the addresses that it had before
                yield from map(read_address, named)


def _of_list(lines: Sequence[str]) -> Iterator[Address]:
    """Yield the first address of each line, but of lines that say where a rule leads to."""
    for line in lines:
        if not _TARGET_LINE.match(line) or _SOURCE_KEY.search(line):
            words = _words(line, plain=not _QUOTED.search(line))
            source = next((word for word in words if _is_address(word, assets=True)), None)
            if source is not None:
                yield read_address(source)


def _of_code(lines: Sequence[str], *, plain: bool) -> Iterator[Address]:
    """Yield the sources of pairs of addresses, on one line or on neighbouring ones."""
    for number, line in enumerate(lines):
        if ("/" not in line and "." not in line) or _COMMENT.match(line):
            continue
        words = list(_words(line, plain=plain))
        addresses = [word for word in words if _is_address(word)]
        if len(addresses) == 2 or (len(addresses) > 2 and (plain or _SOURCE_KEY.search(line))):
            yield read_address(addresses[0])
            for match in _KEYED.finditer(line) if len(addresses) > 2 else ():
                yield read_address(match[1])
        elif len(addresses) == 1:
            yield from _alone(lines, number, addresses[0], words)


def _alone(lines: Sequence[str], number: int, source: str, words: list[str]) -> Iterator[Address]:
    """Yield the only address of a line when lines around it show that it leads elsewhere."""
    line = lines[number]
    if len(words) == 2 and words[1] == source and _is_page(source):
        yield read_address(words[0])  # "old": "new.html"
    if _SOURCE_KEY.search(line):
        around = lines[max(0, number - _NEAR) : number + _NEAR + 1]
        if any(map(_TARGET_LINE.match, around)) or _TARGET_LINE.search(line):
            yield read_address(source)
    elif number + 1 < len(lines) and len(words) == 1:
        following = list(_words(lines[number + 1], plain=False))
        pair = len(following) == 1 and _is_address(following[0])
        ends = line.rstrip()
        table = ends.endswith((":", "=>", "->"))
        listed = (
            ends.endswith(",")
            and number > 0
            and number + 2 < len(lines)
            and _OPEN.search(lines[number - 1])
            and _CLOSED.match(lines[number + 2])
        )
        if pair and (table or listed):
            yield read_address(source)


def _words(line: str, *, plain: bool) -> Iterator[str]:
    for match in (_BARE if plain else _QUOTED).finditer(line):
        word = match[0] if plain else match[1] or match[2] or match[3]
        word = word.strip("[]{}") if plain and word[0] in "[{" else word
        if word:
            yield word.rstrip(":]}") if plain else word


def _is_address(text: str, *, assets: bool = False) -> bool:
    if not text or any(map(str.isspace, text)) or not _ADDRESS.match(text.lstrip("^")):
        return False
    return assets or not _ASSET.search(text)


def _is_page(text: str) -> bool:
    return bool(text) and not text[:1].isspace() and _PAGE.search(text) is not None


_PAGE = re.compile(r"[^\s]\.(?:mdx?|markdown|rst|adoc|html?|ipynb)$", re.IGNORECASE)
