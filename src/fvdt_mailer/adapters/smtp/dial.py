"""From an endpoint to a session that is ready for messages."""

from __future__ import annotations

import socket

from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.offers import Offers
from fvdt_mailer.adapters.smtp.sign_in import sign_in
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.adapters.smtp.tls import secure
from fvdt_mailer.adapters.smtp.wire import Lost, Wire
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.project import Security
from fvdt_mailer.pipeline.verdict import Reply, Severity, Stage


def dial(endpoint: Endpoint, timers: Timers) -> Dialogue:
    """Connected, protected, greeted and signed in; TransportDown says what to do when not."""
    dialogue = Dialogue(wire=Wire(_connected(endpoint, timers)), timers=timers)
    try:
        _introduce(dialogue, endpoint)
    except Lost as error:
        dialogue.wire.close()
        raise TransportDown(_broken_off(dialogue.stage, endpoint, error)) from error
    except BaseException:
        dialogue.wire.close()
        raise
    return dialogue


def _connected(endpoint: Endpoint, timers: Timers) -> socket.socket:
    try:
        return socket.create_connection((endpoint.host, endpoint.port), timeout=timers.connect)
    except (socket.gaierror, UnicodeError) as error:
        what = f'the name "{endpoint.host}" is not found'
        hint = "correct smtp.url, or check the network of this machine"
        raise TransportDown(f"{what}; {hint}") from error
    except ConnectionRefusedError as error:
        hint = "start it, or correct host and port in smtp.url"
        raise TransportDown(f"{endpoint}: no server listens there; {hint}") from error
    except TimeoutError as error:
        what = f"no answer within {timers.connect:.0f} s"
        hint = "a firewall may be in between; try the submission ports 465 and 587"
        raise TransportDown(f"{endpoint}: {what}; {hint}") from error
    except OSError as error:
        hint = "check smtp.url and the network of this machine"
        raise TransportDown(f"{endpoint}: {error.strerror or error}; {hint}") from error


def _introduce(dialogue: Dialogue, endpoint: Endpoint) -> None:
    if endpoint.stays_here and not dialogue.wire.is_loopback:
        raise TransportDown(
            f"{endpoint} is another machine, and mail would travel in clear; use smtps://, or "
            f"write security: {Security.PLAIN.value}"
        )
    if endpoint.security is Security.TLS:
        secure(dialogue.wire, endpoint, seconds=dialogue.timers.starttls)
    reply = dialogue.listen(seconds=dialogue.timers.greeting)
    _require(reply, endpoint, deed="does not take mail now", hint="try again later")
    _greet(dialogue, endpoint)
    if endpoint.security is Security.STARTTLS:
        _starttls(dialogue, endpoint)
        # RFC 3207 4.2: what was offered in clear counts for nothing.
        _greet(dialogue, endpoint)
    if endpoint.user:
        sign_in(dialogue, endpoint)


def _greet(dialogue: Dialogue, endpoint: Endpoint) -> None:
    name = endpoint.helo or dialogue.wire.local_literal
    command = commands.line("EHLO", name)
    reply = dialogue.ask(Stage.EHLO, command, seconds=dialogue.timers.ehlo)
    _require(reply, endpoint, deed=f"refused the greeting of {name}", hint="correct smtp.helo")
    dialogue.offers = Offers.parse(reply)


def _starttls(dialogue: Dialogue, endpoint: Endpoint) -> None:
    hint = "use smtps:// with its TLS port, or another server; nothing was sent"
    if "STARTTLS" not in dialogue.offers:
        raise TransportDown(f"{endpoint}: the server offers no STARTTLS; {hint}")
    # Bytes that come with this reply were slipped in before TLS: `ask` refuses them.
    command = commands.line("STARTTLS")
    reply = dialogue.ask(Stage.STARTTLS, command, seconds=dialogue.timers.starttls)
    _require(reply, endpoint, deed="refused STARTTLS", hint=hint)
    secure(dialogue.wire, endpoint, seconds=dialogue.timers.starttls)


def _require(reply: Reply, endpoint: Endpoint, *, deed: str, hint: str) -> None:
    if reply.severity is not Severity.POSITIVE:
        raise TransportDown(f'{endpoint}: the server {deed}: "{reply}"; {hint}')


def _broken_off(stage: Stage, endpoint: Endpoint, error: Lost) -> str:
    hint = "try again later"
    if stage is Stage.GREETING and endpoint.security is not Security.TLS:
        hint = "if that port speaks TLS from the first byte, write smtps:// in smtp.url"
    return f"{endpoint}: {error} (at {stage.value}); {hint}"
