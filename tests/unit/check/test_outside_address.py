from __future__ import annotations

from ipaddress import ip_address

import pytest

from fvdt_mailer.pipeline.check.outside.address import refusal


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "64:ff9b::5db8:d70e",
        "2002:5db8:d70e::1",
    ],
)
@pytest.mark.parametrize("port", [80, 443])
def test_an_address_of_everyone_may_be_asked(address: str, port: int) -> None:
    assert refusal(ip_address(address), port) == ""


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.1.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "2002:e000:101::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_every_other_address_may_not(address: str) -> None:
    assert refusal(ip_address(address), 443).endswith(", an address inside a network")


@pytest.mark.parametrize("port", [0, 22, 25, 8080, 65535])
def test_no_port_but_that_of_the_web_may_be_asked(port: int) -> None:
    assert refusal(ip_address("93.184.215.14"), port) == (
        f"it leads to port {port}, and only 80 and 443 are open everywhere"
    )
