"""When a tester's note on a CSS feature matters."""

from __future__ import annotations

from collections.abc import Mapping

from fvdt_mailer.pipeline.check.clients.limit import Limit, harmless, lost, partly
from fvdt_mailer.pipeline.check.clients.questions import (
    both,
    has_ground,
    has_no_height,
    has_several_pictures,
    if_tag,
    if_value,
    is_block,
    is_bordered_block,
    is_negative,
    is_off_centre,
    is_space,
    is_wide_border,
    shows_its_tables,
    unless,
)

# Spaces between the numbers of a colour are told elsewhere: Gmail drops all that is around it.
_SPACES = (harmless("Whitespace syntax"), harmless("whitespace syntax"))
_INLINE_SIDES = if_value("inline-")

CSS_LIMITS: Mapping[str, tuple[Limit, ...]] = {
    # Sizes: classic Outlook takes them from tables and from attributes.
    "css-width": (lost("Partial. Not supported on"),),
    "css-max-width": (lost("Partial. Only works on `<table>`"),),
    "css-height": (
        partly("Partial. Not supported on", has_no_height),
        harmless("Buggy. Replaces `height` by `min-height`"),
    ),
    # Room: on words in a line it is air that can be missed, and a cell has it everywhere.
    "css-padding": (
        partly("Partial. Only supported on table cells", both(is_block, is_space)),
        harmless("Buggy. Vertical padding"),  # the cells of a row are as high as each other
    ),
    "css-margin": (
        lost("Partial. Negative", is_negative),
        harmless("Partial. Not supported on `<span>`"),
        partly(
            "Buggy. `background-color` is included",
            both(both(is_block, has_ground), is_space),
        ),
        partly("Partial. `auto`", is_off_centre),
    ),
    "css-border": (
        partly("Partial. A border can not be bigger", is_wide_border),
        partly("Buggy. Unreliable if used", is_bordered_block),
    ),
    "css-border-radius": (partly("Partial support. Shorthand", if_value("/")),),
    "css-overflow": (
        harmless("Partial. `overflow-block`"),  # two other properties
        harmless("Partial. Support for `overflow-block`"),
        partly("Buggy. Cannot scroll", if_value("auto|scroll")),
    ),
    # Place.
    "css-display": (
        harmless("Buggy. `display:none`"),
        lost("Partial. Only supports `display:none`"),
        lost("Partial. `flow-root`"),
    ),
    "css-display-none": (
        lost("Partial. Does not inherit", shows_its_tables),
        lost("Partial. Does not work when applied directly", if_tag("img")),
    ),
    "css-position": (
        lost("Partial. Supports `relative`, `absolute`", if_value("sticky|fixed")),
        lost("Partial. Supports `sticky`", if_value("relative|absolute|fixed")),
        lost("Partial. Supports `relative` but", if_value("absolute|sticky|fixed")),
    ),
    "css-float": (partly("Partial. Logical", _INLINE_SIDES),),
    "css-clear": (partly("Partial. Logical", _INLINE_SIDES),),
    # Colours and pictures.
    "css-rgb": (
        *_SPACES,
        lost("Alpha value", if_value(r"rgb\((?:[^,)]*,){3}|rgb\([^)]*/")),
    ),
    "css-rgba": _SPACES,
    "css-background": (
        lost(
            "Partial. Only `background-color` values", both(if_value(r"url\("), unless(has_ground))
        ),
        partly("Partial. Does not support multiple", has_several_pictures),
        partly("Partial. Does not support the `/ value`", if_value(r"\)[^()]*/")),
    ),
    "css-background-image": (partly("Partial. Does not support multiple", has_several_pictures),),
    # Type.
    "css-font-size": (
        harmless("Partial support. `rem`"),  # the unit is a finding of its own
        partly("Partial support. `relative`", if_value("%|smaller|larger")),
    ),
    "css-font-weight": (
        partly("Partial support. `<number>` values are", unless(if_value("^([1-9]00|[a-z]+)$"))),
        harmless("Partial support. `<number>` values between"),  # bold stays bold
    ),
    "css-font-size-adjust": (partly("2-value", if_value(r"\s")),),
    "css-letter-spacing": (
        partly("Partial. Big negative", is_negative),
        partly("Buggy. Values set in `em`", if_value(r"em\b")),
    ),
    "css-line-height": (harmless("Buggy. `em` and `px`"),),  # by a hair's breadth
    "css-text-align": (
        partly("Partial. Flow-relative", if_value("^(start|end)$")),
        partly("Partial. Doesn't support the `match-parent`", if_value("match-parent")),
        harmless("Supports the vendor prefixed"),
    ),
    "css-text-decoration": (
        partly("Partial. Not supported with multiple", if_value(r"\S\s+\S")),
        partly("Partial. `overline`", if_value("overline")),
    ),
    "css-text-indent": (lost("Partial. Negative", is_negative),),
    "css-text-transform": (partly("Partial. `lowercase`", if_value("lowercase")),),
    "css-white-space": (partly("Partial. `pre`", if_value("^pre")),),
    "css-list-style": (
        partly("`list-style-image` values", if_value(r"url\(")),
        partly("Only `list-style-type` values", if_value(r"url\(|inside|outside")),
    ),
}
