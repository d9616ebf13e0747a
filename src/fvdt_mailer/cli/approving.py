"""The command by which a person stands for what is sent: approve."""

from __future__ import annotations

import click

from fvdt_mailer.cli.planned import AT, appointed, shown_plan
from fvdt_mailer.cli.report import last_line, number
from fvdt_mailer.cli.settings import Settings, pass_settings


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer approve 2026-12 --by "An Peeters"
  fvdt-mailer approve 2026-12 --by "Bram Claes" --note "dates checked with Voka"
  fvdt-mailer approve 2026-12 --by "An Peeters" --at "2026-12-01 09:00"
"""
)
@click.argument("campaign")
@click.option("--by", required=True, metavar="NAME", help="Who approves it.")
@click.option("--note", default="", metavar="TEXT", help="What is to be remembered with it.")
@AT
@pass_settings
def approve(settings: Settings, campaign: str, *, by: str, note: str, at: str | None) -> None:
    """Approve a campaign as it is now.

    The name is bound to the words, the rule for its readers and the sender: when any of these
    changes, the approval holds no longer. With `approval: required` in mailer.yaml, `send` asks
    for one. A campaign without `as_of` speaks from the moment it is sent: name that with --at
    when it is not now.
    """
    from fvdt_mailer.app.approving import approve as bind
    from fvdt_mailer.app.approving import name_of, note_of

    try:
        name, remark = name_of(by), note_of(note)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with settings.mailer(writes=True) as mailer:
        plan = shown_plan(mailer, campaign, at=appointed(mailer, at))
        is_new = bind(mailer, plan, by=name, note=remark)
    what = f"{campaign} as it is now: {number(plan.mailed, 'mail')}"
    if not is_new:
        last_line(f"{name} had approved {what}. Next: fvdt-mailer send {campaign}")
        return
    last_line(f"{name} approved {what}. Next: fvdt-mailer send {campaign}")
