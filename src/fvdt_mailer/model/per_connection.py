"""How long one session with a mail server is kept in use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_SHAPE = re.compile(r"([1-9][0-9]{0,8}) ?(mails?|min)")
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PerConnection:
    """At most so many mails, or so many minutes, in one session."""

    most: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> PerConnection:
        """Read `500 mails` or `10 min`; ValueError says why not."""
        found = _SHAPE.fullmatch(text.strip())
        if found is None:
            raise ValueError(f'"{text}" is neither mails nor minutes; write 500 mails or 10 min')
        return cls(int(found[1]), "min" if found[2] == "min" else "mails")

    def is_reached(self, *, mails: int, seconds: float) -> bool:
        """True when a session that took so many mails in so much time has had its share."""
        if self.unit == "min":
            return seconds >= self.most * _SECONDS
        return mails >= self.most

    def __str__(self) -> str:
        return f"{self.most} {self.unit}"


def _per_connection(value: object) -> PerConnection:
    match value:
        case PerConnection():
            return value
        case str():
            return PerConnection.parse(value)
        case _:
            raise ValueError("expected an amount such as 500 mails; write 500 mails or 10 min")


PerConnectionText = Annotated[
    PerConnection,
    BeforeValidator(_per_connection),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["500 mails", "10 min"]}),
]
