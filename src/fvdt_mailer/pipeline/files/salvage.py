"""Keep what is right of a file with mistakes, so that its other mistakes are found as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import Origin
from fvdt_mailer.pipeline.files.build_tree import Tree
from fvdt_mailer.pipeline.files.name_activity import name_activity
from fvdt_mailer.pipeline.files.parse import Placed, items, parse_activity, parse_campaign

Noun = TypeVar("Noun", bound=BaseModel)

_NEEDED: Mapping[str, Tree] = {"start": "2000-01-01", "text": "-", "headline": "-"}


def salvage_activities(tree: Tree | None, origin: Origin) -> Iterator[Placed[Activity]]:
    """The activities that have mistakes, without the keys these are in, where that can be."""
    for item, own in items(tree, origin) if isinstance(tree, list) else ():
        whole, problems = parse_activity(item, own)
        if whole is not None or not isinstance(item, dict):
            continue
        activity = _without(problems, Activity, item)
        if activity is not None:
            named = activity.id or name_activity(activity)
            noun = activity.model_copy(update={"id": named})
            yield Placed(noun=noun, origin=own, is_whole=False)


def salvage_campaign(
    tree: Tree | None, origin: Origin, campaign_id: str
) -> Placed[Campaign] | None:
    """A campaign with mistakes, without the keys these are in; None where that cannot be."""
    whole, problems = parse_campaign(tree, origin, campaign_id)
    if whole is not None or not isinstance(tree, dict):
        return None
    campaign = _without(problems, Campaign, tree)
    return Placed(noun=campaign, origin=origin, is_whole=False) if campaign is not None else None


def _without(
    problems: Iterable[Problem], model: type[Noun], tree: Mapping[str, Tree]
) -> Noun | None:
    broken = {problem.key.partition(".")[0] for problem in problems}
    sound = {key: value for key, value in tree.items() if key not in broken}
    needed = {key: value for key, value in _NEEDED.items() if key in model.model_fields}
    try:
        return model.model_validate({**needed, **sound})
    except ValidationError:
        return None
