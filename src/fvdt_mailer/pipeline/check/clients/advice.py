"""What to do instead of what some mail programs do not have."""

from __future__ import annotations

from collections.abc import Mapping

from fvdt_mailer.model.support import Category

_TABLES = "lay it out with tables"
_SIX_DIGITS = "write the colour in six hexadecimal digits"
_PIXELS = "write the length in px"
_FORM = "let a link lead to the form on your site"
_FILM = "let a picture link to it on your site"
_GROUND = "give the same element a background-color"
_PICTURE = "save the picture as PNG or JPG"
_SIDES = "name the sides: left, right, top, bottom"
_WIDTH = "let a picture, or a table around it in <!--[if mso]>, have a width attribute"
_ORDER = "let the elements follow each other"
_ADVICE: Mapping[str, str] = {
    **dict.fromkeys(
        ("css-display-flex", "css-display-grid", "css-grid-template", "css-flex-direction",
         "css-flex-wrap", "css-align-items", "css-justify-content", "css-gap"),
        _TABLES,
    ),
    **dict.fromkeys(("css-position", "css-left-right-top-bottom", "css-inset"), _ORDER),
    "css-float": 'use the attribute align="left" on a table or picture, or table cells',
    **dict.fromkeys(
        ("css-rgba", "css-rgb", "css-hsl", "css-modern-color", "css-function-light-dark",
         "css-variables"),
        _SIX_DIGITS,
    ),
    **dict.fromkeys(
        ("css-unit-rem", "css-unit-ch", "css-unit-vw", "css-unit-vh", "css-unit-vmin",
         "css-unit-vmax", "css-unit-calc", "css-function-min", "css-function-max",
         "css-function-clamp"),
        _PIXELS,
    ),
    **dict.fromkeys(
        ("css-background", "css-background-image", "css-linear-gradient", "css-radial-gradient",
         "css-conic-gradient", "html-background"),
        _GROUND,
    ),
    **dict.fromkeys(
        ("css-margin-inline-block", "css-margin-inline-start-end", "css-margin-block-start-end",
         "css-padding-inline-block", "css-padding-inline-start-end",
         "css-padding-block-start-end", "css-border-inline-block",
         "css-border-inline-block-longhand"),
        _SIDES,
    ),
    "css-block-inline-size": "write width or height",
    "css-padding": "put it in a table cell that has the padding",
    "css-margin": "use the padding of a table cell",
    "css-border": "put it on a table cell, and make it at most 8px",
    **dict.fromkeys(("css-width", "css-max-width"), _WIDTH),
    "css-height": "put it on a table cell, with a height attribute",
    "css-min-width": "give a table cell a width attribute",
    "css-opacity": "leave out what nobody is to see",
    "css-visibility": "leave out what nobody is to see",
    "css-max-height": "leave out what nobody is to see",
    "css-display-none": "add mso-hide:all, or leave it out",
    "html-hidden": 'leave it out, or write style="display:none;mso-hide:all"',
    "css-object-fit": "cut the picture to its size",
    "css-white-space": "write <br> where a line ends",
    "css-at-font-face": "use fonts that readers have; most would see the next of the stack",
    "css-at-import": "put the rules in the sheet itself",
    "html-link": "put the rules in base.css or enhance.css",
    "html-style": "put the rules in base.css or enhance.css",
    "html-svg": _PICTURE,
    "html-object": _PICTURE,
    "html-picture": "use <img> with one PNG or JPG",
    **dict.fromkeys(("html-video", "html-audio", "html-marquee", "image-mp4"), _FILM),
    **dict.fromkeys(
        ("html-form", "html-input-text", "html-input-checkbox", "html-input-radio",
         "html-input-hidden", "html-input-submit", "html-input-reset", "html-button-submit",
         "html-button-reset", "html-select", "html-textarea", "html-required"),
        _FORM,
    ),
    "html-semantics": "use <div> or a table cell, with a role if it needs one",
    "html-aria-labelledby": "write the words in aria-label",
     "html-anchor-links": 'put an empty <a name="..."></a> where it leads to',
}  # fmt: skip
_OTHERWISE: Mapping[Category, str] = {
    Category.CSS: "do without, or write it in enhance.css for who can show it",
    Category.HTML: "do without",
    Category.IMAGE: _PICTURE,
}


def advice(slug: str, category: Category) -> str:
    """What to do about a feature."""
    return _ADVICE.get(slug, _OTHERWISE[category])
