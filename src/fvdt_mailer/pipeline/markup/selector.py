"""Selectors that point at elements by name, class and id; any other points at nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from fvdt_mailer.pipeline.markup.element import Element

Specificity: TypeAlias = tuple[int, int, int]

_STEP = re.compile(r"\s*(>)\s*|\s+")
_COMPOUND = re.compile(r"(?P<tag>[a-zA-Z][\w-]*|\*|:root)?(?P<rest>(?:[.#][\w-]+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """What one element has to be: a tag ("" is any), classes and an id."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    def fits(self, element: Element) -> bool:
        """True when the element is that."""
        return (
            self.tag in {"", element.tag}
            and self.classes <= set(element.classes)
            and self.ids <= {element.attributes.get("id", "")}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """`steps` is how each compound lies inside the one before it: " " anywhere, ">" directly."""

    compounds: tuple[Compound, ...]
    steps: tuple[str, ...]

    @property
    def specificity(self) -> Specificity:
        """How much it weighs against others (Selectors 3, section 9)."""
        return (
            sum(len(one.ids) for one in self.compounds),
            sum(len(one.classes) for one in self.compounds),
            sum(bool(one.tag) for one in self.compounds),
        )

    def points_at(self, element: Element) -> bool:
        """True when the element is what it selects."""
        return self.compounds[-1].fits(element) and _fits_around(
            element, self.compounds[:-1], self.steps
        )


@lru_cache(maxsize=1024)
def read_selector(written: str) -> Selector | None:
    """The selector, or None for one that is not resolved here: pseudo-classes, attributes, `+`."""
    pieces = _STEP.split(written.strip())
    compounds = tuple(_compound(piece) for piece in pieces[::2])
    known = tuple(one for one in compounds if one is not None)
    if len(known) < len(compounds):
        return None
    return Selector(compounds=known, steps=tuple(step or " " for step in pieces[1::2]))


def _compound(written: str | None) -> Compound | None:
    found = _COMPOUND.fullmatch(written or "")
    if not written or found is None:
        return None
    tag = {"*": "", ":root": "html"}.get(found["tag"] or "", found["tag"] or "")
    names = re.findall(r"[.#][\w-]+", found["rest"])
    return Compound(
        tag=tag.lower(),
        classes=frozenset(name[1:] for name in names if name[0] == "."),
        ids=frozenset(name[1:] for name in names if name[0] == "#"),
    )


def _fits_around(element: Element, compounds: Sequence[Compound], steps: Sequence[str]) -> bool:
    if not compounds:
        return True
    for ancestor in element.ancestors:
        if compounds[-1].fits(ancestor) and _fits_around(ancestor, compounds[:-1], steps[:-1]):
            return True
        if steps[-1] == ">":
            return False
    return False
