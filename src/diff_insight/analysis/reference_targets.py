"""Finds what a file at the head refers to: links, includes and relative imports, resolved to paths."""

from __future__ import annotations

import ast
import posixpath
import re
import warnings
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from diff_insight.facts.file_view import TextVersion
from diff_insight.facts.pages.links import links_in
from diff_insight.facts.pages.markdown import scan
from diff_insight.markup.guarded import CODE_SPAN

DOCUMENTS = (".md", ".mdx", ".markdown", ".rst", ".html", ".htm")
SCRIPTS = (".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".vue", ".svelte", ".astro")
PYTHON = (".py",)
#: Names the files by which others reach a package.
PACKAGES = ("package.json",)
_MARKDOWN = (".md", ".mdx", ".markdown")
#: Ends that a module's name may leave out.
_MODULES = ("", *SCRIPTS, ".mts", ".cts", ".d.ts", ".json", ".node", ".wasm", ".css", ".md", ".mdx")
#: TypeScript writes the end of the file that will be built.
_BUILT = {".js": (".ts", ".tsx", ".jsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[~$@{<]")
_TEMPLATE = re.compile(r"\{[{%]|\}\}|\$\{|<%")
_HTML = re.compile(r"\b(?:href|src)\s{0,4}=\s{0,4}[\"']([^\"'\n]{1,500})[\"']")
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HTML_CODE = re.compile(r"<(pre|code|script)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_RST = re.compile(
    r"^\s*\.\. (?:include|image|figure|literalinclude)::\s+(\S+)\s*$"
    r"|(?<!:)`[^`<>\n]{0,300}<([^<>`\s]{1,300})>`__?"
)
_IMPORT = re.compile(
    r"^\s*(?:(?:import|export)\b[^'\"`;]{0,500}?|\}\s*)(?:from\s*)?[\"'](\.{1,2}/[^\"'?#\n]{1,300})[\"']"
    r"|^[^'\"`/*#]{0,200}\b(?:require|import)\(\s*[\"'](\.{1,2}/[^\"'?#\n]{1,300})[\"']\s*\)"
)
_ENTRY = re.compile(
    r"\"(?:main|module|types|typings|bin|browser)\"\s*:\s*\"(?P<named>[^\"*\n]{1,300})\""
    r"|\"(?P<path>\./[^\"*\n]{1,300})\"(?!\s*:)"
)


class Reference(Struct, frozen=True):
    """One reference: its line, the paths that it may mean, and the anchor there.

    `options` are alternatives: while the head has one of them the reference holds.
    """

    line: int
    options: tuple[str, ...]
    anchor: str = ""


def references(path: str, content: bytes) -> Iterator[Reference]:
    """Yield the references of a file; whether their line stands in code is for `is_shown` to say."""
    text = content.decode("utf-8", "replace")
    suffix = posixpath.splitext(path)[1].lower()
    if suffix in PYTHON:
        yield from _python(path, text)
    elif suffix in SCRIPTS:
        yield from _scripts(path, text)
    elif suffix in _MARKDOWN:
        yield from _markdown(path, text)
        if suffix == ".mdx":
            yield from _scripts(path, text)
    elif suffix in DOCUMENTS:
        yield from _document(path, text, suffix)
    elif posixpath.basename(path) in PACKAGES:
        yield from _package(path, text)


def is_shown(path: str, content: bytes, line: int) -> bool:
    """Tell whether a line of a file is text for readers: in Markdown no code and no front matter."""
    if not path.lower().endswith(_MARKDOWN):
        return True
    text = _without_comments(content.decode("utf-8", "replace"))
    structure = scan(TextVersion([(1, text)], complete=True))
    return line > structure.front_end and structure.code_at(line) is None


def _markdown(path: str, text: str) -> Iterator[Reference]:
    for number, line in enumerate(_without_comments(text).split("\n"), 1):
        if "](" not in line and "]:" not in line and "=" not in line:
            continue
        if line.startswith(("    ", "\t")) and not line.lstrip().startswith(("-", "*", "+", "[")):
            continue  # may be indented code
        for _, _, target, _ in links_in(line, number):
            yield from _link_targets(path, target, number)
        if "=" in line and ("href" in line or "src" in line):
            for match in _HTML.finditer(CODE_SPAN.pattern.sub("", line)):
                yield from _link_targets(path, match[1], number)


def _document(path: str, text: str, suffix: str) -> Iterator[Reference]:
    """Yield the references of an HTML or reStructuredText file."""
    html = suffix != ".rst"
    cleared = _HTML_CODE.sub(_blank, _without_comments(text)) if html else text
    for number, line in enumerate(cleared.split("\n"), 1):
        for match in (_HTML if html else _RST).finditer(line):
            yield from _link_targets(path, match[match.lastindex or 1], number)


def _link_targets(path: str, target: str, line: int) -> Iterator[Reference]:
    """Yield the reference of a link that names a place in the repository for certain."""
    if _SCHEME.match(target) or _TEMPLATE.search(target):
        return
    page, _, anchor = target.partition("#")
    page = unquote(page.partition("?")[0])
    if not page:
        yield Reference(line, (path,), unquote(anchor).lower())
        return
    if not posixpath.splitext(page)[1]:
        return  # an address of the site, whose folders need not be those of the repository
    folder = "" if page.startswith("/") else posixpath.dirname(path)
    resolved = posixpath.normpath(posixpath.join(folder, page.lstrip("/")))
    if not resolved.startswith("../"):
        yield Reference(line, (resolved,), unquote(anchor).lower())


def _scripts(path: str, text: str) -> Iterator[Reference]:
    """Yield relative imports of JavaScript and TypeScript."""
    folder = posixpath.dirname(path)
    for number, line in enumerate(text.split("\n"), 1):
        if "./" not in line:
            continue
        match = _IMPORT.match(line)
        if match is None:
            continue
        name = posixpath.normpath(posixpath.join(folder, match[1] or match[2]))
        if not name.startswith("../"):
            yield Reference(number, tuple(_module_files(name)))


def _module_files(name: str) -> Iterator[str]:
    stem, suffix = posixpath.splitext(name)
    yield from (name + end for end in _MODULES)
    yield from (f"{name}/index{end}" for end in _MODULES if end)
    yield f"{name}/package.json"
    yield from (stem + end for end in _BUILT.get(suffix, ()))


def _package(path: str, text: str) -> Iterator[Reference]:
    """Yield the files that a package names as its entries; a folder stands for its index."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in _ENTRY.finditer(line):
            location = posixpath.join(posixpath.dirname(path), match["named"] or match["path"])
            name = posixpath.normpath(location)
            if not name.startswith("../"):
                yield Reference(number, tuple(_module_files(name)))


def _python(path: str, text: str) -> Iterator[Reference]:
    """Yield relative imports of Python outside `try`, where one may be meant to fail."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    tried = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Try)
             for inner in ast.walk(node)}  # fmt: skip
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.level or not node.module:
            continue
        folder = path
        for _ in range(node.level):
            folder = posixpath.dirname(folder)
        name = posixpath.join(folder, *node.module.split("."))
        if id(node) not in tried:
            ends = (".py", "/__init__.py", ".pyi", "/__init__.pyi", ".pyx", ".so", "/")
            yield Reference(node.lineno, tuple(name + end for end in ends))


def _without_comments(text: str) -> str:
    return _HTML_COMMENT.sub(_blank, text) if "<!--" in text else text


def _blank(match: re.Match[str]) -> str:
    """Keep the line ends, so that lines keep their numbers."""
    return "\n" * match[0].count("\n")
