"""Generated trees of files, and real commits made of them with one `git fast-import`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from support.repos import TestRepo

FILE, SCRIPT, SYMLINK, SUBMODULE = "100644", "100755", "120000", "160000"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree; the content of a submodule is its commit id."""

    mode: str
    content: bytes

    @property
    def shown(self) -> bytes:
        """The content as a diff shows it."""
        if self.mode == SUBMODULE:
            return b"Subproject commit " + self.content + b"\n"
        return self.content


Tree = Mapping[bytes, Entry]

_SEGMENTS = (
    b'quo"te', b"tab\there", b"new\nline", b"pi|pe.md", b"`tick`", b"<b>", b"::set-output name=x::y",
    b"{{ x }}", b" lead", b"trail ", b"quoted\t and trail ", b"\xff\xfe", "日本語".encode(),
    "é.md".encode(), "e\N{COMBINING ACUTE ACCENT}".encode(), b"a b", b"b", b"x b", b"a", b"back\\slash",
    b"-dash", b":(top)x", b"x.png", b"diff --git a", b"cr\rname", b"*.md", b"[x]", b"#hash", b"!bang",
    b"@{0}", b"...", b"\x01\x7f", b"and b", b"/dev".strip(b"/"), b"null", b"\xe2\x80\xa8", b" ", b'" ',
)  # fmt: skip
_LINES = (
    b"", b"plain text", b"plain text", b"another line", b"diff --git a/x b/x", b"--- a/x", b"+++ b/x",
    b"-- ", b"--", b"@@ -1 +1 @@", b"@@ -1,9 +1,9 @@ f", b"index 123..456 100644", b"```", b"````diff",
    b"</details>", b"---", b"title: x", b"\\ No newline at end of file", b"rename to x",
    b"Binary files a/x and b/x differ", b"GIT binary patch", b"From 0123456789012345678901234567890123456789 Mon",
    b"\xff\xfe", "日本 U+2028 \u2028 U+0085 \u0085 end".encode(), b"form\ffeed", b"bare\rcr", b"\rcr first",
    b"crlf\r", b"\r", b"+", b"-", b" ", b"\t", b"::warning::x", b"{{ 1 }}", b"\x1b[31m",
)  # fmt: skip


def _ok(segment: bytes) -> bool:
    return segment not in {b".", b".."} and b"git" not in segment.lower()


_segments = st.one_of(
    st.sampled_from(_SEGMENTS),
    st.binary(min_size=1, max_size=5).map(lambda name: name.translate(None, b"/\0")).filter(bool),
).filter(_ok)
paths = st.lists(_segments, min_size=1, max_size=3).map(b"/".join)
lines = st.one_of(st.sampled_from(_LINES), st.binary(max_size=8)).map(
    lambda line: line.translate(None, b"\n\0")
)


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """Text of several lines, rarely with a NUL, often without a line end at the end."""
    found = draw(st.lists(lines, max_size=14))
    ended = draw(st.booleans())
    text = b"\n".join(found) + (b"\n" if found and ended else b"")
    return text + b"\0" if draw(st.integers(0, 12)) == 0 else text


_commits = st.integers(1, 9).map(lambda digit: str(digit).encode() * 40)
entries = st.one_of(
    contents().map(lambda content: Entry(FILE, content)),
    contents().map(lambda content: Entry(SCRIPT, content)),
    st.sampled_from([b"target", b"../x y", b"\xff"]).map(lambda target: Entry(SYMLINK, target)),
    _commits.map(lambda commit: Entry(SUBMODULE, commit)),
)


def _without_clashes(tree: Tree) -> dict[bytes, Entry]:
    """Drop files that stand where a folder is needed."""
    folders = {b"/".join(path.split(b"/")[:end]) for path in tree for end in range(1, 4)} - {*tree}
    clashes = {
        path
        for path in tree
        if any(other.startswith(path + b"/") for other in tree) or path in folders
    }
    return {path: entry for path, entry in tree.items() if path not in clashes}


@st.composite
def _edited(draw: st.DrawFn, entry: Entry) -> Entry:
    """Change some lines of a file, or its mode."""
    if entry.mode not in (FILE, SCRIPT):
        return draw(entries)
    how = draw(st.sampled_from(["lines", "lines", "lines", "mode", "end", "type"]))
    if how == "mode":
        return replace(entry, mode=SCRIPT if entry.mode == FILE else FILE)
    if how == "end":
        stripped = entry.content.removesuffix(b"\n")
        return replace(entry, content=stripped if stripped != entry.content else stripped + b"\n")
    if how == "type":
        return draw(entries)
    found = entry.content.split(b"\n")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(found)))
        end = place + draw(st.integers(0, 2))
        found[place:end] = draw(st.lists(lines, max_size=2))
    return replace(entry, content=b"\n".join(found))


@st.composite
def _next(draw: st.DrawFn, tree: Tree) -> dict[bytes, Entry]:
    """Change a tree: edit, remove, move, copy and add files."""
    changed = dict(tree)
    for path, entry in tree.items():
        what = draw(st.sampled_from(["keep", "edit", "edit", "remove", "move", "copy"]))
        if what in {"remove", "move"}:
            del changed[path]
        if what in {"move", "copy"}:
            moved = draw(st.one_of(st.just(entry), _edited(entry)))
            changed[draw(paths)] = moved
        if what == "edit":
            changed[path] = draw(_edited(entry))
    changed.update(draw(st.dictionaries(paths, entries, max_size=3)))
    return _without_clashes(changed)


@st.composite
def histories(draw: st.DrawFn, *, commits: int = 3) -> list[dict[bytes, Entry]]:
    """Trees that follow each other."""
    trees = [_without_clashes(draw(st.dictionaries(paths, entries, max_size=6)))]
    while len(trees) < commits:
        trees.append(draw(_next(trees[-1])))
    return trees


def import_trees(repo: TestRepo, trees: Sequence[Tree]) -> list[str]:
    """Make a commit of each tree, one after the other, and return their ids."""
    stream = [b"feature done\n"]
    for number, tree in enumerate(trees):
        stream.append(b"commit refs/heads/generated\n")
        stream.append(
            b"mark :%d\ncommitter Ada <ada@example.com> %d +0000\n" % (number + 1, number)
        )
        stream.append(b"data 0\n" + (b"from :%d\n" % number if number else b"") + b"deleteall\n")
        stream += [_file(path, entry) for path, entry in tree.items()]
    stream += [b"get-mark :%d\n" % (number + 1) for number in range(len(trees))] + [b"done\n"]
    told = repo.git("fast-import", "--quiet", "--force", stdin=b"".join(stream))
    return told.decode().split()


def _file(path: bytes, entry: Entry) -> bytes:
    escaped = path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    head = b'"' + escaped + b'"\n'
    if entry.mode == SUBMODULE:
        return b"M 160000 " + entry.content + b" " + head
    size = b"data %d\n" % len(entry.content)
    return b"M " + entry.mode.encode() + b" inline " + head + size + entry.content + b"\n"
