"""How many mails may leave in how much time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_SECONDS = {"s": 1, "min": 60, "h": 3600}
_SHAPE = re.compile(r"([1-9][0-9]{0,8}) ?/ ?(s|min|h)")


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `mails` in each `unit` of time."""

    mails: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read `50/s`, `600/min` or `20000/h`; ValueError says why not."""
        found = _SHAPE.fullmatch(text.strip())
        if found is None:
            raise ValueError(f'"{text}" is not a rate; write 50/s, 600/min or 20000/h')
        return cls(int(found[1]), found[2])

    @property
    def interval(self) -> float:
        """Seconds between two mails."""
        return _SECONDS[self.unit] / self.mails

    def __str__(self) -> str:
        return f"{self.mails}/{self.unit}"


def _rate(value: object) -> Rate:
    match value:
        case Rate():
            return value
        case str():
            return Rate.parse(value)
        case _:
            raise ValueError("expected a rate such as 50/s")


RateText = Annotated[
    Rate,
    BeforeValidator(_rate),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["50/s", "600/min", "20000/h"]}),
]
