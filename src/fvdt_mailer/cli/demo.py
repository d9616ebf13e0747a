"""The command that shows all of it at once: demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import last_line, number

if TYPE_CHECKING:
    from fvdt_mailer.adapters.demo_folder import Listed
    from fvdt_mailer.adapters.sandbox import Received
    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.model.delivery import Tally

_CAMPAIGN = "2013-06"


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer demo
  fvdt-mailer demo --campaign 2026-12 -o /tmp/december
"""
)
@click.option(
    "--campaign",
    default=_CAMPAIGN,
    show_default=True,
    metavar="ID",
    help="The campaign of the worked example to send.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-mail"),
    show_default=True,
    help="The folder to write the mails into.",
)
def demo(campaign: str, output: Path) -> int:
    """Send the sample edition, on this machine only.

    An embedded SMTP server on 127.0.0.1 takes every mail and writes it to a folder.
    """
    from fvdt_mailer.adapters.demo_folder import empty_demo_folder, write_index
    from fvdt_mailer.adapters.sandbox import Sandbox
    from fvdt_mailer.cli.tally import print_plan, print_tally
    from fvdt_mailer.wiring import open_example

    folder = empty_demo_folder(output)
    with open_example(folder / "mailer.db") as mailer, Sandbox(folder / "mails") as sandbox:
        _import_sample(mailer)
        plan = mailer.plan(campaign)
        print_plan(plan)
        mailer.queue(plan)
        tally = _send(mailer, campaign, sandbox.port, plan.mailed)
        segments = _segments(mailer, campaign)
        received = sandbox.received
    print_tally(tally)
    listed = [_listed(one, segments[one.rcpt]) for one in received if one.rcpt in segments]
    page = write_index(folder, plan.edition.project.name, listed)
    return _verdict([one.rcpt for one in received], segments, page)


def _import_sample(mailer: Mailer) -> None:
    from fvdt_mailer.adapters.audience_file import read_audience_file
    from fvdt_mailer.pipeline.readers.sift import Sieve
    from fvdt_mailer.wiring import sample_audience

    project = mailer.folder.project
    rows = read_audience_file(
        sample_audience(), clusters=project.clusters, language=project.language
    )
    tally = mailer.audience.merge(Sieve(rows).all(), dry_run=False)
    click.echo(f"{number(tally.new, 'sample reader')} in three languages, at example.org.")


def _send(mailer: Mailer, campaign: str, port: int, mails: int) -> Tally:
    from fvdt_mailer.cli.progress import watched
    from fvdt_mailer.wiring import local_transport

    transport = local_transport(port)
    click.echo(f"Sending over SMTP to 127.0.0.1:{port} ...")
    with watched("Sending", mails, limit=None, connections=4, rate=None) as watch:
        return mailer.deliver(campaign, transport, watch)


def _segments(mailer: Mailer, campaign: str) -> dict[str, str]:
    from fvdt_mailer.model.delivery import State

    sent = mailer.accounts.deliveries(campaign, (State.SENT,))
    return {str(one.recipient.address): str(one.recipient.segment) for one in sent}


def _listed(received: Received, segment: str) -> Listed:
    from fvdt_mailer.adapters.demo_folder import Listed

    files = {
        "HTML": received.path_html,
        "text": received.path_text,
        ".eml": received.path_eml,
    }
    return Listed(
        reader=received.rcpt,
        segment=segment,
        subject=received.subject,
        files={name: path for name, path in files.items() if path is not None},
    )


def _verdict(arrived: Sequence[str], sent: Mapping[str, str], page: Path) -> int:
    twice = [reader for reader, times in Counter(arrived).items() if times > 1]
    missing = sorted(set(sent) - set(arrived))
    if twice or missing or not sent:
        last_line(f"Not every mail arrived once: {twice=} {missing=}", colour="red")
        return 1
    last_line(f"Each of the {number(len(sent), 'mail')} arrived exactly once.")
    last_line(f"Read them in a browser: {page.resolve().as_uri()}")
    click.echo("Next: fvdt-mailer init my-newsletter")
    return 0
