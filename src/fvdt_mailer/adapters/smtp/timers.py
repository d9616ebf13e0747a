"""How long to wait for a server at each stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """Seconds per stage: the minima of RFC 5321 4.5.3.2, the rest as Postfix has them."""

    connect: float = 30
    greeting: float = 300
    ehlo: float = 300
    starttls: float = 300
    auth: float = 300
    mail: float = 300
    rcpt: float = 300
    data: float = 120
    block: float = 180
    final_dot: float = 600  # 4.5.3.2.6: a shorter one makes duplicates
    rset: float = 20
    quit: float = 5
