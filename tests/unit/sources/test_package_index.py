"""An index is not trusted with memory or time: an answer without end is no answer."""

from __future__ import annotations

import gzip

import pytest

from diff_insight.model.dependency_steps import DependencyMove
from diff_insight.sources import package_index
from diff_insight.sources.package_index import PackageIndex
from support.local_server import LocalServer, QuietHandler

_MOVE = DependencyMove(name="one", old="1", new="2", ecosystem="python")
_DESCRIPTION = b'{"repository": "https://github.com/o/r"}'


class _Index(QuietHandler):
    def do_GET(self) -> None:  # noqa: N802 - the name that is called
        self.send_response(200)
        if self.path == "/packed/one":
            self.send_header("Content-Encoding", "gzip")
            body = gzip.compress(_DESCRIPTION[:-1] + b" " * 30_000_000 + b"}")
        else:
            body = _DESCRIPTION
        if self.path != "/endless/one":
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Connection", "close")
        self.end_headers()
        while True:
            self.wfile.write(b" " * 65536)


@pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
@pytest.mark.parametrize(("place", "known"), [("short", True), ("packed", False), ("endless", False)])  # fmt: skip
def test_an_answer_has_an_end(
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    known: bool,  # noqa: FBT001 - a column of the table
) -> None:
    monkeypatch.setattr(package_index, "_LARGEST", 1_000_000)
    with LocalServer(_Index) as server:
        index = PackageIndex({"python": f"{server.address}/{place}/{{name}}"})
        assert index.repository(_MOVE) == ("github.com/o/r" if known else "")
