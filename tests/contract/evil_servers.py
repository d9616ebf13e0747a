"""Servers that would have a mail or a secret leave where others can read it."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import trustme

from contract.smtp_servers import HOST, Fault, Scripted, Then
from fvdt_mailer.model.project import Security

SIGN_IN = "AUTH PLAIN LOGIN XOAUTH2"
TLS, STARTTLS = Security.TLS, Security.STARTTLS
CLOSED = "the server hung up|reset|eof|closed"


def showing(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def valid(authority: trustme.CA) -> ssl.SSLContext:
    return showing(authority.issue_cert(HOST))


def in_the_years(authority: trustme.CA, first: int, last: int) -> ssl.SSLContext:
    period = (datetime(year, 6, 17, tzinfo=UTC) for year in (first, last))
    not_before, not_after = period
    return showing(authority.issue_cert(HOST, not_before=not_before, not_after=not_after))


def self_signed(_authority: trustme.CA) -> ssl.SSLContext:
    alone = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    both = trustme.Blob(alone.private_key_pem.bytes() + alone.cert_pem.bytes())
    with both.tempfile() as path:
        context.load_cert_chain(path)
    return context


def outdated(authority: trustme.CA) -> ssl.SSLContext:
    context = valid(authority)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def speaking(context: ssl.SSLContext, security: Security, *faults: Fault) -> Scripted:
    if security is TLS:
        return Scripted(*faults, offers=(SIGN_IN,), tls=context)
    return Scripted(*faults, offers=("STARTTLS", SIGN_IN), starttls=context)


@dataclass(frozen=True, kw_only=True)
class Evil:
    """A server that is not to be trusted, what is said of it, and the last that it is told."""

    name: str
    security: Security
    server: Callable[[trustme.CA], Scripted]
    words: str
    last: str | None = None


def certified(name: str, words: str, context: Callable[[trustme.CA], ssl.SSLContext]) -> list[Evil]:
    """The same flaw where TLS comes first, and after STARTTLS."""

    def first(authority: trustme.CA) -> Scripted:
        return speaking(context(authority), TLS)

    def after_starttls(authority: trustme.CA) -> Scripted:
        return speaking(context(authority), STARTTLS)

    return [
        Evil(name=f"{name}, tls", security=TLS, server=first, words=words),
        Evil(
            name=f"{name}, starttls",
            security=STARTTLS,
            server=after_starttls,
            words=words,
            last="STARTTLS",
        ),
    ]


def in_clear(name: str, words: str, last: str, *faults: Fault, offers: str = "STARTTLS") -> Evil:
    """A server that would have us go on without TLS."""
    return Evil(
        name=name,
        security=STARTTLS,
        server=lambda _: Scripted(*faults, offers=(offers, SIGN_IN)),
        words=words,
        last=last,
    )


def ehlo(*offers: str) -> Fault:
    """An answer to EHLO, once."""
    marks = "-" * len(offers) + " "
    lines = (f"250{mark}{line}\r\n" for mark, line in zip(marks, ("evil", *offers), strict=True))
    return Fault(step="EHLO", reply="".join(lines).encode())


INJECTION = b"220 2.0.0 go ahead\r\n250-evil\r\n250 AUTH PLAIN XOAUTH2\r\n"
NO_WAY = "offers no way to sign in"
EVIL = [
    *certified(
        "another name",
        "not valid for that",
        lambda authority: showing(authority.issue_cert("mail.example.org")),
    ),
    *certified(
        "expired",
        "has expired; have the server's",
        lambda authority: in_the_years(authority, 2012, 2013),
    ),
    *certified(
        "not yet valid",
        "is not valid yet; check the clock",
        lambda authority: in_the_years(authority, 2113, 2114),
    ),
    *certified("self-signed", "not known here; when it is your own server", self_signed),
    *certified(
        "unknown authority",
        "not known here; when it is your own server",
        lambda _: valid(trustme.CA()),
    ),
    *certified("TLS 1.0 and 1.1 only", "no TLS session .*(version|protocol)", outdated),
    in_clear("no STARTTLS", "offers no STARTTLS", "EHLO", offers="SIZE"),
    in_clear("STARTTLS struck out", "offers no STARTTLS", "EHLO", offers="XXXXXXXA"),
    *(
        in_clear(
            f"STARTTLS refused with {reply[:3].decode()}",
            "refused STARTTLS",
            "STARTTLS",
            Fault(step="STARTTLS", reply=reply),
        )
        for reply in (b"454 4.7.0 not now\r\n", b"502 5.5.1 never\r\n", b"354 what?\r\n")
    ),
    Evil(
        name="words slipped in before TLS",
        security=STARTTLS,
        server=lambda authority: speaking(
            valid(authority), STARTTLS, Fault(step="STARTTLS", reply=INJECTION)
        ),
        words="more than was",
        last="STARTTLS",
    ),
    in_clear(
        "hangs up in the handshake",
        f"no TLS session .*({CLOSED})",
        "STARTTLS",
        Fault(step="STARTTLS", reply=b"220 go ahead\r\n", then=Then.HANG_UP),
    ),
    in_clear(
        "says nothing in the handshake",
        "no TLS session .*in time",
        "STARTTLS",
        Fault(step="STARTTLS", reply=b"220 go ahead\r\n", then=Then.LISTEN),
    ),
    Evil(
        name="hangs up where TLS is due",
        security=TLS,
        server=lambda _: Scripted(Fault(step="greeting", then=Then.HANG_UP)),
        words=f"no TLS session .*({CLOSED})",
    ),
    Evil(
        name="speaks in clear where TLS is due",
        security=TLS,
        server=lambda _: Scripted(
            Fault(step="greeting", reply=b"220 evil\r\n", then=Then.LISTEN), offers=(SIGN_IN,)
        ),
        words="no TLS session.*smtp://",
    ),
    Evil(
        name="takes no sign-in after TLS, tls",
        security=TLS,
        server=lambda authority: speaking(valid(authority), TLS, ehlo("SIZE")),
        words=NO_WAY,
        last="EHLO",
    ),
    Evil(
        name="takes no sign-in after TLS, starttls",
        security=STARTTLS,
        server=lambda authority: speaking(
            valid(authority), STARTTLS, ehlo("STARTTLS", SIGN_IN), ehlo("SIZE")
        ),
        words=NO_WAY,
        last="EHLO",
    ),
]
