"""Trees of text parsed into the nouns, with every problem there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.activity import Activity, LinkKind
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.project import ID, Project
from fvdt_mailer.pipeline.files.build_tree import Tree
from fvdt_mailer.pipeline.files.explain_error import Written, explain_error
from fvdt_mailer.pipeline.files.name_activity import name_activity, slug

Noun = TypeVar("Noun", bound=BaseModel)

_EXAMPLE = 'run "fvdt-mailer init" in an empty folder to see an example'
_NO_TREES: Mapping[str, Tree] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Generic[Noun]):
    """A noun, and where it was written. What is not whole only serves to find more problems."""

    noun: Noun
    origin: Origin
    is_whole: bool = True


def parse_project(tree: Tree | None, origin: Origin) -> tuple[Project | None, tuple[Problem, ...]]:
    """The settings, or every reason why these are none."""
    if not isinstance(tree, dict):
        return None, (_not_keys(tree, origin),)
    return _parse(Project, tree, origin)


def parse_activities(
    tree: Tree | None, origin: Origin
) -> tuple[tuple[Placed[Activity], ...], tuple[Problem, ...]]:
    """The activities of one file that are right, each with an id, and what is wrong elsewhere."""
    if tree is None:
        return (), ()
    if not isinstance(tree, list):
        hint = 'start each activity with "- " and indent its other lines as far as the first'
        return (), (_wrong_type(origin, "expected a list of activities", hint),)
    placed: list[Placed[Activity]] = []
    problems: list[Problem] = []
    for item, own in items(tree, origin):
        activity, found = parse_activity(item, own)
        problems += found
        if activity is not None:
            placed.append(Placed(noun=activity, origin=own))
    return tuple(placed), tuple(problems)


def items(tree: list[Tree], origin: Origin) -> tuple[tuple[Tree, Origin], ...]:
    """The items of a list, each with the lines of its own keys."""
    lines: list[dict[KeyPath, int]] = [{} for _ in tree]
    for (index, *path), line in ((key, line) for key, line in origin.lines.items() if key):
        if isinstance(index, int):
            lines[index][tuple(path)] = line
    origins = (Origin(file=origin.file, lines=own) for own in lines)
    return tuple(zip(tree, origins, strict=True))


def parse_campaign(
    tree: Tree | None, origin: Origin, campaign_id: str
) -> tuple[Campaign | None, tuple[Problem, ...]]:
    """The campaign of that id, which is its file's name, or every reason why there is none."""
    problems = _bad_file_name(campaign_id, origin)
    if not isinstance(tree, dict):
        return None, (*problems, _not_keys(tree, origin))
    if "id" in tree:
        problems += (_own_id(origin),)
    # The id is ours to fill in; another than the file's would let a campaign be sent twice.
    given = {**tree, "id": campaign_id}
    campaign, found = _parse(Campaign, given, origin, stand_ins={"headline": "-"})
    return (None if problems else campaign), (*problems, *found)


def parse_activity(item: Tree, origin: Origin) -> tuple[Activity | None, tuple[Problem, ...]]:
    """One activity with its id, or every reason why it is none."""
    if not isinstance(item, dict):
        hint = "write its keys on the lines below each other: cluster, start, text, ..."
        return None, (_wrong_type(origin, "expected an activity", hint),)
    twice = tuple(
        _both_forms(origin, singular, plural)
        for singular, plural in (("cluster", "clusters"), ("organiser", "organisers"))
        if singular in item and plural in item
    )
    single = {key: value for key, value in item.items() if key not in {p.key for p in twice}}
    activity, found = _parse(
        Activity,
        single,
        origin,
        written=lambda path: _as_written(path, single),
        stand_ins={"clusters": "-", "start": "2000-01-01"},
    )
    if activity is None or twice:
        return None, (*twice, *found)
    named = activity if activity.id else activity.model_copy(update={"id": name_activity(activity)})
    return named, found


def _as_written(path: KeyPath, item: Mapping[str, Tree]) -> KeyPath:
    """The path in the file, where `cluster`, `organiser`, `info` and its like are short forms."""
    match path:
        case ("clusters", *_) if "cluster" in item:
            return ("cluster",)
        case ("organisers", *_) if "organiser" in item:
            return ("organiser",)
        case ("links", int(index), *_):
            links = item.get("links", [])
            after = index - (len(links) if isinstance(links, list) else 0)
            short = [kind.value for kind in LinkKind if kind.value in item]
            return (short[after],) if 0 <= after < len(short) else path
    return path


def _parse(
    model: type[Noun],
    tree: Mapping[str, Tree],
    origin: Origin,
    *,
    written: Written = lambda path: path,
    stand_ins: Mapping[str, Tree] = _NO_TREES,
) -> tuple[Noun | None, tuple[Problem, ...]]:
    try:
        return model.model_validate(tree), ()
    except ValidationError as error:
        problems = explain_error(error, model=model, origin=origin, written=written)
    broken = {problem.key.partition(".")[0] for problem in problems}
    if not stand_ins or "" in broken:
        return None, problems
    return None, (*problems, *_as_a_whole(model, tree, origin, broken, stand_ins))


_WEIGHED = frozenset({"text", "kind", "title", "topic", "activity", "nothing_upcoming", "fallback"})


def _as_a_whole(
    model: type[Noun],
    tree: Mapping[str, Tree],
    origin: Origin,
    broken: set[str],
    stand_ins: Mapping[str, Tree],
) -> tuple[Problem, ...]:
    """What does not fit together: pydantic looks at that only once every key is right."""
    if broken & _WEIGHED:
        return ()
    left_out = broken | {"cluster"}
    sound = {key: value for key, value in tree.items() if key not in left_out}
    try:
        model.model_validate({**sound, **stand_ins})
    except ValidationError as error:
        found = explain_error(error, model=model, origin=origin)
        return tuple(problem for problem in found if not problem.key)
    return ()


def _not_keys(tree: Tree | None, origin: Origin) -> Problem:
    if tree is None:
        return Problem(rule="empty-file", file=origin.file, text="the file is empty", hint=_EXAMPLE)
    hint = "write key: value on each line, with a space after the colon"
    return _wrong_type(origin, "expected keys with values", hint)


def _wrong_type(origin: Origin, text: str, hint: str) -> Problem:
    return Problem(rule="wrong-type", file=origin.file, line=origin.line(), text=text, hint=hint)


def _both_forms(origin: Origin, singular: str, plural: str) -> Problem:
    return Problem(
        rule="both-forms",
        file=origin.file,
        line=origin.line(singular),
        key=singular,
        text=f'"{plural}" is given as well',
        hint=f'keep one of the two; "{singular}" is short for "{plural}" with a single name',
    )


def _own_id(origin: Origin) -> Problem:
    return Problem(
        rule="unknown-key",
        file=origin.file,
        line=origin.line("id"),
        key="id",
        text="unknown key",
        hint="remove it: the name of the file is the id of the campaign",
    )


def _bad_file_name(campaign_id: str, origin: Origin) -> tuple[Problem, ...]:
    if re.fullmatch(ID, campaign_id):
        return ()
    name = slug(campaign_id)
    problem = Problem(
        rule="bad-file-name",
        file=origin.file,
        text="the name of this file is the id of a campaign: small letters, digits and hyphens",
        hint=f"rename it to {name}.yaml" if name else "rename it to 2013-06.yaml, for instance",
    )
    return (problem,)
