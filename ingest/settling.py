"""From drafts in the ledger to articles, passages, vectors and claims in the ledger: clean, file, split, embed, read, commit, a batch at a time.

A batch is one transaction: a process that is killed loses at most the batch it was in, and no reader ever sees half an article.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from ingest.claims.walk import ClaimStation
from ingest.cleaning.cleaner import clean
from ingest.cleaning.furniture import Furniture
from ingest.embedding import Embedder
from ingest.filing import article_id, assemble, kept_anyway
from ingest.nouns import Article, Cleaned, Passage
from ingest.origins import group, signature
from ingest.passages import heading, split
from ingest.store.draft_ledger import StoredDraft
from ingest.store.ledger_writer import Embedded, LedgerWriter

BATCH_CHARACTERS = 500_000
"""Cleaned text of one batch: about 700 passages, some 15 seconds of embedding on two cores."""


@dataclass(frozen=True)
class Settled:
    """One draft that was cleaned: which article it became, and which it was before."""

    stored: StoredDraft
    cleaned: Cleaned
    article: str


@dataclass(frozen=True)
class Stations:
    """What an article passes through between cleaning and the ledger. claims: None where nobody reads for claims."""

    embedder: Embedder
    claims: ClaimStation | None = None


@dataclass(frozen=True)
class Batch:
    """What one commit changed: drafts settled, articles and passages written, passages embedded."""

    drafts: Sequence[Settled]
    articles: int
    passages: int


def settle(
    ledger: LedgerWriter,
    stations: Stations,
    *,
    today: date,
    done: Callable[[Batch], None],
    begun: Callable[[Sequence[Settled]], None] = lambda _: None,
    batch_characters: int = BATCH_CHARACTERS,
) -> None:
    """Settles every pending draft. Where a publisher has a pending draft, all its drafts are cleaned anew, since what recurs may have changed.

    begun, done: hear of every batch before and after it is embedded and committed. batch_characters: 0 makes every draft a batch.
    """
    cleaned = (one for host in ledger.pending_hosts() for one in _cleaned(ledger, host, today=today))
    for some in _batches(cleaned, batch_characters):
        begun(some)
        done(_commit(ledger, stations, some))


def regroup(ledger: LedgerWriter) -> None:
    """Groups all kept articles into origins, near-duplicates under one id."""
    with ledger.transaction():
        ledger.set_origins(group(ledger.signatures()))


def _cleaned(ledger: LedgerWriter, host: str, *, today: date) -> Iterator[Settled]:
    """The drafts of a host, cleaned. Drafts without an address have no publisher in common, so nothing is learned across them."""
    stored = ledger.drafts_of(host, pending_only=not host)
    furniture = Furniture.learn([one.draft for one in stored] if host else [])
    for one in stored:
        cleaned = clean(one.draft, furniture, today=today)
        if one.keep:
            cleaned = kept_anyway(cleaned)
        yield Settled(one, cleaned, article_id(one.draft, cleaned))


def _batches(settled: Iterable[Settled], characters: int) -> Iterator[list[Settled]]:
    batch: list[Settled] = []
    size = 0
    for one in settled:
        batch.append(one)
        size += len(one.cleaned.text)
        if size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _commit(ledger: LedgerWriter, stations: Stations, settled: Sequence[Settled]) -> Batch:
    """Writes a batch in one transaction. Readers go on reading the state before; only the one writer waits for the embedding."""
    with ledger.transaction():
        texts = {one.article: one.cleaned for one in settled}
        left = {one.stored.article for one in settled if one.stored.article not in (None, one.article)}
        for one in settled:
            ledger.file_draft(one.stored.number, article=one.article, cleaned=one.cleaned)
        made = _write(ledger, stations, [_assembled(ledger, identity, cleaned) for identity, cleaned in texts.items()])
        for identity in left - texts.keys():
            if identity is not None:
                _reassemble_or_remove(ledger, stations, identity)
    return Batch(drafts=settled, articles=len(texts), passages=made)


def _assembled(ledger: LedgerWriter, identity: str, cleaned: Cleaned) -> Article:
    known = ledger.article(identity)
    return assemble(identity, cleaned.title, cleaned.text, ledger.filings(identity), origin=known.origin if known else identity)


def _write(ledger: LedgerWriter, stations: Stations, articles: Sequence[Article]) -> int:
    """Stores articles with their passages, vectors and claims; returns how many passages had to be embedded."""
    written = [(article, split(article) if article.status == "kept" else ()) for article in articles]
    embedded, made = _embedded(ledger, stations.embedder, written)
    for article, passages in written:
        before = ledger.article(article.id)
        ledger.put_article(article, signature=signature(article.text) if article.status == "kept" else b"")
        ledger.put_passages(article, passages, embedded)
        if stations.claims:
            stations.claims.take(ledger, article, before=before)
        else:
            ledger.remove_claims(article.id)
    return made


def _embedded(ledger: LedgerWriter, embedder: Embedder, written: Iterable[tuple[Article, Sequence[Passage]]]) -> tuple[dict[str, Embedded], int]:
    """Vectors of the passages that the ledger has not got yet, by id, and how many of them had to be made.

    Words that were embedded before keep their vector, so that a change in one paragraph does not cost the whole article. Those that are new are
    sorted by length, so that a batch holds texts of one size.
    """
    wanted = {passage.id: f"{heading(article)}\n{passage.text}" for article, passages in written for passage in passages}
    known = ledger.passages(list(wanted))
    digests = {passage_id: blake2b(words.encode(), digest_size=16).hexdigest() for passage_id, words in wanted.items() if passage_id not in known}
    vectors = {digest: ledger.vector_of(digest) for digest in digests.values()}
    missing = {digest: wanted[passage_id] for passage_id, digest in digests.items() if vectors[digest] is None}
    order = sorted(missing, key=lambda digest: (-len(missing[digest]), digest))
    vectors.update(zip(order, (row.tobytes() for row in embedder.embed([missing[digest] for digest in order])), strict=True))
    return {passage_id: Embedded(digest, vectors[digest] or b"") for passage_id, digest in digests.items()}, len(missing)


def _reassemble_or_remove(ledger: LedgerWriter, stations: Stations, identity: str) -> None:
    """An article that lost a draft: it goes, or what its other filings say stays."""
    article = ledger.article(identity)
    if article is None:
        return
    if not ledger.is_filed(identity):
        ledger.remove_article(identity)
        return
    _write(ledger, stations, [assemble(identity, article.title, article.text, ledger.filings(identity), origin=article.origin)])


def remove_orphans(ledger: LedgerWriter, stations: Stations, *, touched: Iterable[str]) -> None:
    """After files went: removes articles without a draft and renews those that lost one of several."""
    with ledger.transaction():
        for identity in {*ledger.orphans(), *touched}:
            _reassemble_or_remove(ledger, stations, identity)
