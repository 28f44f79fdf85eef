"""Which files a page brings in: by a line of Markdown, AsciiDoc, reStructuredText, MDX or a site generator."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from diff_insight.file_types import is_page

#: Lines of a page that are read, and files that one page brings in.
_MOST_LINES, _MOST_FILES = 20_000, 12
#: What stands in a line that brings in a file, and the path that stands in it.
_SIGNS = ("INCLUDE", "include", "--8<--", "import ", "<Include", "snippet", "readfile", "{!")
_PATH = re.compile(r"[\w.@~$/+-]{1,300}\.(?:mdx?|markdown|rst|adoc|txt|inc)(?![\w.])")
#: A resource of Antora, by its family in a module: `partial$name.adoc`, `module:example$name.adoc`.
_FAMILY = re.compile(r"(?:([\w-]{1,60}):)?(partial|page|example)\$([\w./-]{1,200})")
_MODULE = re.compile(r"(?:^|.*/)modules/([\w.-]{1,60})/")


def included_files(path: str, text: str) -> Iterator[str]:
    """Yield the paths that the files may have which a page brings in; nobody has looked for them.

    Args:
        path: The page.
        text: Its text.
    """
    known: set[str] = set()
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        if not any(sign in line for sign in _SIGNS):
            continue
        for name in (*_of_antora(path, line), *_of_paths(path, line)):
            if name not in known and name != path and is_text(name):
                known.add(name)
                yield name
        if len(known) >= 2 * _MOST_FILES:
            return


def is_text(path: str) -> bool:
    """Tell whether a file may hold text that a page shows."""
    return is_page(path) or path.endswith((".txt", ".inc", ".mdx", ".md", ".adoc", ".rst"))


def _of_paths(page: str, line: str) -> Iterator[str]:
    folder = posixpath.dirname(page)
    for match in _PATH.finditer(line):
        named = match[0]
        if not named.startswith(("/", "~", "@")):
            beside = posixpath.normpath(posixpath.join(folder, named))
            yield from () if beside.startswith("..") else (beside,)
        yield named.lstrip("~@/")


def _of_antora(page: str, line: str) -> Iterator[str]:
    module = _MODULE.match(page)
    if module is None or "$" not in line:
        return
    root = page[: module.start(1)]
    for other, family, rest in _FAMILY.findall(line):
        yield f"{root}{other or module[1]}/{family}s/{rest}"
