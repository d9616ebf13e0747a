"""The names of a list and of its messages that stay the same for ever."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote, urlsplit

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.project import Project

_HEX_DIGITS = 32
_PATH = "/%:@!$&'()*+,;=~"  # RFC 3986 3.3; what is percent-encoded already stays so
_NOT_A_LABEL = re.compile(r"[^a-z0-9]+")


def list_id(project: Project) -> str:
    """The list's name for machines (RFC 2919), and the list that tokens are bound to.

    It follows from `public_url` alone: a newsletter that is renamed keeps its links alive, and a
    new `public_url` ends the old links with or without this.
    """
    parts = urlsplit(base_url(project))
    label = _NOT_A_LABEL.sub("-", parts.path.casefold()).strip("-") or "newsletter"
    return f"{label}.{parts.hostname}"


def message_id(
    *, list_id: str, edition_id: str, reader_id: int, domain: str, salt: str = ""
) -> str:
    """The Message-ID of one reader's copy of an edition, however often it is sent again."""
    named = "\0".join((list_id, edition_id, str(reader_id), salt))
    return f"<{sha256(named.encode()).hexdigest()[:_HEX_DIGITS]}@{domain}>"


def envelope_id(*, edition_id: str, token: str) -> str:
    """The name by which notices know one reader's copy of an edition, where servers pass it on."""
    return f"{edition_id}.{token}"


def return_path(address: Address, *, token: str) -> Address:
    """The address that only one reader's copy of an edition returns to."""
    return Address(f"{address.local}+{token}", address.domain)


def base_url(project: Project) -> str:
    """`public_url` without its last slash, in the ASCII of RFC 3986; a path can be put after it."""
    scheme, place, path, _, _ = urlsplit(project.public_url.rstrip("/"))
    host = place if place.isascii() else place.encode("idna").decode("ascii")
    return f"{scheme}://{host}{quote(path, safe=_PATH)}"
