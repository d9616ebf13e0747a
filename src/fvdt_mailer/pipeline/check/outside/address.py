"""Which addresses on the internet are everyone's."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import TypeAlias

IPAddress: TypeAlias = IPv4Address | IPv6Address

_PORTS = frozenset({80, 443})
# RFC 6052 2.1: the last 32 bits are an IPv4 address, which a gateway on the way unpacks.
_NAT64 = IPv6Network("64:ff9b::/96")
_LAST_32_BITS = 0xFFFF_FFFF


def refusal(address: IPAddress, port: int) -> str:
    """Why nothing may be asked there; nothing when it may be."""
    if port not in _PORTS:
        return f"it leads to port {port}, and only 80 and 443 are open everywhere"
    if not _is_public(address):
        return f"it leads to {address}, an address inside a network"
    return ""


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address in _NAT64:
        return _is_public(IPv4Address(int(address) & _LAST_32_BITS))
    if address.sixtofour is not None and not _is_public(address.sixtofour):
        return False
    # IANA counts multicast, and what was once "site local", as global; IPv4 addresses in IPv6
    # dress are reserved.
    is_special = address.is_multicast or address.is_site_local or address.is_reserved
    return address.is_global and not is_special
