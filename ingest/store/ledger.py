"""The ledger: one SQLite file that holds the truth, articles, passages, their vectors and words, and claims. Chroma is rebuilt from it.

This half opens and reads; `ingest.store.ledger_writer` changes. SQLite in WAL mode: any number of readers beside the one writer, and a reader sees whole
articles only, since an article, its passages, vectors, words and claims enter in one transaction.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from ingest.claims.store import TABLES, numbered_claims
from ingest.embedding import Embedder, Vectors
from ingest.errors import IndexDamagedError, IndexMissingError, WrongEmbedderError
from ingest.nouns import Actor, ActorName, Article, Claim, Passage

FILE = "ledger.sqlite3"
SCHEMA_VERSION = "2"
WITHOUT_CLAIMS = "1"
"""The format before claims were kept. It can be asked like any other, and the next writer adds what it lacks."""
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (root TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL, problem TEXT NOT NULL, PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY, root TEXT NOT NULL, file TEXT NOT NULL, path TEXT NOT NULL, host TEXT NOT NULL, draft BLOB NOT NULL,
    pending INTEGER NOT NULL, keep INTEGER NOT NULL, article TEXT, filing TEXT, UNIQUE (root, path)
);
CREATE TABLE actors (root TEXT NOT NULL, path TEXT NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE INDEX drafts_by_host ON drafts (host);
CREATE INDEX drafts_by_file ON drafts (root, file);
CREATE INDEX drafts_by_article ON drafts (article);
CREATE TABLE articles (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, paths TEXT NOT NULL, form TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL,
    reason TEXT NOT NULL, url TEXT, publisher TEXT, author TEXT, published TEXT, filed_under TEXT NOT NULL, origin TEXT NOT NULL, signature BLOB NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, start INTEGER NOT NULL,
    end INTEGER NOT NULL, words_digest TEXT NOT NULL, vector BLOB NOT NULL, in_chroma INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX passages_by_digest ON passages (words_digest);
CREATE INDEX passages_by_article ON passages (article_id);
CREATE INDEX passages_to_publish ON passages (number) WHERE in_chroma = 0;
CREATE VIRTUAL TABLE words USING fts5(title, names, body, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TABLE withdrawn (passage_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_ARTICLE = "id, path, paths, form, title, text, status, reason, url, publisher, author, published, filed_under, origin"
_PASSAGE = "p.id, p.article_id, p.start, p.end, substr(a.text, p.start + 1, p.end - p.start)"
_BM25 = "bm25(words, 2.0, 1.0, 1.0)"
_TIES = 50
"""Passages ranked beyond the limit, so that those as good as the last are still told apart by their ids."""
_VARIABLES = 500
"""Question marks in one statement; SQLite allows 999 and more."""


class Ledger:
    """The ledger in `folder`, open for reading. Safe to share between threads: each gets a connection of its own."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexMissingError where there is no ledger and IndexDamagedError where the file is not one."""
        self.file = folder / FILE
        if not self.file.is_file():
            raise IndexMissingError(f"No index in {folder}: make one with `whodunit ingest PATH… --index {folder}`.")
        self._local = threading.local()
        try:
            version = self.meta("schema")
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                f"The ledger {self.file} cannot be read ({error}): restore it, or remove the folder {folder} and ingest again."
            ) from error
        if version not in (SCHEMA_VERSION, WITHOUT_CLAIMS):
            raise IndexDamagedError(f"The index in {folder} has format {version}, this Whodunit reads {SCHEMA_VERSION}: ingest into a new folder.")

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.file)
            connection.execute("PRAGMA query_only = 1")
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Closes this thread's connection; another is opened when needed."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def require_embedder(self, embedder: Embedder) -> None:
        """Raises WrongEmbedderError where the index was made with another model than `embedder`."""
        found = self.meta("embedder")
        if found != embedder.fingerprint:
            raise WrongEmbedderError(
                f"The index in {self.file.parent} was made with {found}, this installation embeds with {embedder.fingerprint}: ingest into another folder."
            )

    def meta(self, key: str) -> str | None:
        """A fact about the index as a whole: schema, embedder, chroma (folder of the vector index), publication (a counter), claim_reader."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def article(self, article_id: str) -> Article | None:
        """The article with this id, quarantined ones too."""
        row = self.connection.execute(f"SELECT {_ARTICLE} FROM articles WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else _article(row)

    def articles(self, *, status: str | None = None) -> Iterator[Article]:
        """All articles in the order of their paths."""
        where, values = ("WHERE status = ?", (status,)) if status else ("", ())
        for row in self.connection.execute(f"SELECT {_ARTICLE} FROM articles {where} ORDER BY path, id", values):
            yield _article(row)

    def actors(self) -> list[Actor]:
        """The actors that the cards in the index describe."""
        return [actor_from_json(row[0]) for row in self.connection.execute("SELECT DISTINCT actor FROM actors ORDER BY path, root")]

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with these ids, those that exist."""
        found: dict[str, Passage] = {}
        for some in _slices(ids):
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(f"SELECT {_PASSAGE} FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id IN ({marks})", some)
            found.update((row[0], Passage(*row)) for row in rows)
        return found

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """An article's passages in order."""
        rows = self.connection.execute(
            f"SELECT {_PASSAGE} FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.article_id = ? ORDER BY p.start", (article_id,)
        )
        return tuple(Passage(*row) for row in rows)

    def all_vectors(self, *, batch: int = 2000) -> Iterator[tuple[list[str], Vectors]]:
        """Every passage id with its vector, in batches: (ids, array of shape (len(ids), dimension))."""
        cursor = self.connection.execute("SELECT id, vector FROM passages ORDER BY number")
        while rows := cursor.fetchmany(batch):
            yield [row[0] for row in rows], np.stack([np.frombuffer(row[1], dtype=np.float32) for row in rows])

    def search_words(self, query: str, *, limit: int, until: date | None = None) -> list[str]:
        """Ids of the passages that BM25 ranks best for an FTS5 `query`; with `until`, only from articles known to be published by then.

        A word in the title weighs 2, in the names 1, in the body 1 (measured on the question set: see docs/LOG.md).
        """
        if until is None:  # the best are found before their ids are looked up: 7 instead of 15 ms
            best = f"SELECT rowid AS number, {_BM25} AS score FROM words WHERE words MATCH ? ORDER BY score LIMIT ?"
            rows = self.connection.execute(
                f"SELECT p.id FROM ({best}) JOIN passages p USING (number) ORDER BY score, p.id LIMIT ?", (query, limit + _TIES, limit)
            )
        else:
            rows = self.connection.execute(
                f"""SELECT p.id FROM words JOIN passages p ON p.number = words.rowid JOIN articles a ON a.id = p.article_id
                    WHERE words MATCH ? AND a.published <= ? ORDER BY {_BM25}, p.id LIMIT ?""",
                (query, str(until), limit),
            )
        return [row[0] for row in rows]

    @property
    def holds_claims(self) -> bool:
        """Whether claims have a place here; an index made before there were claims gets it from its next writer."""
        return self.meta("schema") != WITHOUT_CLAIMS

    def claims(self) -> Iterator[Claim]:
        """All claims, by article and place in it, without the candidates behind their attackers; see `ingest.claims.selecting`."""
        if self.holds_claims:
            yield from (claim for _, claim in numbered_claims(self.connection))

    def counts(self) -> Mapping[str, int]:
        """How many articles are kept and quarantined; passages, files, unread files, origins, claims and incidents there are."""
        queries = {
            "kept": "SELECT count(*) FROM articles WHERE status = 'kept'",
            "quarantined": "SELECT count(*) FROM articles WHERE status = 'quarantined'",
            "origins": "SELECT count(DISTINCT origin) FROM articles WHERE status = 'kept'",
            "passages": "SELECT count(*) FROM passages",
            "files": "SELECT count(*) FROM files",
            "unread": "SELECT count(*) FROM files WHERE problem != ''",
            "claims": "SELECT count(*) FROM claims" if self.holds_claims else "SELECT 0",
            "incidents": "SELECT count(DISTINCT incident) FROM claims WHERE incident != ''" if self.holds_claims else "SELECT 0",
        }
        return {name: int(self.connection.execute(query).fetchone()[0]) for name, query in queries.items()}

    def problems(self) -> list[tuple[str, str]]:
        """(path, problem) of every file that could not be read."""
        return list(self.connection.execute("SELECT path, problem FROM files WHERE problem != '' ORDER BY path"))


