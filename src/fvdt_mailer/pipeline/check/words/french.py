"""French notations, as Belgium writes them."""

from __future__ import annotations

import re

from fvdt_mailer.pipeline.check.words.notation import Notation, click_here

_CLOCK = re.compile(
    r"(?<![\w.,:/-])(?P<hour>[01]?[0-9]|2[0-3])[h:](?P<minute>[0-5][0-9])(?![\w:/-])"
)
# A space of whatever width stands before these marks; a time or an address ends in none.
_MARK = re.compile(r"(?P<word>[^\W\d_][\w’'-]*[»)]?)(?P<mark>[;:!?]+)(?=\s|$)")
_QUOTE = re.compile(r"«(?=[^\s])(?P<first>[\w’'-]+)|(?P<last>[\w’'-]+[.!?]?)(?<!\s)»")


def _clock(found: re.Match[str]) -> str:
    minute = "" if found["minute"] == "00" else f" {found['minute']}"
    return f"{int(found['hour'])} h{minute}"


def _spaced(found: re.Match[str]) -> str:
    return f"{found['word']} {found['mark']}"


def _quoted(found: re.Match[str]) -> str:
    return f"« {found['first']}" if found["first"] else f"{found['last']} »"


NOTATIONS = (
    Notation(rule="clock-notation", pattern=_CLOCK, better=_clock),
    Notation(rule="french-spacing", pattern=_MARK, better=_spaced),
    Notation(rule="french-spacing", pattern=_QUOTE, better=_quoted),
    click_here(
        r"\bcliqu(?:ez|er|e)\s(?:donc\s)?(?:ici|sur\s(?:ce|le)\s(?:lien|bouton))\b",
        "Inscrivez-vous à la visite",
    ),
)
