"""Every use of a feature in a mail that readers depend on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from fvdt_mailer.pipeline.check.clients import css_features, html_features
from fvdt_mailer.pipeline.check.clients.use import Use, declared
from fvdt_mailer.pipeline.layout.sheets import Sheet
from fvdt_mailer.pipeline.layout.trace import css_line
from fvdt_mailer.pipeline.markup.element import Document, Element, Place

Seen: TypeAlias = set[object]
Style: TypeAlias = Sequence[tuple[str, str]]

_AT_RULE = re.compile(r"@(?P<name>font-face|import)\b", re.IGNORECASE)
_HIDES = frozenset({"css-display-none", "html-hidden"})
_LONGEST = 48


def uses_in(document: Document, sheets: Iterable[Sheet], seen: Seen) -> Iterator[Use]:
    """What the elements of a document use, in style attributes and by themselves.

    What a template line wrote in the same way before is in `seen`, and left out, as are the
    style sheets. In what is not displayed only the hiding counts.
    """
    known = frozenset(sheet.css.strip() for sheet in sheets)
    waiting = [(document.root, False)]
    while waiting:
        element, is_hidden = waiting.pop()
        style = declared(element.attributes.get("style", ""))
        hides = "hidden" in element.attributes or ("display", "none") in style
        key = _way_of_writing(element, style)
        if key not in seen:
            seen.add(key)
            found = _uses(element, style, known)
            yield from found if not is_hidden | hides else _hiding(found, is_hidden=is_hidden)
        below = (child for child in element.children if isinstance(child, Element))
        waiting += ((child, is_hidden or hides) for child in below)


def uses_in_sheets(sheets: Iterable[Sheet]) -> Iterator[Use]:
    """What the style sheets fetch. The rest of them only adds, for who can show it."""
    for sheet in sheets:
        for found in _AT_RULE.finditer(sheet.traced):
            place = Place(sheet.file, css_line(sheet.traced, found.start()))
            yield _fetch(found, Element(tag="style", place=place))


def _way_of_writing(element: Element, style: object) -> object:
    attributes = element.attributes
    is_anchor = attributes.get("href", "").startswith("#")
    return element.place, element.tag, style, *attributes, attributes.get("src"), is_anchor


def _hiding(uses: Iterable[Use], *, is_hidden: bool) -> Iterator[Use]:
    return (use for use in uses if use.slug in _HIDES and not is_hidden)


def _uses(element: Element, style: Style, known: Collection[str]) -> Iterator[Use]:
    for slug, name, value in html_features.features_of(element):
        said = _attribute(name, value) if name else f"<{element.tag}>"
        yield Use(slug=slug, said=said, element=element, name=name, value=value)
    if element.tag == "style":
        css = "".join(child for child in element.children if isinstance(child, str))
        rules = () if css.strip() in known else _AT_RULE.finditer(css)
        yield from (_fetch(found, element) for found in rules)
    yield from _declared(element, style)


def _declared(element: Element, style: Style) -> Iterator[Use]:
    for position, (name, value) in enumerate(style):
        slugs = css_features.features_of(name, value)
        # Of two declarations a program takes the last one it knows.
        falls_back = [css_features.features_of(*one) for one in style[:position] if one[0] == name]
        said = f"{name}: {_short(value)}"
        for slug in sorted(slugs):
            if all(slug in earlier for earlier in falls_back):
                yield Use(
                    slug=slug,
                    said=said,
                    element=element,
                    name=name,
                    value=value,
                    is_declared=True,
                )


def _fetch(found: re.Match[str], element: Element) -> Use:
    name = found["name"].lower()
    return Use(slug=f"css-at-{name}", said=f"@{name}", element=element)


def _attribute(name: str, value: str) -> str:
    if name == "src":
        name = value.partition("?")[0].rpartition("/")[2]
        return "a picture as data" if value.startswith("data:") else name
    return f'{name}="{_short(value)}"'


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
