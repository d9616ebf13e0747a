"""What SpamAssassin holds against a mail, as far as whoever writes it can change it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case

# The report we ask for, line by line; `hits` reads it back.
_POINTS, _RULES, _END = "fvdt-mailer points", "fvdt-mailer rules", "fvdt-mailer end"
REPORT = (_POINTS, "_TESTSSCORES(,)_", _RULES, "_SUMMARY_", _END)

_NAMED = 0.1
_NOTED = 0.5
_WARNED = 2.0
_SPAM = 5.0  # what SpamAssassin asks for, unless a server says otherwise

_NOT_OURS = (
    # No server has handled the mail yet: it has no Received lines, and nobody to look up.
    "NO_RECEIVED", "NO_RELAYS", "ALL_TRUSTED", "UNPARSEABLE_RELAY", "RCVD_", "RDNS_", "HELO_",
    # Signatures and policies belong to the server that sends.
    "SPF_", "T_SPF_", "DKIM", "DMARC_", "ARC_",
    # What a filter remembers of other mail, or asks the network.
    "BAYES_", "TXREP", "AWL", "USER_IN_", "URIBL_", "DNSWL_",
    # A mail that is only looked at bears the moment its campaign speaks from, not today's date.
    "DATE_IN_",
)  # fmt: skip
_ABOUT_SUBJECT = re.compile(r"SUBJ")
_ABOUT_SENDER = re.compile(r"^(FROM_|FREEMAIL_|REPLYTO_|HK_NAME)")
_ABOUT_TEMPLATE = re.compile(r"^(HTML_|MIME_|MPART_|BASE64_)|_FONT_|_INVIS")

_ONE_REPORT = re.compile(
    rf"^{_POINTS}\n(?P<points>.*)\n{_RULES}\n(?P<rules>(?:.*\n)*?){_END}$", re.MULTILINE
)
_ONE_RULE = re.compile(
    r"^ *-?\d+\.\d+ (?P<rule>[A-Z]\w*) +(?P<said>.*(?:\n {10,}.*)*)", re.MULTILINE
)
_PART = re.compile(r"^((BODY|HTML|URI|RAW|META): )+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that a mail meets, the points it costs, and what SpamAssassin says of it."""

    rule: str
    points: float
    said: str

    @property
    def is_ours(self) -> bool:
        """True when whoever writes the mail can change it, and gains by that."""
        return self.points > 0 and not self.rule.startswith(_NOT_OURS)


def hits(output: str) -> tuple[tuple[Hit, ...], ...]:
    """The hits of each mail that was reported on."""
    return tuple(
        tuple(_hits(report["points"], report["rules"])) for report in _ONE_REPORT.finditer(output)
    )


def points(mail: Iterable[Hit]) -> float:
    """What a mail costs by what can be changed about it; a bonus makes up for nothing."""
    return sum(hit.points for hit in mail if hit.is_ours)


def spam_problems(case: Case, mails: Sequence[Sequence[Hit]]) -> Iterator[Problem]:
    """A warning when a mail comes near to spam, and a note for each rule that weighs."""
    worst = max(mails, key=points, default=())
    if points(worst) >= _WARNED:
        ours = sorted((hit for hit in worst if hit.is_ours), key=lambda hit: -hit.points)
        told = ", ".join(f"{hit.rule} {hit.points:.1f}" for hit in ours if hit.points >= _NAMED)
        yield Problem(
            rule="spam-score",
            file=case.origin.file,
            text=f"SpamAssassin gives {points(worst):.1f} points: {told}",
            hint=f"bring it below {_WARNED:.0f}: mail servers take {_SPAM:.0f} for spam",
            severity=Severity.WARNING,
        )
    heaviest: dict[str, Hit] = {}
    for hit in (hit for mail in mails for hit in mail if hit.is_ours):
        heaviest[hit.rule] = max(hit, heaviest.get(hit.rule, hit), key=lambda one: one.points)
    for hit in heaviest.values():
        if hit.points >= _NOTED:
            yield _note(case, hit)


def _note(case: Case, hit: Hit) -> Problem:
    file, line, key, hint = _place(case, hit.rule)
    return Problem(
        rule="spam-rule",
        file=file,
        line=line,
        key=key,
        text=f"SpamAssassin's {hit.rule} costs {hit.points:.1f} points: {hit.said}",
        hint=hint,
        severity=Severity.NOTE,
    )


def _place(case: Case, rule: str) -> tuple[str, int | None, str, str]:
    """Where what a rule is about was written, and how to mend it."""
    if _ABOUT_SUBJECT.search(rule):
        key = "subject" if case.edition.campaign.subject else "headline"
        hint = "say it in plain words, as to a colleague"
        return case.origin.file, case.origin.line(key), key, hint
    if _ABOUT_SENDER.search(rule):
        origin = case.folder.project_origin
        return origin.file, origin.line("sender", "from"), "sender.from", "write it another way"
    if _ABOUT_TEMPLATE.search(rule) and case.pages:
        at = case.pages[0].problem("spam-rule", None, "", "")
        return at.file, at.line, "", "change what it describes in this template, or below it"
    return case.origin.file, None, "", "find these words in the mail, and say it in others"


def _hits(points_line: str, rules: str) -> Iterator[Hit]:
    said = {found["rule"]: _one_line(found["said"]) for found in _ONE_RULE.finditer(rules)}
    for item in points_line.split(","):
        rule, equals, written = item.strip().partition("=")
        if equals:
            yield Hit(rule=rule, points=float(written), said=said.get(rule, "no description"))


def _one_line(said: str) -> str:
    return _PART.sub("", " ".join(said.split()))
