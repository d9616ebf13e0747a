"""Names in one file that belong to another: clusters, activities, organisers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from fvdt_mailer.errors import Problem, Severity, did_you_mean
from fvdt_mailer.model.activity import Activity, Status
from fvdt_mailer.model.campaign import Campaign, CampaignKind
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.project import Organiser, Project
from fvdt_mailer.pipeline.files.build_tree import Tree, dotted
from fvdt_mailer.pipeline.files.check_times import check_times
from fvdt_mailer.pipeline.files.name_activity import name_activity
from fvdt_mailer.pipeline.files.parse import Placed
from fvdt_mailer.pipeline.files.question_spelling import question_spelling, right_spelling

_FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What files may refer to; what is empty or None is not known, and is not checked."""

    clusters: tuple[str, ...] = ()
    organisers: Mapping[str, Organiser] = field(default_factory=dict)
    zone: tzinfo | None = None
    pictures: Collection[str] | None = None
    has_all_activities: bool = True


def known_to(
    project: Project | None,
    tree: Tree | None,
    *,
    pictures: Collection[str] | None = None,
    has_all_activities: bool,
) -> Known:
    """What a folder makes known; of a broken mailer.yaml at least the ids of its clusters."""
    if project is not None:
        return Known(
            clusters=tuple(project.clusters),
            organisers=project.organisers,
            zone=project.timezone,
            pictures=pictures,
            has_all_activities=has_all_activities,
        )
    clusters = tree.get("clusters") if isinstance(tree, dict) else None
    ids = tuple(clusters) if isinstance(clusters, dict) else ()
    return Known(clusters=ids, pictures=pictures, has_all_activities=has_all_activities)


def refer(
    known: Known,
    activities: Sequence[Placed[Activity]],
    campaigns: Sequence[Placed[Campaign]],
) -> tuple[Problem, ...]:
    """Every name that leads nowhere, and whatever else shows only between the files."""
    by_id = {placed.noun.id: placed.noun for placed in activities}
    return (
        *_same_ids(activities),
        *(p for placed in activities for p in _in_activity(known, placed)),
        *(p for placed in campaigns for p in _in_campaign(known, by_id, placed)),
    )


def _in_activity(known: Known, placed: Placed[Activity]) -> Iterator[Problem]:
    activity, origin = placed.noun, placed.origin
    key = "cluster" if ("cluster",) in origin.lines else "clusters"
    yield from _unknown_clusters(known, activity.clusters, origin, key)
    yield from _organisers(known, activity.organisers, origin)
    yield from _missing_picture(known, activity, origin)
    yield from question_spelling(known.organisers, activity, origin)
    yield from check_times(activity, origin, zone=known.zone)


def _in_campaign(
    known: Known, by_id: Mapping[str, Activity], placed: Placed[Campaign]
) -> Iterator[Problem]:
    campaign, origin = placed.noun, placed.origin
    yield from _unknown_clusters(known, campaign.clusters, origin, "clusters")
    yield from _unknown_clusters(known, campaign.audience.clusters, origin, "audience", "clusters")
    if known.has_all_activities:
        yield from _unknown_activities(by_id, campaign, origin)
    yield from _announced_draft(by_id, campaign, origin)
    yield from question_spelling(known.organisers, campaign, origin)
    yield from check_times(campaign, origin, zone=known.zone)


def _unknown_clusters(
    known: Known, clusters: Iterable[str], origin: Origin, *path: str
) -> Iterator[Problem]:
    for index, cluster in enumerate(clusters):
        if known.clusters and cluster not in known.clusters:
            yield _problem(
                "unknown-cluster",
                origin,
                (*path, index),
                f'unknown cluster "{cluster}"',
                did_you_mean(cluster, known.clusters),
            )


