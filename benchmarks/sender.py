"""What delivery.py runs in a process of its own: queue an edition, send it, or only sign.

Each prints one line of JSON: seconds, the CPU seconds of the process, and its peak memory in MiB.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

from mail import newsletter

from fvdt_mailer.app.watch import Watch
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.message.dkim import SigningKey
from fvdt_mailer.pipeline.message.specimen import specimen
from fvdt_mailer.wiring import jitter, local_transport, open_mailer, pace

ACTIVITIES = 22  # about 60 kB with its text part
CAMPAIGN = "december"


def size(place: str) -> dict[str, float]:
    """Write the parts of a mail for others to send; how many octets ours has."""
    with newsletter(ACTIVITIES, "cards") as mailer:
        rendition = mailer.plan(CAMPAIGN).renditions[0]
        content = specimen(mailer.edition(CAMPAIGN), rendition).content
    target = Path(place)
    target.mkdir()
    (target / "html").write_text(rendition.html, encoding="utf-8")
    (target / "text").write_text(rendition.text, encoding="utf-8")
    return {"size": len(content)}


def queue(place: str, mails: str, key: str) -> dict[str, float]:
    """A project folder with so many readers queued, signed with a key where there is one."""
    with newsletter(ACTIVITIES, "cards", place=Path(place), key=key) as mailer:
        mailer.audience.merge(entrants(int(mails)), dry_run=False)
        return {"queued": mailer.queue(mailer.plan(CAMPAIGN))}


def send(place: str, port: str, connections: str) -> dict[str, float]:
    """Deliver what is queued."""
    stop = threading.Event()
    with open_mailer(Path(place), writes=True) as mailer:
        watch = Watch(
            on_outcome=lambda _delivery, _outcome: None,
            pace=pace(None, wait=stop.wait),
            jitter=jitter,
            stop=stop,
            connections=int(connections),
        )
        transport = local_transport(int(port))

        def work() -> int:
            return mailer.deliver(CAMPAIGN, transport, watch).frozen

        return spent(work)


def sign(path: str, count: str) -> dict[str, float]:
    """Only the signatures, on all cores."""
    pem = Path(path).read_text(encoding="ascii")
    key = SigningKey.parse(pem, domain="example.org", selector="s")
    cores = cpu_count() or 1

    def some(_core: int) -> None:
        for number in range(int(count) // cores):
            key.sign(b"%1024d" % number)

    def work() -> int:
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(some, range(cores)))
        return int(count)

    return spent(work)


def spent(work: Callable[[], int]) -> dict[str, float]:
    start, before = time.perf_counter(), time.process_time()
    mails = work()
    return {
        "mails": mails,
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def entrants(mails: int) -> Iterator[Entrant]:
    for number in range(mails):
        address = Address(f"reader{number}", "example.org")
        yield Entrant(address=address, language=Language.NL, name=f"Lezer {number}")


if __name__ == "__main__":
    _, verb, *arguments = sys.argv
    verbs: dict[str, Callable[..., dict[str, float]]] = {
        "size": size, "queue": queue, "send": send, "sign": sign,
    }  # fmt: skip
    print(json.dumps(verbs[verb](*arguments)))
