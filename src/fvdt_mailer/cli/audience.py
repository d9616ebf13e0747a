"""Commands about readers: audience import, export and stats."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from fvdt_mailer.cli.report import last_line, number, print_problems
from fvdt_mailer.cli.settings import Settings, pass_settings

if TYPE_CHECKING:
    from fvdt_mailer.model.imported import ImportTally, RowReport

_T = TypeVar("_T")
_STEP = 1000


@click.group()
def audience() -> None:
    """Import, export and count readers."""


@audience.command(
    "import",
    epilog="""\b
Examples:
  fvdt-mailer audience import readers.csv --dry-run    what would change
  fvdt-mailer audience import readers.csv              all rows, or none if one is wrong
  fvdt-mailer audience import readers.csv --skip-invalid
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--skip-invalid", is_flag=True, help="Leave out the rows that are wrong.")
@pass_settings
def import_(settings: Settings, file: Path, *, dry_run: bool, skip_invalid: bool) -> int:
    """Add and update readers from a CSV file.

    An import updates data and never consent: who left stays away.
    """
    from fvdt_mailer.adapters.audience_file import read_audience_file
    from fvdt_mailer.cli.progress import progress
    from fvdt_mailer.pipeline.readers.sift import Sieve

    with settings.mailer(writes=not dry_run) as mailer:
        project = mailer.folder.project
        rows = read_audience_file(file, clusters=project.clusters, language=project.language)
        with progress("Importing", None) as advance:
            sieve = Sieve(_counted(rows, advance))
            entrants = sieve.good() if skip_invalid or dry_run else sieve.all()
            tally = mailer.audience.merge(entrants, dry_run=dry_run)
    _print_import(tally, sieve.report)
    is_refused = dry_run and not skip_invalid and sieve.report.error_count > 0
    last_line(_imported(tally, dry_run=dry_run), colour="yellow" if is_refused else "green")
    return 2 if is_refused else 0


@audience.command("export", epilog="\b\nExample:\n  fvdt-mailer audience export -o readers.csv")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; default: standard output.",
)
@pass_settings
def export(settings: Settings, output: Path | None) -> None:
    """Write all readers as CSV, safe to open in a spreadsheet."""
    from fvdt_mailer.adapters.audience_file import write_audience_file

    with settings.mailer() as mailer:
        written = write_audience_file(output or sys.stdout, mailer.audience.everyone())
    if output is not None:
        last_line(f"Wrote {number(written, 'reader')} to {output}. Keep it out of version control.")


@audience.command("stats", epilog="\b\nExample:\n  fvdt-mailer audience stats --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_settings
def stats(settings: Settings, *, as_json: bool) -> None:
    """Count readers by status, language and cluster."""
    with settings.mailer() as mailer:
        counted = mailer.audience.stats()
    groups = {
        "status": dict(counted.by_status),
        "language": dict(counted.by_language),
        "cluster": dict(counted.by_cluster),
    }
    if as_json:
        suppressed = {"suppressions": counted.suppressions}
        click.echo(json.dumps({"readers": counted.readers, **groups, **suppressed}, indent=2))
        return
    for group, counts in groups.items():
        click.echo(click.style(group, bold=True))
        for name, count in counts.items():
            click.echo(f"  {name or 'all clusters':20} {count:>9}")
    last_line(f"{number(counted.readers, 'reader')}, {counted.suppressions} suppressed addresses.")


def _counted(rows: Iterable[_T], advance: Callable[[int], None]) -> Iterator[_T]:
    waiting = 0
    for row in rows:
        waiting += 1
        if waiting == _STEP:
            advance(waiting)
            waiting = 0
        yield row
    advance(waiting)


def _print_import(tally: ImportTally, report: RowReport) -> None:
    print_problems((*report.errors, *report.warnings))
    left_alone = tally.suppressed + tally.unsubscribed
    for count, meaning in (
        (tally.new, "new"),
        (tally.changed, "changed"),
        (tally.unchanged, "unchanged"),
        (left_alone, "left alone: suppressed or unsubscribed"),
        (report.refused, "invalid, left out"),
    ):
        if count:
            click.echo(f"{count:>9}  {meaning}")


def _imported(tally: ImportTally, *, dry_run: bool) -> str:
    readers = number(tally.new + tally.changed, "reader")
    if dry_run:
        return f"Dry run: {readers} would be added or changed; nothing was written."
    return f"Imported: {readers} added or changed. Next: fvdt-mailer audience stats"
