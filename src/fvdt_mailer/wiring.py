"""Which adapter serves which port; the only place that knows."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fvdt_mailer.adapters.project_files import read_folder, template_set
from fvdt_mailer.adapters.scaffold import example_root
from fvdt_mailer.adapters.secret import read_secret
from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import NotReady
from fvdt_mailer.model.project import Project, Smtp

if TYPE_CHECKING:
    from fvdt_mailer.model.rate import Rate
    from fvdt_mailer.ports import Clock, Inspector, Pace, Transport

_STORE = Path(".mailer") / "mailer.db"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@contextmanager
def open_mailer(
    root: Path, *, writes: bool, store: Path | None = None, clock: Clock = now
) -> Iterator[Mailer]:
    """The mailer of a project folder; every handle is closed afterwards.

    A mailer that does not write makes no store: where there is none yet, it reads an empty one
    that is gone afterwards. `store` is a file to use instead of what mailer.yaml names.
    """
    from fvdt_mailer.adapters.send_lock import FileSendLock
    from fvdt_mailer.adapters.signing import SigningKeys
    from fvdt_mailer.adapters.store.opening import open_store
    from fvdt_mailer.adapters.support_data import read_support
    from fvdt_mailer.adapters.threads import Threads

    folder, warnings = read_folder(
        root, builtin_templates=template_set(example_root() / "templates")
    )
    place = store or _place(folder.project, root)
    with ExitStack() as stack:
        if not (writes or place.exists()):
            place = Path(stack.enter_context(TemporaryDirectory())) / place.name
        opened = stack.enter_context(open_store(place, clock=clock))
        yield Mailer(
            folder=folder,
            warnings=warnings,
            audience=opened.audience,
            ledger=opened.ledger,
            accounts=opened.accounts,
            agenda=opened.agenda,
            settlement=opened.accounts,
            lock=FileSendLock(place.parent, opened.leases),
            leases=opened.leases,
            schedule=opened.schedule,
            survey=opened.survey,
            approvals=opened.approvals,
            crew=Threads(),
            signing=SigningKeys(lambda reference: read_secret(reference, root, os.environ)),
            secrets=opened.secrets,
            support=read_support(),
            clock=clock,
            program=version("fvdt-mailer"),
        )


def open_example(store: Path) -> AbstractContextManager[Mailer]:
    """The mailer of the worked example, with a store of its own."""
    return open_mailer(example_root(), writes=True, store=store)


def sample_audience() -> Path:
    """The file with the sample readers."""
    return example_root() / "audience" / "sample.csv"


def local_transport(port: int) -> Transport:
    """A way to a server on this machine, without encryption."""
    from fvdt_mailer.adapters.smtp.endpoint import Endpoint
    from fvdt_mailer.adapters.smtp.transport import SmtpTransport

    smtp = Smtp(url=f"smtp://127.0.0.1:{port}")
    return SmtpTransport(endpoint=Endpoint.parse(smtp, None, helo="localhost"))


def open_transport(project: Project, root: Path, *, eml: Path | None = None) -> Transport:
    """The way out that mailer.yaml names, or the folder `eml`; NotReady when there is neither."""
    from fvdt_mailer.adapters.eml_folder import EmlFolderTransport
    from fvdt_mailer.adapters.smtp.endpoint import Endpoint
    from fvdt_mailer.adapters.smtp.transport import SmtpTransport

    if eml is not None:
        return EmlFolderTransport(eml)
    smtp = project.smtp
    if smtp is None:
        raise NotReady('no mail server yet; name one under "smtp" in mailer.yaml, or use --eml DIR')
    password = read_secret(smtp.password, root, os.environ) if smtp.password else None
    token = partial(_access_token, smtp.oauth_token, root) if smtp.oauth_token else None
    domain = project.sender.from_.address.domain
    located = smtp.model_copy(update={"ca": str(root / smtp.ca)}) if smtp.ca else smtp
    return SmtpTransport(
        endpoint=Endpoint.parse(located, password, token=token, helo=domain),
        per_connection=smtp.per_connection,
    )


def inspectors(
    root: Path, project: Project, *, quick: bool, online: bool
) -> tuple[tuple[Inspector, ...], tuple[str, ...]]:
    """What looks at mails with programs from outside, and how to install what is missing.

    `quick` leaves Chromium and SpamAssassin out; `online` adds visits to the links.
    """
    finders: tuple[Callable[[], Inspector], ...] = (partial(_axe, root, project), _spamassassin)
    found: list[Inspector] = []
    missing: list[str] = []
    for find in () if quick else finders:
        try:
            found.append(find())
        except NotReady as lack:
            missing.append(str(lack))
    if online:
        from fvdt_mailer.adapters.link_visitor import LinkVisitor

        found.append(LinkVisitor())
    return tuple(found), tuple(missing)


def pace(rate: Rate | None, *, wait: Callable[[float], bool]) -> Pace:
    """What keeps to that rate; `wait` tells whether the run is to stop meanwhile."""
    from fvdt_mailer.adapters.pace import SteadyPace

    return SteadyPace(rate.interval if rate else 0.0, wait=wait)


def jitter() -> float:
    """A number from 0 to 1."""
    return random.random()  # noqa: S311 - spreads senders in time, guards nothing


def _access_token(reference: str, root: Path) -> str:
    from fvdt_mailer.adapters.smtp.token_command import printed_token

    kind, _, command = reference.partition(":")
    if kind == "command":
        return printed_token(command, root)
    return read_secret(reference, root, os.environ)


def _axe(root: Path, project: Project) -> Inspector:
    from fvdt_mailer.adapters.browser.find import find_chromium

    program = find_chromium(os.environ)
    # These load what drives Chromium, which is optional.
    from fvdt_mailer.adapters.browser.axe import Axe
    from fvdt_mailer.adapters.browser.pictures import Pictures

    return Axe(program=program, pictures=Pictures(root=root, public_url=project.public_url))


def _spamassassin() -> Inspector:
    from fvdt_mailer.adapters.spamassassin import SpamAssassin

    return SpamAssassin.find(os.environ)


def _place(project: Project, root: Path) -> Path:
    if project.store == "sqlite":
        return root / _STORE
    if project.store.startswith("sqlite:///"):
        return root / project.store.removeprefix("sqlite:///")
    raise NotReady(
        f'the store "{project.store}" is a database server, which is not supported yet; '
        "write `store: sqlite` in mailer.yaml"
    )
