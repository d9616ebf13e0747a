"""One use of a feature, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fvdt_mailer.pipeline.markup.element import Element

# A declaration ends at a semicolon, unless that stands in quotes or between brackets (data:).
_DECLARATION = re.compile(r"(?:[^;\"'(]|\"[^\"]*\"|'[^']*'|\([^)]*\)|\()+")
_PIXELS = re.compile(r"(?<![\w#.])(-?[0-9]*\.?[0-9]+)(?:px)?(?![\w.%-])")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Use:
    """A feature, by its slug, that an element uses: a property or an attribute, and its value.

    `said` is what was written, for a sentence; `is_declared` when it was in a style.
    """

    slug: str
    said: str
    element: Element
    name: str = ""
    value: str = ""
    is_declared: bool = False

    @property
    def tag(self) -> str:
        """The element's tag."""
        return self.element.tag

    @property
    def declared(self) -> Mapping[str, str]:
        """All that the element's style declares."""
        return dict(declared(self.element.attributes.get("style", "")))

    @property
    def pixels(self) -> tuple[float, ...]:
        """The lengths in its value."""
        return tuple(float(number) for number in _PIXELS.findall(self.value))


@lru_cache(maxsize=4096)
def declared(style: str) -> tuple[tuple[str, str], ...]:
    """The declarations of a style attribute in their order, a property twice when it is."""
    pairs = (part.partition(":") for part in _DECLARATION.findall(style))
    return tuple((name.strip().lower(), value.strip()) for name, colon, value in pairs if colon)
