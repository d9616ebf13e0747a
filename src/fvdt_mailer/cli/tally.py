"""What a plan would do and what became of it, as a person reads it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import number
from fvdt_mailer.model.delivery import SETTLED, State, Tally

if TYPE_CHECKING:
    from fvdt_mailer.model.plan import Plan

MEANING = {
    State.QUEUED: "waiting to be sent",
    State.CLAIMED: "taken up, not sent",
    State.FINALIZING: "being handed over",
    State.SENT: "taken by the server",
    State.DEFERRED: "to be tried again",
    State.FAILED: "refused for good",
    State.SUPPRESSED: "left the audience since",
    State.IN_DOUBT: "perhaps sent, perhaps not",
}
_COLOUR = {
    State.SENT: "green",
    State.FAILED: "red",
    State.IN_DOUBT: "red",
    State.DEFERRED: "yellow",
}
DONE, STOPPED, IN_DOUBT = 0, 1, 3


def print_plan(plan: Plan) -> None:
    """Print who gets what, a line per segment."""
    width = max((len(str(part.key)) for part in plan.segments), default=0)
    for part in plan.segments:
        told = number(len(part.activities), "activity").replace("activitys", "activities")
        what = told if part.is_mailed else "no mail: nothing to tell them"
        click.echo(f"  {part.key!s:{width}}  {number(part.readers, 'reader'):>14}  {what}")


def print_tally(tally: Tally) -> None:
    """Print how many deliveries stand in each state."""
    for state, count in tally.counts:
        if count:
            name = click.style(f"{state.value:>10}", fg=_COLOUR.get(state))
            click.echo(f"{name}  {count:>7}  {MEANING[state]}")
    click.echo(f"{'frozen':>10}  {tally.frozen:>7}  {balance(tally)}")


def balance(tally: Tally) -> str:
    """The account in words: `= 80 sent + 3 failed + 4 still owed: balanced`."""
    settled = [f"{tally[state]} {worded(state)}" for state in SETTLED if tally[state]]
    owed = sum(count for state, count in tally.counts if state not in SETTLED)
    parts = [*settled, f"{owed} still owed"] if owed or not settled else settled
    verdict = "balanced" if tally.is_balanced else "NOT BALANCED: please report this"
    return f"= {' + '.join(parts)}: {verdict}"


def worded(state: State) -> str:
    """The name of a state in a sentence."""
    return state.value.replace("_", " ")


def exit_code(tally: Tally) -> int:
    """0 when nobody is owed a mail, 3 when some are in doubt, else 1."""
    if tally[State.IN_DOUBT]:
        return IN_DOUBT
    return DONE if tally.is_complete else STOPPED


def summary(tally: Tally) -> str:
    """`80 of 87 sent; 3 failed; 4 still owed`."""
    parts = [f"{tally[State.SENT]} of {tally.frozen} sent"]
    for state in (State.FAILED, State.SUPPRESSED, State.IN_DOUBT):
        parts += [f"{tally[state]} {worded(state)}"] if tally[state] else []
    return "; ".join([*parts, f"{tally.owed} still owed"] if tally.owed else parts)


def what_next(campaign: str, tally: Tally, *, due: datetime | None, now: datetime) -> str:
    """The last line: what happened, and what to do now."""
    sent = f"{tally[State.SENT]} of {tally.frozen} sent"
    if tally[State.IN_DOUBT]:
        return (
            f"{sent}; {tally[State.IN_DOUBT]} in doubt. See who: fvdt-mailer status {campaign} "
            f"--missing; then settle it: fvdt-mailer resolve {campaign} --resend|--assume-sent"
        )
    if tally.owed:
        is_later = due is not None and now < due
        until = f", the first from {when(due, now=now)}" if due is not None and is_later else ""
        return f"{sent}; {tally.owed} still owed{until}. Go on with: fvdt-mailer send {campaign}"
    if tally[State.FAILED]:
        return (
            f"{sent}; {tally[State.FAILED]} refused. See: fvdt-mailer status {campaign} --missing"
        )
    return f"Done: {sent}."


def when(moment: datetime, *, now: datetime) -> str:
    """`09:00` for a moment of today, else `2026-12-01 09:00`."""
    is_today = moment.date() == now.astimezone(moment.tzinfo).date()
    return f"{moment:%H:%M}" if is_today else f"{moment:%Y-%m-%d %H:%M}"


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h 20 min`."""
    whole = round(seconds)
    if whole < 2 * 60:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
