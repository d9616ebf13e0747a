from __future__ import annotations

import pytest

from fvdt_mailer.pipeline.check.outside.target import Target, joined, plain, take_apart


def target(host: str, port: int, path: str = "/", *, is_secure: bool = True) -> Target:
    return Target(is_secure=is_secure, host=host, port=port, path=path)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://example.org", target("example.org", 443)),
        ("http://Example.org/a?b=%20", target("example.org", 80, "/a?b=%20", is_secure=False)),
        ("https://example.org:8443/", target("example.org", 8443)),
        ("https://caf%C3%A9.example.org/", target("xn--caf-dma.example.org", 443)),
        ("https://[2001:db8::1]:444/x", target("2001:db8::1", 444, "/x")),
    ],
)
def test_an_address_comes_apart(url: str, parts: Target) -> None:
    assert take_apart(url) == parts


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://example.org/", "example.org"),
        ("http://example.org:443/", "example.org:443"),
        ("http://[2001:db8::1]:81/", "[2001:db8::1]:81"),
    ],
)
def test_a_request_names_the_host_with_a_port_that_is_unusual(url: str, line: str) -> None:
    assert take_apart(url).host_line == line


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mailto:an@example.org", 'it starts with "mailto:", which is not for the web'),
        ("/relative", 'it starts with ":", which is not for the web'),
        ("https:///x", "it names no host"),
        ("https://exa mple.org/", "it names no host"),
        ("https://exa%0d%0aX-Header/", "it names no host"),
        ("https://an@example.org/", "it holds a user name"),
        ("https://:secret@example.org/", "it holds a user name"),
        ("https://example.org:99999/", "it is not a whole address"),
        ("https://[::1/", "it is not a whole address"),
        (f"https://é{'a' * 70}.example.org/", "it is not a whole address"),
        (f"https://{'a' * 70}.example.org/", "it is not a whole address"),
        ("https://a..example.org/", "it is not a whole address"),
    ],
)
def test_what_is_not_for_everyone_says_why(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        take_apart(plain(url))


@pytest.mark.parametrize("url", ["https://example.org/é#deel", " https://example.org/%C3%A9"])
def test_the_same_address_written_otherwise_is_the_same(url: str) -> None:
    assert plain(url) == "https://example.org/%C3%A9"


@pytest.mark.parametrize("written", ["a\r\nX-Header: y", "a b", "a\x00", "\u202egrof"])
def test_nothing_in_an_address_ends_a_line(written: str) -> None:
    address = plain(f"https://example.org/{written}")
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


@pytest.mark.parametrize(
    ("location", "to"),
    [
        ("/b", "https://example.org/b"),
        ("c", "https://example.org/a/c"),
        ("//elsewhere.example.org/", "https://elsewhere.example.org/"),
        ("http://example.org/#x", "http://example.org/"),
        ("", "https://example.org/a/"),
    ],
)
def test_a_redirect_leads_on_from_the_page_that_gave_it(location: str, to: str) -> None:
    assert joined("https://example.org/a/", location) == to
