"""Width and height from the first bytes of pictures made here."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.images import dimensions

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x06\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 16, 9) + b"\0\0\0"
BMP = b"BM" + struct.pack("<IHHIIii", 70, 0, 0, 54, 40, 32, -24)
JPEG = (
    b"\xff\xd8\xff\xe0"
    + struct.pack(">H", 16)
    + b"JFIF\0" + bytes(9)
    + b"\xff\xc4" + struct.pack(">H", 4) + b"\0\0"
    + b"\xff\xc2" + struct.pack(">HBHH", 11, 8, 200, 300) + b"\x03\0\0\0"
)  # fmt: skip
WEBP_EXTENDED = (
    b"RIFF\x1a\0\0\0WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    + (799).to_bytes(3, "little") + (599).to_bytes(3, "little")
)  # fmt: skip
WEBP_LOSSY = (
    b"RIFF\x1a\0\0\0WEBPVP8 " + struct.pack("<I", 10) + b"\x10\x02\x00\x9d\x01\x2a"
    + struct.pack("<HH", 0x4000 | 320, 200)
)  # fmt: skip
WEBP_LOSSLESS = (
    b"RIFF\x1a\0\0\0WEBPVP8L" + struct.pack("<I", 10) + b"\x2f"
    + ((99) | (49 << 14)).to_bytes(4, "little") + bytes(4)
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (16, 9)),
        (GIF.replace(b"89a", b"87a"), (16, 9)),
        (BMP, (32, 24)),
        (JPEG, (300, 200)),
        (WEBP_EXTENDED, (800, 600)),
        (WEBP_EXTENDED[:28], None),
        (WEBP_LOSSY, (320, 200)),
        (WEBP_LOSSLESS, (100, 50)),
        (b"", None),
        (b"<svg/>", None),
        (b"%PDF-1.7", None),
        (b"\xff\xd8\xff\xd9", None),
        (b"\xff\xd8\xff\xe0\0\0" * 5, None),
    ],
)
def test_dimensions(content: bytes, size: tuple[int, int] | None) -> None:
    assert dimensions(content) == size


WHOLE = [PNG, GIF, BMP, JPEG, WEBP_EXTENDED, WEBP_LOSSY, WEBP_LOSSLESS]


@given(st.sampled_from(WHOLE), st.integers(0, 60), st.binary(max_size=20))
@settings(deadline=None, max_examples=150)
def test_broken_pictures_have_no_size_and_never_raise(whole: bytes, cut: int, tail: bytes) -> None:
    size = dimensions(whole[:cut] + tail)
    assert size is None or (min(size) > 0)
