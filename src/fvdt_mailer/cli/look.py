"""Commands that show what readers would get: render and segments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import last_line, number
from fvdt_mailer.cli.settings import Settings, pass_settings
from fvdt_mailer.errors import NotReady

if TYPE_CHECKING:
    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.app.viewing import View
    from fvdt_mailer.model.plan import Plan


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer render 2013-06 --format text --body-only
  fvdt-mailer render 2026-12 --clusters voeding,zorgeconomie --language fr > mail.html
  fvdt-mailer render 2026-12 -o out       every segment, as .html, .txt and .eml
"""
)
@click.argument("campaign")
@click.option("--clusters", default="", metavar="A,B", help="Clusters followed; default: all.")
@click.option("--language", type=click.Choice(["nl", "fr", "en"]), help="The reader's language.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "text", "eml"]),
    default="html",
    show_default=True,
    help="What to print.",
)
@click.option("--body-only", is_flag=True, help="With text: only the campaign's own words.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write every segment into DIR instead.",
)
@pass_settings
def render(
    settings: Settings,
    campaign: str,
    *,
    clusters: str,
    language: str | None,
    form: str,
    body_only: bool,
    output: Path | None,
) -> None:
    """Print the mail of one segment, or write those of all segments."""
    from fvdt_mailer.app.viewing import body, view
    from fvdt_mailer.model.language import Language

    if body_only and form != "text":
        raise click.UsageError("--body-only goes with --format text")
    followed = [name.strip() for name in clusters.split(",") if name.strip()]
    spoken = Language(language) if language else None
    with settings.mailer() as mailer:
        if output is not None:
            _write_all(output, mailer, campaign)
        elif body_only:
            click.echo(body(mailer, campaign, clusters=followed, language=spoken), nl=False)
        else:
            _print(view(mailer, campaign, clusters=followed, language=spoken), form)


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer segments 2026-12
  fvdt-mailer segments 2026-12 --json
"""
)
@click.argument("campaign")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_settings
def segments(settings: Settings, campaign: str, *, as_json: bool) -> None:
    """Say who gets what: readers and activities per segment."""
    from fvdt_mailer.cli.tally import print_plan

    with settings.mailer() as mailer:
        plan = mailer.plan(campaign)
    if as_json:
        click.echo(json.dumps(_rows(plan), indent=2))
        return
    if not plan.segments:
        raise NotReady("there are no readers yet; run: fvdt-mailer audience import FILE")
    print_plan(plan)
    last_line(
        f"{number(plan.mailed, 'reader')} get a mail, {plan.unmailed} get none. "
        f"Next: fvdt-mailer render {campaign} -o out"
    )


def _rows(plan: Plan) -> dict[str, object]:
    rows = [
        {
            "segment": str(part.key),
            "clusters": part.key.clusters,
            "language": part.key.language.value,
            "readers": part.readers,
            "activities": part.activities,
            "mailed": part.is_mailed,
        }
        for part in plan.segments
    ]
    return {
        "campaign": plan.edition.id,
        "as_of": plan.edition.as_of.isoformat(),
        "segments": rows,
        "mailed": plan.mailed,
        "unmailed": plan.unmailed,
    }


def _write_all(folder: Path, mailer: Mailer, campaign: str) -> None:
    from fvdt_mailer.app.viewing import hosted, views

    shown, pages = tuple(views(mailer, campaign)), tuple(hosted(mailer, campaign))
    folder.mkdir(parents=True, exist_ok=True)
    for one in shown:
        (folder / f"{one.key}.html").write_text(one.html, encoding="utf-8", newline="\n")
        (folder / f"{one.key}.txt").write_text(one.text, encoding="utf-8", newline="\n")
        (folder / f"{one.key}.eml").write_bytes(one.eml)
    for page in pages:
        file = folder / "public" / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.content)
    address = f"{mailer.folder.project.public_url.rstrip('/')}/"
    hosting = f" Its activities have their pages in {folder}/public/: host that at {address}"
    last_line(
        f"Wrote {number(len(shown), 'segment')} into {folder}/, each as .html, .txt and .eml."
        + (hosting if pages else "")
    )


def _print(shown: View, form: str) -> None:
    if form == "eml":
        click.echo(shown.eml, nl=False)
        return
    click.echo(shown.html if form == "html" else shown.text, nl=False)
