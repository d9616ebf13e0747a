"""Links visited on a website on this machine, and on no other."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Barrier, Event, Thread

import pytest
import trustme

from contract.website import Reply, Website, website
from fvdt_mailer.adapters.link_visitor import LinkVisitor
from fvdt_mailer.errors import NotReady, Problem, Severity
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.outside.address import IPAddress, refusal
from fvdt_mailer.pipeline.check.outside.visits import Fate, Visit
from pages import case_of, mail_of


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        yield site


def visitor(
    *sites: Website, patience: float = 10, tls: ssl.SSLContext | None = None
) -> LinkVisitor:
    """A visitor that may go to these sites too; everywhere else the strict rule holds."""
    ports = {site.port for site in sites}

    def refuses(address: IPAddress, port: int) -> str:
        return "" if address.is_loopback and port in ports else refusal(address, port)

    return LinkVisitor(refuses=refuses, tls=tls, patience=patience)


def visit(site: Website, path: str = "/") -> Visit:
    return visitor(site).visit(f"http://127.0.0.1:{site.port}{path}")


def linking(*urls: str) -> Case:
    return case_of(mail_of("\n".join(f'<p><a href="{url}">Link</a></p>' for url in urls)))


def found(visits: LinkVisitor, *urls: str) -> list[Problem]:
    return list(visits.inspect(linking(*urls)))


def test_a_page_that_is_there_is_reached(site: Website) -> None:
    site.pages["/"] = Reply()
    assert visit(site) == Visit(fate=Fate.REACHED, said="200 OK")
    assert site.asked == ["HEAD /"]


def test_a_visit_says_who_comes_and_brings_nothing_else(site: Website) -> None:
    visit(site)
    assert site.headers[0] == {
        "Host": f"127.0.0.1:{site.port}",
        "User-Agent": "fvdt-mailer link check",
        "Accept": "*/*",
        "Connection": "close",
    }


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(site: Website, status: int) -> None:
    site.pages["/"] = Reply(status=status)
    assert visit(site).fate is Fate.DEAD


def test_a_server_in_trouble_is_down(site: Website) -> None:
    site.pages["/"] = Reply(status=500)
    assert visit(site) == Visit(fate=Fate.DOWN, said="500 Internal Server Error")


@pytest.mark.parametrize("status", [401, 403, 429, 999])
def test_a_page_that_turns_programs_away_is_guarded(site: Website, status: int) -> None:
    site.pages["/"] = Reply(status=status)
    assert visit(site).fate is Fate.GUARDED


@pytest.mark.parametrize("reply", [Reply(to_head=405), Reply(drops_head=True)])
def test_a_server_that_knows_no_head_is_asked_for_the_page(site: Website, reply: Reply) -> None:
    site.pages["/"] = reply
    assert visit(site).fate is Fate.REACHED
    assert site.asked == ["HEAD /", "GET /"]


def test_an_answer_may_come_after_a_hint(site: Website) -> None:
    site.pages["/"] = Reply(early=True, status=404)
    assert visit(site).fate is Fate.DEAD


def test_a_page_that_moved_for_good_says_where(site: Website) -> None:
    site.pages |= {"/oud": Reply(status=301, location="/nieuw"), "/nieuw": Reply()}
    assert visit(site, "/oud").moved_to == f"http://127.0.0.1:{site.port}/nieuw"


def test_only_what_moved_for_good_counts(site: Website) -> None:
    site.pages |= {
        "/oud": Reply(status=308, location="/nieuw"),
        "/nieuw": Reply(status=302, location="/vandaag"),
        "/vandaag": Reply(),
        "/tijdelijk": Reply(status=302, location="/oud"),
    }
    assert visit(site, "/oud").moved_to.endswith("/nieuw")
    assert visit(site, "/tijdelijk") == Visit(fate=Fate.REACHED, said="200 OK")


def test_a_page_that_moved_to_nothing_is_dead(site: Website) -> None:
    site.pages["/oud"] = Reply(status=301, location="/weg")
    assert visit(site, "/oud").fate is Fate.DEAD


def test_a_redirect_in_a_circle_ends(site: Website) -> None:
    site.pages["/"] = Reply(status=302, location="/")
    assert visit(site) == Visit(fate=Fate.DOWN, said="it redirects more than 5 times")
    assert site.asked == ["HEAD /"] * 6


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://224.0.1.1/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[ff0e::1]/",
        "http://localhost/",
    ],
)
def test_nothing_inside_a_network_is_asked(url: str) -> None:
    strict = LinkVisitor().visit(url)
    assert strict.fate is Fate.REFUSED
    assert strict.said.endswith("an address inside a network")


@pytest.mark.parametrize("url", ["http://93.184.215.14:8080/", "https://93.184.215.14:25/"])
def test_no_other_port_is_asked(url: str) -> None:
    assert "and only 80 and 443 are open everywhere" in LinkVisitor().visit(url).said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://user:secret@example.org/", "it holds a user name"),
        ("ftp://example.org/", 'it starts with "ftp:", which is not for the web'),
        ("http:///path", "it names no host"),
        ("http://exa%0d%0aHost/", "it names no host"),
        ("http://[::1/", "it is not a whole address"),
        ("http://example.org:99999/", "it is not a whole address"),
    ],
)
def test_what_is_no_address_for_everyone_is_not_asked(url: str, said: str) -> None:
    assert LinkVisitor().visit(url) == Visit(fate=Fate.REFUSED, said=said)


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "file:///etc/passwd",
        "//10.0.0.1/",
    ],
)
def test_a_redirect_leads_to_no_place_that_a_link_may_not(site: Website, where: str) -> None:
    site.pages["/"] = Reply(status=302, location=where)
    assert visit(site).fate is Fate.REFUSED
    assert site.asked == ["HEAD /"]


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, ...]) -> None:
    """Every name has these addresses: the first at the first look-up, and so on."""
    look_up, coming = socket.getaddrinfo, iter(answers)

    def of_a_name(host: str, port: int, *_: int, type: int = 0) -> list[object]:  # noqa: A002
        literal = host.replace(".", "").isdecimal()
        places: list[object] = []
        for one in [host] if literal else next(coming):
            places += look_up(one, port, type=type or socket.SOCK_STREAM)
        return places

    monkeypatch.setattr(socket, "getaddrinfo", of_a_name)


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = Reply()
    resolving(monkeypatch, ("127.0.0.1",), ("127.0.0.2",))
    visit = visitor(site).visit(f"http://twofaced.example.org:{site.port}/")
    assert visit.fate is Fate.REACHED
    assert site.headers[0]["Host"] == f"twofaced.example.org:{site.port}"


def test_a_name_with_one_address_inside_a_network_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving(monkeypatch, ("93.184.215.14", "10.0.0.1"))
    refused = LinkVisitor().visit("http://half.example.org/")
    assert refused.said == "it leads to 10.0.0.1, an address inside a network"


def test_a_certificate_is_checked_for_the_name_that_was_asked() -> None:
    authority = trustme.CA()
    serving, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("localhost").configure_cert(serving)
    authority.configure_trust(trusting)
    with website(tls=serving) as site:
        site.pages["/"] = Reply()
        by_name, by_number = f"https://localhost:{site.port}/", f"https://127.0.0.1:{site.port}/"
        assert visitor(site, tls=trusting).visit(by_name).fate is Fate.REACHED
        assert "certificate is not valid" in visitor(site, tls=trusting).visit(by_number).said
        assert "certificate is not valid" in visitor(site).visit(by_name).said


@contextmanager
def saying(*words: bytes, closes: bool = True, pause: float = 0) -> Iterator[Website]:
    """A server that says this to whoever comes, whatever they ask, with pauses in between."""
    done = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while not done.is_set():
                connection, _ = listening.accept()
                with connection, suppress(OSError):
                    for word in words:
                        connection.sendall(word)
                        done.wait(pause)
                    if not closes:
                        done.wait()
                    connection.recv(65536)

        port = listening.getsockname()[1]
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield Website(port=port)
        done.set()
        socket.create_connection(("127.0.0.1", port)).close()
        thread.join()


def test_a_server_that_never_answers_is_left_in_time() -> None:
    with saying(closes=False) as site:
        silent = visitor(site, patience=0.2).visit(f"http://127.0.0.1:{site.port}/")
    assert silent == Visit(fate=Fate.DOWN, said="it does not answer within 0.2 seconds")


def test_a_server_that_drips_is_left_in_time() -> None:
    with saying(*(b"H" for _ in range(200)), pause=0.02) as site:
        dripping = visitor(site, patience=0.2).visit(f"http://127.0.0.1:{site.port}/")
    assert dripping == Visit(fate=Fate.DOWN, said="it does not answer within 0.2 seconds")


def test_a_server_that_answers_for_ever_is_left_in_time() -> None:
    with saying(*(b"HTTP/1.1 200 OK\r\nX: " for _ in range(10_000))) as site:
        endless = visitor(site).visit(f"http://127.0.0.1:{site.port}/")
    assert endless.fate is Fate.DOWN


def test_what_answers_in_another_protocol_is_down() -> None:
    with saying(b"220 mail.example.org ESMTP\r\n\r\n") as site:
        other = visitor(site).visit(f"http://127.0.0.1:{site.port}/")
    assert other == Visit(fate=Fate.DOWN, said="what answers there is no website")


def test_a_server_that_hangs_up_is_down() -> None:
    with saying() as site:
        rude = visitor(site).visit(f"http://127.0.0.1:{site.port}/")
    assert rude.fate is Fate.DOWN


def closed_ports(number: int) -> list[Website]:
    """Ports on which nobody listens."""
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [Website(port=one.getsockname()[1]) for one in taken]


def test_a_server_that_is_not_there_is_down() -> None:
    (gone,) = closed_ports(1)
    down = visitor(gone).visit(f"http://127.0.0.1:{gone.port}/")
    assert down == Visit(fate=Fate.DOWN, said="Connection refused")


def test_what_is_found_stands_at_the_line_that_wrote_the_link(site: Website) -> None:
    here = f"http://127.0.0.1:{site.port}"
    site.pages |= {"/": Reply(), "/oud": Reply(status=301, location="/")}
    problems = found(visitor(site), f"{here}/", f"{here}/oud", f"{here}/weg", "http://10.0.0.1/")
    told = [(problem.rule, problem.severity, problem.line) for problem in problems]
    assert told == [
        ("link-moved", Severity.NOTE, 5),
        ("link-dead", Severity.WARNING, 6),
        ("link-private", Severity.WARNING, 7),
    ]


def test_each_link_is_visited_once_for_all_campaigns(site: Website) -> None:
    visits = visitor(site)
    for _ in range(2):
        found(visits, *[f"http://127.0.0.1:{site.port}/weg#{n}" for n in range(3)])
    assert site.asked == ["HEAD /weg", "GET /weg"]


def test_what_cannot_be_visited_in_time_is_told(site: Website) -> None:
    hurried = LinkVisitor(refuses=lambda *_: "", seconds=0)
    (problem,) = found(hurried, f"http://127.0.0.1:{site.port}/")
    assert (problem.rule, problem.severity) == ("link-unreachable", Severity.NOTE)
    assert site.asked == []


def test_all_campaigns_share_the_time_there_is(site: Website) -> None:
    with saying(closes=False) as silent:
        hurried = LinkVisitor(refuses=lambda *_: "", seconds=0.2)
        found(hurried, f"http://127.0.0.1:{silent.port}/")
        (problem,) = found(hurried, f"http://localhost:{site.port}/")
    assert "the 0.2 seconds for all links were over" in problem.text
    assert site.asked == []


def test_a_machine_without_a_network_blames_no_link() -> None:
    ports = closed_ports(3)
    with pytest.raises(NotReady, match="none of 3 sites can be reached"):
        found(visitor(*ports), *[f"http://127.0.0.1:{port.port}/" for port in ports])


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    # Two visits to one host, each from a thread of its own, would meet; a meeting that failed
    # once is not waited for again.
    meeting = Barrier(2, timeout=0.5)
    with website(meeting) as site, website() as other:
        here = f"http://127.0.0.1:{site.port}"
        site.pages |= {"/a": Reply(), "/b": Reply()}
        other.pages["/"] = Reply(status=302, location=f"{here}/b")
        found(visitor(site, other), f"{here}/a", f"http://localhost:{other.port}/")
        assert sorted(site.asked) == ["HEAD /a", "HEAD /b"]
    assert meeting.broken


def test_several_hosts_are_asked_at_the_same_time() -> None:
    meeting = Barrier(2, timeout=10)
    with website(meeting) as one, website(meeting) as other:
        urls = (f"http://127.0.0.1:{one.port}/", f"http://localhost:{other.port}/")
        found(visitor(one, other), *urls)
    assert not meeting.broken
