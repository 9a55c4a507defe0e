"""Forty ways to make a fetch reach this machine or its network: a canary on loopback must get no request from any of them.

python -m pytest tests/test_addresses.py
"""

import ipaddress
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from web_server import Reply, WebServer

from ingest.errors import SourceError
from ingest.fetching.addresses import UnresolvedHostError, UnsafeAddressError, checked_addresses, is_allowed, is_public
from ingest.fetching.fetcher import FetchLimits, fetch
from ingest.sources.finding import Source

PUBLIC = "93.184.215.14"
QUICK = FetchLimits(delay=0.0, attempts=2, seconds=5, connect_seconds=2, read_seconds=2)


@pytest.fixture
def canary() -> Iterator[WebServer]:
    """A server that nobody has named, with a page that everybody would be glad to get."""
    with WebServer({"/": Reply(b"<p>secret</p>"), "/robots.txt": Reply(b"")}) as server:
        yield server


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every address that a connection was opened to; those that are not loopback are refused, as the tests have no network."""
    opened: list[tuple[str, int]] = []
    connect = socket.create_connection

    def recorded(address: tuple[str, int], *arguments: object, **options: object) -> socket.socket:
        opened.append(address)
        if not ipaddress.ip_address(address[0]).is_loopback:
            raise ConnectionRefusedError(111, "Connection refused")
        return connect(address, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", recorded)
    return opened


def by_name(names: dict[str, Sequence[str]]) -> Callable[[str, int], Sequence[str]]:
    def resolver(host: str, port: int) -> Sequence[str]:
        if host in names:
            return names[host]
        # Everything else as this machine would, which reads 127.1 and its like, but without asking the network for a name.
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]

    return resolver


def get(url: str, tmp_path: Path, *, names: dict[str, Sequence[str]] | None = None, allow: Sequence[str] = ()) -> Source:
    (source,) = fetch(
        [url], cache=tmp_path / "cache", allow_hosts=frozenset(allow), limits=QUICK, resolver=by_name(names or {}), sleep=lambda _: None
    )
    return source


# PORT is the canary's. What stands before "->" is asked for; what stands after it is where the public page redirects to.
HOSTILE = [
    "http://127.0.0.1:PORT/",
    "http://127.0.0.2:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.0x0.0x0.0x1:PORT/",
    "http://0x7f.1:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0:PORT/",
    "http://[::1]:PORT/",
    "http://[::]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[fe80::1%25lo]:PORT/",
    "http://127。0。0。1:PORT/",
    "http://１２７.０.０.１:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST.:PORT/",
    "http://local.example:PORT/",
    "http://mixed.example:PORT/",
    "http://mapped.example:PORT/",
    "http://public.example@127.0.0.1:PORT/",
    "http://user:secret@127.0.0.1:PORT/",
    "http://public.example\\@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@public.example/",
    "http://127.0.0.1:PORT#@public.example/",
    "http://127.0.0.1%00.example:PORT/",
    "http:127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "file:///etc/hostname",
    "gopher://127.0.0.1:PORT/_GET%20/",
    "ftp://127.0.0.1:PORT/",
    "unix:///var/run/docker.sock",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://10.0.0.1:PORT/",
    "http://100.64.0.1:PORT/",
    "http://255.255.255.255:PORT/",
]
NAMES: dict[str, Sequence[str]] = {
    "localhost": ["127.0.0.1", "::1"],
    "localhost.": ["127.0.0.1"],
    "local.example": ["127.0.0.1"],
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "public.example": [PUBLIC],
    "127.0.0.1.": ["127.0.0.1"],
}


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_in_one_line(url: str, canary: WebServer, connections: list[tuple[str, int]], tmp_path: Path) -> None:
    source = get(url.replace("PORT", str(canary.port)), tmp_path, names=NAMES)
    assert canary.requests == []
    assert [address for address in connections if address[0] != PUBLIC] == []
    assert source.problem
    assert "\n" not in source.problem
    assert source.data == b""


@pytest.mark.parametrize("url", HOSTILE)
@pytest.mark.parametrize("status", [301, 307])
def test_a_redirect_to_a_hostile_address_is_refused_in_one_line(
    url: str, status: int, canary: WebServer, connections: list[tuple[str, int]], tmp_path: Path
) -> None:
    target = url.replace("PORT", str(canary.port))
    location = target if target.isascii() else target.encode("utf-8").decode("latin-1")
    with WebServer({"/robots.txt": Reply(b""), "/go": Reply(b"", status, {"Location": location})}) as named:
        source = get(f"{named.url}/go", tmp_path, names=NAMES, allow=[named.host])
        assert named.paths() == ["/go"] or location.startswith(("//127", "http:127", "unix"))
        assert canary.requests == []
        assert [address for address in connections if address not in ((PUBLIC, canary.port), ("127.0.0.1", named.port))] == []
        assert source.problem
        assert "\n" not in source.problem


def test_the_canary_would_have_been_reached_had_it_been_named(canary: WebServer, tmp_path: Path) -> None:
    source = get(f"{canary.url}/", tmp_path, allow=[canary.host])
    assert source.data == b"<p>secret</p>"
    assert canary.paths() == ["/"]


def test_a_chain_of_redirects_is_followed_up_to_the_hostile_one(canary: WebServer, connections: list[tuple[str, int]], tmp_path: Path) -> None:
    pages = {f"/{at}": Reply(b"", 302, {"Location": f"/{at + 1}"}) for at in range(3)}
    with WebServer({"/robots.txt": Reply(b""), **pages, "/3": Reply(b"", 302, {"Location": canary.url})}) as named:
        source = get(f"{named.url}/0", tmp_path, allow=[named.host])
        assert named.paths() == ["/0", "/1", "/2", "/3"]
    assert canary.requests == []
    assert "127.0.0.1" in source.problem


def test_a_robots_file_that_redirects_to_the_canary_does_not_reach_it(canary: WebServer, connections: list[tuple[str, int]], tmp_path: Path) -> None:
    with WebServer({"/robots.txt": Reply(b"", 301, {"Location": f"{canary.url}/robots.txt"}), "/": Reply(b"x")}) as named:
        source = get(f"{named.url}/", tmp_path, allow=[named.host])
        assert named.paths() == []
    assert canary.requests == []
    assert "not public" in source.problem


def test_a_name_that_answers_differently_the_second_time_gains_nothing(canary: WebServer, connections: list[tuple[str, int]], tmp_path: Path) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]])
    (source,) = fetch(
        [f"http://rebinding.example:{canary.port}/"],
        cache=tmp_path,
        limits=QUICK,
        resolver=lambda host, port: next(answers),
        sleep=lambda _: None,
    )
    assert canary.requests == []
    assert connections == [(PUBLIC, canary.port)]
    assert "not public" in source.problem


def test_the_connection_goes_to_the_address_that_was_checked_and_is_never_resolved_again(
    monkeypatch: pytest.MonkeyPatch, canary: WebServer, tmp_path: Path
) -> None:
    asked: list[str] = []
    opened: list[tuple[str, int]] = []
    connect = socket.create_connection

    def routed(address: tuple[str, int], *arguments: object, **options: object) -> socket.socket:
        # Stands in for the route to a public address: it leads to the test's own server.
        opened.append(address)
        return connect(("127.0.0.1", canary.port), *arguments, **options)  # type: ignore[arg-type]

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC]

    monkeypatch.setattr(socket, "create_connection", routed)
    (source,) = fetch(["http://paper.example/"], cache=tmp_path, limits=QUICK, resolver=resolver, sleep=lambda _: None)
    assert source.data == b"<p>secret</p>"
    assert set(opened) == {(PUBLIC, 80)}
    assert len(asked) == len(opened)
    assert canary.requests[-1].headers["host"] == "paper.example"


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch, canary: WebServer, tmp_path: Path) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, canary.url)
    with WebServer({"/robots.txt": Reply(b""), "/": Reply(b"page")}) as named:
        assert get(f"{named.url}/", tmp_path, allow=[named.host]).data == b"page"
    assert canary.requests == []


def test_naming_one_port_of_a_host_does_not_name_its_others(canary: WebServer, tmp_path: Path) -> None:
    with WebServer() as named:
        assert "not public" in get(f"{canary.url}/", tmp_path, allow=[named.host]).problem
    assert canary.requests == []


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", PUBLIC, "1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::8.8.8.8", "2002:808:808::1"],
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1"),
        *("172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
        *("239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1"),
        *("100::1", "2001::1", "2001:db8::1", "2002:a00:1::", "2002:7f00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1"),
        *("ff02::1", "fe80::1%lo", "2a00:1450::5efe:10.0.0.1", "2a00:1450::200:5efe:127.0.0.1", "5f00::1", "4000::1"),
    ],
)
def test_addresses_that_are_not_public_are_not(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_hosts_are_allowed_by_name_with_or_without_a_port() -> None:
    assert is_allowed("LocalHost.", 80, frozenset({"localhost"}))
    assert is_allowed("::1", 80, frozenset({"[::1]:80"}))
    assert is_allowed("a.example", 81, frozenset({"a.example:81"}))
    assert not is_allowed("a.example", 82, frozenset({"a.example:81"}))
    assert not is_allowed("evil-a.example", 81, frozenset({"a.example"}))


@pytest.mark.parametrize(
    ("answer", "error"), [([], UnresolvedHostError), (["no address"], UnsafeAddressError), ([PUBLIC, "::1"], UnsafeAddressError)]
)
def test_odd_answers_of_a_resolver_are_refused(answer: list[str], error: type[SourceError]) -> None:
    with pytest.raises(error):
        checked_addresses("a.example", 80, resolver=lambda host, port: answer, allow_hosts=frozenset())


def test_a_host_without_an_address_is_one_line() -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(UnresolvedHostError, match=r"'a\.example' cannot be resolved \(Name or service not known\)"):
        checked_addresses("a.example", 80, resolver=nothing, allow_hosts=frozenset())
