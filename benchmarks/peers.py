"""Other senders over the same words: each composes a mail for every reader, and sends it.

python peers.py smtplib|aiosmtplib PORT MAILS PARTS
"""

from __future__ import annotations

import asyncio
import json
import smtplib
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

CONNECTIONS = 8


def compose(html: str, text: str, number: int) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Fabrieken <news@example.org>"
    message["To"] = f"Lezer {number} <reader{number}@example.org>"
    message["Subject"] = "December in de Fabrieken"
    message["Message-ID"] = f"<{number}@example.org>"
    own = {"BLANK--address--": f"reader{number}@example.org"}
    for mark, value in own.items():
        html, text = html.replace(mark, value), text.replace(mark, value)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def with_smtplib(port: int, mails: int, html: str, text: str) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for number in range(mails):
            connection.send_message(compose(html, text, number))


def with_aiosmtplib(port: int, mails: int, html: str, text: str) -> None:
    import aiosmtplib  # noqa: PLC0415 - only where it could be had

    async def one(start: int) -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as connection:
            for number in range(start, mails, CONNECTIONS):
                await connection.send_message(compose(html, text, number))

    async def every() -> None:
        await asyncio.gather(*map(one, range(CONNECTIONS)))

    asyncio.run(every())


if __name__ == "__main__":
    _, name, port, mails, parts = sys.argv
    html, text = ((Path(parts) / part).read_text(encoding="utf-8") for part in ("html", "text"))
    send = with_smtplib if name == "smtplib" else with_aiosmtplib
    start, before = time.perf_counter(), time.process_time()
    send(int(port), int(mails), html, text)
    seconds, cpu = time.perf_counter() - start, time.process_time() - before
    print(json.dumps({"mails": int(mails), "seconds": seconds, "cpu": cpu}))
