"""Two texts are equal only when their bytes say the same, whatever encoding they are in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.facts.identity.encoding import declared_encoding, decode_text, is_readable


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"# -*- coding: gb18030 -*-\n", "gb18030"),
        (b'<meta charset="shift_jis">', "shift_jis"),
        (b'<?xml version="1.0" encoding="ISO-8859-15"?>', "iso8859-15"),
        (b'@charset "windows-1251";', "cp1251"),
        (b"// vim: set fileencoding=euc-kr :", "euc_kr"),
        (b"# coding: utf-8", ""),
        (b"# coding: zlib_codec", ""),
        (b"# coding: unicode_escape", ""),
        (b"# coding: undefined", ""),
        (b"# coding: punycode", ""),
        (b"", ""),
    ],
)
def test_what_a_file_declares(head: bytes, name: str) -> None:
    assert declared_encoding(head) == name


@pytest.mark.parametrize(
    "encoding", ["gb18030", "shift_jis", "euc_kr", "big5", "cp1251", "iso8859-15"]
)
def test_a_declared_encoding_is_read(encoding: str) -> None:
    words = {"shift_jis": "\u6587\u66f8", "euc_kr": "\ubb38\uc11c", "cp1251": "\u0442\u0435\u043a\u0441\u0442",
             "iso8859-15": "caf\u00e9"}.get(encoding, "\u6587\u4ef6")  # fmt: skip
    content = f"a\n{words}\n".encode(encoding)
    assert decode_text(content, encoding) == f"a\n{words}\n"
    assert is_readable(content, encoding) == (True, True)
    assert not is_readable(content)[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8"])
def test_a_byte_order_mark_is_believed(encoding: str) -> None:
    assert decode_text("caf\u00e9\n".encode(encoding)) == "caf\u00e9\n"


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_no_two_different_lines_become_equal(old: bytes, new: bytes) -> None:
    first, second = decode_text(b"\xff" + old), decode_text(b"\xff" + new)
    escapes = b"\\x" in old + new
    marked = old[:1] == b"\xfe" or new[:1] == b"\xfe"
    assert escapes or marked or (first == second) == (old == new)


@given(st.binary(max_size=60), st.sampled_from(["", "gb18030", "shift_jis", "cp1251"]))
def test_no_bytes_raise(content: bytes, declared: str) -> None:
    assert isinstance(decode_text(content, declared), str)
    assert isinstance(declared_encoding(content), str)
    assert is_readable(content, declared)[0] in (True, False)


def test_much_of_an_unknown_encoding_says_no_words_and_little_does() -> None:
    assert is_readable("\u65e7\u6587".encode("gb18030")) == (False, False)
    assert is_readable(b"// Written by Andr\xe9, who knows what this does\n") == (False, True)
