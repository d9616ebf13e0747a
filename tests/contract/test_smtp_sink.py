"""Postfix's smtp-sink as an independent judge of what we conclude."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from components import needs
from contract.smtp_servers import HOST, message, plain
from fvdt_mailer.model.delivery import Outcome, State


@contextmanager
def sink(folder: Path, *faults: str) -> Iterator[int]:
    """A port on which smtp-sink misbehaves as told, and keeps what it gets in the folder."""
    program = needs("smtp-sink")
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    folder.chmod(0o777)
    command = [program, *user, *faults, "-d", str(folder / "%M."), f"{HOST}:{port}", "100"]
    with subprocess.Popen(command) as running:
        try:
            wait_for(running, port)
            yield port
        finally:
            running.terminate()


def wait_for(running: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=0.02)
    pytest.fail("smtp-sink did not start")


def deliver(port: int) -> Outcome:
    with plain(port).connect() as connection:
        return connection.deliver(message())


def kept(folder: Path) -> list[bytes]:
    mails = [path.read_bytes() for path in folder.iterdir()]
    return [mail for mail in mails if b"edition.1@news.example.org" in mail]


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own: its parents are closed to the user that smtp-sink becomes.
    with TemporaryDirectory() as path:
        yield Path(path)


def test_a_mail_arrives(folder: Path) -> None:
    with sink(folder) as port:
        assert deliver(port).state is State.SENT
    assert len(kept(folder)) == 1


def test_a_mail_that_was_taken_while_its_reply_was_lost_is_in_doubt(folder: Path) -> None:
    with sink(folder, "-q", ".") as port:
        assert deliver(port).state is State.IN_DOUBT
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_mail_lost_before_its_content_is_deferred_and_was_not_taken(
    folder: Path, step: str
) -> None:
    with sink(folder, "-q", step) as port:
        assert deliver(port).state is State.DEFERRED
    assert kept(folder) == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "."])
def test_a_soft_rejection_is_deferred(folder: Path, step: str) -> None:
    with sink(folder, "-r", step) as port:
        assert deliver(port).state is State.DEFERRED


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "."])
def test_a_closing_421_is_deferred(folder: Path, step: str) -> None:
    with sink(folder, "-Q", step) as port:
        assert deliver(port).state is State.DEFERRED
