"""The walk from files to an index that can be asked, and the one place where its stations are put together.

take in (read what is new or changed) → settle (clean, date, split, embed, read claims, commit) → read claims of articles that another reader read →
group origins → link claims into incidents → publish to Chroma. Each station goes on where the last run was cut short, so a run that was killed is
finished by the next.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.claims.linking import LINKING, relink
from ingest.claims.walk import ClaimStation, ReadsClaims, forget_renamed, read_unread
from ingest.cleaning.furniture import host_of
from ingest.embedding import Embedder
from ingest.errors import SourceError
from ingest.fetching.fetcher import fetch, source_path
from ingest.fetching.source_list import SourceEntry
from ingest.forms.recognising import read_all
from ingest.names import split_names
from ingest.nouns import Draft
from ingest.progress import FileStep, Progress
from ingest.settling import BATCH_CHARACTERS, Batch, Settled, Stations, regroup, remove_orphans, settle
from ingest.sources.finding import Source, find_sources
from ingest.store.ledger import FILE, create
from ingest.store.ledger_writer import LedgerWriter
from ingest.store.publishing import publish
from ingest.store.writer_lock import writer_lock

READING = "1"
"""Changes whenever reading or cleaning would make something else of the same bytes: then the next ingest settles every article anew."""

WEB = "web"
"""Name of the root of fetched pages. Pruning leaves it alone: a page that was not asked for this time is not gone."""


@dataclass(frozen=True)
class IngestReport:
    """What a run did. unread, quarantined: (path, reason) of files and articles of this run's paths that no answer will use."""

    new: int
    changed: int
    unchanged: int
    removed: int
    articles: int
    passages: int
    seconds: float
    unread: tuple[tuple[str, str], ...] = ()
    quarantined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Root:
    """Where files come from: the name that keeps equal relative paths of different folders apart, and the sources in it.

    entries: what a list of sources says of some of them, by path; it stands where the source itself says nothing.
    whole: whether the sources are all that is there, so that what is missing among them is gone. A file given by itself says nothing of its neighbours.
    """

    name: str
    sources: Iterable[Source]
    entries: Mapping[str, SourceEntry] = field(default_factory=dict)
    whole: bool = False


