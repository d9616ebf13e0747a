"""DKIM signatures (RFC 6376, RFC 8463): relaxed/relaxed, oversigned, over the bytes that leave.

`encode` makes bodies whose relaxed form is themselves, so what is hashed is what is sent.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import load_pem_private_key

_SHORTEST_RSA: Final = 1024  # RFC 8301 3.2: verifiers reject shorter keys
_LINE: Final = 72
_WHITE: Final = re.compile(rb"[ \t]+")
# RFC 6376 5.4.1. Each is named once more than it occurs, so that none can be added unnoticed
# (5.4.2, 8.15); the fields of a list are signed where they stand, as RFC 8058 3.1 asks.
_OVERSIGNED: Final = (
    "From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
    "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Sender",
    "List-Unsubscribe", "List-Unsubscribe-Post",
)  # fmt: skip


class Algorithm(StrEnum):
    """How a key signs (RFC 6376 3.3, RFC 8463 3)."""

    RSA = "rsa-sha256"
    ED25519 = "ed25519-sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key, and where its public half is found: `selector._domainkey.domain`."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey

    @classmethod
    def parse(cls, pem: str, *, domain: str, selector: str) -> Self:
        """Read an unencrypted PEM key, RSA or Ed25519; ValueError says what is wrong with it."""
        try:
            key = load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError) as error:
            raise ValueError("the signing key is not an unencrypted private key in PEM") from error
        if isinstance(key, RSAPrivateKey):
            if key.key_size < _SHORTEST_RSA:
                raise ValueError(
                    f"an RSA key of {key.key_size} bits is too short; make one of 2048"
                )
        elif not isinstance(key, Ed25519PrivateKey):
            raise ValueError("the signing key is neither RSA nor Ed25519")
        return cls(domain=domain, selector=selector, key=key)

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""
        return Algorithm.RSA if isinstance(self.key, RSAPrivateKey) else Algorithm.ED25519

    def sign(self, data: bytes) -> bytes:
        """The signature of the data; the same every time."""
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, PKCS1v15(), SHA256())
        # RFC 8463 3: what is signed is the hash, not the data.
        digest = Hash(SHA256())
        digest.update(data)
        return self.key.sign(digest.finalize())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A key made ready for messages that share most of their fields.

    `opening` is the signature field up to the body hash; `shared` the canonical shared fields.
    """

    key: SigningKey
    opening: bytes
    shared: bytes

    @classmethod
    def prepare(
        cls, key: SigningKey, *, shared: Sequence[bytes], own: Sequence[str], at: datetime
    ) -> Self:
        """For messages with these `shared` fields and fields of these names of their `own`.

        A message has each of its own fields once. `at` is the t= of the signature.
        """
        written = [_name(field) for field in shared] + [name.lower() for name in own]
        tags = (
            f"v=1; a={key.algorithm}; c=relaxed/relaxed; d={key.domain}; s={key.selector};",
            f"t={int(at.timestamp())};",
            f"h={_listed(written)};",
            "bh=",
        )
        return cls(
            key=key,
            opening=("DKIM-Signature: " + "\r\n\t".join(tags)).encode("ascii"),
            shared=b"".join(map(canonical, shared)),
        )

    def field(self, own: Sequence[bytes], *, body_hash: bytes) -> bytes:
        """The DKIM-Signature field of a message with these fields of its own, in their order."""
        unsigned = self.opening + b64encode(body_hash) + b";\r\n\tb="
        signed = self.shared + b"".join(map(canonical, own)) + canonical(unsigned)[:-2]
        signature = b64encode(self.key.sign(signed))
        lines = (signature[at : at + _LINE] for at in range(0, len(signature), _LINE))
        return unsigned + b"\r\n\t".join(lines) + b"\r\n"


def canonical(field: bytes) -> bytes:
    """A field in its relaxed form (RFC 6376 3.4.2), ended by CRLF."""
    name, _, value = field.partition(b":")
    unfolded = _WHITE.sub(b" ", value.replace(b"\r\n", b"")).strip()
    return name.strip().lower() + b":" + unfolded + b"\r\n"


def _listed(written: Sequence[str]) -> str:
    """The h= tag: every field as often as it stands there, the singular ones once more."""
    lines, line = [], ""
    for name in (*written, *map(str.lower, _OVERSIGNED)):
        if len(line) + len(name) > _LINE:
            lines.append(line)
            line = ""
        line += f"{name}:"
    return "\r\n\t".join([*lines, line]).rstrip(":")


def _name(field: bytes) -> str:
    return field.partition(b":")[0].decode("ascii").strip().lower()
