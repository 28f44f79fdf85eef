"""Makes a repository of generated Markdown pages, the same on every machine, with one change."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row

_WORDS = (
    "agent model service request response token region quota limit key value index search vector "
    "stream event queue worker retry timeout cache policy role scope client server endpoint batch"
).split()
_COMMITTER = "committer Bench <bench@example.com> %d +0000\n"
#: Sections of a page; the largest repository has pages that give about 10 kB of diff each.
_SECTIONS, _MANY_SECTIONS, _MANY_FILES = 12, 25, 2000


def make_repository(folder: Path, files: int) -> Row:
    """Write a bare repository with two commits and return its range.

    Of 20 pages 9 are edited, 6 are added, 4 are removed and 1 is renamed, as in public ranges.

    Args:
        folder: Where the repository is made.
        files: Number of changed files.
    """
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)
    loading = subprocess.Popen(
        # Chains of deltas in the order of writing are nothing that a server hands out: read in the
        # order of paths, a large range would measure how git looks for their beginnings.
        ["git", "-C", str(folder), "fast-import", "--quiet", "--depth=0"],
        stdin=subprocess.PIPE,
    )
    if loading.stdin is not None:
        loading.stdin.writelines(_stream(files))
        loading.stdin.close()
    if loading.wait() != 0:
        raise RuntimeError("git fast-import failed")
    return Row(repository="generated", base="main~1", head="main", files=files)


def _stream(files: int) -> Iterator[bytes]:
    yield _commit("base", 1750000000)
    for number in range(files):
        if not _is_added(number):
            text = _page(number, files, edited=False)
            # In capitals a removed page is like no added one: git does not take it for a rename.
            yield _file(number, text.upper() if _is_removed(number) else text)
    yield _commit("head", 1750086400)
    for number in range(files):
        if _is_removed(number):
            yield b"D %s\n" % _path(number)
        elif number % 20 == 19:
            yield b"R %s %s\n" % (_path(number), _path(number).replace(b"page", b"renamed"))
        else:
            yield _file(number, _page(number, files, edited=not _is_added(number)))


def _is_added(number: int) -> bool:
    return number % 20 in (2, 5, 8, 11, 14, 17)


def _is_removed(number: int) -> bool:
    return number % 20 in (4, 9, 13, 18)


def _path(number: int) -> bytes:
    return b"docs/part-%02d/page-%05d.md" % (number % 37, number)


def _commit(message: str, when: int) -> bytes:
    head = f"commit refs/heads/main\n{_COMMITTER % when}data {len(message)}\n{message}\n"
    return head.encode()


def _file(number: int, text: str) -> bytes:
    content = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (_path(number), len(content), content)


def _page(number: int, files: int, *, edited: bool) -> str:
    sections = _MANY_SECTIONS if files > _MANY_FILES else _SECTIONS
    day = 12 if edited else 11
    lines = ["---", f"title: Page {number} about {_word(number)}", f"ms.date: 06/{day}/2025", "---"]
    lines += ["", f"# {_word(number).title()} {number}", ""]
    for section in range(sections):
        lines += _section(number, section, edited=edited and section % 4 == 2)
    return "\n".join(lines) + "\n"


def _section(number: int, section: int, *, edited: bool) -> Iterator[str]:
    seed = number * 31 + section * 7
    yield f"## {'How to use' if edited and section == 2 else 'Use'} the {_word(seed)} {section}"
    yield ""
    for line in range(4):
        yield _sentence(seed + line, edited=edited and line % 2 == 0)
    yield ""
    yield f"See [{_word(seed)}](https://example.com/{'v2' if edited else 'v1'}/{_word(seed)})."
    yield ""
    if section % 3 == 0:
        yield "| Name | Version | Retires |"
        yield "|---|---|---|"
        for row in range(5):
            month = 9 if edited and row == 1 else 6
            yield f"| {_word(seed + row)}-{row} | 1.{row}.{3 if edited else 2} | 2026-0{month}-0{row + 1} |"
    else:
        yield "```python"
        yield f"client = Client(region={_word(seed)!r}, limit={20 if edited else 10})"
        yield f"print(client.{_word(seed + 1)}())"
        yield "```"
    yield ""


def _sentence(seed: int, *, edited: bool) -> str:
    words = [_word(seed * 17 + place * place) for place in range(14)]
    if edited:
        words[seed % 14] = "replacement"
    return f"The {' '.join(words)}."


def _word(seed: int) -> str:
    return _WORDS[seed * 2654435761 // 65536 % len(_WORDS)]
