"""Signing in (RFC 4954), only where nobody can listen."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.pipeline.verdict import Reply, Severity, Stage

_CONTINUE: Final = 334
_SIGNED_IN: Final = 235


def sign_in(dialogue: Dialogue, endpoint: Endpoint) -> None:
    """The server knows who we are; TransportDown when it does not, and nothing is tried twice."""
    if not (dialogue.wire.is_secure or dialogue.wire.is_loopback):
        raise TransportDown(
            f"{endpoint}: a password never travels in clear to another machine; "
            "use smtps:// or security: starttls"
        )
    wanted = _CONTINUE
    lines = _lines(dialogue, endpoint)
    for number, line in enumerate(lines, start=1):
        wanted = _SIGNED_IN if number == len(lines) else _CONTINUE
        reply = dialogue.ask(Stage.AUTH, line, seconds=dialogue.timers.auth)
        if reply.code != wanted:
            raise _refusal(endpoint, reply)


def _lines(dialogue: Dialogue, endpoint: Endpoint) -> tuple[bytes, ...]:
    mechanisms = dialogue.offers.mechanisms
    if "PLAIN" in mechanisms:
        return (commands.line("AUTH", "PLAIN", _plain(endpoint)),)
    if "LOGIN" in mechanisms:
        user, password = _base64(endpoint.user), _base64(endpoint.password)
        return commands.line("AUTH", "LOGIN"), commands.line(user), commands.line(password)
    offered = f"only {' '.join(mechanisms)}" if mechanisms else "no way"
    raise TransportDown(
        f"{endpoint}: the server offers {offered} to sign in, and PLAIN or LOGIN is needed; "
        "use its submission port, or take the user out of smtp.url"
    )


def _refusal(endpoint: Endpoint, reply: Reply) -> TransportDown:
    words = str(reply)
    # A server may repeat what it was given; a secret stays out of logs all the same.
    for secret in (_plain(endpoint), _base64(endpoint.password), endpoint.password):
        words = words.replace(secret, "(secret)")
    hint = (
        f'check the user "{endpoint.user}" in smtp.url and the password that smtp.password names'
        if reply.severity is Severity.PERMANENT
        else "try again later"
    )
    return TransportDown(f'{endpoint}: signing in was refused: "{words}"; {hint}')


def _plain(endpoint: Endpoint) -> str:
    return _base64(f"\0{endpoint.user}\0{endpoint.password}")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
