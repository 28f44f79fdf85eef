"""Reads width and height from the first bytes of PNG, GIF, JPEG, WebP and BMP files."""

from __future__ import annotations

import struct


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels, or None for other or broken files.

    Sources: PNG (RFC 2083, IHDR), GIF89a, JPEG (ITU T.81, SOF markers), WebP container (VP8X), BMP.
    """
    try:
        return _dimensions(content)
    except (struct.error, IndexError):
        return None


def _dimensions(content: bytes) -> tuple[int, int] | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"BM"):
        width, height = struct.unpack("<ii", content[18:26])
        return width, abs(height)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    return _jpeg(content) if content.startswith(b"\xff\xd8") else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int(struct.unpack(">H", content[position + 2 : position + 4])[0])
    return None
