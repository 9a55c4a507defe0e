"""The half of the ledger that changes it. Only the holder of the writer lock opens one. Every method is one transaction or part of one.

Files and drafts are in `ingest.store.draft_ledger`; here is what they become, articles, passages and claims, and what Chroma has yet to hear of it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.claims import store
from ingest.nouns import Article, Claim, Passage
from ingest.store.draft_ledger import DraftLedger


@dataclass(frozen=True)
class Embedded:
    """A passage's vector (float32 bytes) and the digest of the words that it was made from, heading included."""

    digest: str
    vector: bytes


class LedgerWriter(DraftLedger):
    """The ledger in `folder`, open for writing."""

    # Articles and passages

    def put_article(self, article: Article, *, signature: bytes) -> None:
        """Stores or replaces an article; its passages are left as they are."""
        values = (
            article.id, article.path, json.dumps(article.paths), article.form, article.title, article.text, article.status, article.reason,
            article.url, article.publisher, article.author, str(article.published) if article.published else None,
            json.dumps(article.filed_under), article.origin, signature,
        )  # fmt: skip
        columns = "id, path, paths, form, title, text, status, reason, url, publisher, author, published, filed_under, origin, signature"
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns.split(", ")[1:])
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO articles ({columns}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changes}", values)

    def vector_of(self, digest: str) -> bytes | None:
        """The vector (float32 bytes) of words that were embedded before, whichever passage they stood in."""
        row = self.connection.execute("SELECT vector FROM passages WHERE words_digest = ? LIMIT 1", (digest,)).fetchone()
        return None if row is None else bytes(row[0])

    def put_passages(self, article: Article, passages: Sequence[Passage], embedded: Mapping[str, Embedded]) -> None:
        """Makes `passages` the article's passages: new ones enter with their vectors, those that are no longer there are withdrawn."""
        known = {row[0] for row in self.connection.execute("SELECT id FROM passages WHERE article_id = ?", (article.id,))}
        self._withdraw(known - {passage.id for passage in passages})
        for passage in passages:
            if passage.id in known:
                continue
            number = self.connection.execute(
                "INSERT INTO passages (id, article_id, start, end, words_digest, vector) VALUES (?, ?, ?, ?, ?, ?)",
                (passage.id, passage.article_id, passage.start, passage.end, embedded[passage.id].digest, embedded[passage.id].vector),
            ).lastrowid
            names = ", ".join(article.filed_under)
            self.connection.execute("INSERT INTO words (rowid, title, names, body) VALUES (?, ?, ?, ?)", (number, article.title, names, passage.text))
            self.connection.execute("DELETE FROM withdrawn WHERE passage_id = ?", (passage.id,))

    def rebuild_words(self) -> None:
        """Fills the word index anew from articles and passages."""
        self.connection.execute("DELETE FROM words")
        self.connection.execute(
            """INSERT INTO words (rowid, title, names, body)
               SELECT p.number, a.title, (SELECT group_concat(value, ', ') FROM json_each(a.filed_under)), substr(a.text, p.start + 1, p.end - p.start)
               FROM passages p JOIN articles a ON a.id = p.article_id"""
        )

    def remove_article(self, article_id: str) -> None:
        self.remove_claims(article_id)
        self._withdraw({row[0] for row in self.connection.execute("SELECT id FROM passages WHERE article_id = ?", (article_id,))})
        self.connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def _withdraw(self, ids: Iterable[str]) -> None:
        for passage_id in ids:
            self.connection.execute("DELETE FROM words WHERE rowid = (SELECT number FROM passages WHERE id = ?)", (passage_id,))
            self.connection.execute("DELETE FROM passages WHERE id = ?", (passage_id,))
            self.connection.execute("INSERT OR IGNORE INTO withdrawn VALUES (?)", (passage_id,))

    def signatures(self) -> dict[str, bytes]:
        """The signature of every kept article, by id."""
        return dict(self.connection.execute("SELECT id, signature FROM articles WHERE status = 'kept'"))

    def set_origins(self, origins: Mapping[str, str]) -> None:
        self.connection.executemany("UPDATE articles SET origin = ? WHERE id = ? AND origin != ?", [(o, a, o) for a, o in origins.items()])

    # Claims

    def put_claims(self, article_id: str, claims: Iterable[Claim], *, reader: str) -> None:
        """Makes `claims` what the reader of this fingerprint found in an article. They are linked into incidents later, all together."""
        store.put_claims(self.connection, article_id, claims, reader=reader)
        self.set_meta("linking", "")

    def remove_claims(self, article_id: str) -> None:
        """Forgets an article's claims, and that it was read for them."""
        store.remove_claims(self.connection, article_id)
        self.set_meta("linking", "")

    def unread_for_claims(self, reader: str) -> list[str]:
        """Ids of the kept articles that the reader of this fingerprint has not read."""
        return store.unread(self.connection, reader)

    def was_read_for_claims(self, article_id: str, reader: str) -> bool:
        """Whether the reader of this fingerprint has read the article."""
        return store.was_read(self.connection, article_id, reader)

    def set_incidents(self, incidents: Mapping[int, str], *, linking: str) -> None:
        """Notes to which incident each claim belongs, by row number, and by which rules; readers hear of it through the publication."""
        self.connection.executemany("UPDATE claims SET incident = ? WHERE number = ?", [(name, number) for number, name in incidents.items()])
        self.set_meta("linking", linking)
        self.set_meta("publication", str(int(self.meta("publication") or 0) + 1))

    # What Chroma has yet to hear

    def unpublished(self) -> int:
        """How many passages and withdrawals Chroma has not been told of."""
        query = "SELECT (SELECT count(*) FROM passages WHERE in_chroma = 0) + (SELECT count(*) FROM withdrawn)"
        return int(self.connection.execute(query).fetchone()[0])

    def passages_to_publish(self, limit: int) -> list[tuple[str, bytes, str | None]]:
        """(passage id, vector as float32 bytes, publication date of its article) of passages that Chroma has not got."""
        return list(
            self.connection.execute(
                """SELECT p.id, p.vector, a.published FROM passages p JOIN articles a ON a.id = p.article_id
                   WHERE p.in_chroma = 0 ORDER BY p.number LIMIT ?""",
                (limit,),
            )
        )

    def withdrawals(self) -> list[str]:
        return [row[0] for row in self.connection.execute("SELECT passage_id FROM withdrawn")]

    def note_published(self, ids: Sequence[str]) -> None:
        self.connection.executemany("UPDATE passages SET in_chroma = 1 WHERE id = ?", [(passage_id,) for passage_id in ids])

    def note_withdrawn(self, ids: Sequence[str]) -> None:
        self.connection.executemany("DELETE FROM withdrawn WHERE passage_id = ?", [(passage_id,) for passage_id in ids])

    def forget_chroma(self) -> None:
        """Notes that Chroma holds nothing, so that everything is published again."""
        self.connection.execute("UPDATE passages SET in_chroma = 0")
        self.connection.execute("DELETE FROM withdrawn")
