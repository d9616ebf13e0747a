"""Fill the words in braces that a person left in prose: `op {date} in {municipality}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}")


class Token(StrEnum):
    """The words that prose may leave to the fields of its activity."""

    DATE = "date"
    DATE_LONG = "date_long"
    TIME = "time"
    MUNICIPALITY = "municipality"
    VENUE = "venue"
    ORGANISERS = "organisers"
    TITLE = "title"
    CLUSTER = "cluster"


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every `{word}` replaced by its value; `{{` and `}}` stand for braces.

    A word without a value stays as it was written: `unfilled` finds these beforehand.
    """
    return _BRACES.sub(lambda found: _value(found, values), text)


def unfilled(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """The words in braces that `values` cannot fill, in order of appearance."""
    words = (found[1] for found in _BRACES.finditer(text) if found[1] is not None)
    return tuple(word for word in words if not values.get(word))


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    if found[1] is None:
        return found[0][0]
    return values.get(found[1]) or found[0]
