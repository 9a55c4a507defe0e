"""The way out to the network: httpx over connections that go to checked addresses only, within a time. The only file that knows httpcore.

The check and the connection are one step. TLS and the Host header still use the name, as httpcore takes them from the URL and not from the
address that was connected to. No proxy is used, as it would resolve the name again, out of reach of the check.
"""

import ssl
import time
import typing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from ingest.fetching.addresses import Resolver, checked_addresses

SocketOptions = Iterable[httpcore.SOCKET_OPTION]


class Deadline:
    """When all reading and writing must have ended, whatever a server that sends one byte a second would like."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = float("inf")

    def start(self, seconds: float) -> None:
        """Sets the deadline so many seconds from now."""
        self._end = self._clock() + seconds

    def remaining(self, timeout: float | None) -> float:
        """The timeout, or what is left until the deadline if that is less, in seconds. Raises httpcore.ReadTimeout once nothing is left."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long as a whole")
        return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every read and write also ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> typing.Any:
        return self._stream.get_extra_info(info)


class _PinnedBackend(httpcore.NetworkBackend):
    """Resolves a host itself, and connects to the very address that was checked."""

    def __init__(self, resolver: Resolver, allow_hosts: frozenset[str], deadline: Deadline) -> None:
        self._resolver = resolver
        self._allow_hosts = allow_hosts
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        addresses = checked_addresses(host, port, resolver=self._resolver, allow_hosts=self._allow_hosts)
        failed: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(address, port, self._deadline.remaining(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return _TimedStream(stream, self._deadline)
        raise failed or httpcore.ConnectError("no address to connect to")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: SocketOptions | None = None) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("a socket of this machine is nothing to fetch from")

    def sleep(self, seconds: float) -> None:
        self._sockets.sleep(seconds)


class PinnedTransport(httpx.BaseTransport):
    """An httpx transport that reaches public addresses, and the hosts in `allow_hosts`, and nothing else.

    Raises httpx.TransportError for what goes wrong on the way, and SourceError where a host has no address or none that may be reached.
    """

    def __init__(self, *, resolver: Resolver, allow_hosts: frozenset[str], deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=4,
            max_keepalive_connections=2,
            keepalive_expiry=30.0,
            network_backend=_PinnedBackend(resolver, allow_hosts, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request and returns the answer with its body still to be read, as it is on the wire."""
        url = request.url
        with _as_httpx_errors():
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        assert isinstance(response.stream, Iterable)
        body = _Body(response.stream)
        return httpx.Response(response.status, headers=response.headers, stream=body, extensions=response.extensions)

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx_errors():
            yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


@contextmanager
def _as_httpx_errors() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "no answer in time") from error
    except httpcore.NetworkError as error:
        raise httpx.NetworkError(str(error) or type(error).__name__) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpcore.ProxyError) as error:
        raise httpx.ProtocolError(str(error) or type(error).__name__) from error
