"""The endpoint of `fake_model` behind a real socket, for runs that are processes of their own."""

from __future__ import annotations

import asyncio
from http.server import BaseHTTPRequestHandler

import httpx2

from support.fake_model import FakeModel
from support.local_server import LocalServer


class ModelServer(LocalServer):
    """A context: `url` is the base URL."""

    def __init__(self, model: FakeModel | None = None) -> None:
        self.model = model or FakeModel()
        served = self.model

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = httpx2.Request(
                    "POST", f"http://here{self.path}", content=body, headers=dict(self.headers)
                )
                response = asyncio.run(served.handle(request))
                self.send_response(response.status_code)
                for name, value in response.headers.items():
                    if name.lower() != "content-length":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(response.content)))
                self.end_headers()
                self.wfile.write(response.content)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                return

        super().__init__(Handler)
        self.url = f"{self.address}/v1"
