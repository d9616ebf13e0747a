"""What a screen reader calls an element (Accessible Name and Description Computation 1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.pipeline.markup.element import INVISIBLE, Element


def accessible_name(element: Element) -> str:
    """Its aria-label, else the words and pictures in it, else its title."""
    return _label(element) or _joined(_spoken(element)) or element.attributes.get("title", "")


def visible_words(element: Element) -> str:
    """The words in it that are seen, as one line."""
    return _joined(_seen(element))


def _label(element: Element) -> str:
    return element.attributes.get("aria-label", "").strip(INVISIBLE)


def _spoken(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.attributes.get("aria-hidden") != "true" and not _is_away(child):
            if child.tag == "img":
                yield f" {_label(child) or child.attributes.get('alt', '')} "
            elif label := _label(child):
                yield label
            else:
                yield from _spoken(child)


def _seen(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif not _is_away(child):
            yield from _seen(child)


def _is_away(element: Element) -> bool:
    return (
        element.tag in {"style", "script", "template"}
        or "hidden" in element.attributes
        or element.style.get("display") == "none"
    )


def _joined(pieces: Iterator[str]) -> str:
    return " ".join("".join(pieces).strip(INVISIBLE).split())
