"""Mail servers for the tests: an honest one, and one that does what its script says."""

from __future__ import annotations

import asyncio
import select
import socket
import ssl
from base64 import b64decode
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from threading import Thread
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.adapters.smtp.transport import SmtpTransport
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.message import Envelope as MessageEnvelope
from fvdt_mailer.model.message import Message
from fvdt_mailer.model.project import Security

HOST = "127.0.0.1"
USER, PASSWORD = "news@example.org", "correct horse battery"
TOKEN = "ya29.a0AfB_by-Zonnebloem_Kaas~Fiets/Regen+Wind"
# Generous for a busy machine, and still bounded; a test that waits shortens one of them.
PATIENT = Timers(
    connect=20,
    greeting=20,
    ehlo=20,
    starttls=20,
    auth=20,
    mail=20,
    rcpt=20,
    data=20,
    block=20,
    final_dot=20,
    rset=20,
    quit=20,
)


def message(number: int = 1, content: bytes | None = None, *, to: str = "") -> Message:
    """One message to one reader, different for every number."""
    rcpt = Address.parse(to or f"reader{number}@example.org")
    message_id = f"<edition.{number}@news.example.org>"
    written = content if content is not None else _content(rcpt, message_id)
    envelope = MessageEnvelope(mail_from=Address.parse("bounces@example.org"), rcpt_to=rcpt)
    return Message(envelope=envelope, message_id=message_id, pieces=(written,))


def _content(rcpt: Address, message_id: str) -> bytes:
    lines = (
        "From: Nieuwsbrief <news@example.org>",
        f"To: {rcpt}",
        f"Message-ID: {message_id}",
        "Subject: Fabrieken voor de Toekomst",
        "",
        "Beste lezer,",
        "",
    )
    return "\r\n".join(lines).encode()


# --- the honest one: aiosmtpd


