"""What a server offers in its answer to EHLO (RFC 5321 4.1.1.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from fvdt_mailer.pipeline.verdict import Reply

_FIGURE: Final = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Offers:
    """The extensions by keyword, each with its parameters, all in upper case."""

    extensions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def parse(cls, reply: Reply) -> Self:
        """Read the lines after the first, which only greets."""
        offered: dict[str, tuple[str, ...]] = {}
        for line in reply.text.upper().split("\n")[1:]:
            # Some servers still write AUTH=LOGIN beside AUTH LOGIN.
            keyword, *parameters = line.replace("AUTH=", "AUTH ").split() or [""]
            offered[keyword] = (*offered.get(keyword, ()), *parameters)
        return cls(MappingProxyType(offered))

    def __contains__(self, keyword: str) -> bool:
        return keyword in self.extensions

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """The ways to sign in (RFC 4954 3)."""
        return self.extensions.get("AUTH", ())

    @property
    def largest(self) -> int | None:
        """Most octets in a message, None when the server names no bound (RFC 1870 4)."""
        figure = _FIGURE.fullmatch("".join(self.extensions.get("SIZE", ())[:1]))
        return int(figure[0]) or None if figure else None
