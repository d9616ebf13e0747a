"""Which mail programs, on which screens, a mail is looked at in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reading(StrEnum):
    """What a mail program makes of the HTML it was sent."""

    AS_SENT = "as-sent"
    WITHOUT_STYLE = "without-style"
    WITHOUT_IMAGES = "without-images"
    OUTLOOK = "outlook"
    PARTLY_INVERTED = "partly-inverted"
    INVERTED = "inverted"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way of seeing a mail. Width is in CSS pixels of the window.

    `is_dark` says that the reader's screen is dark and that the mail program honours the dark
    colours the mail brings along.
    """

    name: str
    title: str
    reading: Reading = Reading.AS_SENT
    width: int = 640
    is_dark: bool = False


# The dark colours of the mail are honoured by Apple Mail and the Outlook apps; Gmail on Android
# inverts light surfaces only; Gmail on iOS and classic Outlook invert everything.
VIEWS: tuple[View, ...] = (
    View(name="desktop", title="Desktop"),
    View(name="phone", title="Phone, 375 px", width=375),
    View(name="narrow", title="Narrow phone, 320 px", width=320),
    View(name="desktop-dark", title="Desktop, dark as designed", is_dark=True),
    View(name="phone-dark", title="Phone, dark as designed", width=375, is_dark=True),
    View(
        name="partly-inverted",
        title="Phone, light surfaces inverted (approximation)",
        reading=Reading.PARTLY_INVERTED,
        width=375,
    ),
    View(
        name="inverted",
        title="Phone, everything inverted (approximation)",
        reading=Reading.INVERTED,
        width=375,
    ),
    View(
        name="without-style",
        title="Phone, style sheets taken out",
        reading=Reading.WITHOUT_STYLE,
        width=375,
    ),
    View(name="without-images", title="Images off", reading=Reading.WITHOUT_IMAGES),
    View(
        name="narrow-without-images",
        title="Narrow phone, images off",
        reading=Reading.WITHOUT_IMAGES,
        width=320,
    ),
    View(name="outlook", title="Classic Outlook (approximation)", reading=Reading.OUTLOOK),
)
