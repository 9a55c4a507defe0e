"""The ledger open for writing, and what it takes in: files and the drafts that were read from them, before they become articles.

`ingest.store.ledger_writer` goes on with what drafts become.
"""

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ingest.claims import store
from ingest.nouns import Cleaned, Draft
from ingest.store.ledger import SCHEMA_VERSION, Ledger, actor_from_json, actor_json, connect


@dataclass(frozen=True)
class StoredDraft:
    """A draft as the ledger holds it. keep: the user wants it kept whatever cleaning says. article: id of what it became, once settled."""

    number: int
    draft: Draft
    keep: bool
    article: str | None


class DraftLedger(Ledger):
    """The ledger in `folder`, open for writing; see `LedgerWriter`, which is the whole of it."""

    def __init__(self, folder: Path) -> None:
        """An index without a place for claims gets one."""
        super().__init__(folder)
        self._connection = connect(self.file)
        if not self.holds_claims:
            with self.transaction():
                for statement in store.TABLES:
                    self.connection.execute(statement)
                self.set_meta("schema", SCHEMA_VERSION)

    @property
    def connection(self) -> sqlite3.Connection:
        """The one connection of the one writer; while a transaction is open, reads see it. Before `__init__` is through, a reader's."""
        return getattr(self, "_connection", None) or super().connection

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, also when the machine is switched off in between."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def set_meta(self, key: str, value: str) -> None:
        self.connection.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))

    def digests(self, root: str) -> dict[str, str]:
        """Digest of every file that was taken in from this root, by path."""
        return dict(self.connection.execute("SELECT path, digest FROM files WHERE root = ?", (root,)))

    def put_file(self, root: str, path: str, digest: str, *, problem: str, drafts: Sequence[tuple[str, Draft]], keep: bool) -> None:
        """Takes in a file's drafts, each with its host; what the file held before and no longer holds is orphaned."""
        known = dict(self.connection.execute("SELECT path, keep FROM drafts WHERE root = ? AND file = ?", (root, path)))
        self.connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (root, path, digest, problem))
        for host, draft in drafts:
            wanted = int(keep or bool(known.pop(draft.path, 0)))
            self.connection.execute(
                """INSERT INTO drafts (root, file, path, host, draft, pending, keep) VALUES (?, ?, ?, ?, ?, 1, ?) ON CONFLICT (root, path)
                   DO UPDATE SET host = excluded.host, draft = excluded.draft, pending = 1, keep = excluded.keep""",
                (root, path, draft.path, host, _packed(draft), wanted),
            )
            self._put_actor(root, draft)
        for gone in known:
            self.connection.execute("DELETE FROM drafts WHERE root = ? AND path = ?", (root, gone))
            self.connection.execute("DELETE FROM actors WHERE root = ? AND path = ?", (root, gone))

    def _put_actor(self, root: str, draft: Draft) -> None:
        if draft.actor is None:
            self.connection.execute("DELETE FROM actors WHERE root = ? AND path = ?", (root, draft.path))
        else:
            self.connection.execute("INSERT OR REPLACE INTO actors VALUES (?, ?, ?)", (root, draft.path, actor_json(draft.actor)))

    def note_problem(self, root: str, path: str, digest: str, problem: str) -> None:
        """Notes that a file could not be read this time; what it held before stays."""
        self.connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (root, path, digest, problem))

    def remove_file(self, root: str, path: str) -> None:
        """Forgets a file and its drafts; the articles they became are orphaned."""
        gone = "SELECT path FROM drafts WHERE root = ? AND file = ?"
        self.connection.execute(f"DELETE FROM actors WHERE root = ? AND path IN ({gone})", (root, root, path))
        self.connection.execute("DELETE FROM drafts WHERE root = ? AND file = ?", (root, path))
        self.connection.execute("DELETE FROM files WHERE root = ? AND path = ?", (root, path))

    def keep_anyway(self, article_id: str, *, keep: bool = True) -> int:
        """Marks the drafts behind a quarantined article to be kept at the next settling, or no longer to be; returns how many changed."""
        query = "UPDATE drafts SET keep = ?, pending = 1 WHERE article = ? AND keep != ?"
        return self.connection.execute(query, (int(keep), article_id, int(keep))).rowcount

    def set_all_pending(self) -> None:
        """Has every draft settled anew, since cleaning has changed."""
        self.connection.execute("UPDATE drafts SET pending = 1")

    def pending_hosts(self) -> list[str]:
        """Every host with something to settle, in order."""
        return [row[0] for row in self.connection.execute("SELECT DISTINCT host FROM drafts WHERE pending = 1 ORDER BY host")]

    def pending_drafts(self) -> int:
        """How many drafts `settle` will go through: those of hosts with something pending, and pending ones without a host."""
        query = "SELECT count(*) FROM drafts WHERE pending = 1 OR host != '' AND host IN (SELECT host FROM drafts WHERE pending = 1)"
        return int(self.connection.execute(query).fetchone()[0])

    def articles_of_file(self, root: str, path: str) -> set[str]:
        """Ids of the articles that the drafts of a file became."""
        rows = self.connection.execute("SELECT article FROM drafts WHERE root = ? AND file = ? AND article IS NOT NULL", (root, path))
        return {row[0] for row in rows}

    def unread_in(self, roots: Collection[str]) -> list[tuple[str, str]]:
        """(path, problem) of every file under these roots that could not be read."""
        marks = ",".join("?" * len(roots))
        query = f"SELECT path, problem FROM files WHERE problem != '' AND root IN ({marks}) ORDER BY path"
        return list(self.connection.execute(query, tuple(roots)))

    def quarantined_in(self, roots: Collection[str]) -> list[tuple[str, str]]:
        """(path, reason) of every draft under these roots that is no article."""
        marks = ",".join("?" * len(roots))
        query = f"""SELECT d.path, a.reason FROM drafts d JOIN articles a ON a.id = d.article
                    WHERE a.status = 'quarantined' AND d.root IN ({marks}) ORDER BY d.path"""
        return list(self.connection.execute(query, tuple(roots)))

    def drafts_of(self, host: str, *, pending_only: bool) -> list[StoredDraft]:
        """The drafts of a host in the order of their paths."""
        rows = self.connection.execute(
            f"SELECT id, draft, keep, article FROM drafts WHERE host = ? {'AND pending = 1' if pending_only else ''} ORDER BY path, root", (host,)
        )
        return [StoredDraft(number, _unpacked(blob), bool(keep), article) for number, blob, keep, article in rows]

    def file_draft(self, number: int, *, article: str, cleaned: Cleaned) -> None:
        """Notes what a draft became."""
        filing = {**asdict(cleaned), "published": str(cleaned.published or "")}
        del filing["text"], filing["title"]
        self.connection.execute("UPDATE drafts SET article = ?, filing = ?, pending = 0 WHERE id = ?", (article, json.dumps(filing), number))

    def filings(self, article_id: str) -> list[tuple[Draft, Cleaned]]:
        """The drafts that became this article, each with what cleaning found out (its text and title are the article's and left empty)."""
        rows = self.connection.execute("SELECT draft, filing FROM drafts WHERE article = ? ORDER BY path, root", (article_id,)).fetchall()
        found = []
        for blob, filing in rows:
            facts = json.loads(filing)
            facts["published"] = date.fromisoformat(facts["published"]) if facts["published"] else None
            found.append((_unpacked(blob), Cleaned(title="", text="", **facts)))
        return found

    def is_filed(self, article_id: str) -> bool:
        """Whether any draft stands for this article."""
        return self.connection.execute("SELECT 1 FROM drafts WHERE article = ? LIMIT 1", (article_id,)).fetchone() is not None

    def orphans(self) -> list[str]:
        """Ids of articles that no draft stands for any more."""
        rows = self.connection.execute("SELECT id FROM articles WHERE id NOT IN (SELECT article FROM drafts WHERE article IS NOT NULL)")
        return [row[0] for row in rows]


def _packed(draft: Draft) -> bytes:
    facts = {**asdict(draft), "published": str(draft.published or ""), "actor": actor_json(draft.actor) if draft.actor else None}
    return zlib.compress(json.dumps(facts).encode(), 6)


def _unpacked(blob: bytes) -> Draft:
    facts = json.loads(zlib.decompress(blob))
    facts["published"] = date.fromisoformat(facts["published"]) if facts["published"] else None
    facts["filed_under"] = tuple(facts["filed_under"])
    facts["actor"] = actor_from_json(facts["actor"]) if facts["actor"] else None
    return Draft(**facts)
