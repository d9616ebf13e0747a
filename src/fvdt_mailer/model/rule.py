"""What a check looks for, why it matters to readers, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What a rule is about."""

    FILES = "files"
    TEMPLATES = "templates"
    CONTENT = "content"
    LANGUAGE = "language"
    HEADERS = "headers"
    SIZE = "size"
    STRUCTURE = "structure"
    CSS = "css"
    CLIENTS = "clients"
    ACCESSIBILITY = "accessibility"
    LINKS = "links"
    IMAGES = "images"
    TEXT = "text"
    LEGAL = "legal"
    CALENDAR = "calendar"
    SPAM = "spam"
    REPRODUCIBILITY = "reproducibility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `id` is what a Problem carries and what a campaign silences.

    `why` is a sentence on what goes wrong for readers; `source` a standard, a document or an
    address where it can be read.
    """

    id: str
    group: Group
    why: str
    source: str = ""
