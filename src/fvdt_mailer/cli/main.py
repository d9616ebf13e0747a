"""The command line: one group, its options, and what each kind of failure exits with."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fvdt_mailer.cli.approving import approve
from fvdt_mailer.cli.audience import audience
from fvdt_mailer.cli.checking import check
from fvdt_mailer.cli.demo import demo
from fvdt_mailer.cli.look import render, segments
from fvdt_mailer.cli.project_files import init, new, schema
from fvdt_mailer.cli.proving import proof
from fvdt_mailer.cli.report import print_problems
from fvdt_mailer.cli.sending import send, test
from fvdt_mailer.cli.settings import Settings
from fvdt_mailer.cli.settling import resolve, withdraw
from fvdt_mailer.cli.standing import status
from fvdt_mailer.cli.working import worker
from fvdt_mailer.errors import FilesError, MailerError

DONE, STOPPED, YOUR_FILES, IN_DOUBT, BUG = 0, 1, 2, 3, 70

_EPILOG = """\b
Start here:
  fvdt-mailer demo                      see it work, without any settings
  fvdt-mailer init my-newsletter        a folder of your own
  fvdt-mailer check                     what is wrong, before anyone is mailed
  fvdt-mailer send 2026-12 --dry-run    who would get what

\b
Exit codes: 0 done, 1 stopped (run it again), 2 your files, 3 some deliveries in doubt.
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The project folder; default: the first one upwards from here with a mailer.yaml.",
)
@click.option("--no-color", is_flag=True, help="Print without colours; NO_COLOR does the same.")
@click.version_option(package_name="fvdt-mailer")
@click.pass_context
def cli(context: click.Context, project: Path | None, *, no_color: bool) -> None:
    """Send a newsletter from a folder of activities and campaigns, to each reader once."""
    context.obj = Settings(project=project, has_colour=False if no_color else None)
    context.color = False if no_color else None


for command in (
    demo, init, new, schema, check, render, segments, test, approve, send, status, resolve,
    withdraw, proof, worker, audience,
):  # fmt: skip
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        code = cli.main(arguments, prog_name="fvdt-mailer", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = YOUR_FILES
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing more was done.", err=True)
        code = STOPPED
    except FilesError as error:
        print_problems(error.problems)
        code = YOUR_FILES
    except MailerError as error:
        click.echo(f"{click.style('Stopped:', fg='yellow', bold=True)} {error}", err=True)
        code = STOPPED
    except BrokenPipeError:
        code = STOPPED
    except Exception:  # noqa: BLE001 - a bug: its traceback is the report
        import traceback

        traceback.print_exc()
        click.echo("This is a bug in fvdt-mailer; nothing that was recorded is lost.", err=True)
        code = BUG
    sys.exit(code or DONE)
