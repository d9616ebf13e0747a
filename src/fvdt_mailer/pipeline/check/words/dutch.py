"""Dutch notations, as Flanders writes them (taaladvies.net; facts about dates in words)."""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_month_names

from fvdt_mailer.errors import Severity
from fvdt_mailer.pipeline.check.words.notation import Notation, click_here

_HOUR = r"(?P<hour>[01]?[0-9]|2[0-3])"
_CLOCK = re.compile(
    rf"(?<![\w.,:/]){_HOUR}"
    r"(?:(?:[.:](?P<dotted>[0-5][0-9]))?[uh](?P<minute>[0-5][0-9])?"
    r"|:(?P<colon>[0-5][0-9])(?:\suur)?)(?![\w:/]|-\D|\.[0-9])"
)
# A lone "u" behind a number may be a reader, unless a preposition makes it an hour.
_PREPOSITIONS = ("[oO]m", "[vV]an", "[tT]ot", "[vV]anaf", "[rR]ond")
_BEFORE_HOUR = "|".join(rf"(?<=\b{word}\s)" for word in _PREPOSITIONS)
_SPACED_CLOCK = re.compile(
    rf"(?:{_BEFORE_HOUR}){_HOUR}\s[uh](?:\s(?P<minute>[0-5][0-9]))?(?![\w-])"
)
_DATE = re.compile(
    r"(?<![\d/.,-])(?P<day>0?[1-9]|[12][0-9]|3[01])(?P<mark>[/.-])(?P<month>0?[1-9]|1[0-2])"
    r"(?P=mark)(?P<year>(?:19|20)[0-9]{2})(?![\d/-])"
)
_SHORT_DATE = re.compile(
    r"(?<![\d/])(?P<day>0[1-9]|[12][0-9]|3[01])/(?P<month>0[1-9]|1[0-2])"
    r"(?:/(?P<short_year>[0-9]{2}))?(?![\d/])"
)
_AMOUNT = r"[0-9]+(?:\.[0-9]{3})*(?:,[0-9]{1,2}|,-)?(?![\d,]|\s(?:miljoen|miljard))"
_EURO = re.compile(
    rf"(?:€|\bEUR)\s?(?P<after>{_AMOUNT})|(?<![\d.,])(?P<before>{_AMOUNT})\s?(?:€|EUR\b)"
)
_PHONE = re.compile(
    r"(?<![\w+./-])(?P<abroad>\+32[ \u00a0]?)?(?:\(0\))?[ \u00a0]?"
    r"[0-9](?:[ \u00a0./-]{0,3}[0-9]){7,9}(?!\w)"
)
_SPELLINGS = re.compile(
    r"\b(?P<mail>[Ee]mail|EMAIL|e-Mail|E-M(?:ail|AIL))(?P<rest>\w*)|\bBTW\b(?!\sBE)|\bVZW\b"
)

_LANDLINE, _MOBILE = 9, 10
_SHORT_ZONES = ("02", "03", "04", "09")


def _clock(found: re.Match[str]) -> str:
    minute = next((found[name] for name in _MINUTES if found.groupdict().get(name)), "")
    hour = str(int(found["hour"]))
    return f"{hour}.{minute} uur" if minute.strip("0") else f"{hour} uur"


_MINUTES = ("dotted", "minute", "colon")


def _date(found: re.Match[str]) -> str:
    groups = found.groupdict()
    day, month = int(found["day"]), int(found["month"])
    if day == month and not any(groups.get(name) for name in ("year", "short_year")):
        return ""  # 10/10 is a mark
    short = groups.get("short_year")
    year = groups.get("year") or (f"20{short}" if short else "")
    return f"{day} {_months()[month]} {year}".strip()


@cache
def _months() -> dict[int, str]:
    return dict(get_month_names("wide", locale="nl_BE"))


def _euro(found: re.Match[str]) -> str:
    amount = found["after"] or found["before"]
    return f"{amount.removesuffix(',-').removesuffix(',00')} euro"


def _phone(found: re.Match[str]) -> str:
    """The number in groups; empty when it is in groups, or no Belgian number at all."""
    digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
    national = f"0{digits.removeprefix('32').removeprefix('0')}" if found["abroad"] else digits
    if not national.startswith("0") or national.startswith("00"):
        return ""
    if len(national) == _MOBILE and national.startswith("04"):
        groups = [national[:4], national[4:6], national[6:8], national[8:]]
    elif len(national) != _LANDLINE:
        return ""
    elif national.startswith(_SHORT_ZONES):
        groups = [national[:2], national[2:5], national[5:7], national[7:]]
    else:
        groups = [national[:3], national[3:5], national[5:7], national[7:]]
    better = " ".join(groups)
    if found["abroad"]:
        better = f"+32 {better.removeprefix('0')}"
    return "" if better == found[0].replace("\u00a0", " ").strip() else better


def _spelling(found: re.Match[str]) -> str:
    if not found["mail"]:
        return found[0].lower()
    first = found["mail"][0] if found["mail"] != "EMAIL" else "e"
    return f"{first}-mail{found['rest'].lower()}"


NOTATIONS = (
    Notation(rule="clock-notation", pattern=_CLOCK, better=_clock),
    Notation(rule="clock-notation", pattern=_SPACED_CLOCK, better=_clock),
    Notation(rule="date-notation", pattern=_DATE, better=_date, severity=Severity.WARNING),
    Notation(rule="date-notation", pattern=_SHORT_DATE, better=_date, severity=Severity.WARNING),
    Notation(rule="euro-notation", pattern=_EURO, better=_euro),
    Notation(rule="phone-notation", pattern=_PHONE, better=_phone),
    Notation(rule="spelling", pattern=_SPELLINGS, better=_spelling),
    click_here(
        r"\b(?:klik|druk)(?:ken)?\s(?:dan\s)?"
        r"(?:hier|op\s(?:deze|de|onderstaande|volgende)\s(?:volgende\s)?(?:link|knop))\b",
        "Schrijf u in voor het bezoek",
    ),
)