class Receiver(Controller):
    """Takes mail on a port of its own, and asks for a password where there is TLS."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
    ) -> None:
        self.contents: list[bytes] = []
        self.recipients: list[str] = []
        self._listener = socket.create_server((HOST, 0))
        super().__init__(
            self,
            hostname=HOST,
            port=self._listener.getsockname()[1],
            ssl_context=tls,
            tls_context=starttls,
            require_starttls=starttls is not None,
            # aiosmtpd does not see that implicit TLS is TLS.
            auth_require_tls=starttls is not None,
            authenticator=_authenticate,
        )

    async def handle_DATA(  # noqa: N802  aiosmtpd finds it by this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.recipients.extend(envelope.rcpt_tos)
        self.contents.append(envelope.original_content or b"")
        return "250 2.0.0 Taken"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        # Bound beforehand: aiosmtpd wants to know its port, and a fixed one may be taken.
        return self.loop.create_server(
            self._factory_invoker, sock=self._listener, ssl=self.ssl_context
        )


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == wanted)


# --- the scripted one


class Then(Enum):
    """What a scripted server does after its words."""

    GO_ON = auto()
    HANG_UP = auto()
    SILENCE = auto()
    FLOOD = auto()
    DRIBBLE = auto()
    INTERRUPT = auto()
    LISTEN = auto()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """At this step of that session or transaction, these words and that deed, once."""

    step: str
    reply: bytes = b""
    then: Then = Then.GO_ON
    at: int = 1


class HungUp(Exception):
    """This session of the scripted server is over."""


REPLIES = {
    "greeting": b"220 scripted ESMTP\r\n",
    "STARTTLS": b"220 2.0.0 go ahead\r\n",
    "AUTH": b"235 2.7.0 welcome\r\n",
    "answer": b"235 2.7.0 welcome\r\n",
    "MAIL": b"250 2.1.0 ok\r\n",
    "RCPT": b"250 2.1.5 ok\r\n",
    "DATA": b"354 go ahead\r\n",
    "content": b"250 2.0.0 taken\r\n",
    "RSET": b"250 2.0.0 ok\r\n",
    "QUIT": b"221 2.0.0 bye\r\n",
}


class Scripted:
    """A server that serves one session after the other, and writes down all it is told.

    What it has `heard` are the bytes as they came, or as TLS gave them back; also after a TLS
    handshake that failed. A line that follows a 334 is an "answer". A lax server asks for the
    content of a mail whose envelope it refused (RFC 2920 3.1).
    """

    def __init__(
        self,
        *faults: Fault,
        offers: tuple[str, ...] = (),
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        is_lax: bool = False,
    ) -> None:
        self._faults = list(faults)
        self._is_lax = is_lax
        self._is_refused = False
        self.offers = offers
        self.tls, self.starttls = tls, starttls
        self.commands: list[str] = []
        self.contents: list[bytes] = []
        self.heard = bytearray()
        self.sessions = self.transactions = 0
        self.reads = self.reads_of_last_session = 0
        self._is_open = True
        self._buffer = b""
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_open = False
        with suppress(OSError):
            socket.create_connection((HOST, self.port), timeout=20).close()
        self._thread.join(timeout=30)
        self._listener.close()
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            self._socket, _ = self._listener.accept()
            if not self._is_open:
                self._socket.close()
                return
            self._socket.settimeout(20)
            self.sessions += 1
            self.reads_of_last_session = 0
            self._buffer = b""
            with suppress(HungUp, OSError):
                self._session()
            self._socket.close()

    def _session(self) -> None:
        said = b""
        if self.tls is not None:
            self._secure(self.tls)
        self._say("greeting")
        while True:
            line = self._until(b"\r\n").decode("utf-8", "replace")
            self.commands.append(line)
            verb = "answer" if said.startswith(b"334") else line.split(" ")[0].upper()
            if verb == "MAIL":
                self.transactions += 1
                self._is_refused = False
            said = self._say(verb)
            if verb == "STARTTLS" and said.startswith(b"220") and self.starttls is not None:
                self._buffer = b""
                self._secure(self.starttls)
            if verb == "DATA" and said.startswith(b"354"):
                self.contents.append(self._until(b"\r\n.\r\n"))
                self._say("content")
            if verb == "QUIT":
                raise HungUp

    def _secure(self, context: ssl.SSLContext) -> None:
        with self._socket.dup() as bare:
            try:
                self._socket = context.wrap_socket(self._socket, server_side=True)
            except OSError:
                self._listen_to(bare)
                raise

    def _listen_to(self, client: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                self.heard += piece

    def _say(self, step: str) -> bytes:
        count = self.transactions if step in ("MAIL", "RCPT", "DATA", "content", "RSET") else 0
        fault = self._fault(step, count or self.sessions)
        reply = self._reply(step) if fault is None else fault.reply
        if step in ("MAIL", "RCPT"):
            self._is_refused |= reply[:1] in (b"4", b"5")
        self._socket.sendall(reply)
        if fault is not None:
            self._do(fault)
        return reply

    def _fault(self, step: str, count: int) -> Fault | None:
        due = next((f for f in self._faults if (f.step, f.at) == (step, count)), None)
        if due is not None:
            self._faults.remove(due)
        return due

    def _reply(self, step: str) -> bytes:
        if step in ("RCPT", "DATA") and self._is_refused and not self._is_lax:
            return b"503 5.5.1 no valid recipients\r\n"
        if step != "EHLO":
            return REPLIES.get(step, b"500 5.5.1 what?\r\n")
        lines = ("scripted", *self.offers)
        marks = ("-",) * (len(lines) - 1) + (" ",)
        return b"".join(f"250{m}{line}\r\n".encode() for m, line in zip(marks, lines, strict=True))

    def _do(self, fault: Fault) -> None:
        match fault.then:
            case Then.GO_ON:
                return
            case Then.HANG_UP:
                raise HungUp
            case Then.SILENCE:
                self._wait(20)
                raise HungUp
            case Then.FLOOD:
                while True:
                    self._socket.sendall(fault.reply)
            case Then.DRIBBLE:
                while not self._wait(0.02):
                    self._socket.sendall(fault.reply[:1])
                raise HungUp
            case Then.INTERRUPT:
                self._buffer += self._socket.recv(65536)
                self._socket.sendall(b"421 4.4.2 enough\r\n")
            case Then.LISTEN:
                self._listen_to(self._socket)
                raise HungUp

    def _wait(self, seconds: float) -> bool:
        """True when the client hung up meanwhile."""
        readable, _, _ = select.select([self._socket], [], [], seconds)
        return bool(readable)

    def _until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            piece = self._socket.recv(65536)
            if not piece:
                raise HungUp
            self.reads += 1
            self.reads_of_last_session += 1
            self._buffer += piece
            self.heard += piece
        head, _, self._buffer = self._buffer.partition(end)
        return head


# --- the way to them


def plain(port: int, *, timers: Timers = PATIENT, user: str = "", helo: str = "") -> SmtpTransport:
    """A transport to a server of the tests, in clear, on this machine."""
    endpoint = Endpoint(
        host=HOST,
        port=port,
        security=Security.PLAIN,
        user=user,
        password=PASSWORD if user else "",
        helo=helo,
        stays_here=True,
    )
    return SmtpTransport(endpoint=endpoint, timers=timers)


def credentials_in(heard: bytes | bytearray) -> bool:
    """True when the password or the token stands in what a server heard, bare or in base64."""
    told = b" ".join((bytes(heard), *map(_decoded, bytes(heard).split())))
    return PASSWORD.encode() in told or TOKEN.encode() in told


def _decoded(word: bytes) -> bytes:
    with suppress(ValueError):
        return b64decode(word, validate=True)
    return b""


@contextmanager
def closed_port() -> Iterator[int]:
    """A port where nobody listens while the block runs."""
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        yield bound.getsockname()[1]
