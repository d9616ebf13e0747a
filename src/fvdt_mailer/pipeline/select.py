"""Pick the activities a campaign tells about at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from fvdt_mailer.model.activity import Activity, Status
from fvdt_mailer.model.campaign import Campaign, CampaignKind, NothingUpcoming
from fvdt_mailer.model.edition import Edition, Entry, Phase
from fvdt_mailer.model.folder import Folder

_CALLED_OFF = frozenset({Status.CANCELLED, Status.POSTPONED})


def select(folder: Folder, campaign: Campaign, *, now: datetime) -> Edition:
    """The edition of `campaign` at its `as_of`, or at `now` when it names none (design §6)."""
    view = _view(folder, campaign, now)
    clusters = campaign.clusters or tuple(folder.project.clusters)
    chosen = tuple(_entries(folder.activities, campaign, clusters, view))
    empty = _without_upcoming(clusters, chosen)
    if campaign.nothing_upcoming is NothingUpcoming.BORROW:
        chosen += tuple(_borrowed(folder.activities, campaign, empty, view))
    return Edition(
        project=folder.project,
        campaign=campaign,
        as_of=view.as_of,
        clusters=clusters,
        entries=_limited(_in_order(chosen, view.zone), campaign, clusters),
        falling_back=empty
        if campaign.nothing_upcoming is NothingUpcoming.FALLBACK
        else frozenset(),
    )


def speaks_from(campaign: Campaign, zone: tzinfo, *, now: datetime) -> datetime:
    """The moment a campaign speaks from, in the project's time zone."""
    return campaign.as_of.begins(zone) if campaign.as_of else now.astimezone(zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    zone: tzinfo
    as_of: datetime
    opens: datetime
    closes: datetime | None
    recap_since: datetime

    def phase(self, activity: Activity) -> Phase:
        if activity.last.ends(self.zone) <= self.as_of:
            return Phase.PAST
        if activity.status in _CALLED_OFF:
            return Phase.CALLED_OFF
        if activity.start.begins(self.zone) <= self.as_of:
            return Phase.UNDER_WAY
        return Phase.UPCOMING

    def holds(self, activity: Activity) -> bool:
        """True when some of the activity lies in the window, which a save-the-date keeps open."""
        if activity.last.ends(self.zone) <= self.opens:
            return False
        if self.closes is None:
            return True
        # A year: an edition of long ago must not change when a later year is planned.
        closes = _months(self.as_of, back=-12) if activity.save_the_date else self.closes
        return activity.start.begins(self.zone) < max(closes, self.closes)


def _view(folder: Folder, campaign: Campaign, now: datetime) -> _View:
    zone = folder.project.timezone
    as_of = speaks_from(campaign, zone, now=now)
    window = campaign.window
    return _View(
        zone=zone,
        as_of=as_of,
        opens=max(as_of, window.from_.begins(zone)) if window.from_ else as_of,
        closes=window.to.ends(zone) if window.to else None,
        recap_since=_recap_since(folder, campaign, as_of),
    )


def _recap_since(folder: Folder, campaign: Campaign, as_of: datetime) -> datetime:
    zone = folder.project.timezone
    if campaign.recap_since:
        return campaign.recap_since.begins(zone)
    earlier = [
        other.as_of.begins(zone)
        for other in folder.campaigns.values()
        if other.as_of and other.kind is CampaignKind.NEWSLETTER and other.id != campaign.id
    ]
    return max((moment for moment in earlier if moment < as_of), default=_months(as_of, back=2))


def _months(moment: datetime, *, back: int) -> datetime:
    years, month = divmod(moment.year * 12 + moment.month - 1 - back, 12)
    first = moment.replace(year=years, month=month + 1, day=1)
    last_day = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(moment.day, last_day.day))


def _entries(
    activities: Iterable[Activity], campaign: Campaign, clusters: tuple[str, ...], view: _View
) -> Iterator[Entry]:
    for activity in activities:
        if not _is_eligible(activity, campaign, clusters):
            continue
        phase = view.phase(activity)
        if phase is Phase.PAST:
            is_told = _has_recap(activity, view)
        else:
            is_told = _is_picked(activity, campaign) or view.holds(activity)
        if is_told:
            yield Entry(activity=activity, phase=phase)


def _is_eligible(activity: Activity, campaign: Campaign, clusters: tuple[str, ...]) -> bool:
    if activity.status is Status.DRAFT or activity.id in campaign.pick.exclude:
        return False
    if campaign.kind is CampaignKind.ANNOUNCEMENT:
        return activity.id == campaign.activity
    return any(cluster in clusters for cluster in activity.clusters)


def _is_picked(activity: Activity, campaign: Campaign) -> bool:
    return activity.id in campaign.pick.include or activity.id == campaign.activity


def _has_recap(activity: Activity, view: _View) -> bool:
    return (
        activity.text_past is not None
        and activity.status not in _CALLED_OFF
        and activity.last.ends(view.zone) > view.recap_since
    )


def _without_upcoming(clusters: tuple[str, ...], entries: tuple[Entry, ...]) -> frozenset[str]:
    coming = {
        cluster
        for entry in entries
        if entry.phase in {Phase.UPCOMING, Phase.UNDER_WAY}
        for cluster in entry.activity.clusters
    }
    return frozenset(clusters) - coming


def _borrowed(
    activities: Iterable[Activity], campaign: Campaign, empty: frozenset[str], view: _View
) -> Iterator[Entry]:
    """What the empty clusters have in the month after the window."""
    if view.closes is None:
        return
    until = _months(view.closes, back=-1)
    for activity in activities:
        begins = activity.start.begins(view.zone)
        if (
            empty.intersection(activity.clusters)
            and view.closes <= begins < until
            and view.phase(activity) is Phase.UPCOMING
            and _is_eligible(activity, campaign, tuple(empty))
        ):
            yield Entry(activity=activity, phase=Phase.UPCOMING, is_borrowed=True)


def _in_order(entries: Iterable[Entry], zone: tzinfo) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.activity.start.begins(zone), e.activity.id)))


def _limited(
    entries: tuple[Entry, ...], campaign: Campaign, clusters: tuple[str, ...]
) -> tuple[Entry, ...]:
    """At most `limit_per_cluster` entries in each cluster: first what was picked, last the past."""
    limit = campaign.pick.limit_per_cluster
    if limit is None:
        return entries
    kept: set[str] = set()
    for cluster in clusters:
        own = [e for e in entries if cluster in e.activity.clusters]
        own.sort(key=lambda e: (not _is_picked(e.activity, campaign), e.phase is Phase.PAST))
        kept.update(e.activity.id for e in own[:limit])
    return tuple(e for e in entries if e.activity.id in kept)
