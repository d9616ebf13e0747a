"""Send test mails: one per segment to each of a few addresses, outside the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import FilesError, NotReady, TransportDown
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.delivery import Recipient, State
from fvdt_mailer.model.message import Message
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.greet import greeting
from fvdt_mailer.pipeline.message.compose import compose, mould
from fvdt_mailer.ports import Transport


def trial_addresses(project: Project, written: Sequence[str]) -> tuple[Address, ...]:
    """Who gets the test mails: the addresses written, else the project's test readers."""
    try:
        addresses = tuple(Address.parse(text) for text in written)
    except ValueError as error:
        raise NotReady(f"{error}; mend --to") from None
    if not (addresses or project.test_readers):
        raise NotReady("nobody to test on; give --to ADDR, or test_readers in mailer.yaml")
    return addresses or project.test_readers


def send_trial(
    mailer: Mailer,
    plan: Plan,
    transport: Transport,
    addresses: Sequence[Address],
    *,
    on_sent: Callable[[], None],
) -> None:
    """Send every rendition to every address; TransportDown at the first refusal."""
    if plan.errors:
        raise FilesError(plan.errors)
    with transport.connect() as connection:
        for message in _messages(mailer, plan, addresses):
            outcome = connection.deliver(message)
            if outcome.state is not State.SENT:
                address = message.envelope.rcpt_to
                raise TransportDown(f'the test mail to {address} was refused: "{outcome.reply}"')
            on_sent()


def _messages(mailer: Mailer, plan: Plan, addresses: Sequence[Address]) -> Iterator[Message]:
    now, secret = mailer.clock(), mailer.link_secret()
    signing = mailer.signing.keys(plan.edition.project)
    for rendition in plan.renditions:
        shared = mould(
            rendition,
            project=plan.edition.project,
            edition_id=plan.edition.id,
            frozen_at=now,
            greeting=greeting(rendition.key.language),
            trial=now.isoformat(),
            signing=signing,
        )
        for address in addresses:
            # Reader 0 is nobody: the links of a test mail unsubscribe no one.
            nobody = Recipient(reader_id=0, address=address, name="", segment=rendition.key)
            yield compose(shared, nobody, secret=secret)
