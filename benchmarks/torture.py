"""Kill a sender thousands of times, and print who was lost and who was mailed twice.

    make torture                     2000 kills, then 200 power cuts
    PYTHONPATH=tests python benchmarks/torture.py --kills 100 --power

Ends with 1 when anyone was. The seed it prints makes the same choices again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from acceptance.torture import Findings, torture


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--power", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    found = Findings()
    with tempfile.TemporaryDirectory() as place:
        for found in torture(
            kills=given.kills,
            readers=given.readers,
            connections=given.connections,
            seed=given.seed,
            root=Path(place),
            power=given.power,
        ):
            print(found, flush=True)
    sys.exit(bool(found.lost or found.doubled or found.unbalanced))


if __name__ == "__main__":
    main()
