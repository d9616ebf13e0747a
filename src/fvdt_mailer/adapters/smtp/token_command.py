"""An access token from a program that keeps it fresh."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import Final

from fvdt_mailer.errors import TransportDown

_SECONDS: Final = 30
_LONGEST: Final = 16_384  # octets; RFC 4954 4 counts on 12 288 for a whole answer in base64
_PIECE: Final = 4096


def printed_token(command: str, folder: Path, *, seconds: float = _SECONDS) -> str:
    """What the command, run in that folder without a shell, prints; TransportDown when it fails."""
    words = shlex.split(command)
    try:
        said, status = _run(words, folder, until=monotonic() + seconds)
    except subprocess.TimeoutExpired as error:
        raise _failed(words, f"did not end within {seconds:g} s") from error
    except OSError as error:
        raise _failed(words, f"cannot be run: {error.strerror or error}") from error
    if len(said) > _LONGEST:
        raise _failed(words, "said far more than a token")
    if status:
        raise _failed(words, f"ended with status {status}")
    return said.decode("utf-8", "replace").strip()


def _run(words: Sequence[str], folder: Path, *, until: float) -> tuple[bytes, int]:
    """What it said, as far as a token could ever be long, and how it ended."""
    with subprocess.Popen(  # noqa: S603 - who writes mailer.yaml decides what is run
        words,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it may hold a secret
    ) as running:
        try:
            said = _read(running, until)
            if len(said) > _LONGEST:
                running.kill()
            return said, running.wait(timeout=_left(until))
        finally:
            running.kill()


def _read(running: subprocess.Popen[bytes], until: float) -> bytes:
    assert running.stdout is not None
    said = bytearray()
    with DefaultSelector() as selector:
        selector.register(running.stdout, EVENT_READ)
        while len(said) <= _LONGEST:
            if not selector.select(_left(until)):
                raise subprocess.TimeoutExpired(running.args, 0)
            piece = os.read(running.stdout.fileno(), _PIECE)
            if not piece:
                break
            said += piece
    return bytes(said)


def _left(until: float) -> float:
    return max(until - monotonic(), 0)


def _failed(words: Sequence[str], what: str) -> TransportDown:
    # Its arguments are not repeated: one of them may be a secret.
    return TransportDown(
        f'the program "{words[0]}" that smtp.oauth_token names {what}; run it by hand to see why'
    )
