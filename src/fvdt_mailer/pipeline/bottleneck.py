"""What keeps a send from being faster or further, and how long it will take."""

from __future__ import annotations

from fvdt_mailer.model.delivery import Blame, State
from fvdt_mailer.model.standing import Standing

# A rate is kept to over seconds, so what is observed over a minute comes out somewhat below it.
_AT_THE_RATE = 0.9
_LONGEST_QUOTE = 200


def bottleneck(standing: Standing) -> str:
    """What limits it now, in plain words; empty when nothing is owed."""
    if not standing.tally.owed:
        return ""
    return _moment(standing) or _nobody(standing) or _refused(standing) or _speed(standing)


def seconds_left(standing: Standing) -> float | None:
    """How long what is due will take at the observed speed; None when that cannot be known."""
    tempo = standing.course.tempo
    if not standing.sender or tempo is None or not tempo.per_second or standing.is_deferred:
        return None
    return (standing.tally.owed - standing.tally[State.DEFERRED]) / tempo.per_second


def _moment(standing: Standing) -> str:
    scheduled, due = standing.course.scheduled, standing.due
    if scheduled is not None and standing.now < scheduled:
        return "its moment: nothing leaves before it"
    if standing.is_deferred and due is not None and standing.now < due:
        return "the server asked to come back later"
    return ""


def _nobody(standing: Standing) -> str:
    if standing.sender:
        return ""
    return f"nobody is sending it; go on with: fvdt-mailer send {standing.edition_id}"


def _refused(standing: Standing) -> str:
    """What the server said, where the last that was heard of it blames us."""
    tempo = standing.course.tempo
    latest = standing.remarks[0] if standing.remarks else None
    if latest is None or latest.blame is not Blame.US or latest.state is not State.DEFERRED:
        return ""
    if tempo is not None and latest.last < tempo.until:
        return ""
    return f'the server turns us down: "{latest.reply[:_LONGEST_QUOTE]}"'


def _speed(standing: Standing) -> str:
    tempo, rate = standing.course.tempo, standing.rate
    observed = tempo.per_second if tempo is not None else 0.0
    if rate is not None and observed >= _AT_THE_RATE / rate.interval:
        return f"the rate set in mailer.yaml ({rate})"
    if standing.connections == 1:
        return "one connection: each mail waits for the answer to the one before"
    answers = f"the server's answers, over {standing.connections} connections"
    if not observed:
        return answers
    return f"{answers}: each takes {standing.connections / observed:.2g} s"
