"""The one small world of the tests: three clusters, five activities, six readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Reader
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder, Origin, Template
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.select import select

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2013, 6, 1, tzinfo=ZONE)

PROJECT = Project.model_validate(
    {
        "name": "Fabrieken",
        "public_url": "https://news.example.org",
        "organisation": {
            "name": "Agentschap",
            "address": "Straat 1, 8000 Brugge",
            "email": "info@example.org",
            "website": "https://www.example.org",
            "privacy_url": "https://www.example.org/privacy",
        },
        "sender": {"from": "Fabrieken <news@example.org>"},
        "clusters": {
            "blue-energy": {"heading": "Cleantech - Blue energy", "name": "blue energy"},
            "materialen": {"heading": "Nieuwe materialen", "name": "nieuwe materialen"},
            "voeding": {
                "heading": {"nl": "Voeding", "fr": "Alimentation"},
                "name": {"nl": "voeding", "fr": "alimentation"},
            },
        },
    }
)


def activity(activity_id: str, cluster: str, start: str, **fields: object) -> Activity:
    """An activity with a text of its own, unless other fields are given."""
    told = (
        {"text": f"Over {activity_id}."} if "text" not in fields and "topic" not in fields else {}
    )
    written = {"id": activity_id, "cluster": cluster, "start": start, **told, **fields}
    return Activity.model_validate(written)


ACTIVITIES = (
    activity("wind", "blue-energy", "2013-05-30", text_past="Het was mooi op {date}."),
    activity("zee", "blue-energy", "2013-06-17", municipality="Oostende"),
    activity("vkc", "materialen", "2013-06-24"),
    activity("lezing", "materialen", "2013-06-25 19:30", municipality="Kortrijk"),
    activity(
        "certificaten",
        "voeding",
        "2013-06-17",
        kind="seminarie",
        topic="voedingscertificaten",
        organiser="Voka",
        municipality="Kortrijk",
        price="gratis",
    ),
)


def campaign(**fields: object) -> Campaign:
    """The June campaign, with changes."""
    return Campaign.model_validate(
        {"id": "2013-06", "headline": "Juni", "window": {"to": "2013-06-30"}, **fields}
    )


def folder(
    *,
    activities: Iterable[Activity] = ACTIVITIES,
    campaigns: Iterable[Campaign] = (),
    project: Project = PROJECT,
) -> Folder:
    """A folder of these; every line is line 1."""
    acts, camps = tuple(activities), tuple(campaigns) or (campaign(),)
    templates: dict[str, Template] = {}
    return Folder(
        project=project,
        activities=acts,
        campaigns={c.id: c for c in camps},
        templates=templates,
        project_origin=Origin(file="mailer.yaml", lines={}),
        activity_origins={a.id: Origin(file="activities/a.yaml", lines={}) for a in acts},
        campaign_origins={c.id: Origin(file=f"campaigns/{c.id}.yaml", lines={}) for c in camps},
    )


def edition(*activities: Activity, now: datetime = NOW, **fields: Any) -> Edition:
    """The edition of the June campaign with these changes, over these activities."""
    recipe = campaign(**fields)
    world = folder(activities=activities or ACTIVITIES, campaigns=[recipe])
    return select(world, recipe, now=now)


def reader(number: int, *clusters: str, language: Language = Language.NL, name: str = "") -> Reader:
    """A reader of these clusters."""
    return Reader(
        id=number,
        address=Address.parse(f"reader{number}@example.org"),
        language=language,
        name=name,
        clusters=frozenset(clusters),
    )


READERS = (
    reader(1),
    reader(2, "voeding"),
    reader(3, "voeding", language=Language.FR),
    reader(4, "blue-energy", "materialen", name="An Voorbeeld"),
    reader(5, "materialen"),
    reader(6, "voeding", "blue-energy", "materialen"),
)
