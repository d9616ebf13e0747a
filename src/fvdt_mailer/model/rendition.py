"""An edition as one segment reads it: HTML and text, with blanks for the reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fvdt_mailer.model.audience import SegmentKey


class Blank(StrEnum):
    """A place in a rendition that each reader's message fills."""

    GREETING = "greeting"
    ADDRESS = "address"
    UNSUBSCRIBE_URL = "unsubscribe_url"
    PREFERENCES_URL = "preferences_url"

    @property
    def mark(self) -> str:
        """The ASCII mark that stands in a rendition where the value goes."""
        return f"BLANK--{self.value}--"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travels with a mail; `media_type` brings its parameters."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """The finished mail of one segment. `html` and `text` hold the marks of blanks."""

    key: SegmentKey
    subject: str
    preheader: str
    html: str
    text: str
    activities: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()
