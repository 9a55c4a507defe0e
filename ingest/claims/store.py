"""Where claims stand in the ledger: their tables, and how rows become claims. `ingest.store.ledger` reads through this file, `ingest.store.ledger_writer` writes.

An attacker's candidates are not stored: they are looked up when claims are read, since the cards that tell them may change. Nor is the quote: it is
the article's text at the claim's offsets.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ingest.nouns import Claim, When

TABLES = (
    """CREATE TABLE claims (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, attacker TEXT, victim TEXT, when_start TEXT,
    when_end TEXT, when_grain TEXT, when_text TEXT, asserted_by TEXT, stance TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, incident TEXT NOT NULL DEFAULT ''
)""",
    "CREATE INDEX claims_by_article ON claims (article_id)",
    # Which articles were read for claims, and by which reader; an article without claims was read too.
    "CREATE TABLE readings (article_id TEXT PRIMARY KEY REFERENCES articles ON DELETE CASCADE, reader TEXT NOT NULL) WITHOUT ROWID",
)
_CLAIM = """c.article_id, c.attacker, c.victim, c.when_start, c.when_end, c.when_grain, c.when_text, c.asserted_by, c.stance, c.kind, c.start, c.end,
    substr(a.text, c.start + 1, c.end - c.start), c.incident"""


def numbered_claims(connection: sqlite3.Connection) -> Iterator[tuple[int, Claim]]:
    """(row number, claim) of every claim, by article and place in it; the claims' `actors` are empty."""
    rows = connection.execute(
        f"SELECT c.number, {_CLAIM} FROM claims c JOIN articles a ON a.id = c.article_id ORDER BY c.article_id, c.start, c.number"
    )
    for number, *values in rows:
        yield number, _claim(values)


def put_claims(connection: sqlite3.Connection, article_id: str, claims: Iterable[Claim], *, reader: str) -> None:
    """Makes `claims` the article's claims, and notes which reader found them."""
    remove_claims(connection, article_id)
    connection.executemany(
        """INSERT INTO claims (article_id, attacker, victim, when_start, when_end, when_grain, when_text, asserted_by, stance, kind, start, end)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [_values(claim) for claim in claims],
    )
    connection.execute("INSERT INTO readings VALUES (?, ?)", (article_id, reader))


def remove_claims(connection: sqlite3.Connection, article_id: str) -> None:
    """Forgets an article's claims, and that it was read."""
    connection.execute("DELETE FROM claims WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM readings WHERE article_id = ?", (article_id,))


def unread(connection: sqlite3.Connection, reader: str) -> list[str]:
    """Ids of the kept articles that this reader has not read, in order."""
    query = "SELECT id FROM articles WHERE status = 'kept' AND id NOT IN (SELECT article_id FROM readings WHERE reader = ?) ORDER BY id"
    return [row[0] for row in connection.execute(query, (reader,))]


def was_read(connection: sqlite3.Connection, article_id: str, reader: str) -> bool:
    """Whether this reader has read the article."""
    return connection.execute("SELECT 1 FROM readings WHERE article_id = ? AND reader = ?", (article_id, reader)).fetchone() is not None


def _values(claim: Claim) -> tuple[str | int | None, ...]:
    when = claim.when
    times = (str(when.start), str(when.end), when.grain, when.text) if when else (None, None, None, None)
    return (claim.article_id, claim.attacker, claim.victim, *times, claim.asserted_by, claim.stance, claim.kind, claim.start, claim.end)


def _claim(values: Sequence[str]) -> Claim:
    article_id, attacker, victim, when_start, when_end, grain, words, asserted_by, stance, kind, start, end, quote, incident = values
    when = When(date.fromisoformat(when_start), date.fromisoformat(when_end), grain, words) if when_start else None  # type: ignore[arg-type]
    return Claim(article_id, attacker, (), victim, when, asserted_by, stance, kind, int(start), int(end), quote, incident)  # type: ignore[arg-type]
