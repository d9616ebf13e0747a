"""Print how long planning and queueing take, and how much memory, as the audience grows.

    python benchmarks/plan.py [READERS ...]

Ratios are what counts: time per reader and memory at 100 000 readers over those at 10 000.
"""

from __future__ import annotations

import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fvdt_mailer.adapters.scaffold import copy_example
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant
from fvdt_mailer.model.language import Language
from fvdt_mailer.wiring import open_mailer

CLUSTERS = ("blue-energy", "mechatronica", "nieuwe-materialen", "voeding", "zorgeconomie")


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [10_000, 100_000]
    if len(sizes) == 1:
        measure(sizes[0])
        return
    print(f"{'readers':>9} {'import':>8} {'plan':>8} {'queue':>8} {'peak MiB':>9}")
    for size in sizes:  # a process each, so that peak memory is its own
        subprocess.run([sys.executable, __file__, str(size)], check=True)


def measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "newsletter"
        copy_example(root)
        with open_mailer(root, writes=True) as mailer:
            times = [time.perf_counter()]
            mailer.audience.merge(entrants(size), dry_run=False)
            times.append(time.perf_counter())
            plan = mailer.plan("2026-12")
            times.append(time.perf_counter())
            queued = mailer.queue(plan)
            times.append(time.perf_counter())
    assert queued == plan.mailed
    seconds = [after - before for before, after in itertools.pairwise(times)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:>9} " + " ".join(f"{s:>7.2f}s" for s in seconds) + f" {peak:>9.0f}")


def entrants(size: int) -> Iterator[Entrant]:
    combinations = [
        frozenset(chosen) for n in range(6) for chosen in itertools.combinations(CLUSTERS, n)
    ]
    languages = tuple(Language)
    for number in range(size):
        yield Entrant(
            address=Address(f"reader{number}", "example.org"),
            language=languages[number % 3],
            name=f"Lezer {number}",
            clusters=combinations[number % len(combinations)],
        )


if __name__ == "__main__":
    main()
