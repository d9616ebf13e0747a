"""Commands that write files to start from: init, new, schema."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import click

from fvdt_mailer.cli.report import last_line
from fvdt_mailer.cli.settings import Settings, pass_settings
from fvdt_mailer.errors import did_you_mean

_ID = r"[a-z0-9]+(-[a-z0-9]+)*"


@click.command(epilog="\b\nExample:\n  fvdt-mailer init my-newsletter")
@click.argument("directory", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Make a project folder with a worked example to change."""
    from fvdt_mailer.adapters.scaffold import copy_example

    written = copy_example(directory)
    click.echo(f"Wrote {len(written)} files into {directory}/:")
    click.echo("  mailer.yaml   who sends, to which clusters, through which server")
    click.echo("  activities/   what happens, one item each")
    click.echo("  campaigns/    one file for each mailing")
    click.echo("  templates/    how a mail looks")
    click.echo("  audience/     sample readers")
    last_line(f"Next: cd {directory} && fvdt-mailer check")


@click.group()
def new() -> None:
    """Start a campaign or an activity from a template."""


@new.command("campaign", epilog="\b\nExample:\n  fvdt-mailer new campaign 2027-01")
@click.argument("campaign_id", metavar="ID")
@pass_settings
def new_campaign(settings: Settings, campaign_id: str) -> None:
    """Write campaigns/ID.yaml: a newsletter for the coming weeks."""
    from fvdt_mailer.adapters.scaffold import write_new
    from fvdt_mailer.pipeline.files.scaffold import new_campaign as written

    _require_id(campaign_id)
    path = Path("campaigns") / f"{campaign_id}.yaml"
    with settings.mailer() as mailer:
        today = mailer.clock().date()
        text = written(campaign_id, name=mailer.folder.project.name, today=today)
    write_new(settings.root() / path, text)
    last_line(f"Wrote {path}. Change its words, then: fvdt-mailer check {campaign_id}")


@new.command("activity", epilog="\b\nExample:\n  fvdt-mailer new activity lezing-biocomposieten")
@click.argument("activity_id", metavar="ID")
@click.option("--cluster", metavar="ID", help="Its cluster; default: the first of the project.")
@pass_settings
def new_activity(settings: Settings, activity_id: str, cluster: str | None) -> None:
    """Write activities/ID.yaml: a draft activity."""
    from fvdt_mailer.adapters.scaffold import write_new
    from fvdt_mailer.pipeline.files.scaffold import new_activity as written

    _require_id(activity_id)
    path = Path("activities") / f"{activity_id}.yaml"
    with settings.mailer() as mailer:
        clusters = tuple(mailer.folder.project.clusters)
        start = mailer.clock().date() + timedelta(days=30)
    if cluster is not None and cluster not in clusters:
        hint = did_you_mean(cluster, clusters)
        raise click.BadParameter(f'unknown cluster "{cluster}"; {hint}', param_hint="--cluster")
    text = written(activity_id, cluster=cluster or clusters[0], start=start)
    write_new(settings.root() / path, text)
    last_line(f"Wrote {path}. Fill it in, then take its `status: draft` away.")


@click.command(epilog="\b\nExample:\n  fvdt-mailer schema -o .schemas")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".schemas"),
    show_default=True,
    help="The folder to write into.",
)
def schema(output: Path) -> None:
    """Write JSON Schemas for editors.

    With them an editor completes and checks the YAML files while you type.
    """
    from fvdt_mailer.pipeline.files.json_schemas import schemas

    output.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (output / name).write_text(
            json.dumps(text, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        click.echo(f"Wrote {output / name}")
    last_line(
        "Next: begin mailer.yaml with\n"
        f"  # yaml-language-server: $schema={output / 'mailer.schema.json'}"
    )


def _require_id(written: str) -> None:
    if not re.fullmatch(_ID, written):
        raise click.BadParameter(
            f'"{written}" is no id; use lower-case letters, digits and hyphens', param_hint="ID"
        )