@dataclass
class _Tally:
    """What taking in has seen so far."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    orphaned: set[str] = field(default_factory=set)


def roots_of(paths: Sequence[Path]) -> list[Root]:
    """The roots behind files, folders and archives that were named. Raises SourceError where a path does not exist."""
    return [
        Root(str(path.resolve() if path.is_dir() else path.resolve().parent), find_sources([path]), whole=path.is_dir()) for path in paths
    ]  # fmt: skip


def web_root(entries: Sequence[SourceEntry], folder: Path, *, allow_hosts: frozenset[str] = frozenset()) -> Root:
    """The root of pages to fetch; what was fetched is kept in the index folder, so that a run that was cut short goes on there.

    allow_hosts: hosts that may have a private or loopback address.
    """
    sources = fetch([entry.url for entry in entries], cache=folder / "fetched", allow_hosts=allow_hosts)
    return Root(WEB, sources, {source_path(entry.url): entry for entry in entries})


def ingest(
    roots: Sequence[Root],
    folder: Path,
    *,
    embedder: Embedder,
    today: date,
    claim_reader: ReadsClaims | None = None,
    keep: bool = False,
    prune: bool = False,
    watch: Callable[[Progress], None] = lambda _: None,
    watch_files: Callable[[FileStep], None] = lambda _: None,
    batch_characters: int = BATCH_CHARACTERS,
) -> IngestReport:
    """Brings the index in `folder` up to the sources; makes it where there is none.

    claim_reader: without one no claims are read, and those of articles that change are forgotten.
    keep: what cleaning would quarantine is kept. prune: files of these folders that are no longer there are forgotten.
    watch: hears how far each stage is; watch_files: how far each file is, article by article where `batch_characters` is 0.
    Raises SourceError (nothing to read), IndexLockedError, IndexDamagedError, WrongEmbedderError; what was committed before stays.
    """
    began = time.monotonic()
    with writer_lock(folder):
        ledger = _opened(folder, embedder)
        try:
            tally = _Tally()
            for root in roots:
                _take_in(ledger, root, tally, keep=keep, prune=prune, watch=watch, watch_files=watch_files)
            stations = _stations(ledger, embedder, claim_reader)
            passages = _finish(
                ledger, folder, stations, tally.orphaned, today=today, watch=watch, watch_files=watch_files, batch_characters=batch_characters
            )
            names = {root.name for root in roots}
            return IngestReport(
                tally.new, tally.changed, tally.unchanged, tally.removed, ledger.counts()["kept"], passages, time.monotonic() - began,
                tuple(ledger.unread_in(names)), tuple(ledger.quarantined_in(names)),
            )  # fmt: skip
        finally:
            ledger.close()


def keep_anyway(
    article_id: str,
    folder: Path,
    *,
    embedder: Embedder,
    today: date,
    claim_reader: ReadsClaims | None = None,
    keep: bool = True,
    watch: Callable[[Progress], None] = lambda _: None,
) -> int:
    """Keeps a quarantined article against the verdict, at once; `keep=False` lets the verdict stand again. Returns how many drafts that moved.

    The article gets another id by it, since a quarantined one is told by its address as well as by its words.
    """
    with writer_lock(folder):
        ledger = _opened(folder, embedder)
        try:
            with ledger.transaction():
                moved = ledger.keep_anyway(article_id, keep=keep)
            _finish(ledger, folder, _stations(ledger, embedder, claim_reader), set(), today=today, watch=watch)
            return moved
        finally:
            ledger.close()


def _opened(folder: Path, embedder: Embedder) -> LedgerWriter:
    if not (folder / FILE).is_file():
        create(folder, embedder=embedder.fingerprint, dimension=embedder.dimension)
    ledger = LedgerWriter(folder)
    ledger.require_embedder(embedder)
    if ledger.meta("reading") != READING:
        with ledger.transaction():
            ledger.set_all_pending()
            ledger.set_meta("reading", READING)
    return ledger


def _take_in(
    ledger: LedgerWriter,
    root: Root,
    tally: _Tally,
    *,
    keep: bool,
    prune: bool,
    watch: Callable[[Progress], None],
    watch_files: Callable[[FileStep], None],
) -> None:
    """Reads what is new or changed under a root into the ledger, in transactions of many files."""
    known = ledger.digests(root.name)
    seen: set[str] = set()
    pending: list[tuple[Source, str]] = []
    for source in root.sources:
        seen.add(source.path)
        digest = _digest(source, keep=keep)
        same = known.get(source.path) == digest
        watch_files(FileStep(source.path, "unchanged" if same else "found"))
        if same:
            tally.unchanged += 1
        else:
            pending.append((source, digest))
            if source.path in known:
                tally.changed += 1
            else:
                tally.new += 1
        if len(pending) >= 200:
            _read_in(ledger, root, pending, tally, keep=keep, watch_files=watch_files)
            pending = []
        watch(Progress("reading", len(seen), 0))
    _read_in(ledger, root, pending, tally, keep=keep, watch_files=watch_files)
    if not seen:
        kept = f"; the {len(known)} files known from there are kept" if known else ""
        raise SourceError(f"No articles in {root.name}{kept}: give files, folders or archives that hold some.")
    if prune and root.whole:
        _prune(ledger, root.name, known.keys() - seen, tally)


def _read_in(
    ledger: LedgerWriter,
    root: Root,
    sources: Sequence[tuple[Source, str]],
    tally: _Tally,
    *,
    keep: bool,
    watch_files: Callable[[FileStep], None],
) -> None:
    with ledger.transaction():
        for source, digest in sources:
            watch_files(FileStep(source.path, "reading"))
            held = ledger.articles_of_file(root.name, source.path)
            if source.problem and held:
                ledger.note_problem(root.name, source.path, digest, source.problem)
                watch_files(FileStep(source.path, "unread", source.problem))
                continue
            tally.orphaned |= held
            reading = read_all(source)
            drafts = [(host_of(draft.url), _with_entry(draft, root.entries.get(source.path))) for draft in reading.drafts]
            problem = "; ".join(said.removeprefix(f"{source.path}: ") for said in reading.problems[:3])
            if len(reading.problems) > 3:
                problem += f"; and {len(reading.problems) - 3} more"
            ledger.put_file(root.name, source.path, digest, problem=problem, drafts=drafts, keep=keep)
            if problem:
                watch_files(FileStep(source.path, "unread", problem))
            for _, draft in drafts:
                watch_files(FileStep(draft.path, "read"))


def _with_entry(draft: Draft, entry: SourceEntry | None) -> Draft:
    """The draft with what a list of sources knows where the page itself says nothing."""
    if entry is None:
        return draft
    return replace(
        draft,
        title=draft.title or entry.title,
        publisher=draft.publisher or entry.publisher,
        author=draft.author or entry.author,
        published=draft.published or entry.published,
        filed_under=draft.filed_under or split_names(entry.actor or ""),
    )


def _prune(ledger: LedgerWriter, root: str, gone: Iterable[str], tally: _Tally) -> None:
    with ledger.transaction():
        for path in gone:
            tally.orphaned |= ledger.articles_of_file(root, path)
            ledger.remove_file(root, path)
            tally.removed += 1


def _stations(ledger: LedgerWriter, embedder: Embedder, claim_reader: ReadsClaims | None) -> Stations:
    """The stations of this run. Cards are looked up once, after taking in: one need not be settled to be known."""
    if claim_reader is None:
        return Stations(embedder)
    cards = ledger.actors()
    forget_renamed(ledger, cards)
    if ledger.meta("claim_reader") != claim_reader.fingerprint:
        with ledger.transaction():
            ledger.set_meta("claim_reader", claim_reader.fingerprint)
    return Stations(embedder, ClaimStation(claim_reader, tuple(cards)))


def _finish(
    ledger: LedgerWriter,
    folder: Path,
    stations: Stations,
    orphaned: set[str],
    *,
    today: date,
    watch: Callable[[Progress], None],
    watch_files: Callable[[FileStep], None] = lambda _: None,
    batch_characters: int = BATCH_CHARACTERS,
) -> int:
    """Settles, groups, links and publishes whatever is pending, from this run or an earlier one; returns how many passages were embedded."""
    total = ledger.pending_drafts()
    done = passages = 0

    def begun(some: Sequence[Settled]) -> None:
        for one in some:
            watch_files(FileStep(one.stored.draft.path, "embedding"))

    def settled(batch: Batch) -> None:
        nonlocal done, passages
        done += len(batch.drafts)
        passages += batch.passages
        for one in batch.drafts:
            watch_files(FileStep(one.stored.draft.path, one.cleaned.status, one.cleaned.reason, one.cleaned.title))
        watch(Progress("settling", done, total, passages))

    watch(Progress("settling", 0, total))
    settle(ledger, stations, today=today, done=settled, begun=begun, batch_characters=batch_characters)
    remove_orphans(ledger, stations, touched=orphaned)
    if stations.claims:
        read_unread(ledger, stations.claims, done=lambda read, unread: watch(Progress("claims", read, unread)))
    if ledger.meta("linking") != LINKING:
        regroup(ledger)
        relink(ledger, stations.claims.actors if stations.claims else ActorIndex(known_actors(ledger.actors())))
    wanted = ledger.unpublished()
    published = 0

    def put(count: int) -> None:
        nonlocal published
        published += count
        watch(Progress("publishing", published, max(wanted, published)))

    publish(ledger, folder, done=put)
    return passages


def _digest(source: Source, *, keep: bool) -> str:
    """Of the bytes, of how they are read and of whether they are to be kept in any case: a change in any of them means reading anew."""
    return blake2b(source.data + f"\0{READING}\0{keep}\0{source.problem}".encode(), digest_size=16).hexdigest()
