"""Print how fast mails leave, beside Postfix's load generator and other senders, in one run.

    python benchmarks/delivery.py                 the table; 8 connections, about 60 kB a mail
    python benchmarks/delivery.py --million       a million readers, for the memory it takes

Every sender of ours keeps its durable ledger: `finalizing` is synced to the disk before the last
block of a mail leaves. Rounds are interleaved, and a ratio is the median of the ratios within each
round; CPU is the sender's own, in seconds for 1000 mails. `fast_sink.c` is built for it, because
smtp-sink itself is the slower end above some 2500 mails a second.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
CONNECTIONS = 8
POSTFIX = "/usr/sbin"
TARGET = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one sender did in one round."""

    mails: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.mails / self.seconds


Sender = Callable[[int], Figure]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        if given.million:
            million(root)
            return
        bench = Bench(root)
        print(f"a mail has {bench.size} octets; {given.rounds} rounds\n")
        bench.compare_sinks(given.rounds)
        bench.compare_signing(given.rounds)
        bench.compare_peers(given.rounds)
        bench.measure_round_trips()


class Bench:
    """Queued editions to send, and what else can send as much."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sink = root / "fast_sink"
        subprocess.run(["cc", "-O2", "-o", self.sink, HERE / "fast_sink.c"], check=True)
        self.key = root / "rsa.pem"
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048",
             "-out", self.key],
            check=True, capture_output=True,
        )  # fmt: skip
        self.key.chmod(0o600)
        self.size = int(self.child("size", str(root / "sizes"))["size"])

    def compare_sinks(self, rounds: int) -> None:
        for title, mails, sink in (
            ("into smtp-sink", 6000, smtp_sink),
            ("into the fast sink", 30_000, self.fast_sink),
        ):
            senders: dict[str, Sender] = {
                "smtp-source, 8 sessions": partial(self._smtp_source, mails),
                "ours, unsigned": partial(self._send, self.queued(mails, signed=False)),
            }
            table(title, senders, sink, rounds)

    def compare_signing(self, rounds: int) -> None:
        queued = self.queued(6000, signed=True)
        senders: dict[str, Sender] = {
            "signing alone, rsa-2048": lambda _port: self._sign(6000),
            "ours, DKIM rsa-2048": partial(self._send, queued),
        }
        table("signed, into the fast sink", senders, self.fast_sink, rounds)

    def compare_peers(self, rounds: int) -> None:
        queued = self.queued(6000, signed=False)
        senders: dict[str, Sender] = {
            "ours, unsigned": partial(self._send, queued),
            "smtplib + EmailMessage": lambda port: self._peer("smtplib", port, 300),
        }
        if self._has_aiosmtplib():
            senders["aiosmtplib + EmailMessage"] = lambda port: self._peer("aiosmtplib", port, 300)
        if self._has_nodemailer():
            senders["nodemailer, pool of 8"] = lambda port: self._nodemailer(port, 1000)
        table("each composing its own mails, into smtp-sink", senders, smtp_sink, rounds)

    def measure_round_trips(self) -> None:
        delay, mails = 20, 400
        queued = self.queued(mails, signed=False)
        with self.fast_sink(delay=delay) as port:
            figure = self._send(queued, port, connections=1)
        trips = figure.seconds * 1000 / delay
        print(f"one connection, {delay} ms a round trip: {mails / trips:.2f} mails per round trip")

    def queued(self, mails: int, *, signed: bool) -> Path:
        place = self.root / f"queued-{mails}-{signed}"
        if not place.exists():
            self.child("queue", str(place), str(mails), str(self.key) if signed else "")
        return place

    def _send(self, queued: Path, port: int, *, connections: int = CONNECTIONS) -> Figure:
        place = self.root / "sending"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(queued, place)
        done = self.child("send", str(place), str(port), str(connections))
        return Figure(mails=int(done["mails"]), seconds=done["seconds"], cpu=done["cpu"])

    def _sign(self, count: int) -> Figure:
        done = self.child("sign", str(self.key), str(count))
        return Figure(mails=count, seconds=done["seconds"], cpu=done["cpu"])

    def _smtp_source(self, mails: int, port: int) -> Figure:
        command = [f"{POSTFIX}/smtp-source", "-s", str(CONNECTIONS), "-m", str(mails),
                   "-l", str(self.size), "-f", "a@example.org", "-t", "b@example.org",
                   f"{TARGET}:{port}"]  # fmt: skip
        return timed(command, mails)

    def _peer(self, name: str, port: int, mails: int) -> Figure:
        command = [sys.executable, str(HERE / "peers.py"), name, str(port), str(mails),
                   str(self.root / "sizes")]  # fmt: skip
        environ = {**os.environ, "PYTHONPATH": str(self.root / "packages")}
        return reported(command, environ)

    def _nodemailer(self, port: int, mails: int) -> Figure:
        command = ["node", str(self.root / "node" / "nodemailer.js"), str(port), str(mails),
                   str(self.root / "sizes")]  # fmt: skip
        return reported(command, dict(os.environ))

    def _has_aiosmtplib(self) -> bool:
        packages = str(self.root / "packages")
        command = [sys.executable, "-m", "pip", "install", "-q", "-t", packages, "aiosmtplib"]
        return not subprocess.run(command, check=False, capture_output=True).returncode

    def _has_nodemailer(self) -> bool:
        if shutil.which("npm") is None:
            return False
        place = self.root / "node"
        place.mkdir()
        shutil.copy(HERE / "nodemailer.js", place)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "nodemailer"]
        return not subprocess.run(
            command, cwd=place, check=False, capture_output=True
        ).returncode  # fmt: skip

    @contextmanager
    def fast_sink(self, *, delay: int = 0) -> Iterator[int]:
        port = free_port()
        with running([str(self.sink), str(port), str(delay)], port):
            yield port

    def child(self, *arguments: str) -> dict[str, float]:
        command = [sys.executable, str(HERE / "sender.py"), *arguments]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        found: dict[str, float] = json.loads(done.stdout)
        return found


def million(root: Path) -> None:
    """A million readers: what they take in memory, flat over the run."""
    bench = Bench(root)
    for mails in (100_000, 1_000_000):
        queued = bench.queued(mails, signed=False)
        with bench.fast_sink() as port:
            done = bench.child("send", str(queued), str(port), str(CONNECTIONS))
        print(f"{mails:>9} readers: {done['mails'] / done['seconds']:6.0f} mails/s, "
              f"peak {done['peak']:4.0f} MiB", flush=True)  # fmt: skip


def table(
    title: str,
    senders: dict[str, Sender],
    sink: Callable[[], AbstractContextManager[int]],
    rounds: int,
) -> None:
    """Each sender once a round, in turn; ratios are to the first."""
    figures: dict[str, list[Figure]] = {name: [] for name in senders}
    for _ in range(rounds):
        for name, send in senders.items():
            with sink() as port:
                figures[name].append(send(port))
    first = next(iter(senders))
    print(f"{title:<44} {'mails/s':>8} {'ratio':>7} {'CPU s/1000':>11}")
    for name, found in figures.items():
        rate = statistics.median(one.rate for one in found)
        ratio = statistics.median(
            one.rate / other.rate for one, other in zip(found, figures[first], strict=True)
        )
        cpu = statistics.median(one.cpu / one.mails * 1000 for one in found)
        print(f"  {name:<42} {rate:8.0f} {ratio:7.2f} {cpu:11.3f}", flush=True)
    print()


@contextmanager
def smtp_sink() -> Iterator[int]:
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with running([f"{POSTFIX}/smtp-sink", *user, f"{TARGET}:{port}", "1000"], port):
        yield port


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as tried:
                if tried.connect_ex((TARGET, port)) == 0:
                    break
        yield
        process.send_signal(signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind((TARGET, 0))
        port: int = bound.getsockname()[1]
        return port


def timed(command: list[str], mails: int) -> Figure:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(mails=mails, seconds=seconds, cpu=cpu)


def reported(command: list[str], environ: dict[str, str]) -> Figure:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environ)
    found = json.loads(done.stdout)
    return Figure(mails=found["mails"], seconds=found["seconds"], cpu=found["cpu"])


if __name__ == "__main__":
    main()