def _unknown_activities(
    by_id: Mapping[str, Activity], campaign: Campaign, origin: Origin
) -> Iterator[Problem]:
    for path, name in _mentioned(campaign):
        if name not in by_id:
            hint = did_you_mean(name, by_id)
            if hint.startswith("known") and len(by_id) > _FEW:
                hint = "write the id of an activity in activities/"
            hint = hint or "there are no activities yet"
            yield _problem("unknown-activity", origin, path, f'unknown activity "{name}"', hint)


def _mentioned(campaign: Campaign) -> Iterator[tuple[KeyPath, str]]:
    for index, name in enumerate(campaign.pick.include):
        yield ("pick", "include", index), name
    for index, name in enumerate(campaign.pick.exclude):
        yield ("pick", "exclude", index), name
    if campaign.activity:
        yield ("activity",), campaign.activity
    if campaign.audience.received:
        yield ("audience", "received"), campaign.audience.received


def _announced_draft(
    by_id: Mapping[str, Activity], campaign: Campaign, origin: Origin
) -> Iterator[Problem]:
    announced = by_id.get(campaign.activity)
    if announced is None or campaign.kind is not CampaignKind.ANNOUNCEMENT:
        return
    if announced.status is Status.DRAFT:
        text = f'"{announced.id}" is a draft, and drafts are never announced'
        hint = "give the activity another status first"
        yield _problem("draft-announced", origin, ("activity",), text, hint)


def _organisers(known: Known, organisers: Iterable[str], origin: Origin) -> Iterator[Problem]:
    key = "organiser" if ("organiser",) in origin.lines else "organisers"
    names = {name for k, o in known.organisers.items() for name in (k, o.name) if name}
    for index, organiser in enumerate(organisers):
        if (right := right_spelling(known.organisers, organiser)) is not None:
            text, hint = f'"{organiser}" is not how it is spelled', f'write "{right}"'
            yield _problem("forbidden-spelling", origin, (key, index), text, hint)
        elif names and organiser not in names:
            yield _problem(
                "unknown-organiser",
                origin,
                (key, index),
                f'unknown organiser "{organiser}"',
                did_you_mean(organiser, known.organisers),
                severity=Severity.WARNING,
            )


def _missing_picture(known: Known, activity: Activity, origin: Origin) -> Iterator[Problem]:
    image, pictures = activity.image, known.pictures
    if image is None or pictures is None or image.file in pictures:
        return
    near = did_you_mean(image.file, pictures)
    is_near = near.startswith("did")
    hint = near.replace('"', '"images/', 1) if is_near else "put it there, or mend its name"
    yield Problem(
        rule="missing-image",
        file=origin.file,
        line=origin.line("image", "file"),
        key="image",
        text=f"there is no images/{image.file}",
        hint=hint,
        # A draft may be written before its picture is there.
        severity=Severity.WARNING if activity.status is Status.DRAFT else Severity.ERROR,
    )


def _same_ids(activities: Sequence[Placed[Activity]]) -> Iterator[Problem]:
    first: dict[str, Placed[Activity]] = {}
    for placed in sorted(activities, key=lambda one: (one.origin.file, one.origin.line())):
        activity, origin = placed.noun, placed.origin
        if not placed.is_whole and ("id",) not in origin.lines:
            continue  # its id would be made from what is missing
        earlier = first.setdefault(activity.id, placed)
        if earlier is placed:
            continue
        there = earlier.origin
        text = f'the activity at {there.file}:{there.line("id")} has the id "{activity.id}" as well'
        hint = "give one of them another id"
        if activity.id == name_activity(activity):
            hint = 'tell them apart: add an "id" of its own to one of them'
        yield _problem("duplicate-id", origin, ("id",), text, hint)


def _problem(
    rule: str,
    origin: Origin,
    path: KeyPath,
    text: str,
    hint: str,
    *,
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(
        rule=rule,
        file=origin.file,
        line=origin.line(*path),
        key=dotted(path),
        text=text,
        hint=hint,
        severity=severity,
    )
