"""What another check makes a finding of already, whoever the readers are."""

from __future__ import annotations

from collections.abc import Mapping

from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.clients.losses import SERVES
from fvdt_mailer.pipeline.check.clients.use import Use

# A feature, and the rule that speaks of it wherever it is used.
TOLD: Mapping[str, str] = {
    "html-form": "active-content",
    "html-object": "active-content",
    "html-base": "active-content",
    "html-link": "loads-css",
    "css-at-import": "loads-css",
    "css-background": "background-shorthand",
}
# The same for the source of a picture, and of any in images/; one behind words is told here.
TOLD_OF_SOURCES: Mapping[str, str] = {
    "image-svg": "image-format",
    "image-webp": "image-format",
    "image-avif": "image-format",
    "image-base64": "image-source",
}


_PICTURE = "image-"


def is_told_elsewhere(use: Use, case: Case) -> bool:
    """True when a use has a finding without this check."""
    if use.tag == "img" and use.name == "src":
        is_own = use.value.startswith(f"{case.folder.project.public_url.rstrip('/')}/images/")
        return use.slug in TOLD_OF_SOURCES or (is_own and use.slug.startswith(_PICTURE))
    if SERVES.get(use.slug) == "html-form":
        return any(one.tag == "form" for one in use.element.ancestors)
    return use.slug in TOLD
