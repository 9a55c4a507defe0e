"""Asks for one page, politely and within bounds: redirects looked at one by one, retries, a pause between requests to one host.

Knows nothing about robots.txt (`robots`), about what was fetched before (`fetch_cache`) or about what a page is. The only file that knows
tenacity.
"""

import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx
import idna
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from ingest.errors import SourceError
from ingest.fetching.addresses import Resolver
from ingest.fetching.pinned_transport import Deadline, PinnedTransport
from ingest.limits import MEGABYTE, in_megabytes

USER_AGENT = "whodunit/0.1 (reads articles for one person's index)"
_ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/plain, text/markdown, application/json;q=0.9, */*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Too many requests, or a server that is not well just now: what it says may be different in a moment.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_URL = 4000
_PIECE = 64 * 1024


@dataclass(frozen=True)
class FetchLimits:
    """Bounds on a fetch; times in seconds, sizes in bytes.

    seconds: one request with its whole answer; connect_seconds, read_seconds: the steps within it. delay: between two requests to one host.
    attempts: how often a page is asked for while the failure may pass. longest_wait: a server that asks for more patience is left alone.
    longest_delay: the same for a robots.txt. fresh_seconds: how long a fetched page is not asked for again.
    """

    page_bytes: int = 20 * MEGABYTE
    robots_bytes: int = 512 * 1024
    seconds: float = 60.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    redirects: int = 5
    attempts: int = 4
    delay: float = 1.0
    longest_delay: float = 30.0
    longest_wait: float = 120.0
    fresh_seconds: float = 86_400.0


class PassingError(SourceError):
    """A failure that may pass; retry_after: how many seconds the server asks to wait, None where it says nothing."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Answer:
    """What a server answered, redirects followed. url: the last one asked. data: the body, decompressed; empty unless the status is 200."""

    url: str
    status: int
    headers: httpx.Headers
    data: bytes


def web_address(text: str) -> httpx.URL:
    """The URL in the text, without its fragment. Raises SourceError where it is none that is ever fetched."""
    try:
        url = httpx.URL(text.strip()) if len(text) <= _LONGEST_URL else None
        # httpx decodes an "xn--" name when it is looked at, and fails only then where it is none.
        named = url.host if url else ""
    except (httpx.InvalidURL, idna.IDNAError, ValueError, TypeError) as error:
        raise SourceError(f"not a valid address: {' '.join(str(error).split())[:120]}") from error
    if url is None:
        raise SourceError(f"an address of more than {_LONGEST_URL:,} characters")
    if url.scheme not in ("http", "https"):
        raise SourceError(f"only http:// and https:// are fetched, not {url.scheme[:20]!r}")
    if url.userinfo:
        raise SourceError("an address with a user name or password in it is not fetched; leave them out")
    host = url.raw_host
    if not named or b"%" in host or not host.isascii():
        raise SourceError("an address without a valid host name")
    if url.port is not None and not 0 < url.port < 65_536:
        raise SourceError("an address with a port that does not exist")
    return url.copy_with(fragment=None)


def host_of(url: httpx.URL) -> str:
    """The host as it is asked for: ASCII, lower case, an IPv6 address without brackets."""
    return url.raw_host.decode("ascii")


class WebClient:
    """Sends requests one after the other. sleep, clock: how it waits and measures, to be replaced in tests."""

    def __init__(
        self,
        *,
        limits: FetchLimits,
        allow_hosts: frozenset[str],
        resolver: Resolver,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        user_agent: str = USER_AGENT,
    ) -> None:
        self.user_agent = user_agent
        self._limits = limits
        self._sleep = sleep
        self._clock = clock
        self._deadline = Deadline()
        self._next_turn: dict[str, float] = {}
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip", "Accept-Language": "en, *;q=0.5"}
        # The transport and no httpx.Client: that one parses where an answer redirects to even when told not to follow, and fails at it.
        self._transport = PinnedTransport(resolver=resolver, allow_hosts=allow_hosts, deadline=self._deadline)
        self._cookies = httpx.Cookies()

    def close(self) -> None:
        """Closes all connections."""
        self._transport.close()

    def get(
        self, url: httpx.URL, *, ceiling: int, permit: Callable[[httpx.URL], float], headers: Callable[[httpx.URL], dict[str, str]], cut: bool = False
    ) -> Answer:
        """The answer to a GET, redirects followed.

        permit: is asked for every address on the way; returns the pause its host wants, raises SourceError where it may not be asked.
        headers: what to send along to an address. ceiling: most bytes of a body; more raises SourceError, or is cut off where `cut` is set.
        """
        # A page that sets a cookie only to look for it must find it on the next hop, but the next page must not.
        self._cookies.clear()
        for _ in range(self._limits.redirects + 1):
            answer = self._patiently(url, permit(url), headers(url), ceiling, cut)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            url = _joined(url, answer.headers["location"])
        raise SourceError(f"more than {self._limits.redirects} redirects")

    def _patiently(self, url: httpx.URL, delay: float, headers: dict[str, str], ceiling: int, cut: bool) -> Answer:
        backoff = wait_random_exponential(multiplier=max(self._limits.delay, 0.01), max=self._limits.longest_wait)

        def pause(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.retry_after if isinstance(error, PassingError) else None
            return backoff(state) if asked is None else asked

        retrying = Retrying(
            stop=stop_after_attempt(self._limits.attempts), wait=pause, retry=retry_if_exception_type(PassingError), sleep=self._sleep, reraise=True
        )
        return retrying(self._once, url, delay, headers, ceiling, cut)

    def _once(self, url: httpx.URL, delay: float, headers: dict[str, str], ceiling: int, cut: bool) -> Answer:
        self._wait_turn(host_of(url), delay)
        self._deadline.start(self._limits.seconds)
        try:
            response = self._send(url, headers)
            try:
                if response.status_code in _PASSING:
                    raise self._passing(response)
                data = _body(response, ceiling, cut) if response.status_code == 200 else b""
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise PassingError(f"no answer in time ({error})") from error
        except httpx.TransportError as error:
            raise PassingError(f"connection failed ({' '.join(str(error).split())[:120]})") from error
        return Answer(str(url), response.status_code, response.headers, data)

    def _send(self, url: httpx.URL, headers: dict[str, str]) -> httpx.Response:
        times = httpx.Timeout(self._limits.read_seconds, connect=self._limits.connect_seconds).as_dict()
        request = httpx.Request("GET", url, headers=self._headers | headers, cookies=self._cookies, extensions={"timeout": times})
        response = self._transport.handle_request(request)
        response.request = request
        self._cookies.extract_cookies(response)
        return response

    def _passing(self, response: httpx.Response) -> SourceError:
        said = f"{response.status_code} {response.reason_phrase}"
        asked = _retry_after(response.headers.get("retry-after", ""))
        if asked is not None and asked > self._limits.longest_wait:
            return SourceError(f"{said}: the server asks to come back in {asked:.0f} s; run the same command again then")
        return PassingError(said, asked)

    def _wait_turn(self, host: str, delay: float) -> None:
        now = self._clock()
        turn = self._next_turn.get(host, now)
        if turn > now:
            self._sleep(turn - now)
        self._next_turn[host] = max(turn, now) + max(delay, self._limits.delay)


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return web_address(str(url.join(location)))
    except SourceError as error:
        raise SourceError(f"redirects to {location[:80]!r}: {error}") from error
    except (httpx.InvalidURL, idna.IDNAError, ValueError, TypeError) as error:
        raise SourceError(f"redirects to {location[:80]!r}, which is no valid address") from error


def _retry_after(value: str) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit():
        return float(value[:10])
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - time.time())


def _body(response: httpx.Response, ceiling: int, cut: bool) -> bytes:
    said = response.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said[:15]) > ceiling and not cut:
        raise SourceError(f"{in_megabytes(int(said[:15]))}, more than the {in_megabytes(ceiling)} that one page may have")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise SourceError(f"compressed as {encoding[:20]!r}, which was not asked for")
    # Not left to httpx: it inflates a piece whole, and 64 kB of what is sent may be gigabytes of what comes out.
    inflate = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    data = bytearray()
    try:
        for piece in response.iter_raw(_PIECE):
            data += inflate.decompress(piece, ceiling + 1 - len(data)) if inflate else piece
            if len(data) > ceiling:
                if cut:
                    return bytes(data[:ceiling])
                raise SourceError(f"more than the {in_megabytes(ceiling)} that one page may have")
    except zlib.error as error:
        raise SourceError(f"sent in a damaged compression ({error})") from error
    if inflate and not inflate.eof:
        raise SourceError("sent in a compression that ends too early")
    return bytes(data)
