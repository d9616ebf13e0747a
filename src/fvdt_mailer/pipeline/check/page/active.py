"""What acts by itself: mail programs block it, and it is how readers are attacked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fvdt_mailer.errors import Problem
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.element import Element

_INSTEAD: Mapping[str, str] = {
    "script": "take it out",
    "form": "link to a page with the form",
    "iframe": "link to the page instead",
    "frame": "link to the page instead",
    "frameset": "link to the page instead",
    "object": "link to it, or show a picture of it",
    "embed": "link to it, or show a picture of it",
    "applet": "take it out",
    "base": "write whole addresses, with https:",
}
_HANDLER = re.compile(r"on[a-z]+")
_ADDRESSES = ("href", "src", "action", "formaction", "background", "xlink:href")
_ACTS = re.compile(r"(?:javascript|vbscript):|data:text/html")
_UNSEEN = re.compile(r"[\x00-\x20]")


def active_content(case: Case) -> Iterator[Problem]:
    """An error for each script, form, frame, event handler and script in an address."""
    for page in case.pages:
        for document in (page.document, page.outlook):
            for element in document.root.elements:
                yield from _element(page, element)
                yield from _attributes(page, element)


def _element(page: Page, element: Element) -> Iterator[Problem]:
    tag, attributes = element.tag, element.attributes
    # Data for search engines do not act.
    if tag in _INSTEAD and attributes.get("type", "") != "application/ld+json":
        yield page.problem("active-content", element, f"<{tag}> in a mail", _INSTEAD[tag])
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        hint = "take it out; readers choose where they go"
        yield page.problem("active-content", element, "this <meta> leaves the mail by itself", hint)


def _attributes(page: Page, element: Element) -> Iterator[Problem]:
    for name in element.attributes:
        if _HANDLER.fullmatch(name):
            text = f"{name} on <{element.tag}> is a script"
            yield page.problem("active-content", element, text, "take it out")
    for name in _ADDRESSES:
        if name == "href" and element.tag in {"a", "area"}:
            continue  # links have a check of their own
        address = _UNSEEN.sub("", element.attributes.get(name, "")).lower()
        if found := _ACTS.match(address):
            text = f'{name} of <{element.tag}> begins with "{found[0]}"'
            hint = "use an address that begins with https:"
            yield page.problem("script-address", element, text, hint)
