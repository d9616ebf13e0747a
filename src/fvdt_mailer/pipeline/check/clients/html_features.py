"""Which features an element uses by its tag and its attributes, by the slugs of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from fvdt_mailer.pipeline.check.clients.image_features import image_feature
from fvdt_mailer.pipeline.markup.element import Element

# A slug, and the attribute and value by which it is used; both empty for the element itself.
Found: TypeAlias = tuple[str, str, str]

_NAMED_AFTER_TAG = (
    "abbr", "acronym", "audio", "base", "bdi", "dfn", "dialog", "form", "marquee", "meter",
    "object", "picture", "progress", "rp", "rt", "ruby", "select", "strike", "style", "svg",
    "textarea", "video", "wbr",
)  # fmt: skip
_NAMED_AFTER_ATTRIBUTE = (
    "align", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "aria-live",
    "background", "dir", "height", "hidden", "lang", "popover", "required", "role", "width",
)  # fmt: skip
_SEMANTIC = (
    "article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "mark",
    "nav", "section", "summary", "time",
)  # fmt: skip
_ELEMENTS: Mapping[str, str] = {
    **{name: f"html-{name}" for name in _NAMED_AFTER_TAG},
    **dict.fromkeys(("ul", "ol", "dl", "li"), "html-lists"),
    **dict.fromkeys(_SEMANTIC, "html-semantics"),
}
_ATTRIBUTES: Mapping[str, str] = {
    **{name: f"html-{name}" for name in _NAMED_AFTER_ATTRIBUTE},
    "inert": "css-inert-attribute",
    "loading": "html-loading-attribute",
    "srcset": "html-srcset",
    "target": "html-target",
}
_INPUTS = frozenset({"checkbox", "hidden", "radio", "reset", "submit", "text"})
_TYPED = {"input": "text", "button": "submit"}


def features_of(element: Element) -> Iterator[Found]:
    """What an element uses, whether or not there are test results of it."""
    tag, attributes = element.tag, element.attributes
    if tag in _ELEMENTS:
        yield _ELEMENTS[tag], "", ""
    if tag in _TYPED:
        kind = attributes.get("type", "").lower()
        yield f"html-{tag}-{kind if kind in _INPUTS else _TYPED[tag]}", "", ""
    if tag == "link" and "stylesheet" in attributes.get("rel", "").lower():
        yield "html-link", "", ""
    for name, value in attributes.items():
        if name in _ATTRIBUTES:
            yield _ATTRIBUTES[name], name, value
    yield from _addressed(tag, attributes)


def _addressed(tag: str, attributes: Mapping[str, str]) -> Iterator[Found]:
    if tag in {"img", "input"} and "src" in attributes:
        yield from ((slug, "src", attributes["src"]) for slug in image_feature(attributes["src"]))
    if tag in {"a", "area"}:
        href = attributes.get("href", "")
        if href.startswith("#") and len(href) > 1:
            yield "html-anchor-links", "href", href
        if href.startswith("mailto:") and "cc=" in href:
            yield "html-mailto-links", "href", href
