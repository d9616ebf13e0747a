"""The command that writes down what was sent: proof."""

from __future__ import annotations

from pathlib import Path

import click

from fvdt_mailer.cli.report import last_line
from fvdt_mailer.cli.settings import Settings, pass_settings
from fvdt_mailer.errors import NotReady

_FOLDER = "proofs"


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer proof 2026-12               writes proofs/2026-12.yaml; commit it
  fvdt-mailer proof 2026-12 -o report.yaml
  fvdt-mailer proof 2026-12 -o -          prints it
"""
)
@click.argument("campaign")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="The file to write; default: proofs/CAMPAIGN.yaml in the project folder.",
)
@pass_settings
def proof(settings: Settings, campaign: str, output: Path | None) -> None:
    """Write one file that proves what was sent, to commit beside the campaign.

    It holds the hash of the content, who approved it, when what happened, and how many mails
    ended how. It holds no address. The same ledger gives the same file.
    """
    from fvdt_mailer.app.proving import proof as proven
    from fvdt_mailer.pipeline.write_proof import write_proof

    with settings.mailer() as mailer:
        found = proven(mailer, campaign)
    text = write_proof(found)
    if output == Path("-"):
        click.echo(text, nl=False)
        return
    path = output or settings.root() / _FOLDER / f"{campaign}.yaml"
    _write(path, text)
    if found.tally.is_complete:
        last_line(f"Wrote {path}. Next: commit it beside the campaign")
        return
    last_line(
        f"Wrote {path}; {found.tally.owed} are still owed. Write it again when they are settled",
        colour="yellow",
    )


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NotReady(f"cannot write {path}: {error.strerror}; name another file") from error
