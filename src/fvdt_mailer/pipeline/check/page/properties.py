"""The CSS properties that a mail may use, by name."""

from __future__ import annotations

_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")

COLOURS = frozenset(
    {"color", "background-color", "border-color", "outline-color", "text-decoration-color"}
    | {f"border-{side}-color" for side in _SIDES}
)
# Properties that belong to one maker, and variables.
PREFIXES = ("-webkit-", "-moz-", "-ms-", "-o-", "-apple-", "mso-", "--", "panose-", "tab-")
PROPERTIES = (
    COLOURS
    | {
        "align-content", "align-items", "align-self", "all", "animation", "animation-delay",
        "animation-duration", "animation-iteration-count", "animation-name",
        "animation-timing-function", "appearance", "aspect-ratio", "background",
        "background-attachment", "background-blend-mode", "background-clip", "background-image",
        "background-origin", "background-position", "background-repeat", "background-size",
        "border", "border-collapse", "border-image", "border-radius", "border-spacing",
        "border-style", "border-width", "box-shadow", "box-sizing", "caption-side", "clear",
        "clip", "clip-path", "color-scheme", "column-count", "column-gap", "column-width",
        "columns", "content", "counter-increment", "counter-reset", "cursor", "direction",
        "display", "empty-cells", "fill", "filter", "flex", "flex-basis", "flex-direction",
        "flex-flow", "flex-grow", "flex-shrink", "flex-wrap", "float", "font", "font-display",
        "font-family", "font-feature-settings", "font-kerning", "font-size", "font-stretch",
        "font-style", "font-variant", "font-weight", "forced-color-adjust", "gap", "grid",
        "grid-area", "grid-column", "grid-row", "grid-template", "grid-template-areas",
        "grid-template-columns", "grid-template-rows", "height", "hyphens", "inset", "isolation",
        "justify-content", "justify-items", "justify-self", "letter-spacing", "line-height",
        "list-style", "list-style-image", "list-style-position", "list-style-type", "margin",
        "mask", "max-height", "max-width", "min-height", "min-width", "mix-blend-mode",
        "object-fit", "object-position", "opacity", "order", "orphans", "outline",
        "outline-offset", "outline-style", "outline-width", "overflow", "overflow-wrap",
        "overflow-x", "overflow-y", "padding", "page-break-after", "page-break-before",
        "page-break-inside", "place-content", "place-items", "place-self", "pointer-events",
        "position", "quotes", "resize", "row-gap", "size", "speak", "src", "stroke",
        "supported-color-schemes", "table-layout", "text-align", "text-align-last",
        "text-decoration", "text-decoration-line", "text-decoration-skip-ink",
        "text-decoration-style", "text-decoration-thickness", "text-indent", "text-justify",
        "text-overflow", "text-rendering", "text-shadow", "text-size-adjust", "text-transform",
        "text-underline-offset", "text-underline-position", "text-wrap", "transform",
        "transform-origin", "transition", "transition-delay", "transition-duration",
        "transition-property", "transition-timing-function", "unicode-bidi", "unicode-range",
        "user-select", "vertical-align", "visibility", "white-space", "widows", "width",
        "will-change", "word-break", "word-spacing", "word-wrap", "z-index", "zoom",
    }
    | {f"{box}-{side}" for box in ("margin", "padding", "border") for side in _SIDES}
    | {f"border-{side}-{part}" for side in _SIDES for part in ("style", "width")}
    | {f"border-{corner}-radius" for corner in _CORNERS}
    | {f"{box}-{axis}" for box in ("margin", "padding", "border") for axis in ("inline", "block")}
    | {"inline-size", "block-size", "max-inline-size", "min-inline-size", *_SIDES}
)  # fmt: skip
