"""Which addresses of the network a fetch may connect to: public ones only, unless the user has named the host.

Knows nothing about HTTP. What is checked here is an address, never a name: `pinned_transport` connects to exactly the addresses that
`checked_addresses` returned, so a name that answers differently a moment later gains nothing. Networks: the IANA special-purpose
registries of IPv4 and IPv6 (RFC 6890 and its updates), written out because what `ipaddress` calls global differs between Python versions.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence

from ingest.errors import SourceError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""From a host name and a port to the addresses that it has now, as strings; raises OSError where it has none."""

_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; Linux connects 0.0.0.0 to itself
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and where clouds keep their metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All of IPv6 that is public lies in 2000::/3; these are the parts of it that are not.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, with Teredo, ORCHID and benchmarks
        "2001:db8::/32",  # documentation
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
        "3ffe::/16",  # the former 6bone
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
# An interface identifier that carries an IPv4 address (RFC 5214); routers of some sites turn it into one.
_ISATAP = (0x00005EFE, 0x02005EFE)
# A name whose last part is a number is read as an IPv4 address by everything that resolves names: 2130706433, 0x7f.1, 017700000001.
_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9a-fA-F]*)")


class UnsafeAddressError(SourceError):
    """A URL leads to an address that is not public; the message says which and how to allow it."""


class UnresolvedHostError(SourceError):
    """A host name has no address now: it is mistyped, gone, or there is no network."""


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that this machine's resolver has for the host, each once, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: IPAddress) -> bool:
    """Whether anybody's machine on the internet may have the address; an IPv4 address inside an IPv6 one is looked at as well."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    if address.scope_id is not None:
        return False
    number = int(address)
    if address in _MAPPED or address in _NAT64:
        return is_public(ipaddress.IPv4Address(number & 0xFFFFFFFF))
    if address not in _GLOBAL_V6 or any(address in network for network in _REFUSED_V6):
        return False
    if address in _SIX_TO_FOUR and not is_public(ipaddress.IPv4Address((number >> 80) & 0xFFFFFFFF)):
        return False
    return (number >> 32) & 0xFFFFFFFF not in _ISATAP or is_public(ipaddress.IPv4Address(number & 0xFFFFFFFF))


def is_allowed(host: str, port: int, allow_hosts: frozenset[str]) -> bool:
    """Whether the user has named the host ("localhost", "127.0.0.1:8080", "[::1]:80"); a name without a port allows all its ports."""
    host = host.lower().rstrip(".")
    named = {allowed.lower() for allowed in allow_hosts}
    return bool(named & {host, f"{host}:{port}", f"[{host}]", f"[{host}]:{port}"})


def checked_addresses(host: str, port: int, *, resolver: Resolver, allow_hosts: frozenset[str]) -> tuple[str, ...]:
    """The addresses of the host, all of them public or the host allowed by name; they, and not the name, are to be connected to.

    Raises UnsafeAddressError where any is not public (a host that mixes them is up to something), UnresolvedHostError where there is none.
    """
    allowed = is_allowed(host, port, allow_hosts)
    if not allowed and _NUMERIC.fullmatch(host.rstrip(".")) and not _is_dotted(host):
        raise UnsafeAddressError(f"{host[:80]!r} is an address in disguise; write it as four decimal numbers")
    try:
        found = [ipaddress.ip_address(address) for address in _literal(host) or resolver(host, port)]
    except (OSError, UnicodeError) as error:
        raise UnresolvedHostError(f"host {host[:80]!r} cannot be resolved ({getattr(error, 'strerror', None) or error})") from error
    except ValueError as error:
        raise UnsafeAddressError(f"host {host[:80]!r} resolves to something that is no address") from error
    if not found:
        raise UnresolvedHostError(f"host {host[:80]!r} has no address")
    if not allowed and (unsafe := [address for address in found if not is_public(address)]):
        raise UnsafeAddressError(f"{host[:80]!r} is {unsafe[0]}, which is not public; not fetched (name the host in --allow-host if you mean it)")
    return tuple(map(str, found))


def _is_dotted(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _literal(host: str) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return []
