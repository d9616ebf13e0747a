"""Who a mail says it is from, and who hears the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.project import Dkim, Project
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.address_faults import is_example, is_example_host

_NO_REPLY = re.compile(
    r"(?:do[._-]?not|no|niet|geen|ne[._-]?pas)[._-]?"
    r"(?:reply|answer|antwoord(?:en)?|beantwoorden|repondre)",
    re.IGNORECASE,
)
# Anyone can have an address there, so these providers ask receivers to distrust what others send.
_FREEMAIL = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|gmx|proton|protonmail)"
    r"\.(?:com|be|nl|fr|de|net|me|co\.uk)"
    r"|(?:telenet|skynet|proximus|belgacom|scarlet|voo|pandora|edpnet|mobistar)\.be"
    r"|(?:ziggo|kpnmail|planet|xs4all)\.nl|(?:orange|free|laposte|sfr|wanadoo)\.(?:fr|net)"
)


def weak_sender(case: Case) -> Iterator[Problem]:
    """What in the sender makes a mail look strange, get lost, or go unanswered."""
    project, origin = case.folder.project, case.folder.project_origin
    yield from _strange_name(project, origin)
    yield from _placeholders(project, origin)
    yield from _deaf(project, origin)
    yield from _freemail(project, origin)
    yield from _other_bounces(project, origin)
    yield from _no_one_click(project, origin)
    yield from _other_signature(project, origin)


def _strange_name(project: Project, origin: Origin) -> Iterator[Problem]:
    sender = project.sender.from_
    if not sender.name:
        text = f"there is no name beside {sender.address}, so that is what inboxes show"
        hint = f"write {project.name} <{sender.address}>"
    elif "@" in sender.name or '"' in sender.name:
        text = f"the name {sender.name} holds an @ or a quotation mark, as forged senders do"
        hint = "write a name in plain words"
    else:
        return
    yield _problem("sender-name", origin, ("sender", "from"), text, hint)


def _placeholders(project: Project, origin: Origin) -> Iterator[Problem]:
    if is_example(project):
        return
    for path, address in _addresses(project):
        if is_example_host(address.domain):
            text = f"{address.domain} stands in examples and belongs to nobody"
            hint = "write an address of your own"
            severity = Severity.ERROR
            yield _problem("placeholder-sender", origin, path, text, hint, severity=severity)


def _addresses(project: Project) -> Iterator[tuple[KeyPath, Address]]:
    sender = project.sender
    yield ("sender", "from"), sender.from_.address
    if sender.reply_to is not None:
        yield ("sender", "reply_to"), sender.reply_to.address
    if sender.bounces is not None:
        yield ("sender", "bounces"), sender.bounces
    yield ("organisation", "email"), project.organisation.email


def _deaf(project: Project, origin: Origin) -> Iterator[Problem]:
    boxes = {"from": project.sender.from_, "reply_to": project.sender.reply_to}
    for key, box in boxes.items():
        if box is not None and _NO_REPLY.fullmatch(box.address.local):
            text = f"{box.address} tells readers not to answer"
            hint = "use an address that someone reads"
            yield _problem("no-reply", origin, ("sender", key), text, hint)


def _freemail(project: Project, origin: Origin) -> Iterator[Problem]:
    domain = project.sender.from_.address.domain
    if not _FREEMAIL.fullmatch(domain):
        return
    server = urlsplit(project.smtp.url).hostname if project.smtp else None
    if server is not None and _organisation(server) == domain:
        return  # the provider itself sends, and signs
    yield _problem(
        "freemail-sender",
        origin,
        ("sender", "from"),
        f"receivers distrust mail from {domain} that {domain} did not send (DMARC)",
        "use an address of your own domain",
    )


def _other_bounces(project: Project, origin: Origin) -> Iterator[Problem]:
    bounces, sender = project.sender.bounces, project.sender.from_.address
    if bounces is None or _are_aligned(bounces, sender):
        return
    if is_example_host(bounces.domain) and not is_example(project):
        return  # that was told already
    yield _problem(
        "bounce-domain",
        origin,
        ("sender", "bounces"),
        f"bounces go to {bounces.domain}, the mail is from {sender.domain}: "
        "SPF then says nothing about the sender that readers see",
        f"use an address of {_organisation(sender.domain)}, or let your server sign",
        severity=Severity.NOTE,
    )


def _other_signature(project: Project, origin: Origin) -> Iterator[Problem]:
    dkim, sender = project.dkim, project.sender.from_.address
    if not isinstance(dkim, Dkim) or _organisation(dkim.domain) == _organisation(sender.domain):
        return
    yield _problem(
        "signing-domain",
        origin,
        ("dkim", "domain"),
        f"mails are signed for {dkim.domain}, and are from {sender.domain}",
        f"sign for {_organisation(sender.domain)}, with a key published there",
    )


def _no_one_click(project: Project, origin: Origin) -> Iterator[Problem]:
    if project.public_url.startswith("http:"):
        yield _problem(
            "no-one-click",
            origin,
            ("public_url",),
            "not https, so Gmail and Yahoo show no button to unsubscribe (RFC 8058)",
            "serve it over https, and write https:// here",
        )


def _are_aligned(one: Address, other: Address) -> bool:
    return _organisation(one.domain) == _organisation(other.domain)


def _organisation(domain: str) -> str:
    # Close enough without a list of public suffixes: a note is all that hangs on it.
    return ".".join(domain.split(".")[-2:])


def _problem(
    rule: str,
    origin: Origin,
    path: KeyPath,
    text: str,
    hint: str,
    *,
    severity: Severity = Severity.WARNING,
) -> Problem:
    return Problem(
        rule=rule,
        file=origin.file,
        line=origin.line(*path),
        key=".".join(map(str, path)),
        text=text,
        hint=hint,
        severity=severity,
    )