def connect(file: Path) -> sqlite3.Connection:
    """A connection with the settings that every use of the ledger needs."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = 1")
    return connection


def create(folder: Path, *, embedder: str, dimension: int) -> None:
    """Makes an empty ledger in `folder`, whole or not at all: it is written beside its place and then moved there."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{FILE}.new"
    draft.unlink(missing_ok=True)
    connection = connect(draft)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_SCHEMA)
    for statement in TABLES:
        connection.execute(statement)
    facts = {"schema": SCHEMA_VERSION, "embedder": embedder, "dimension": str(dimension), "publication": "0"}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    connection.close()
    draft.replace(folder / FILE)


def actor_json(actor: Actor) -> str:
    """An actor as the ledger stores it."""
    return json.dumps(asdict(actor))


def actor_from_json(text: str) -> Actor:
    """The inverse of `actor_json`."""
    facts = json.loads(text)
    facts["names"] = tuple(ActorName(**name) for name in facts["names"])
    return Actor(**facts)


def _article(row: tuple[str, ...]) -> Article:
    (article_id, path, paths, form, title, text, status, reason, url, publisher, author, published, filed_under, origin) = row
    return Article(
        article_id, path, tuple(json.loads(paths)), form, title, text, status, reason, url, publisher, author,  # type: ignore[arg-type]
        date.fromisoformat(published) if published else None, tuple(json.loads(filed_under)), origin,
    )  # fmt: skip


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _VARIABLES):
        yield ids[start : start + _VARIABLES]
