"""Print what a message costs: inlining, encoding a segment, splicing a reader in.

    python benchmarks/message.py

The last line is the ratio that counts: composing by splicing against the standard library's
`EmailMessage`, over the same words, round by round in one run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from fvdt_mailer.adapters.scaffold import example_root
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.greet import greeting
from fvdt_mailer.pipeline.layout.render import render
from fvdt_mailer.pipeline.message.compose import Mould, compose, mould
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.wiring import open_mailer

ROUNDS = 9
MAILS = 200


def main() -> None:
    with open_mailer(example_root(), writes=False) as mailer:
        edition = mailer.edition("2026-12")
        letter = phrase(edition, SegmentKey(edition.telling, Language.NL))
        tuple(render([letter], mailer.press()))  # the imports
        rendering = spent(lambda: tuple(render([letter], mailer.press())), times=1)
        (rendition,) = render([letter], mailer.press())

        def moulded() -> Mould:
            return mould(
                rendition,
                project=edition.project,
                edition_id=edition.id,
                frozen_at=edition.as_of,
                greeting=greeting(Language.NL),
            )

        moulding = spent(moulded, times=1)
    shared = moulded()
    reader = Recipient(
        reader_id=7, address=Address("an", "example.org"), name="An Peeters", segment=rendition.key
    )
    size = len(compose(shared, reader, secret=b"key").content)

    def standard() -> bytes:
        message = EmailMessage(policy=SMTP)
        message["Subject"], message["To"] = rendition.subject, "An Peeters <an@example.org>"
        message.set_content(rendition.text, cte="quoted-printable")
        message.add_alternative(rendition.html, subtype="html", cte="quoted-printable")
        return message.as_bytes()

    ours = [spent(lambda: compose(shared, reader, secret=b"key"), times=MAILS) for _ in rounds()]
    theirs = [spent(standard, times=5) for _ in rounds()]
    ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    print(f"render a letter of {len(letter.sections)} sections   {rendering * 1e3:8.1f} ms, once")
    print(f"encode its segment               {moulding * 1e3:8.1f} ms, once")
    print(f"compose a message of {size} bytes {statistics.median(ours) * 1e6:8.1f} us each")
    print(f"the same with EmailMessage       {statistics.median(theirs) * 1e6:8.1f} us each")
    print(f"ratio                            {ratio:8.0f}")


def rounds() -> range:
    return range(ROUNDS)


def spent(work: Callable[[], object], *, times: int) -> float:
    """Seconds for one of `times` runs."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


if __name__ == "__main__":
    main()
