"""What is wrong with a web address, as far as it can be seen from the address alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from fvdt_mailer.errors import Severity
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFault:
    """One thing wrong with an address."""

    rule: str
    text: str
    hint: str
    severity: Severity = Severity.WARNING


_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_TRAILING = re.compile(r"[.,;:!)\]'\"”’]$")
# RFC 2606, RFC 6761: names that belong to nobody.
_EXAMPLE = re.compile(r"(.+\.)?(example(\.(com|net|org))?|invalid|test)")
_LOCAL = re.compile(r"(.+\.)?(localhost|local|internal|intranet|lan|home\.arpa)")
_TRIAL = r"(?:staging|stage|stg|test|tst|acc|acceptance|acceptatie|uat|dev|preprod|sandbox)[0-9]*"
_TRIAL_LABEL = re.compile(rf"(?:{_TRIAL}(?:-.+)?|.+-{_TRIAL})", re.IGNORECASE)
_SHORTENERS = frozenset(
    {"bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rb.gy"}
    | {"rebrand.ly", "cutt.ly", "lnkd.in", "shorturl.at", "tiny.cc", "t.ly", "v.gd", "dlvr.it"}
)
# These name one reader, and those the advertisement that a visitor came from.
_OF_A_READER = frozenset({"mc_eid", "_hsenc", "_hsmi", "ck_subscriber_id", "vero_id", "mkt_tok"})
_OF_A_VISIT = frozenset({"fbclid", "gclid", "dclid", "msclkid", "igshid", "yclid", "mc_cid", "_ga"})
_MERGE_TAG = re.compile(
    r"\{\{[^{}]*\}\}|\*\|[^|]*\|\*|%%[^%]*%%|\{\$?\w+\}|\$\{\w+\}|<%|\[[A-Za-z_]+\]"
)
_FILES = re.compile(r"\.(?P<kind>docx?|xlsx?|pptx?|od[tsp]|zip|rar|7z|exe|msi|dmg)$", re.IGNORECASE)


def faults_of(url: str, *, may_be_example: bool) -> Iterator[AddressFault]:
    """Everything wrong with an address; `may_be_example` says that example.org is meant."""
    if url.lower().startswith("mailto:"):
        yield from _mailto(url)
        return
    parts = _split(url)
    if isinstance(parts, str):
        text = f"{url} is no address that can be opened: {parts}"
        yield _fault("malformed-link", text, "mend it", severity=Severity.ERROR)
        return
    yield from _host(url, parts, may_be_example=may_be_example)
    yield from _spelling(url, parts)
    yield from _query(url, parts)


def is_example_host(host: str) -> bool:
    """True for a name that stands in examples and belongs to nobody."""
    return _EXAMPLE.fullmatch(host) is not None


def is_example(project: Project) -> bool:
    """True for a folder that only plays: then addresses that belong to nobody are meant."""
    hosts = (host_of(project.public_url), project.sender.from_.address.domain)
    return all(map(is_example_host, hosts))


def host_of(url: str) -> str:
    """The host of an address in lower case, without `www.`; empty when it has none."""
    parts = _split(url)
    return "" if isinstance(parts, str) else (parts.hostname or "").removeprefix("www.")


def _split(url: str) -> SplitResult | str:
    """The parts of an address, or what is wrong with it."""
    if re.search(r"[\s\\<>\"]", url):
        return "it holds a space, a quotation mark or a backslash"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "its host or port is not written as it should be"
    if parts.scheme not in {"http", "https"}:
        return "it does not start with https://"
    if host in {"http", "https", "www", ""}:
        return "it starts twice" if host else "it has no host"
    return parts if ":" in host or _is_name(host) else f'"{host}" cannot be the name of a host'


def _is_name(host: str) -> bool:
    try:
        labels = host.encode("idna").decode("ascii").rstrip(".").split(".")
    except UnicodeError:
        return False
    return all(_LABEL.fullmatch(label) for label in labels)


def _host(url: str, parts: SplitResult, *, may_be_example: bool) -> Iterator[AddressFault]:
    host = parts.hostname or ""
    if parts.username is not None:
        text = f"{host} comes with a name or password in front of it"
        yield _fault("password-link", text, "leave out what stands before @", Severity.ERROR)
    if _is_private(host):
        text = f"{host} cannot be reached from outside your own network"
        yield _fault("private-link", text, "use the public address", Severity.ERROR)
    elif is_example_host(host):
        if not may_be_example:
            text = f"{host} stands in examples and belongs to nobody"
            yield _fault("placeholder-link", text, "write the real address", Severity.ERROR)
    elif any(_TRIAL_LABEL.fullmatch(label) for label in host.split(".")[:-2]):
        text = f"{host} looks like a site for trials"
        yield _fault("trial-link", text, "use the public address")
    elif host.removeprefix("www.") in _SHORTENERS:
        text = f"{host} hides where the link leads"
        yield _fault("short-link", text, "write the address it leads to")
    elif parts.scheme == "http":
        yield _fault("http-link", f"{url} is not https", "write https:// if the site has it")


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or _LOCAL.fullmatch(host) is not None


def _spelling(url: str, parts: SplitResult) -> Iterator[AddressFault]:
    if tag := _MERGE_TAG.search(unquote(url)):
        text = f'nothing fills in "{tag[0]}" here: it belongs to another program'
        yield _fault("merge-tag", text, "take it out")
    elif (trailing := _TRAILING.search(url)) and not _is_closed(url, trailing[0]):
        text = f'{url} ends in "{trailing[0]}", which seems to belong to a sentence'
        yield _fault("trailing-mark", text, "take it off")
    if "&amp;" in url:
        text = f"{url} was copied out of HTML: its &amp; stands for &"
        yield _fault("escaped-link", text, "write & instead")
    if kind := _FILES.search(parts.path):
        text = f"the link opens a file ({kind['kind'].lower()}), not a page"
        yield _fault("file-link", text, "say so in the words of the link", Severity.NOTE)


def _is_closed(url: str, mark: str) -> bool:
    """True for the parenthesis of `Buda_(Kortrijk)`."""
    return mark == ")" and url.count("(") == url.count(")")


def _query(url: str, parts: SplitResult) -> Iterator[AddressFault]:
    names = [name for name, _ in parse_qsl(parts.query.replace("?", "&"), keep_blank_values=True)]
    twice = {name for name in names if name.startswith("utm_") and names.count(name) > 1}
    if twice:
        text = f"{', '.join(sorted(twice))} stands twice in {url}"
        yield _fault("doubled-utm", text, "leave one out: programs count either of the two")
    if reader := _OF_A_READER & set(names):
        text = f'"{min(reader)}" names one reader of another mail: whoever clicks is taken for them'
        yield _fault("tracking-link", text, f'cut "{min(reader)}=..." out of the address')
    elif visit := _OF_A_VISIT & set(names):
        text = f'"{min(visit)}" is a mark of the visit the address was copied from'
        hint = f'cut "{min(visit)}=..." out of the address'
        yield _fault("tracking-link", text, hint, Severity.NOTE)


def _mailto(url: str) -> Iterator[AddressFault]:
    written, _, _ = url[len("mailto:") :].partition("?")
    try:
        for one in unquote(written).split(","):
            Address.parse(one)
    except ValueError as error:
        yield _fault("bad-mailto", str(error), "mend the address behind mailto:", Severity.ERROR)


def _fault(rule: str, text: str, hint: str, severity: Severity = Severity.WARNING) -> AddressFault:
    return AddressFault(rule=rule, text=text, hint=hint, severity=severity)
