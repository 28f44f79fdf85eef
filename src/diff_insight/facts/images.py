"""Reads width and height from the first bytes of PNG, GIF, JPEG, WebP and BMP files."""

from __future__ import annotations

import struct


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels, or None for other or broken files.

    Sources: PNG (RFC 2083, IHDR), GIF89a, JPEG (ITU T.81, SOF markers), WebP container, BMP.
    """
    try:
        size = _dimensions(content)
    except (struct.error, IndexError):
        return None
    return size if size and min(size) > 0 else None


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
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return _jpeg(content) if content.startswith(b"\xff\xd8") else None


def _webp(content: bytes) -> tuple[int, int] | None:
    """Return the size of the canvas (VP8X), or of the only frame (VP8, RFC 6386; VP8L)."""
    kind = content[12:16]
    if kind == b"VP8X" and len(content) >= 30:
        right, bottom = content[24:27], content[27:30]
        return int.from_bytes(right, "little") + 1, int.from_bytes(bottom, "little") + 1
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and content[20] == 0x2F:
        (bits,) = struct.unpack("<I", content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int(struct.unpack(">H", content[position + 2 : position + 4])[0])
    return None
