"""What readers lose where a feature is not there at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import TypeAlias

from fvdt_mailer.pipeline.check.clients.limit import Question
from fvdt_mailer.pipeline.check.clients.questions import (
    has_ground,
    has_picture,
    has_words,
    if_attribute,
    if_value,
    is_cropped,
    is_moved,
    is_unbounded,
    is_wider,
    is_zero,
    leads_to_a_name,
    unless,
)
from fvdt_mailer.pipeline.check.clients.use import Use

Weigh: TypeAlias = Callable[[Use], "Loss"]


class Loss(IntEnum):
    """How much: nothing worth a word, something, or what the use was for."""

    NOTHING = 0
    SOMETHING = 1
    ALL = 2


def loss(use: Use) -> Loss:
    """What readers lose without this use: all of it, unless it is known to be less."""
    return _LOSSES[use.slug](use) if use.slug in _LOSSES else Loss.ALL


# Corners stay square, shadows and movements stay away, breaks fall elsewhere: the mail reads well.
_GRACEFUL = (
    "css-accent-color", "css-animation", "css-backdrop-filter", "css-background-blend-mode",
    "css-background-clip", "css-background-origin", "css-background-position",
    "css-background-repeat", "css-background-size", "css-border-image", "css-border-radius",
    "css-border-radius-logical", "css-box-shadow", "css-caption-side", "css-clip-path",
    "css-color-scheme", "css-cursor", "css-empty-cells", "css-filter", "css-font-kerning",
    "css-font-size-adjust", "css-font-stretch", "css-hyphenate-character",
    "css-hyphenate-limit-chars", "css-hyphens", "css-inert-attribute", "css-list-style-image",
    "css-list-style-position", "css-mask-image", "css-mix-blend-mode", "css-orphans",
    "css-outline", "css-outline-offset", "css-overflow-wrap", "css-resize", "css-scroll-snap",
    "css-shape-margin", "css-shape-outside", "css-sytem-ui", "css-tab-size",
    "css-text-align-last", "css-text-decoration-color", "css-text-decoration-line",
    "css-text-decoration-skip-ink", "css-text-decoration-style",
    "css-text-decoration-thickness", "css-text-emphasis", "css-text-emphasis-position",
    "css-text-justify", "css-text-overflow", "css-text-shadow", "css-text-underline-offset",
    "css-text-underline-position", "css-text-wrap", "css-transition", "css-user-select",
    "css-white-space-collapse", "css-widows", "css-word-break", "css-word-spacing",
    "css-word-wrap",
    # A tag that is taken out leaves its words; a picture that stands still is one.
    "html-abbr", "html-acronym", "html-bdi", "html-dfn", "html-rp", "html-strike", "html-wbr",
    "html-aria-hidden", "html-aria-label", "html-aria-live", "html-loading-attribute",
    "html-role", "html-target", "image-apng",
)  # fmt: skip
# The mail looks less good, or is laid out by what stands in it.
_LESS_GOOD = (
    "css-aspect-ratio", "css-column-count", "css-column-layout-properties", "css-min-height",
    "css-min-width", "css-table-layout", "html-aria-describedby", "html-dir", "html-ruby",
    "html-rt",
)  # fmt: skip
# A picture or a gradient behind words can be missed, when there is a colour beneath it.
_GROUNDS = (
    "css-background-image", "css-linear-gradient", "css-radial-gradient", "css-conic-gradient",
    "html-background",
)  # fmt: skip
# A feature that only serves another one is no finding of its own beside that one.
SERVES: Mapping[str, str] = {
    **dict.fromkeys(
        ("css-flex-direction", "css-flex-wrap", "css-align-items", "css-justify-content",
         "css-gap"),
        "css-display-flex",
    ),
    **dict.fromkeys(("css-left-right-top-bottom", "css-inset", "css-z-index"), "css-position"),
    **dict.fromkeys(
        ("html-input-checkbox", "html-input-hidden", "html-input-radio", "html-input-reset",
         "html-input-submit", "html-input-text", "html-button-submit", "html-button-reset",
         "html-select", "html-textarea", "html-required"),
        "html-form",
    ),
    "css-grid-template": "css-display-grid",
    "css-clear": "css-float",
    "css-object-position": "css-object-fit",
}  # fmt: skip


def _nothing(_: Use) -> Loss:
    return Loss.NOTHING


def _something(_: Use) -> Loss:
    return Loss.SOMETHING


def _all_if(question: Question, *, otherwise: Loss = Loss.NOTHING) -> Weigh:
    return lambda use: Loss.ALL if question(use) else otherwise


def _something_if(question: Question) -> Weigh:
    return lambda use: Loss.SOMETHING if question(use) else Loss.NOTHING


def _is_sized_with_padding(use: Use) -> bool:
    return {"width", "padding"} <= use.declared.keys()


def _has_no_source(use: Use) -> bool:
    return use.tag == "img" and "src" not in use.element.attributes


def _width(use: Use) -> Loss:
    if is_unbounded(use):
        return Loss.ALL
    return Loss.SOMETHING if is_wider(use) else Loss.NOTHING


_LOSSES: Mapping[str, Weigh] = {
    **dict.fromkeys(_GRACEFUL, _nothing),
    **dict.fromkeys(_LESS_GOOD, _something),
    **dict.fromkeys(_GROUNDS, _all_if(unless(has_ground))),
    **dict.fromkeys(("css-width", "css-max-width"), _width),
    # What these hide would be there to see.
    "css-opacity": _all_if(is_zero),
    "css-max-height": _all_if(is_zero, otherwise=Loss.SOMETHING),
    "css-visibility": _all_if(unless(if_value("^visible$"))),
    "css-overflow": _something_if(is_cropped),
    # Classic Outlook alone needs air that is hidden from the others, beside a button's words.
    "html-hidden": _all_if(has_words),
    "css-position": _all_if(is_moved),
    "css-float": _all_if(unless(if_attribute("align"))),
    "css-white-space": _all_if(if_value("^pre")),
    "css-box-sizing": _something_if(_is_sized_with_padding),
    "css-border-spacing": _something_if(unless(if_attribute("cellspacing"))),
    # The tag goes and its words stay, but what its own style asks for goes too.
    "html-semantics": _all_if(if_attribute("style")),
    "html-picture": _all_if(unless(has_picture)),
    "html-srcset": _all_if(_has_no_source),
    # Within a mail a link is a nicety, as long as it works where it can.
    "html-anchor-links": _all_if(unless(leads_to_a_name)),
}
