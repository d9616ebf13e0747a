"""Kill a sender again and again, and count who was lost and who was mailed twice.

Each kill is a SIGKILL at a random moment of the traffic, or at a named point of the program (see
dying.py). After each one the ledger is looked at; when a campaign is done, so is what arrived.
With `power` each kill is a power cut: what the store had not synced to the disk is taken away.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from acceptance.dying import POINTS
from acceptance.recording import Recorder, recording
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant
from fvdt_mailer.model.language import Language
from fvdt_mailer.wiring import open_mailer

HERE = Path(__file__).parent
BASE = HERE.parent / "golden" / "base"
CAMPAIGN = "june"
PLACES = tuple(f"{point}:{when}" for point in POINTS for when in ("before", "after"))


@dataclass(slots=True, kw_only=True)
class Findings:
    """What a torture found."""

    kills: int = 0
    starts: int = 0
    campaigns: int = 0
    mails: int = 0
    lost: int = 0
    doubled: int = 0
    in_doubt: int = 0
    most_in_doubt: int = 0
    unbalanced: int = 0
    places: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills in {self.starts} starts over {self.campaigns} campaigns, "
            f"{self.mails} mails: {self.lost} lost, {self.doubled} mailed twice, {self.in_doubt} "
            f"in doubt (at most {self.most_in_doubt} after one kill), {self.unbalanced} times "
            f"unbalanced; {len(self.places)} of {len(PLACES) + 1} places died at"
        )


def torture(
    *, kills: int, readers: int, connections: int, seed: int, root: Path, power: bool = False
) -> Iterator[Findings]:
    """What is found, after each campaign."""
    chance = random.Random(seed)
    shim = _built(root) if power else None
    found = Findings()
    with recording() as recorder:
        template = root / "template"
        _prepare(template, recorder.port, readers=readers, connections=connections)
        while found.kills < kills:
            place = root / f"campaign-{found.campaigns}"
            shutil.copytree(template, place)
            recorder.readers.clear()
            sender = Sender(place=place, recorder=recorder, shim=shim)
            _campaign(sender, found, chance, kills=kills, connections=connections)
            _settle(place, recorder, found)
            shutil.rmtree(place)
            yield found


def _prepare(place: Path, port: int, *, readers: int, connections: int) -> None:
    shutil.copytree(BASE, place)
    with (place / "mailer.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nsmtp: {{url: smtp://127.0.0.1:{port}, connections: {connections}}}\n")
    entrants = (
        Entrant(address=Address(f"reader{number}", "example.org"), language=Language.NL)
        for number in range(readers)
    )
    with open_mailer(place, writes=True) as mailer:
        mailer.audience.merge(entrants, dry_run=False)
        mailer.queue(mailer.plan(CAMPAIGN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A project folder, the server it sends to, and what is preloaded to make power cuts."""

    place: Path
    recorder: Recorder
    shim: Path | None

    def start(self, where: str, at: int) -> str:
        """Run to its end; what killed it: that place, or the traffic at that mail, or nothing."""
        command = [sys.executable, str(HERE / "dying.py"), where, "send", CAMPAIGN, "--yes"]
        preload = {"LD_PRELOAD": str(self.shim)} if self.shim else {}
        if self.shim:
            self._sync()
        with subprocess.Popen(
            command,
            cwd=self.place,
            env={**os.environ, "NO_COLOR": "1", **preload},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            shots: list[int] = []

            def shoot(count: int) -> None:
                if count == at:
                    shots.append(count)
                    process.kill()

            self.recorder.on_mail = shoot
            process.wait(timeout=300)
            self.recorder.on_mail = None
        if process.returncode != -signal.SIGKILL:
            return ""
        if self.shim:
            self._cut_power()
        return "traffic" if shots else where.rpartition(":")[0]

    def _sync(self) -> None:
        """What stands there before the start has long been written."""
        for name in ("mailer.db", "mailer.db-wal"):
            path = self.place / ".mailer" / name
            if path.exists():
                shutil.copy(path, f"{path}.synced")

    def _cut_power(self) -> None:
        """The store as it was at its last sync: all that was written later is gone."""
        store = self.place / ".mailer"
        for kept in store.glob("*.synced"):
            kept.replace(store / kept.stem)
        (store / "mailer.db-shm").unlink(missing_ok=True)

    def states(self) -> Counter[str]:
        """How many deliveries stand in each state."""
        with _ledger(self.place) as ledger:
            return Counter(state for (state,) in ledger.execute("SELECT state FROM delivery"))


def _built(root: Path) -> Path:
    shim = root / "last_sync.so"
    source = str(HERE / "last_sync.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    return shim


def _campaign(
    sender: Sender,
    found: Findings,
    chance: random.Random,
    *,
    kills: int,
    connections: int,
) -> None:
    """Start and kill until nothing is owed, or there were enough kills."""
    while True:
        where = _place(chance) if found.kills < kills and chance.random() < 0.5 else "never"
        # A place may never be passed so often: then it is the traffic that ends the run.
        at = len(sender.recorder.readers) + chance.randint(1, 400)
        killer = sender.start(where, at if found.kills < kills else 0)
        found.starts += 1
        states = sender.states()
        if not killer:
            if not states.keys() & {"queued", "deferred", "claimed", "finalizing"}:
                return
            continue
        found.kills += 1
        found.places[killer] += 1
        found.most_in_doubt = max(found.most_in_doubt, states["finalizing"])
        found.unbalanced += states["finalizing"] > connections


def _place(chance: random.Random) -> str:
    return f"{chance.choice(PLACES)}:{int(chance.paretovariate(0.7))}"


def _settle(place: Path, recorder: Recorder, found: Findings) -> None:
    """Hold what arrived against the ledger."""
    arrived = Counter(recorder.readers)
    with _ledger(place) as ledger:
        rows = dict(ledger.execute("SELECT address, state FROM delivery").fetchall())
    found.campaigns += 1
    found.mails += len(recorder.readers)
    found.doubled += sum(times - 1 for times in arrived.values())
    found.in_doubt += sum(state == "in_doubt" for state in rows.values())
    found.lost += sum(
        state != "in_doubt" and not arrived[address] for address, state in rows.items()
    )
    found.unbalanced += bool(set(rows.values()) - {"sent", "in_doubt"})


@contextmanager
def _ledger(place: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(place / ".mailer" / "mailer.db")) as ledger:
        yield ledger
