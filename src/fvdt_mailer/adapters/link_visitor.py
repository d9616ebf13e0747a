"""The links of a case visited on the web, only where everyone may go.

Asked for only: each visit tells the other side that this newsletter is being made. No cookies, no
proxy, and nothing of a page is read but its headers.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic

from fvdt_mailer.errors import NotReady, Problem
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.outside.address import IPAddress, refusal
from fvdt_mailer.pipeline.check.outside.links import links_in
from fvdt_mailer.pipeline.check.outside.target import Target, joined, take_apart
from fvdt_mailer.pipeline.check.outside.visits import Answer, Fate, Visit, link_problems

_VISITORS = 8
_HOPS = 5
_LONGEST_HEAD = 64 * 1024
_CHUNK = 8192
_SOME_HOSTS = 3  # too many to be down by chance

_STATUS = re.compile(rb"HTTP/1\.[01] (?P<status>[0-9]{3})\b")
_LOCATION = re.compile(rb"^location:[ \t]*(?P<where>[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")

Refuses = Callable[[IPAddress, int], str]


class LinkVisitor:
    """Opens each link once, one at a time per host; what was seen is kept for the next case."""

    name = "the web"

    def __init__(
        self,
        *,
        refuses: Refuses = refusal,
        tls: ssl.SSLContext | None = None,
        patience: float = 10,
        seconds: float = 60,
    ) -> None:
        """`refuses` says why nothing may be asked at an address and port, or nothing.

        A request has `patience` seconds; all visits together, of all cases, have `seconds`.
        """
        self._refuses = refuses
        self._tls = tls or ssl.create_default_context()
        self._patience = patience
        self._seconds = seconds
        self._spent = 0.0
        self._visits: dict[str, Visit] = {}
        self._hosts: dict[str, Lock] = {}

    def inspect(self, case: Case) -> Iterator[Problem]:
        """The links that lead nowhere, elsewhere, or only some readers anywhere."""
        links = links_in(case)
        urls = tuple(dict.fromkeys(link.url for link in links))
        self._visit_all([url for url in urls if url not in self._visits])
        late = Visit(
            fate=Fate.UNVISITED, said=f"the {self._seconds:g} seconds for all links were over"
        )
        visits = {url: self._visits.get(url, late) for url in urls}
        _demand_a_network(visits)
        yield from link_problems(links, visits)

    def visit(self, url: str) -> Visit:
        """Follow an address to where it ends."""
        moved_to, is_for_good = "", True
        for _ in range(_HOPS + 1):
            try:
                answer = self._ask(take_apart(url))
                onward = joined(url, answer.location)
            except OSError as error:  # first: a certificate that fails is a ValueError as well
                return Visit(fate=Fate.DOWN, said=self._reason(error))
            except (ValueError, _RefusedError) as error:
                return Visit(fate=Fate.REFUSED, said=str(error))
            if not answer.leads_on:
                return Visit(fate=answer.fate, said=f"{answer}", moved_to=moved_to)
            url = onward
            is_for_good = is_for_good and answer.is_for_good
            moved_to = url if is_for_good else moved_to
        return Visit(fate=Fate.DOWN, said=f"it redirects more than {_HOPS} times")

    def _visit_all(self, urls: Iterable[str]) -> None:
        """Visit what can be visited in time; a look-up that hangs holds up nothing but itself."""
        by_host: dict[str, list[str]] = {}
        for url in urls:
            by_host.setdefault(_host(url), []).append(url)
        waiting: SimpleQueue[list[str]] = SimpleQueue()
        for of_one_host in by_host.values():
            waiting.put(of_one_host)
        start = monotonic()
        end = start + self._seconds - self._spent
        visitors = [
            Thread(target=self._work, args=(waiting, end), daemon=True)
            for _ in range(min(_VISITORS, len(by_host)))
        ]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join(timeout=max(0.0, end - monotonic()))
        self._spent += monotonic() - start

    def _work(self, waiting: SimpleQueue[list[str]], end: float) -> None:
        while True:
            try:
                urls = waiting.get_nowait()
            except Empty:
                return
            for url in urls:
                if monotonic() >= end:
                    return
                self._visits[url] = self.visit(url)

    def _ask(self, target: Target) -> Answer:
        """The answer to HEAD, or to GET where HEAD gets none or a bad one."""
        addresses = self._addresses(target)
        with self._hosts.setdefault(target.host, Lock()):
            with suppress(ConnectionError):
                answer = self._request("HEAD", target, addresses)
                if answer.is_good:
                    return answer
            return self._request("GET", target, addresses)

    def _addresses(self, target: Target) -> tuple[IPAddress, ...]:
        """All addresses of a host; one that must not be asked spoils them all."""
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        addresses = tuple(dict.fromkeys(ip_address(str(place[0])) for *_, place in found))
        for address in addresses:
            if reason := self._refuses(address, target.port):
                raise _RefusedError(reason)
        return addresses

    def _request(self, method: str, target: Target, addresses: Sequence[IPAddress]) -> Answer:
        end = monotonic() + self._patience
        lines = (
            f"{method} {target.path} HTTP/1.1",
            f"Host: {target.host_line}",
            "User-Agent: fvdt-mailer link check",
            "Accept: */*",
            "Connection: close",
        )
        with _connected(addresses, target.port, end) as plain_socket:
            if not target.is_secure:
                return _answer(plain_socket, lines, end)
            # The name is what the certificate must be for; the address was settled before.
            with self._tls.wrap_socket(plain_socket, server_hostname=target.host) as secured:
                return _answer(secured, lines, end)

    def _reason(self, error: OSError) -> str:
        match error:
            case ssl.SSLCertVerificationError():
                return f"its certificate is not valid: {error.verify_message}"
            case ssl.SSLError():
                return "no secure connection can be made"
            case TimeoutError():
                return f"it does not answer within {self._patience:g} seconds"
            case socket.gaierror():
                return "there is no such host, or its name cannot be looked up now"
        return error.strerror or str(error)


class _RefusedError(Exception):
    """Nothing may be asked there; the text says why."""


class _UnansweredError(ConnectionError):
    """The server hung up, or said something that is no answer."""


def _connected(addresses: Sequence[IPAddress], port: int, end: float) -> socket.socket:
    """A connection to the first of these very addresses that takes one: no name is looked up."""
    failed: OSError = TimeoutError()
    for number, address in enumerate(addresses):
        # One that never answers leaves time for the others.
        share = _left(end) / (len(addresses) - number)
        try:
            return socket.create_connection((str(address), port), timeout=share)
        except OSError as error:
            failed = error
    raise failed


def _answer(connection: socket.socket, lines: Iterable[str], end: float) -> Answer:
    connection.settimeout(_left(end))
    connection.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
    read = b""
    while len(read) < _LONGEST_HEAD:
        connection.settimeout(_left(end))
        received = connection.recv(_CHUNK)
        if not received:
            break
        read += received
        if (answer := _first_answer(read)) is not None:
            return answer
    raise _UnansweredError("it hangs up without an answer")


def _first_answer(read: bytes) -> Answer | None:
    """The answer in what was read so far; None while its head is not whole."""
    for head in _END_OF_HEAD.split(read)[:-1]:
        found = _STATUS.match(head)
        if found is None:
            raise _UnansweredError("what answers there is no website")
        if found["status"].startswith(b"1"):  # RFC 9110 15.2: the real answer follows
            continue
        where = _LOCATION.search(head)
        location = where["where"].decode(errors="replace").strip() if where else ""
        return Answer(status=int(found["status"]), location=location)
    return None


def _left(end: float) -> float:
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _demand_a_network(visits: Mapping[str, Visit]) -> None:
    hosts = {_host(url) for url in visits}
    if len(hosts) >= _SOME_HOSTS and all(visit.fate is Fate.DOWN for visit in visits.values()):
        raise NotReady(
            f"none of {len(hosts)} sites can be reached; see whether this machine is online, or "
            "leave out --online"
        )


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()
