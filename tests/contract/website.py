"""A website on this machine that answers as told, and remembers what it was asked."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, BrokenBarrierError, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a page answers, after a hint when it is `early`; to HEAD it may answer otherwise."""

    status: int = 200
    location: str = ""
    to_head: int | None = None
    drops_head: bool = False
    early: bool = False


@dataclass(slots=True)
class Website:
    """Pages by path; what is not among them is 404."""

    port: int = 0
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def website(
    meeting: Barrier | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[Website]:
    """A website while the block runs; with a meeting, it answers once all are there."""
    site = Website()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply()

        def do_HEAD(self) -> None:
            self._reply()

        def _reply(self) -> None:
            site.asked.append(f"{self.command} {self.path}")
            site.headers.append(dict(self.headers))
            if meeting is not None:
                with suppress(BrokenBarrierError):
                    meeting.wait()
            page = site.pages.get(self.path, Reply(status=404))
            if page.drops_head and self.command == "HEAD":
                self.close_connection = True
                return
            if page.early:
                self.send_response_only(103)
                self.end_headers()
            is_head = self.command == "HEAD" and page.to_head is not None
            self.send_response(page.to_head if is_head and page.to_head else page.status)
            if page.location:
                self.send_header("Location", page.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
