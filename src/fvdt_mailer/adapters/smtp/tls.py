"""TLS towards the mail server: 1.2 or newer, its name proven, or no session at all."""

from __future__ import annotations

import ssl
from typing import Final

from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.wire import Wire
from fvdt_mailer.errors import TransportDown

# OpenSSL's X509_V_ERR_*: what went wrong, and what helps.
_OUTDATED: Final = "the certificate has expired"
_UNKNOWN: Final = "the certificate comes from an authority that is not known here"
_HINTS: Final = {
    9: ("the certificate is not valid yet", "check the clock of this machine"),
    10: (_OUTDATED, "have the server's certificate renewed"),
    18: (_UNKNOWN, "when it is your own server, name its authority's file in smtp.ca"),
    19: (_UNKNOWN, "when it is your own server, name its authority's file in smtp.ca"),
    20: (_UNKNOWN, "when it is your own server, name its authority's file in smtp.ca"),
    62: ("the certificate is not valid for that name", "write the name it is valid for"),
    64: ("the certificate is not valid for that number", "write the server's name instead"),
}


def client_context(endpoint: Endpoint) -> ssl.SSLContext:
    """The context that trusts the system's authorities, or only the one in smtp.ca."""
    try:
        context = ssl.create_default_context(cafile=endpoint.ca or None)
    except OSError as error:  # ssl.SSLError is one
        reason = error.strerror or "it is not a PEM certificate"
        raise TransportDown(
            f"cannot read the certificate authority {endpoint.ca}: {reason}; correct smtp.ca"
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def secure(wire: Wire, endpoint: Endpoint, *, seconds: float) -> None:
    """Bytes travel encrypted, to the server that was meant; TransportDown when they cannot."""
    context = client_context(endpoint)
    try:
        wire.secure(context, name=endpoint.host, seconds=seconds)
    except ssl.SSLCertVerificationError as error:
        what, hint = _HINTS.get(
            error.verify_code, (f"certificate refused: {error.verify_message}", "correct smtp.url")
        )
        raise TransportDown(f"{endpoint}: {what}; {hint}; nothing was sent") from error
    except OSError as error:
        raise TransportDown(
            f"{endpoint}: no TLS session ({_words(error)}); check the port and the scheme: "
            "smtps:// for TLS from the first byte, smtp:// for STARTTLS"
        ) from error


def _words(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "the server did not answer in time"
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.replace("_", " ").lower()
    return error.strerror or "the server hung up"
