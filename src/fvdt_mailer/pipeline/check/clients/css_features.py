"""Which features a CSS declaration uses, by the slugs of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from fvdt_mailer.pipeline.check.clients.own_features import HSL

# One feature stands for several properties; any other is called after its property.
_TOGETHER: Mapping[str, str] = {
    r"border(-(top|right|bottom|left))?(-(color|style|width))?": "css-border",
    r"border-(top|bottom)-(left|right)-radius": "css-border-radius",
    r"border-(start|end)-(start|end)-radius": "css-border-radius-logical",
    r"border-image-.+": "css-border-image",
    r"border-(inline|block)": "css-border-inline-block",
    r"border-(inline|block)-.+": "css-border-inline-block-longhand",
    r"(margin|padding)-(top|right|bottom|left)": r"css-\1",
    r"(margin|padding)-(inline|block)": r"css-\1-inline-block",
    r"(margin|padding)-(inline|block)-(start|end)": r"css-\1-\2-start-end",
    r"(block|inline)-size": "css-block-inline-size",
    r"top|right|bottom|left": "css-left-right-top-bottom",
    r"inset-.+": "css-inset",
    r"background-position-[xy]": "css-background-position",
    r"(column|row)-gap": "css-gap",
    r"columns|column-(fill|rule|rule-.+|span|width)": "css-column-layout-properties",
    r"grid-template-.+": "css-grid-template",
    r"overflow-[xy]": "css-overflow",
    r"outline-(color|style|width)": "css-outline",
    r"(animation|transition|scroll-snap)-.+": r"css-\1",
    r"mask|mask-.+": "css-mask-image",
    r"text-emphasis-(color|style)": "css-text-emphasis",
}
_PROPERTIES = [(re.compile(pattern), slug) for pattern, slug in _TOGETHER.items()]
_DISPLAYS: Mapping[str, str] = {
    "none": "css-display-none",
    "flex": "css-display-flex",
    "inline-flex": "css-display-flex",
    "grid": "css-display-grid",
    "inline-grid": "css-display-grid",
    **dict.fromkeys(("flow-root", "contents", "initial", "revert", "unset"), "css-display"),
}
_FUNCTIONS: Mapping[str, str] = {
    "rgb": "css-rgb",
    "rgba": "css-rgba",
    **dict.fromkeys(("hsl", "hsla"), HSL),
    **dict.fromkeys(("lab", "lch", "oklab", "oklch"), "css-modern-color"),
    "light-dark": "css-function-light-dark",
    "calc": "css-unit-calc",
    **{name: f"css-function-{name}" for name in ("min", "max", "clamp")},
    "var": "css-variables",
    **{
        f"{again}{shape}-gradient": f"css-{shape}-gradient"
        for shape in ("linear", "radial", "conic")
        for again in ("", "repeating-")
    },
}
_GRADIENTS = frozenset(slug for slug in _FUNCTIONS.values() if slug.endswith("-gradient"))
_WORDS: Mapping[str, str] = {
    "initial": "css-unit-initial",
    **dict.fromkeys(("min-content", "max-content", "fit-content"), "css-intrinsic-size"),
}
_ADDRESS = re.compile(r"url\([^)]*\)|'[^']*'|\"[^\"]*\"", re.IGNORECASE)
_FUNCTION = re.compile(r"([a-z-]+)\(")
_UNIT = re.compile(r"(?<![\w.#-])-?[0-9]*\.?[0-9]+(rem|ch|vw|vh|vmin|vmax)\b")
_SYSTEM_FONT = re.compile(r"\b(?:system-ui|ui-(?:serif|sans-serif|rounded|monospace))\b")


@lru_cache(maxsize=4096)
def features_of(name: str, value: str) -> frozenset[str]:
    """The slugs of what a declaration uses, whether or not there are test results of them."""
    # Outlook's own properties, and those of one browser engine, are meant for one program.
    if name.startswith(("mso-", "-")):
        return frozenset()
    by_value = frozenset(_of_value(name, value))
    if any(_says_more(slug, name) for slug in by_value):
        return by_value
    return by_value.union(_of_property(name, value.lower()))


def _says_more(slug: str, name: str) -> bool:
    """True when a property need not be asked after beside what its value uses."""
    is_size = name in {"width", "max-width", "height"}
    return slug in _GRADIENTS or (is_size and slug.startswith(("css-unit-", "css-function-")))


def _of_property(name: str, value: str) -> Iterator[str]:
    if name == "display":
        if value in _DISPLAYS:
            yield _DISPLAYS[value]
    elif name == "font-family":
        if _SYSTEM_FONT.search(value):
            yield "css-sytem-ui"  # the slug is spelled so
    elif (name, value) != ("position", "static"):
        matches = ((pattern.fullmatch(name), slug) for pattern, slug in _PROPERTIES)
        yield next((found.expand(slug) for found, slug in matches if found), f"css-{name}")


def _of_value(name: str, value: str) -> Iterator[str]:
    bare = _ADDRESS.sub("", value).lower()
    yield from (_FUNCTIONS[word] for word in _FUNCTION.findall(bare) if word in _FUNCTIONS)
    yield from (f"css-unit-{unit}" for unit in _UNIT.findall(bare))
    if bare in _WORDS and name != "display":
        yield _WORDS[bare]
