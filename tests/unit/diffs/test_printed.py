"""What git prints is read as far as it has come: first its listing, then the patches."""

from __future__ import annotations

from contextlib import closing

import pytest

from diff_insight.diffs import printed as printed_module
from diff_insight.diffs.listing import parse_listing
from diff_insight.diffs.printed import PrintedDiff
from diff_insight.diffs.store import FilePatchStore

_OLD, _NEW = "1" * 40, "2" * 40
_PATCH = b"diff --git a/x b/x\n@@ -1 +1,2 @@\n-a\0\0b\n+c\n+d\n"


@pytest.mark.parametrize("names", [[], ["x"], ["x\ny", ":100644", "diff --git a/x b/x"] * 40])
@pytest.mark.parametrize("chunk", [1, 2, 7, 1 << 20])
@pytest.mark.parametrize("cuts", [1, 2, 50])
def test_listing_and_sections(
    names: list[str], chunk: int, cuts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed_module, "CHUNK", chunk)
    listed = "".join(f":100644 100644 {_OLD} {_NEW} M\0{name}\0" for name in names).encode()
    output = listed + b"\0" + _PATCH * len(names) if names else b""
    with closing(FilePatchStore()) as store:
        printed = PrintedDiff(store)
        for cut in range(cuts):
            store.fill([output[len(output) * cut // cuts : len(output) * (cut + 1) // cuts]])
            while printed.read_on():
                pass
        listing, sections = printed.finish()
        assert listing == listed
        assert [change.path for change in parse_listing(listing)] == names
        assert [store.read(one.offset, one.length) for one in sections] == [_PATCH] * len(names)
        assert {(one.counts.additions, one.counts.deletions) for one in sections} <= {(2, 1)}
