"""A web server on loopback for tests: answers are functions, and every request is remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True)
class Request:
    """A request as it arrived: path with query, and headers with lower-case names."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """An answer. headers replace the ones made from the body; raw: sends it by itself, to do what no library would."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


class WebServer:
    """Serves `pages` (path to a reply, or a function of the request) until the `with` block ends; a path it does not know is a 404."""

    def __init__(self, pages: Mapping[str, Reply | Callable[[Request], Reply]] | None = None) -> None:
        self.pages = dict(pages or {})
        self.requests: list[Request] = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"

    def paths(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def __enter__(self) -> Self:
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                request = Request(self.path, {name.lower(): value for name, value in self.headers.items()})
                server.requests.append(request)
                page = server.pages.get(self.path, Reply(b"", 404))
                reply = page if isinstance(page, Reply) else page(request)
                try:
                    if reply.raw is not None:
                        self.close_connection = True
                        reply.raw(self)
                        return
                    self.send_response(reply.status)
                    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(reply.body))} | dict(reply.headers)
                    for name, value in headers.items():
                        if value:
                            self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(reply.body)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        return Handler
