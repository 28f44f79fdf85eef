"""git smart HTTP through `git http-backend`, the server that comes with git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from support.fake_github.hosting import Hosted

Response = tuple[int, list[tuple[str, str]], bytes]


def serve(
    hosted: Hosted, method: str, rest: str, query: str, headers: Mapping[str, str], body: bytes
) -> Response:
    """Run the server program for one request and return what it says."""
    settings = {
        "uploadpack.allowAnySHA1InWant": str(hosted.any_id).lower(),
        "uploadpack.allowReachableSHA1InWant": str(hosted.any_id).lower(),
        "uploadpack.allowTipSHA1InWant": str(hosted.any_id).lower(),
        "uploadpack.allowFilter": str(hosted.filters).lower(),
        "http.receivepack": "true",
        "receive.autogc": "false",
        "safe.directory": "*",
    }
    if not hosted.any_id:  # the second protocol gives out any object
        settings["protocol.version"] = "0"
    environ = {
        "PATH": os.environ["PATH"],
        "GIT_PROJECT_ROOT": str(hosted.path),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": str(len(settings)),
        "PATH_INFO": f"/{rest}",
        "QUERY_STRING": query,
        "REQUEST_METHOD": method,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": headers.get("content-encoding", ""),
        "GIT_PROTOCOL": headers.get("git-protocol", "") if hosted.any_id else "",
    }
    for number, (key, value) in enumerate(settings.items()):
        environ |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    done = subprocess.run(
        ["git", "http-backend"], input=body, capture_output=True, env=environ, check=False
    )
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    told = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if line]
    status = next((int(value[:3]) for name, value in told if name == "Status"), 200)
    return status, [(name, value) for name, value in told if name != "Status"], content
