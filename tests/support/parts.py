"""Starts servers that are not ours: Azurite for blobs, emulate for GitHub's REST API."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

PARTS = Path(__file__).parents[1] / "parts"
MODULES = PARTS / "node_modules"
NODE = MODULES / "node" / "bin" / "node"
#: Account and key that every Azurite has, from its documentation.
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
_VERSION = "2022-11-02"
_EXPIRES = "2099-01-01T00:00:00Z"


@contextmanager
def server(
    arguments: list[str], port: int, environ: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a program of node until the block ends; it listens on a port of this machine."""
    process = subprocess.Popen(
        [str(NODE), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], **(environ or {})}, cwd=PARTS,
    )  # fmt: skip
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise AssertionError(((process.stderr and process.stderr.read()) or b"").decode())
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.communicate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Azurite:
    """A storage account with one container; addresses carry signatures as Azure's do."""

    container = "artifacts"

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}/{ACCOUNT}"

    def make_container(self) -> None:
        """Make the container."""
        permissions = {"sp": "rwdlac", "ss": "b", "srt": "sco", "se": _EXPIRES, "sv": _VERSION}
        signed = (ACCOUNT, "rwdlac", "b", "sco", "", _EXPIRES, "", "", _VERSION, "", "")
        query = urlencode({**permissions, "sig": _signature(signed)})
        url = f"{self._root}/{self.container}?restype=container&{query}"
        asked = urllib.request.Request(url, method="PUT")  # noqa: S310 - this machine
        urllib.request.urlopen(asked).close()  # noqa: S310

    def address(self, blob: str, *, write: bool) -> str:
        """Return an address that allows to write or to read one blob."""
        permission = "cw" if write else "r"
        place = f"/blob/{ACCOUNT}/{self.container}/{blob}"
        signed = (permission, "", _EXPIRES, place, "", "", "", _VERSION, "b", *[""] * 7)
        query = {"sp": permission, "se": _EXPIRES, "sv": _VERSION, "sr": "b"}
        told = urlencode({**query, "sig": _signature(signed)})
        return f"{self._root}/{self.container}/{blob}?{told}"

    def content(self, blob: str) -> bytes:
        """Return what was stored."""
        url = self.address(blob, write=False)
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - this machine
            assert answer.headers["Content-Type"] in {"application/zip", "zip"}
            return bytes(answer.read())


def _signature(fields: tuple[str, ...]) -> str:
    text = "\n".join(fields).encode()
    return base64.b64encode(hmac.new(base64.b64decode(KEY), text, hashlib.sha256).digest()).decode()


@contextmanager
def azurite(folder: Path) -> Iterator[Azurite]:
    """Run Azurite with one container."""
    port = free_port()
    program = str(MODULES / "azurite" / "dist" / "src" / "blob" / "main.js")
    options = ["--blobPort", str(port), "--location", str(folder), "--silent"]
    with server([program, *options, "--skipApiVersionCheck"], port):
        storage = Azurite(port)
        storage.make_container()
        yield storage


@contextmanager
def emulate(folder: Path, tokens: Mapping[str, str]) -> Iterator[str]:
    """Run a GitHub with the repository `admin/demo`, and give the address of its API.

    Args:
        folder: Where its seed goes.
        tokens: Logins by token.
    """
    seed = {
        "tokens": {
            token: {"login": login, "scopes": ["repo", "user"]} for token, login in tokens.items()
        },
        "github": {
            "users": [{"login": login} for login in tokens.values()],
            "repos": [{"owner": "admin", "name": "demo", "auto_init": True}],
        },
    }
    place = folder / "seed.yaml"
    place.write_text(json.dumps(seed), "utf-8")
    port = free_port()
    program = str(MODULES / "emulate" / "dist" / "index.js")
    options = ["start", "--service", "github", "--port", str(port), "--seed", str(place)]
    with server([program, *options], port, {"HOME": str(folder)}):
        yield f"http://localhost:{port}"
