"""The id of an activity that was given none."""

from __future__ import annotations

import re
import unicodedata

from fvdt_mailer.model.activity import Activity

_LONGEST = 80
_UNDIVIDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th"}
)


def name_activity(activity: Activity) -> str:
    """Cluster, date and subject in small ASCII letters: `voeding-2013-06-17-certificaten`."""
    cluster, day = slug(activity.clusters[0]), f"{activity.start.day}"
    name = "-".join(part for part in (cluster, day, slug(_subject(activity))) if part)
    if len(name) <= _LONGEST:
        return name
    return name[: _LONGEST + 1].rpartition("-")[0]


def slug(text: str) -> str:
    """The text in small ASCII letters, digits and single hyphens; accents are dropped."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNDIVIDED))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _subject(activity: Activity) -> str:
    if activity.title or activity.topic:
        return str(activity.title or activity.topic)
    if activity.kind or activity.municipality:
        return " ".join(str(part) for part in (activity.kind, activity.municipality) if part)
    return " ".join(activity.organisers[:1])
