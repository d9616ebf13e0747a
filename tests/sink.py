"""A mail server that records what it takes, and can act on the way."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

Reply = str
OnMail = Callable[[int], None]


@dataclass(slots=True)
class Sink:
    """Records each mail, then calls `before_reply` with how many there are."""

    port: int = 0
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    before_reply: OnMail | None = None
    refusing: frozenset[str] = frozenset()
    refusal: str = ""
    replies: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - the server library names its hooks so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> Reply:
        if self.refusal:
            return self.refusal
        if address in self.replies:
            return self.replies[address]
        if address in self.refusing:
            return "550 5.1.1 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> Reply:
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append((envelope.rcpt_tos[0], content))
        if self.before_reply is not None:
            self.before_reply(len(self.mails))
        return "250 2.0.0 OK"

    @property
    def readers(self) -> list[str]:
        """Who was mailed, in order."""
        return [reader for reader, _ in self.mails]


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink on this machine while the block runs."""
    sink = Sink()
    loop = asyncio.new_event_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    sink.port = listener.getsockname()[1]
    serving = loop.create_server(
        lambda: SMTP(sink, hostname="sink.localhost", loop=loop), sock=listener
    )
    server = loop.run_until_complete(serving)
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield sink
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
