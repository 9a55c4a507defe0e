"""Whether a site lets its pages be fetched: robots.txt as in RFC 9309. The only file that knows protego."""

import httpx
from protego import Protego

from ingest.errors import SourceError
from ingest.fetching.addresses import UnresolvedHostError, UnsafeAddressError
from ingest.fetching.client import FetchLimits, PassingError, WebClient, host_of

_PRODUCT = "whodunit"


class Robots:
    """The robots.txt of every site that was asked for, each fetched once in a run."""

    def __init__(self, client: WebClient, limits: FetchLimits) -> None:
        self._client = client
        self._limits = limits
        self._rules: dict[tuple[str, str, int | None], Protego | SourceError] = {}

    def permit(self, url: httpx.URL) -> float:
        """The pause in seconds that the site wants between requests. Raises SourceError where it does not want the page fetched."""
        site = (url.scheme, host_of(url), url.port)
        if site not in self._rules:
            self._rules[site] = self._read(url)
        rules = self._rules[site]
        if isinstance(rules, SourceError):
            raise rules
        if not rules.can_fetch(str(url), _PRODUCT):
            raise SourceError(f"the robots.txt of {host_of(url)!r} does not allow it; not fetched")
        wanted = rules.crawl_delay(_PRODUCT) or 0.0
        if wanted > self._limits.longest_delay:
            raise SourceError(f"the robots.txt of {host_of(url)!r} asks for {wanted:.0f} s between pages; not fetched")
        return float(wanted)

    def _read(self, url: httpx.URL) -> Protego | SourceError:
        where = url.copy_with(raw_path=b"/robots.txt")
        try:
            answer = self._client.get(where, ceiling=self._limits.robots_bytes, permit=lambda _: 0.0, headers=lambda _: {}, cut=True)
        # RFC 9309, 2.3.1.4: a site whose robots.txt cannot be reached has to be taken for one that disallows everything.
        except (UnsafeAddressError, UnresolvedHostError) as error:
            return error
        except PassingError as error:
            return PassingError(f"its robots.txt cannot be read: {error}")
        except SourceError as error:
            return SourceError(f"its robots.txt cannot be read: {error}")
        return Protego.parse(answer.data.decode("utf-8", "replace") if answer.status == 200 else "")
