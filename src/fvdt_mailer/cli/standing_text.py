"""How a send stands, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fvdt_mailer.cli.tally import MEANING, duration, summary, what_next, when, worded
from fvdt_mailer.model.delivery import State, Tally
from fvdt_mailer.model.standing import Standing
from fvdt_mailer.pipeline.approve import told
from fvdt_mailer.pipeline.bottleneck import bottleneck, seconds_left

if TYPE_CHECKING:
    from fvdt_mailer.app.mailer import Mailer

MISSED = tuple(state for state in State if state is not State.SENT)
_LABEL = 11


def details(standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    """Everything but the tally: pace, moments, people, segments, domains, the server's words."""
    yield from moments(standing, zone)
    yield from pace(standing, zone)
    yield from _table("segments", standing.segments)
    yield from _table("domains", standing.domains)
    yield from remarks(standing, zone)


def moments(standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    """When what happened or will, and who stands for it."""
    course, now = standing.course, standing.now
    for approval in standing.approvals:
        is_valid = approval.content_hash == course.content_hash
        after = "" if is_valid else " (of another content)"
        yield _line("approved", f"by {told(approval, zone)}{after}")
    yield _line("queued", when(course.frozen.astimezone(zone), now=now))
    for label, moment in (
        ("scheduled", course.scheduled),
        ("started", course.started),
        ("finished", course.finished),
    ):
        if moment is not None:
            yield _line(label, when(moment.astimezone(zone), now=now))


def pace(standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    """Who sends it, how fast, what limits that, and until when."""
    tempo, left = standing.course.tempo, seconds_left(standing)
    if standing.sender:
        yield _line("sender", standing.sender)
    if tempo is not None and tempo.per_second:
        last = "" if standing.sender else f", last at {tempo.until.astimezone(zone):%H:%M:%S}"
        yield _line("rate", f"{tempo.per_second:.3g} mails/s{last}")
    limit = bottleneck(standing)
    if limit:
        yield _line("limited by", limit)
    if left is not None:
        yield _line("time left", f"about {duration(left)}")
    if standing.is_deferred and standing.due is not None and standing.now < standing.due:
        yield _line("next retry", when(standing.due, now=standing.now))


def remarks(standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    """What the server said last of mails that did not arrive."""
    if standing.remarks:
        yield "the server's words"
    for remark in standing.remarks:
        times = f"{remark.times:>7}  " if remark.times > 1 else " " * 9
        at = when(remark.last.astimezone(zone), now=standing.now)
        yield f"{times}{remark.reply or 'nothing'} ({worded(remark.state)}, {at})"


def next_step(standing: Standing) -> str:
    """The last line: what became of it, and what to do now."""
    tally, campaign = standing.tally, standing.edition_id
    if standing.sender and tally.owed:
        return (
            f"{summary(tally)}; {standing.sender} is sending it. "
            f"Follow it with: fvdt-mailer status {campaign} --watch"
        )
    return what_next(campaign, tally, due=standing.due, now=standing.now)


def missing_lines(mailer: Mailer, edition_id: str) -> Iterator[str]:
    """Who did not get it, and why, by address."""
    zone = mailer.folder.project.timezone
    now = mailer.clock()
    for delivery in mailer.accounts.deliveries(edition_id, MISSED):
        reply = delivery.outcome.reply if delivery.outcome else ""
        why = reply or MEANING[delivery.state]
        again = ""
        if delivery.next_try is not None:
            again = f"  again at {when(delivery.next_try.astimezone(zone), now=now)}"
        yield f"  {delivery.recipient.address}  {delivery.state.value}  {why}{again}"


def _table(title: str, rows: Mapping[str, Tally]) -> Iterator[str]:
    width = max(map(len, rows), default=0)
    yield title
    for name, tally in rows.items():
        yield f"  {name:{width}}  {summary(tally)}"


def _line(label: str, text: str) -> str:
    return f"{label:>{_LABEL - 1}}  {text}"
