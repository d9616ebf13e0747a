"""Killed again and again, a sender loses nobody and mails nobody twice."""

from __future__ import annotations

import random
from pathlib import Path

from acceptance.torture import PLACES, Findings, torture
from components import needs

CONNECTIONS = 4


def tortured(root: Path, *, kills: int, readers: int, power: bool = False) -> Findings:
    seed = random.randrange(10**6)
    *_, found = torture(
        kills=kills,
        readers=readers,
        connections=CONNECTIONS,
        seed=seed,
        root=root,
        power=power,
    )
    assert (found.lost, found.doubled, found.unbalanced) == (0, 0, 0), (seed, found)
    assert found.most_in_doubt <= CONNECTIONS, (seed, found)
    assert found.kills == kills
    return found


def test_fifty_kills_lose_nobody_and_double_nobody(tmp_path: Path) -> None:
    found = tortured(tmp_path, kills=50, readers=10_000)
    assert len(PLACES) >= 30
    assert len(found.places) > 5


def test_a_hundred_power_cuts_lose_nobody_and_double_nobody(tmp_path: Path) -> None:
    needs("cc")
    tortured(tmp_path, kills=100, readers=2000, power=True)
