"""Whether an index is sound, shown by asking it: every stored vector must find its own passage in Chroma."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.claims import store
from ingest.errors import IndexDamagedError
from ingest.passages import split
from ingest.store.ledger import Ledger
from ingest.store.ledger_writer import LedgerWriter
from ingest.store.publishing import rebuild
from ingest.store.reachability import unreachable
from ingest.store.vectors import VectorIndex
from ingest.store.writer_lock import writer_lock


@dataclass(frozen=True)
class Health:
    """What a check found. problems: one line each; none means that the index is sound."""

    articles: int
    passages: int
    unpublished: int
    problems: tuple[str, ...]


def check(folder: Path, *, watch: Callable[[int, int], None] = lambda _done, _total: None) -> Health:
    """Checks ledger and vector index in `folder`; changes nothing. `watch` hears (passages checked, passages in all).

    Raises IndexMissingError where there is no index; damage is reported, not raised, except where the ledger itself cannot be read.
    """
    ledger = Ledger(folder)
    counts = ledger.counts()
    problems = [*_ledger_problems(ledger)]
    unpublished = int(ledger.connection.execute("SELECT count(*) FROM passages WHERE in_chroma = 0").fetchone()[0])
    if unpublished or ledger.meta("rebuilding"):
        problems.append(f"{unpublished} passages are not in the vector index yet: the last ingest was cut short; run it again.")
    problems += _claim_problems(ledger)
    pending = int(ledger.connection.execute("SELECT count(*) FROM drafts WHERE pending = 1").fetchone()[0])
    if pending:
        problems.append(f"{pending} files are read but not settled yet: the last ingest was cut short; run it again.")
    try:
        problems += _vector_problems(ledger, folder, counts["passages"], watch)
    except IndexDamagedError as error:
        problems.append(str(error))
    ledger.close()
    return Health(counts["kept"], counts["passages"], unpublished, tuple(problems))


def repair(folder: Path, *, watch: Callable[[int], None] = lambda _: None) -> None:
    """Builds the vector index anew from the ledger and the ledger's word index from its articles."""
    with writer_lock(folder):
        ledger = LedgerWriter(folder)
        try:
            with ledger.transaction():
                ledger.rebuild_words()
            rebuild(ledger, folder, done=watch)
        finally:
            ledger.close()


def _ledger_problems(ledger: Ledger) -> Iterator[str]:
    """What is wrong inside the SQLite file: its pages, its keys, its word index, and offsets that do not fit their text."""
    for (said,) in ledger.connection.execute("PRAGMA quick_check(5)"):
        if said != "ok":
            yield f"The ledger is damaged: {said}"
    for table, *_ in ledger.connection.execute("PRAGMA foreign_key_check"):
        yield f"The ledger's table {table} names an article that is not there."
    words, passages = (ledger.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("words", "passages"))
    if words != passages:
        yield f"The word index holds {words} passages, the ledger {passages}."
    for article in ledger.articles():
        stored = [(passage.start, passage.end) for passage in ledger.passages_of(article.id)]
        expected = [(passage.start, passage.end) for passage in split(article)] if article.status == "kept" else []
        if stored != expected:
            yield f"The passages of {article.path} are not those of its text: ingest it again."


def _claim_problems(ledger: Ledger) -> Iterator[str]:
    """Claims whose words are not in their article, and articles that nobody has read for claims though others were."""
    if not ledger.holds_claims:
        yield "No claims were read yet, the index is older than that: run `whodunit ingest` again; nothing is embedded anew."
        return
    lost = ledger.connection.execute(
        "SELECT count(*) FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.start < 0 OR c.start >= c.end OR c.end > length(a.text)"
    ).fetchone()[0]
    if lost:
        yield f"The words of {lost} claims do not lie inside their article."
    reader = ledger.meta("claim_reader")
    if reader and (unread := len(store.unread(ledger.connection, reader))):
        yield f"{unread} articles were not read for claims yet: the last ingest was cut short; run it again."
    unlinked = ledger.connection.execute("SELECT count(*) FROM claims WHERE incident = ''").fetchone()[0]
    if unlinked:
        yield f"{unlinked} claims are linked to no incident yet: the last ingest was cut short; run it again."


def _vector_problems(ledger: Ledger, folder: Path, total: int, watch: Callable[[int, int], None]) -> Iterator[str]:
    name = ledger.meta("chroma")
    if name is None:
        if total:
            yield "There is no vector index: run `whodunit check --repair`."
        return
    with closing(VectorIndex(folder / name)) as vectors:
        if (count := vectors.count()) != total:
            yield f"The vector index counts {count} passages, the ledger {total}."
        stored = vectors.ids()
        done = lost = missing = 0
        for ids, batch in ledger.all_vectors():
            missing += sum(passage_id not in stored for passage_id in ids)
            lost += unreachable(vectors, ids, batch)
            done += len(ids)
            watch(done, total)
    if missing:
        yield f"{missing} passages of the ledger are not in the vector index."
    if lost > missing:
        yield f"{lost - missing} passages are in the vector index but no query finds them."
