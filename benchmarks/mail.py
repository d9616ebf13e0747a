"""Print how heavy a mail is and how long an edition of 256 segments takes to plan.

    python benchmarks/mail.py

Beside our own figures stand, from the same run, inlining each segment's whole document with
premailer, and MJML where Node and its package `mjml` can be had (it is installed into a folder of
its own, which is removed). Times are medians; the ratios are what counts.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant, SegmentKey
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.layout.inline import inline
from fvdt_mailer.pipeline.message.encode import Escape, encode, splice
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.wiring import open_mailer

CLUSTERS = 8
KILO = 1000
LIMIT = 102 * KILO
PROSE = (  # with the opening sentence that is made, 240 characters an activity
    "Aan de hand van stalen die u mag breken, leert u wanneer vlas sterker is dan glas. Een expert "
    "uit de sector vertelt hoe zijn bedrijf de stap zette, wat het kostte en hoeveel het intussen "
    "al opbracht."
)
SETTINGS = """\
name: Fabrieken
language: nl
public_url: https://nieuwsbrief.example.org
organisation:
  name: Voorbeeldagentschap
  address: Voorbeeldstraat 1, 8000 Brugge
  email: info@example.org
  website: https://www.example.org/
  privacy_url: https://www.example.org/privacy
sender: {from: Fabrieken <nieuwsbrief@example.org>}
clusters:
"""
CAMPAIGN = """\
kind: newsletter
as_of: 2026-12-01
window: {to: 2026-12-31}
headline: December in de Fabrieken
intro: Dit zijn de activiteiten van de komende weken.
"""


def main() -> None:
    for layout in ("cards", "prose"):
        weigh(layout)
    print()
    ours = time_plan()
    theirs = time_premailer()
    print(f"256 segments, planned with all checks   {ours:8.2f} s")
    print(f"the same, premailer once per segment    {theirs:8.2f} s (8 measured, times 32)")
    print(f"ratio                                   {theirs / ours:8.0f}")
    print()
    compare_mjml()


def weigh(layout: str) -> None:
    sizes = {count: size(count, layout) for count in (0, 10, 30)}
    each = (sizes[30] - sizes[10]) / 20
    print(f"{layout}: shell {sizes[0] / KILO:.1f} kB, each activity {each / KILO:.2f} kB, "
          f"30 activities {sizes[30] / KILO:.1f} kB encoded; "
          f"{(LIMIT - sizes[0]) / each:.0f} fit under 102 kB")  # fmt: skip


def size(count: int, layout: str) -> int:
    """Octets of the HTML part, quoted-printable, with `count` activities in 8 clusters."""
    with newsletter(count, layout) as mailer:
        (html, _) = laid_out(mailer)
        return len(splice(encode(html, escape=Escape.HTML), dict.fromkeys(Blank, "x" * 60)))


def laid_out(mailer: Mailer) -> tuple[str, str]:
    edition = mailer.edition("december")
    letter = phrase(edition, SegmentKey(edition.telling, Language.NL))
    press = mailer.press()
    return press.html(letter), press.text(letter)


def time_plan() -> float:
    """Seconds from a campaign to 255 segments of 8 clusters in which all is checked."""
    with newsletter(30, "cards") as mailer:
        mailer.audience.merge(readers(), dry_run=False)
        mailer.plan("december")

        def plan() -> None:
            assert len(mailer.plan("december").segments) == 2**CLUSTERS - 1

        return median(plan, rounds=3)


def time_premailer() -> float:
    """Seconds for the same when each segment's document is inlined as a whole."""
    with newsletter(30, "cards") as mailer:
        edition = mailer.edition("december")
        press = mailer.press()
        keys = [SegmentKey(edition.telling[:length], Language.NL) for length in range(1, 9)]
        documents = [press.html(phrase(edition, key)) for key in keys]
        base = press.sheets.base.css

        def each() -> None:
            for document in documents:
                inline(document, base)

        return median(each, rounds=3) * 32


