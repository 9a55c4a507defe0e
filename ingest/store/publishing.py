"""From the ledger to Chroma: what is new is put, what is gone is removed, and what is broken is built anew.

Every record has the passage's own id, so that a publication that was cut short is simply done again.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from ingest.errors import IndexDamagedError
from ingest.store.ledger_writer import LedgerWriter
from ingest.store.reachability import unreachable
from ingest.store.vectors import VectorIndex, discard, folder_name, from_bytes

CHURN = 0.05
"""Share of passages withdrawn since the last build above which Chroma is built anew: deletions can leave live records out of a query's reach."""


def publish(ledger: LedgerWriter, folder: Path, *, done: Callable[[int], None]) -> None:
    """Brings Chroma up to the ledger. `done` hears how many records each step wrote.

    Where Chroma's files turn out to be damaged, its count is not the ledger's afterwards, or a query misses a record, it is built anew.
    """
    passages = ledger.counts()["passages"]
    name = ledger.meta("chroma")
    withdrawn = len(ledger.withdrawals()) + int(ledger.meta("withdrawn") or 0)
    churned = withdrawn > CHURN * passages
    if name is None or ledger.meta("rebuilding") or churned:
        rebuild(ledger, folder, done=done)
        return
    try:
        complete = _bring_up(ledger, folder / name, done=done, passages=passages)
    except IndexDamagedError:
        complete = False
    if not complete:
        rebuild(ledger, folder, done=done)


def _bring_up(ledger: LedgerWriter, folder: Path, *, done: Callable[[int], None], passages: int) -> bool:
    """Writes what Chroma has not heard of; returns whether it then holds every passage and, if anything was written, queries find each."""
    with closing(VectorIndex(folder)) as vectors:
        written = ledger.unpublished()
        if written:
            withdrawn = ledger.withdrawals()
            vectors.remove(withdrawn)
            with ledger.transaction():
                ledger.note_withdrawn(withdrawn)
                ledger.set_meta("withdrawn", str(len(withdrawn) + int(ledger.meta("withdrawn") or 0)))
            _put_all(ledger, vectors, done=done)
            _announce(ledger, folder.name)
        return vectors.count() == passages and not (written and _lost(ledger, vectors))


def rebuild(ledger: LedgerWriter, folder: Path, *, done: Callable[[int], None]) -> None:
    """Builds Chroma from the ledger in a new folder, then has the ledger name that one and removes the old. Readers keep the old until then."""
    generations = [int(found.name.rpartition("-")[2]) for found in folder.glob("chroma-*") if found.name.rpartition("-")[2].isdigit()]
    name = folder_name(max(generations, default=0) + 1)
    with ledger.transaction():
        ledger.forget_chroma()
        ledger.set_meta("withdrawn", "0")
        ledger.set_meta("rebuilding", name)
    with closing(VectorIndex(folder / name, create=True)) as vectors:
        _put_all(ledger, vectors, done=done)
    _announce(ledger, name)
    for leftover in folder.glob("chroma-*"):
        if leftover.name != name:
            discard(leftover)


def _lost(ledger: LedgerWriter, vectors: VectorIndex) -> int:
    """How many passages no query finds."""
    return sum(unreachable(vectors, ids, batch) for ids, batch in ledger.all_vectors())


def _put_all(ledger: LedgerWriter, vectors: VectorIndex, *, done: Callable[[int], None]) -> None:
    """Puts every passage that Chroma has not got."""
    while rows := ledger.passages_to_publish(vectors.largest_batch):
        ids = [row[0] for row in rows]
        published = [date.fromisoformat(row[2]) if row[2] else None for row in rows]
        vectors.put(ids, from_bytes([row[1] for row in rows]), published)
        with ledger.transaction():
            ledger.note_published(ids)
        done(len(ids))


def _announce(ledger: LedgerWriter, name: str) -> None:
    """Tells readers, through the ledger, which build is in use and that it has changed."""
    with ledger.transaction():
        ledger.set_meta("chroma", name)
        ledger.set_meta("rebuilding", "")
        ledger.set_meta("publication", str(int(ledger.meta("publication") or 0) + 1))
