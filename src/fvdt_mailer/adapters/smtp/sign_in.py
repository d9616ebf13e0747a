"""Signing in (RFC 4954), only where nobody can listen."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.wire import Lost
from fvdt_mailer.errors import NotReady, TransportDown
from fvdt_mailer.pipeline.verdict import Reply, Severity, Stage

_CONTINUE: Final = 334
_SIGNED_IN: Final = 235
_MASK: Final = "(secret)"
_RUN: Final = re.compile(r"[A-Za-z0-9+/_~-]{12,}")
_TOKEN: Final = re.compile(r"[!-~]+")  # RFC 6750 2.1 allows some of these only


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """What is said to sign in, line by line, and what of it must never be shown."""

    lines: tuple[bytes, ...]
    secrets: tuple[str, ...]
    source: str
    explains_refusals: bool = False


def sign_in(dialogue: Dialogue, endpoint: Endpoint) -> None:
    """The server knows who we are; TransportDown when it does not, and nothing is tried twice."""
    if not (dialogue.wire.is_secure or dialogue.wire.is_loopback):
        raise TransportDown(
            f"{endpoint}: a password or token never travels in clear to another machine; "
            "use smtps:// or security: starttls"
        )
    way = _by_token(dialogue, endpoint) if endpoint.token else _by_password(dialogue, endpoint)
    *first, last = way.lines
    for line in first:
        reply = _asked(dialogue, way, line)
        if reply.code != _CONTINUE:
            raise _refusal(endpoint, way, reply)
    reply = _asked(dialogue, way, last)
    if way.explains_refusals and reply.code == _CONTINUE:
        # XOAUTH2 tells why in a challenge, and refuses once that is answered with nothing.
        reply = _asked(dialogue, way, commands.line(""))
    elif reply.code == _SIGNED_IN:
        return
    raise _refusal(endpoint, way, reply)


def _by_password(dialogue: Dialogue, endpoint: Endpoint) -> _Way:
    user, password = _base64(endpoint.user), _base64(endpoint.password)
    plain = _base64(f"\0{endpoint.user}\0{endpoint.password}")
    mechanisms = dialogue.offers.mechanisms
    lines: tuple[bytes, ...]
    if "PLAIN" in mechanisms:
        lines = (commands.line("AUTH", "PLAIN", plain),)
    elif "LOGIN" in mechanisms:
        lines = (commands.line("AUTH", "LOGIN"), commands.line(user), commands.line(password))
    else:
        raise _no_way(dialogue, endpoint, needed="PLAIN or LOGIN")
    return _Way(lines=lines, secrets=(plain, password, endpoint.password), source="smtp.password")


def _by_token(dialogue: Dialogue, endpoint: Endpoint) -> _Way:
    if "XOAUTH2" not in dialogue.offers.mechanisms:
        raise _no_way(dialogue, endpoint, needed="XOAUTH2")
    token = _fresh_token(endpoint)
    answer = _base64(f"user={endpoint.user}\1auth=Bearer {token}\1\1")
    at_once = commands.line("AUTH", "XOAUTH2", answer)
    # RFC 4954 4: an answer that makes the command too long waits to be asked for.
    is_short = len(at_once) <= commands.LONGEST
    apart = commands.line("AUTH", "XOAUTH2"), commands.line(answer)
    return _Way(
        lines=(at_once,) if is_short else apart,
        secrets=(answer, _base64(token), token),
        source="smtp.oauth_token",
        explains_refusals=True,
    )


def _fresh_token(endpoint: Endpoint) -> str:
    assert endpoint.token is not None
    try:
        token = endpoint.token().strip()
    except NotReady as lack:
        # Where it comes from may be there again in a moment: amid a run, that is no end.
        raise TransportDown(str(lack)) from lack
    if _TOKEN.fullmatch(token) is None:
        raise TransportDown(
            "what smtp.oauth_token names is empty, or has spaces, lines or odd characters; "
            "let it be the access token alone"
        )
    return token


def _asked(dialogue: Dialogue, way: _Way, line: bytes) -> Reply:
    try:
        return dialogue.ask(Stage.AUTH, line, seconds=dialogue.timers.auth)
    except Lost as error:
        raise Lost(_masked(str(error), way.secrets)) from None


def _no_way(dialogue: Dialogue, endpoint: Endpoint, *, needed: str) -> TransportDown:
    mechanisms = dialogue.offers.mechanisms
    offered = f"only {' '.join(mechanisms)}" if mechanisms else "no way"
    return TransportDown(
        f"{endpoint}: the server offers {offered} to sign in, and {needed} is needed; "
        "use its submission port, or take the user out of smtp.url"
    )


def _refusal(endpoint: Endpoint, way: _Way, reply: Reply) -> TransportDown:
    shown = replace(reply, text=_masked(reply.text, way.secrets))
    hint = (
        f'check the user "{endpoint.user}" in smtp.url and what {way.source} names'
        if reply.severity is Severity.PERMANENT
        else "try again later"
    )
    return TransportDown(f'{endpoint}: signing in was refused: "{shown}"; {hint}')


def _masked(text: str, secrets: Sequence[str]) -> str:
    """A server may repeat what it was given, or a part; a secret stays out of logs all the same."""
    for secret in filter(None, secrets):
        text = text.replace(secret, _MASK)
    return _RUN.sub(
        lambda run: _MASK if any(run[0] in secret for secret in secrets) else run[0], text
    )


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
