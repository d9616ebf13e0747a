"""Which adapter serves which port; the only place that knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fvdt_mailer.adapters.project_files import read_folder, read_secret, template_set
from fvdt_mailer.adapters.scaffold import example_root
from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import NotReady
from fvdt_mailer.model.project import Project, Smtp

if TYPE_CHECKING:
    from fvdt_mailer.ports import Transport

_STORE = Path(".mailer") / "mailer.db"


@contextmanager
def open_mailer(root: Path, *, writes: bool, store: Path | None = None) -> Iterator[Mailer]:
    """The mailer of a project folder; every handle is closed afterwards.

    A mailer that does not write makes no store: where there is none yet, it reads an empty one
    that is gone afterwards. `store` is a file to use instead of what mailer.yaml names.
    """
    from fvdt_mailer.adapters.send_lock import FileSendLock
    from fvdt_mailer.adapters.store.opening import open_store

    folder, warnings = read_folder(
        root, builtin_templates=template_set(example_root() / "templates")
    )
    place = store or _place(folder.project, root)
    with ExitStack() as stack:
        if not (writes or place.exists()):
            place = Path(stack.enter_context(TemporaryDirectory())) / place.name
        opened = stack.enter_context(open_store(place, clock=now))
        yield Mailer(
            folder=folder,
            warnings=warnings,
            audience=opened.audience,
            ledger=opened.ledger,
            accounts=opened.accounts,
            settlement=opened.accounts,
            lock=FileSendLock(place.parent),
            secrets=opened.secrets,
            clock=now,
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
    domain = project.sender.from_.address.domain
    located = smtp.model_copy(update={"ca": str(root / smtp.ca)}) if smtp.ca else smtp
    return SmtpTransport(endpoint=Endpoint.parse(located, password, helo=domain))


def pace(project: Project) -> Callable[[], None]:
    """A function that returns when the next mail may leave."""
    from fvdt_mailer.adapters.pace import Pace

    rate = project.smtp.rate if project.smtp else None
    return Pace(rate.interval if rate else 0.0)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def _place(project: Project, root: Path) -> Path:
    if project.store == "sqlite":
        return root / _STORE
    if project.store.startswith("sqlite:///"):
        return root / project.store.removeprefix("sqlite:///")
    raise NotReady(
        f'the store "{project.store}" is a database server, which is not supported yet; '
        "write `store: sqlite` in mailer.yaml"
    )
