"""A mail server in threads that owns a mail from its final dot on, and remembers whose it was."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

_REPLIES = {
    b"EHLO": b"250-recorder\r\n250 PIPELINING\r\n",
    b"MAIL": b"250 2.1.0 OK\r\n",
    b"RCPT": b"250 2.1.5 OK\r\n",
    b"DATA": b"354 go ahead\r\n",
    b"RSET": b"250 2.0.0 OK\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}


@dataclass(slots=True)
class Recorder:
    """Whom it took mail for, in order; `on_mail` is told how many there are, before the reply."""

    port: int = 0
    readers: list[str] = field(default_factory=list)
    on_mail: Callable[[int], None] | None = None
    _lock: Lock = field(default_factory=Lock)

    def own(self, reader: str) -> None:
        """From here on the server may deliver this mail."""
        with self._lock:
            self.readers.append(reader)
            count = len(self.readers)
        if self.on_mail is not None:
            self.on_mail(count)


@contextmanager
def recording() -> Iterator[Recorder]:
    """A recorder on this machine while the block runs."""
    recorder = Recorder()
    listener = socket.create_server(("127.0.0.1", 0))
    recorder.port = listener.getsockname()[1]
    accepting = Thread(target=_accept, args=(listener, recorder), daemon=True)
    accepting.start()
    yield recorder
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    accepting.join()


def _accept(listener: socket.socket, recorder: Recorder) -> None:
    with suppress(OSError):
        while True:
            session, _ = listener.accept()
            Thread(target=_serve, args=(session, recorder), daemon=True).start()


def _serve(session: socket.socket, recorder: Recorder) -> None:
    with suppress(OSError), session, session.makefile("rb") as lines:
        session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.sendall(b"220 recorder ESMTP\r\n")
        reader = ""
        for line in lines:
            verb = line[:4].upper()
            if verb == b"RCPT":
                reader = line.decode().partition("<")[2].partition(">")[0]
            session.sendall(_REPLIES.get(verb, b"500 5.5.1 what?\r\n"))
            if verb == b"QUIT":
                return
            if verb == b"DATA":
                if not _has_end(lines):
                    return
                recorder.own(reader)
                session.sendall(b"250 2.0.0 OK\r\n")


def _has_end(lines: Iterator[bytes]) -> bool:
    """True when the content came with its final dot; a sender that died never wrote one."""
    return any(line == b".\r\n" for line in lines)
