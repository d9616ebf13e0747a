"""Where the page and the calendar file of an activity are, below the project's public address."""

from __future__ import annotations

from fvdt_mailer.model.language import Language


def page_path(activity_id: str, language: Language) -> str:
    """The page of an activity, relative to `public_url`."""
    return f"a/{activity_id}/{language.value}/"


def file_path(activity_id: str, language: Language) -> str:
    """The calendar file of an activity, relative to `public_url`."""
    return f"a/{activity_id}/{language.value}.ics"
