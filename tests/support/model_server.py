"""The endpoint of `fake_model` behind a real socket, for runs that are processes of their own."""

from __future__ import annotations

import asyncio
from http.server import BaseHTTPRequestHandler

import httpx2

from support.fake_batches import FakeBatches
from support.fake_model import FakeModel
from support.local_server import LocalServer


class ModelServer(LocalServer):
    """A context: `url` is the base URL.

    Args:
        model: Who answers.
        batches: The queue of batches beside it; None for an endpoint without one.
    """

    def __init__(self, model: FakeModel | None = None, batches: FakeBatches | None = None) -> None:
        self.model = model or (batches.model if batches else FakeModel())
        served = batches or self.model

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if served is not batches and not self.path.endswith("/chat/completions"):
                    self.send_error(404)
                    return
                request = httpx2.Request(
                    self.command,
                    f"http://here{self.path}",
                    content=body,
                    headers=dict(self.headers),
                )
                response = asyncio.run(served.handle(request))
                self.send_response(response.status_code)
                for name, value in response.headers.items():
                    if name.lower() != "content-length":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(response.content)))
                self.end_headers()
                self.wfile.write(response.content)

            do_GET = do_DELETE = do_POST  # noqa: N815 - names of the server

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                return

        super().__init__(Handler)
        self.url = f"{self.address}/v1"
