"""Hostile paths, lines and pages, and the diffs that hold them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

#: Texts that are markup, or the end of something, in one of the places where a report shows text.
HOSTILE = (
    "```", "`````", "````diff", "~~~", "~~~~ diff", "</details>", "<details>", "</summary>",
    "{#item-000000}", "{target=_blank}", "---", "===", "# Highlights", "## New features", "### Summary",
    "a | b | c", "|---|---|", "\\|", "\\\\|", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<!-- note -->", "-->", "--!>", "]]>", "<![CDATA[", "{{ 7*7 }}", "{% raw %}", "{## x ##}",
    "nul \0 byte", "cr \r in", "\r", "ff \f in", "vt \v in", "ls \u2028 in", "ps \u2029 in", "nel \x85 in",
    "bidi \u202e txt \u2066 x", "\u061c", "bad \udcff byte", "\x1b[31mred\x1b[0m", "x" * 9000, "`" * 300,
    "[x](javascript:alert(1))", "![x](https://example.com/p.png)", "<javascript:alert(1)>", "@mention",
    "#123", "&lt;b&gt; &amp; &#x60;", "*a* **b** _c_ __d__", "$x$ H~2~O x^2^", "1. one", "- dash",
    "+ plus", "> quote", "    code", "\ttab", "[ref]: https://example.com", "[^1]: note", ": definition",
    "| Table", "\\", "ends with \\", "'quoted' \"both\"", "https://example.com/a_b*c*?x=1&y=<2>", "",
)  # fmt: skip


def raw(text: str) -> bytes:
    """Return the bytes of a text; lone surrogates stand for bytes that are not UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def quoted(path: bytes) -> bytes:
    """Quote a path as git does, every unusual byte in octal."""
    plain = bytes(range(0x20, 0x7F)).replace(b'"', b"").replace(b"\\", b"")
    told = b"".join(bytes([byte]) if byte in plain else b"\\%03o" % byte for byte in path)
    return b'"' + told + b'"'


def modified(
    path: bytes, old: Sequence[bytes], new: Sequence[bytes], kept: Sequence[bytes] = ()
) -> bytes:
    """Return the section of a file: lines kept, then lines replaced; a new file has neither."""
    before, after = quoted(b"a/" + path), quoted(b"b/" + path)
    head = [b"diff --git " + before + b" " + after]
    if not old and not kept:
        head += [b"new file mode 100644", b"index 0000000..89abcde", b"--- /dev/null"]
    else:
        head += [b"index 1234567..89abcde 100644", b"--- " + before]
    before_count, after_count = len(kept) + len(old), len(kept) + len(new)
    start = b"@@ -%d,%d +%d,%d @@" % (
        bool(before_count),
        before_count,
        bool(after_count),
        after_count,
    )
    lines = [b" " + line for line in kept]
    lines += [*(b"-" + line for line in old), *(b"+" + line for line in new)]
    return b"\n".join([*head, b"+++ " + after, start, *lines]) + b"\n"


def page_of(text: str) -> bytes:
    """Return a page that has a text wherever facts take texts from."""
    return raw(
        f"---\ntitle: {text}\ndescription: '{text}'\n---\n# {text}\n\nIntro {text} here.\n\n"
        f"## {text}\n\n| {text} | Model |\n|---|---|\n| {text} | no earlier than June 11, 2025 |\n\n"
        f"[{text}](other.md) ![{text}](a.png)\n\n````{text}\ncode {text}\n````\n\n> [!NOTE]\n> {text}\n"
    )


NASTY = "`~|#<>{}[]()!*_\\-=+:&$^@'\"%/ \t\r\f\v\0\x1b\x85\u2028\u2029\u202e\ufeffaé中\udcff"
PIECES = st.sampled_from(HOSTILE) | st.text(NASTY, max_size=12)
LINES = st.lists(PIECES, min_size=1, max_size=6).map("".join).map(raw)
NAMES = (
    st.lists(PIECES, min_size=1, max_size=2)
    .map("".join)
    .map(raw)
    .map(lambda name: name.replace(b"\n", b" ")[:400])
    .filter(lambda name: name not in {b"", b".", b"..", b"/"} and b"/dev/null" not in name)
)
SUFFIXES = st.sampled_from([b"", b".md", b".txt", b".py", b".yml"])
#: Path, suffix, lines removed, added and kept.
Change = tuple[bytes, bytes, list[bytes], list[bytes], list[bytes]]
_SOME_LINES = st.lists(LINES, max_size=4)
CHANGES = st.lists(
    st.tuples(NAMES, SUFFIXES, _SOME_LINES, st.lists(LINES, min_size=1), _SOME_LINES),
    min_size=1,
    max_size=4,
    unique_by=lambda file: file[0] + file[1],
)


def diff_of(files: Sequence[Change]) -> bytes:
    """Return the diff that makes these changes."""
    return b"".join(modified(name + end, old, new, kept) for name, end, old, new, kept in files)
