"""A mail server inside this program, on this machine only, that keeps what it is sent."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Final, Protocol, Self
from weakref import WeakSet

from aiosmtpd.smtp import SMTP

from fvdt_mailer.errors import TransportDown

_HOST: Final = "127.0.0.1"
_LARGEST: Final = 20_000_000
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9+=_.-]")
_NUMBERED: Final = re.compile(r"(\d{4,})-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message as it came in, and the files a person can open to read it."""

    rcpt: str
    message_id: str
    subject: str
    path_eml: Path
    path_html: Path | None
    path_text: Path | None


class Sandbox:
    """While the block runs, `port` takes mail and `received` grows. It may serve many threads."""

    def __init__(self, folder: Path) -> None:
        self._mailroom = _Mailroom(folder=folder)
        self._sessions: WeakSet[SMTP] = WeakSet()

    @property
    def received(self) -> tuple[Received, ...]:
        """What came in until now, in order."""
        return self._mailroom.received

    def __enter__(self) -> Self:
        try:
            self._mailroom.open()
            self._listener = socket.create_server((_HOST, 0), backlog=128)
        except OSError as error:
            reason = f"the sandbox cannot use {self._mailroom.folder}: {error.strerror}"
            raise TransportDown(f"{reason}; choose another folder") from error
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._serve, name="sandbox", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        serving = self._loop.create_server(self._session, sock=self._listener)
        server = self._loop.run_until_complete(serving)
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._hang_up())
        self._loop.close()

    def _session(self) -> SMTP:
        session = SMTP(
            self._mailroom,
            hostname="sandbox.localhost",
            ident="sandbox",
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            loop=self._loop,
        )
        self._sessions.add(session)
        return session

    async def _hang_up(self) -> None:
        for session in tuple(self._sessions):
            if isinstance(session.transport, asyncio.WriteTransport):
                session.transport.abort()
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


class _SmtpEnvelope(Protocol):
    rcpt_tos: Sequence[str]
    original_content: bytes


@dataclass(slots=True, kw_only=True)
class _Mailroom:
    """Keeps every message in a folder. Its handle_ method is what aiosmtpd calls."""

    folder: Path
    _received: list[Received] = field(default_factory=list)
    _number: int = 0
    _lock: Lock = field(default_factory=Lock)

    @property
    def received(self) -> tuple[Received, ...]:
        with self._lock:
            return tuple(self._received)

    def open(self) -> None:
        """The folder is there; numbers go on after those in it, so that nothing is replaced."""
        self.folder.mkdir(parents=True, exist_ok=True)
        taken = (_NUMBERED.match(path.name) for path in self.folder.iterdir())
        self._number = max((int(found[1]) for found in taken if found), default=0)

    async def handle_DATA(  # noqa: N802  aiosmtpd finds it by this name
        self, _server: object, _session: object, envelope: _SmtpEnvelope
    ) -> str:
        try:
            kept = tuple(self._keep(envelope.rcpt_tos, envelope.original_content))
        except OSError as error:
            return f"452 4.3.1 Cannot keep it: {error.strerror}"
        with self._lock:
            self._received.extend(kept)
        return f"250 2.0.0 Kept as {kept[0].path_eml.name}"

    def _keep(self, recipients: Sequence[str], content: bytes) -> Iterator[Received]:
        self._number += 1
        local, _, _ = recipients[0].rpartition("@")
        stem = f"{self._number:04d}-{_UNSAFE.sub('_', local)[:64]}"
        path = self.folder / f"{stem}.eml"
        path.write_bytes(content)
        message = message_from_bytes(content, EmailMessage, policy=default)
        html = self._part(message, "html", self.folder / f"{stem}.html")
        text = self._part(message, "plain", self.folder / f"{stem}.txt")
        for rcpt in recipients:
            yield Received(
                rcpt=rcpt,
                message_id=_header(message, "Message-ID"),
                subject=_header(message, "Subject"),
                path_eml=path,
                path_html=html,
                path_text=text,
            )

    def _part(self, message: EmailMessage, kind: str, path: Path) -> Path | None:
        # A mail that cannot be parsed is kept all the same; only its parts are not written.
        with suppress(LookupError, ValueError, AttributeError):
            part = message.get_body((kind,))
            if part is not None:
                path.write_text(part.get_content(), encoding="utf-8", newline="")
                return path
        return None


def _header(message: EmailMessage, name: str) -> str:
    with suppress(LookupError, ValueError, AttributeError):
        return " ".join(str(message.get(name, "")).split())
    return ""
