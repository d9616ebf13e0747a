"""English notations."""

from __future__ import annotations

from fvdt_mailer.pipeline.check.words.notation import click_here

NOTATIONS = (
    click_here(r"\bclick\s(?:here|on\s(?:this|the)\s(?:link|button))\b", "Register for the visit"),
)