def compare_mjml() -> None:
    """MJML for the same 30 activities: octets and milliseconds of a warm process."""
    if shutil.which("npm") is None:
        print("MJML was not measured: npm is missing")
        return
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        done = subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "mjml@4"],
            cwd=root, check=False, capture_output=True,
        )  # fmt: skip
        if done.returncode:
            print("MJML was not measured: its package could not be had")
            return
        (root / "mail.mjml").write_text(mjml(), encoding="utf-8")
        (root / "time.js").write_text(MEASURE, encoding="utf-8")
        out = subprocess.run(["node", "time.js"], cwd=root, check=True, capture_output=True)
        theirs = json.loads(out.stdout)
    with newsletter(30, "cards") as mailer:
        milliseconds = median(lambda: laid_out(mailer), rounds=5) * KILO
        ours = size(30, "cards")
    octets = len(splice(encode(theirs["html"], escape=Escape.HTML), {}))
    print(f"30 activities, one document, ours       {milliseconds:8.0f} ms {ours / KILO:8.1f} kB")
    print(f"the same content in MJML, warm          {theirs['ms']:8.0f} ms {octets / KILO:8.1f} kB")


@contextmanager
def newsletter(
    count: int, layout: str, *, place: Path | None = None, key: str = ""
) -> Iterator[Mailer]:
    """A mailer over a project folder with so many activities, which is gone afterwards.

    With a `place` it stays there; with a `key` its mails are signed.
    """
    names = [f"cluster-{number}" for number in range(CLUSTERS)]
    clusters = (f"  {name}: {{heading: Cluster {name[-1]}, name: {name}}}\n" for name in names)
    activities = (activity(number, names[number % CLUSTERS]) for number in range(count))
    dkim = f"dkim: {{domain: example.org, selector: s, key: 'file:{key}'}}\n" if key else ""
    with tempfile.TemporaryDirectory() as temporary:
        root = place or Path(temporary)
        for folder in ("activities", "campaigns"):
            (root / folder).mkdir(parents=True)
        (root / "mailer.yaml").write_text(SETTINGS + "".join(clusters) + dkim, encoding="utf-8")
        (root / "campaigns" / "december.yaml").write_text(CAMPAIGN + f"layout: {layout}\n")
        (root / "activities" / "december.yaml").write_text("".join(activities) or "[]\n")
        with open_mailer(root, writes=True) as mailer:
            yield mailer


def activity(number: int, cluster: str) -> str:
    day = date(2026, 12, 2) + timedelta(days=number % 25)
    return f"""\
- id: activity-{number}
  cluster: {cluster}
  start: {day} 14:00
  end: {day} 17:00
  kind: workshop
  topic: het thema met nummer {number}
  organiser: Voka
  municipality: Proeveghem
  price: gratis
  text: {PROSE}
  info: https://example.org/activiteiten/{number}
  registration: https://example.org/activiteiten/{number}/inschrijven
"""


def readers() -> Iterator[Entrant]:
    """One reader for each set of clusters."""
    names = [f"cluster-{number}" for number in range(CLUSTERS)]
    for number in range(1, 2**CLUSTERS):
        yield Entrant(
            address=Address(f"reader{number}", "example.org"),
            language=Language.NL,
            clusters=frozenset(name for place, name in enumerate(names) if number >> place & 1),
        )


def mjml() -> str:
    """The 30 activities as an MJML author would write them."""
    cards = "".join(
        f"""<mj-section background-color="#ffffff"><mj-column>
<mj-text font-size="19px" font-weight="700">Workshop over het thema met nummer {number}</mj-text>
<mj-text>woensdag 2 december 2026, van 14 tot 17 uur · Proeveghem · gratis</mj-text>
<mj-text>{PROSE}</mj-text>
<mj-button href="https://example.org/activiteiten/{number}">Meer info vindt u hier.</mj-button>
<mj-button href="https://example.org/activiteiten/{number}/in">Schrijf u hier in.</mj-button>
</mj-column></mj-section>"""
        for number in range(30)
    )
    return f"<mjml><mj-body>{cards}</mj-body></mjml>"


MEASURE = """
const mjml2html = require('mjml');
const source = require('fs').readFileSync('mail.mjml', 'utf8');
const times = [];
let html = '';
for (let round = 0; round < 8; round++) {
  const start = process.hrtime.bigint();
  html = mjml2html(source, { validationLevel: 'skip' }).html;
  times.push(Number(process.hrtime.bigint() - start) / 1e6);
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ ms: times[3], html }));
"""


def median(work: Callable[[], object], *, rounds: int) -> float:
    """Seconds of one run, the median of `rounds`."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
