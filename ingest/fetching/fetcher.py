"""Fetches pages from the web: politely (robots.txt, pauses, conditional requests, patience) and safely (public addresses only, bounded).

Knows nothing about what a page says. What was fetched is kept on disk, so that a run that was stopped goes on where it was.
"""

import codecs
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import httpx

from ingest.errors import SourceError
from ingest.fetching.addresses import Resolver, UnresolvedHostError, system_resolver
from ingest.fetching.cache import FetchCache, Fetched
from ingest.fetching.client import Answer, FetchLimits, PassingError, WebClient, web_address
from ingest.fetching.robots import Robots
from ingest.fetching.source_list import SourceEntry, read_sources_file
from ingest.sources.finding import Source

__all__ = ["FetchEvent", "FetchLimits", "SourceEntry", "fetch", "read_sources_file", "source_path"]

Outcome = Literal["fetched", "unchanged", "kept", "failed"]
# What an article may be sent as; a server that says nothing is believed to mean one of these.
_ARTICLES = (
    "text/",
    "application/xhtml",
    "application/pdf",
    "application/x-pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml",
    "application/json",
    "application/x-ndjson",
    "application/xml",
    "application/octet-stream",
)


def source_path(url: str) -> str:
    """The path of the source that `fetch` makes of a URL: the URL as it is asked for, without fragment; as it is where it is no URL."""
    try:
        return str(web_address(url))
    except SourceError:
        return url.strip()


@dataclass(frozen=True)
class FetchEvent:
    """What became of one URL, for whoever shows progress.

    number: from 1, in the order given. outcome: "fetched"; "unchanged", the server or the cache says so; "kept", it failed for now and the
    copy from before is used; "failed". detail: one line that says why, empty where nothing is to be said. size: bytes of the page.
    """

    url: str
    number: int
    outcome: Outcome
    detail: str = ""
    size: int = 0


@dataclass(frozen=True)
class _Result:
    data: bytes
    outcome: Outcome
    detail: str = ""


def fetch(
    urls: Iterable[str],
    *,
    cache: Path,
    allow_hosts: frozenset[str] = frozenset(),
    limits: FetchLimits = FetchLimits(),  # noqa: B008 — frozen, nothing can change it
    progress: Callable[[FetchEvent], None] | None = None,
    resolver: Resolver = system_resolver,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Source]:
    """Yields one source for every URL, in the order given and each URL once; its path is the URL, without fragment.

    cache: the folder for what was fetched. allow_hosts: hosts ("host" or "host:port") that may have any address, loopback included; all
    others must be public. A page that cannot be had is a source with a problem of one line, and the rest goes on. Raises SourceError where
    the cache cannot be used. The network is first touched when the first source is asked for.
    """
    kept = FetchCache(cache)
    client = WebClient(limits=limits, allow_hosts=allow_hosts, resolver=resolver, sleep=sleep)
    return _fetch_all(urls, client, kept, limits, progress or (lambda _: None))


def _fetch_all(
    urls: Iterable[str], client: WebClient, cache: FetchCache, limits: FetchLimits, progress: Callable[[FetchEvent], None]
) -> Iterator[Source]:
    robots = Robots(client, limits)
    seen: set[str] = set()
    number = 0
    try:
        for text in urls:
            path = text.strip()
            problem = ""
            try:
                url = web_address(text)
                path = str(url)
            except SourceError as error:
                problem = str(error)
            if path in seen:
                continue
            seen.add(path)
            number += 1
            result = _Result(b"", "failed", problem) if problem else _fetch_one(url, client, robots, cache, limits)
            progress(FetchEvent(path, number, result.outcome, result.detail, len(result.data)))
            yield Source(path, result.data, result.detail if result.outcome == "failed" else "")
    finally:
        client.close()


def _fetch_one(url: httpx.URL, client: WebClient, robots: Robots, cache: FetchCache, limits: FetchLimits) -> _Result:
    known = cache.get(str(url))
    if known is not None and 0 <= time.time() - known.fetched_at < limits.fresh_seconds:
        return _Result(known.data, "unchanged", "fetched a short while ago")
    try:
        answer = client.get(url, ceiling=limits.page_bytes, permit=robots.permit, headers=lambda hop: _conditions(hop, known))
        if answer.status == 304 and known is not None:
            cache.put(replace(known, fetched_at=time.time()))
            return _Result(known.data, "unchanged")
        page = _page(str(url), answer)
        cache.put(page)
    except (PassingError, UnresolvedHostError) as error:
        return _Result(b"", "failed", str(error)) if known is None else _Result(known.data, "kept", str(error))
    except SourceError as error:
        return _Result(b"", "failed", str(error))
    return _Result(page.data, "fetched")


def _conditions(hop: httpx.URL, known: Fetched | None) -> dict[str, str]:
    # An ETag means something only to the server that gave it.
    if known is None or str(hop) != known.final_url:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _page(url: str, answer: Answer) -> Fetched:
    if answer.status != 200:
        raise SourceError(f"{answer.status} {httpx.codes.get_reason_phrase(answer.status) or 'unknown status'}")
    kind, _, parameters = answer.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind and not kind.startswith(_ARTICLES):
        raise SourceError(f"sent as {kind[:60]!r}, which is no article")
    if not answer.data:
        raise SourceError("empty page")
    return Fetched(
        url=url,
        final_url=answer.url,
        data=_as_utf8(answer.data, parameters) if kind.startswith("text/") or "html" in kind else answer.data,
        fetched_at=time.time(),
        etag=_condition(answer.headers.get("etag", "")),
        last_modified=_condition(answer.headers.get("last-modified", "")),
    )


def _condition(value: str) -> str:
    return value if value.isprintable() and value.isascii() and len(value) <= 500 else ""


def _as_utf8(data: bytes, parameters: str) -> bytes:
    """The page in UTF-8 where only the header says what it was in; a source has no place for headers, and the page says it elsewhere or not."""
    name = next((part.partition("=")[2] for part in parameters.split(";") if part.strip().lower().startswith("charset=")), "").strip(" \"'")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            encoding = codecs.lookup(name).name
            return data if encoding.startswith(("utf-8", "utf_8", "unicode", "raw")) else data.decode(encoding).encode("utf-8")
        except (LookupError, ValueError, TypeError):
            return data
    return data
