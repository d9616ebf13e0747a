"""When a tester's note on an element, an attribute or a picture matters."""

from __future__ import annotations

from collections.abc import Mapping

from fvdt_mailer.pipeline.check.clients.limit import Limit, harmless, lost, partly
from fvdt_mailer.pipeline.check.clients.questions import (
    both,
    if_attribute,
    if_tag,
    if_value,
    is_in_the_body,
    leads_to_a_name,
    unless,
)

_ASIDE = if_value("^(left|right)$")
_PERCENT_OF_A_PICTURE = both(if_tag("img"), if_value("%"))

HTML_LIMITS: Mapping[str, tuple[Limit, ...]] = {
    "html-align": (
        partly(
            "Partial. `left` and `right` do not work on `<table>`", both(if_tag("table"), _ASIDE)
        ),
        partly("Partial. `<img>` elements are wrapped", both(if_tag("img"), _ASIDE)),
    ),
    "html-anchor-links": (
        lost("Partial. Works when targeting an empty anchor", unless(leads_to_a_name)),
    ),
    "html-background": (lost("Partial. Only supported on the `<body>`", unless(if_tag("body"))),),
    "html-dir": (partly("Buggy on anchor", if_tag("a")),),
    "html-form": (lost("Not supported. The `<form>` is there"),),
    "html-height": (
        partly("Buggy. Percentage width", _PERCENT_OF_A_PICTURE),
        harmless("Buggy. Sizes set in attributes"),  # PixelsPerInch in the head settles it
    ),
    "html-width": (
        partly("Buggy. Percentage width", _PERCENT_OF_A_PICTURE),
        harmless("Buggy. Sizes set in attributes"),
    ),
    "html-lang": (partly("Not supported on `<td>`", if_tag("td")),),
    "html-lists": (
        partly("Partial. The `reversed`", if_attribute("reversed")),
        partly("Partial. Setting the `value`", both(if_tag("li"), if_attribute("value"))),
    ),
    "html-semantics": (
        lost("Partial. Only `<time>`", unless(if_tag("time"))),
        lost("Partial. `<details>`, `<main>`", if_tag("details", "main", "nav", "summary")),
        harmless("Unsupported opening"),  # it says how, not what
    ),
    "html-style": (
        lost("Partial. Not supported inside the `<body>`", is_in_the_body),
        harmless("Buggy. `<style>` elements need"),  # they stand in the head
        harmless("The size of"),  # which is weighed elsewhere
    ),
    # Whether a picture moves cannot be told from its address; its first image is shown anyway.
    "image-gif": (
        harmless("Partial: Does not support animated"),
        harmless("Partial: With an Office 365"),
    ),
    "image-webp": (
        harmless("Partial: Converts file to jpg"),
        harmless("Partial. Does not support animation"),
    ),
    "image-avif": (harmless("Converts still"),),
    "image-heif": (harmless("Partial: Converts file to jpg"),),
    "image-base64": (lost("Partial: Does not render Base 64 gif", if_value("^data:image/gif")),),
}
