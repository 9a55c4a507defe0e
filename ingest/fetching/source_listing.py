"""Makes a source list (`source_list`) out of a compiled corpus: which published reports stand behind it. Facts only, no sentence of any article.

    python -m ingest.fetching.source_listing CORPUS > corpus/sources.jsonl

CORPUS is a folder or archive of references and actor cards. A reference gives title, address and actors of one report; a card gives the
addresses of the operations that it tells. Neither is fetched: a report may be gone, and `whodunit ingest --sources` says so then.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from ingest.actors.cards import read_card
from ingest.cleaning.verdict import why_no_article
from ingest.errors import SourceError, WhodunitError
from ingest.fetching.client import host_of, web_address
from ingest.fetching.source_list import SourceEntry
from ingest.forms.markdown import is_card
from ingest.forms.normal_text import decode, normal
from ingest.forms.recognising import read_all
from ingest.names import split_names
from ingest.sources.finding import find_sources

# What a browser's session left in an address: whose visit it was, or which newsletter led there. The page is the same without it.
_OF_A_VISIT = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|linkid|ticket|sessionid|jsessionid|phpsessid)", re.IGNORECASE)
_STATUS = re.compile(r"\A\d{3}\W+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def sources_of(paths: Sequence[Path]) -> list[SourceEntry]:
    """One entry for each distinct address behind the references and cards under the paths, sorted by actor and address.

    Sorted so, neighbours are mostly of different hosts, and a fetch seldom waits for one. Raises SourceError where a path does not exist.
    """
    found: dict[str, SourceEntry] = {}
    for entry in _entries(paths):
        key = _key(entry.url)
        found[key] = _joined(found[key], entry) if key in found else entry
    site_names = _site_names(found.values())
    kept = [replace(entry, title=None) if entry.title in site_names.get(_host(entry.url), ()) else entry for entry in found.values()]
    return sorted(kept, key=lambda entry: ((entry.actor or "").casefold(), entry.url))


def source_line(entry: SourceEntry) -> str:
    """The entry as a line of a source list; what is not known is left out."""
    facts = asdict(entry) | {"published": entry.published and entry.published.isoformat()}
    ordered = {name: facts[name] for name in ("title", "url", "publisher", "author", "published", "actor") if facts[name]}
    return json.dumps(ordered, ensure_ascii=False)


def clean_address(text: str) -> str | None:
    """The address without fragment and without traces of a visit; None where it is no address that is ever fetched, or names a person's mailbox."""
    try:
        url = web_address(text)
    except SourceError:
        return None
    if url.query:
        parts = [part for part in url.query.decode("ascii").split("&") if not _OF_A_VISIT.fullmatch(part.partition("=")[0])]
        url = url.copy_with(query="&".join(parts).encode("ascii") or None)
    return None if _EMAIL.search(str(url)) else str(url)


def title_of_report(title: str | None) -> str | None:
    """The title as published, on one line; None where it is that of an error page or a wall, which stood there instead of the report."""
    words = " ".join(normal(title or "").split())
    # "403 Forbidden" says it twice; each half alone is enough.
    said = any(why_no_article(title=part, url=None, page="", prose=(), written=True) for part in (words, _STATUS.sub("", words)))
    return None if said else words or None


def _entries(paths: Sequence[Path]) -> Iterator[SourceEntry]:
    for source in find_sources(paths):
        text = normal(decode(source.data))
        if is_card(text):
            card = read_card(text)
            for address in (address for operation in card.operations for address in operation.urls):
                if url := clean_address(address):
                    yield SourceEntry(url, actor=card.names[0].name)
            continue
        for draft in read_all(source).drafts:
            if draft.form == "reference" and (url := clean_address(draft.url or "")):
                actors = ", ".join(draft.filed_under) or None
                yield SourceEntry(url, title_of_report(draft.title), draft.publisher, draft.author, draft.published, actors)


def _joined(one: SourceEntry, other: SourceEntry) -> SourceEntry:
    """What both say of one report; a report filed under several actors has the names of all of them."""
    actors = split_names(f"{one.actor or ''}, {other.actor or ''}")
    return SourceEntry(
        url=max(one.url, other.url, key=lambda url: (url.startswith("https:"), -len(url))),
        title=one.title or other.title,
        publisher=one.publisher or other.publisher,
        author=one.author or other.author,
        published=one.published or other.published,
        actor=", ".join(actors) or None,
    )


def _key(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")


def _host(url: str) -> str:
    return host_of(web_address(url))


def _site_names(entries: Iterable[SourceEntry]) -> dict[str, set[str]]:
    """Host → titles that several of its reports have: they name the site, or a page that replaced the report."""
    holders: dict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        if entry.title:
            holders[_host(entry.url), entry.title] += 1
    shared: dict[str, set[str]] = defaultdict(set)
    for (host, title), count in holders.items():
        if count > 1:
            shared[host].add(title)
    return shared


def main(arguments: Sequence[str]) -> int:
    """Prints the list, and on standard error how many lines it has. Returns the exit status."""
    if not arguments or arguments[0].startswith("-"):
        print("usage: python -m ingest.fetching.source_listing CORPUS… > sources.jsonl", file=sys.stderr)
        return 2
    try:
        entries = sources_of([Path(argument) for argument in arguments])
    except WhodunitError as error:
        print(f"source_listing: {error}", file=sys.stderr)
        return 2
    for entry in entries:
        print(source_line(entry))
    titled = sum(entry.title is not None for entry in entries)
    print(f"{len(entries)} reports, {titled} with their title, on {len({_host(entry.url) for entry in entries})} sites", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
