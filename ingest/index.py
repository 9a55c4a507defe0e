"""An index opened for asking: the ledger, the vector index that it names, and the embedder that made both.

A running page keeps one open for days: when a writer publishes, the next search opens the new build.
"""

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.claims.selecting import ClaimFilter, SourcedClaim, all_claims, select
from ingest.embedding import Embedder, Vectors
from ingest.errors import IndexDamagedError, IndexMissingError
from ingest.nouns import Article, Passage
from ingest.reading.reader import Reader
from ingest.store.ledger import Ledger
from ingest.store.vectors import VectorIndex


class Index:
    """Articles, passages and both searches over them. Safe to share between threads."""

    def __init__(self, folder: Path, embedder: Embedder, reader: Reader | None = None) -> None:
        """reader: without one, answers are made from whole sentences that fit the question. Raises IndexMissingError, IndexDamagedError or WrongEmbedderError."""
        self.folder = folder
        self.ledger = Ledger(folder)
        self.embedder = embedder
        self.reader = reader
        self.ledger.require_embedder(embedder)
        self._lock = threading.Lock()
        self._vectors: VectorIndex | None = None
        self._publication = ""
        self._actors: ActorIndex | None = None
        self._actors_of = ""
        self._claims: tuple[SourcedClaim, ...] = ()
        self._claims_of = ""

    def close(self) -> None:
        """Lets go of this thread's connection and of the vector index."""
        with self._lock:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None
        self.ledger.close()

    @property
    def publication(self) -> str:
        """Changes whenever what can be found has changed."""
        return self.ledger.meta("publication") or "0"

    @property
    def actors(self) -> ActorIndex:
        """Who is known by which name: the actors of the cards in the index, of MISP's galaxy, and ransomware gangs."""
        with self._lock:
            publication = self.publication
            if self._actors is None or publication != self._actors_of:
                self._actors = ActorIndex(known_actors(self.ledger.actors()))
                self._actors_of = publication
            return self._actors

    def claims(self, wanted: ClaimFilter = ClaimFilter()) -> tuple[SourcedClaim, ...]:  # noqa: B008
        """The claims that pass the filter, earliest event first, those without a time last."""
        actors = self.actors
        with self._lock:
            publication = self.publication
            if publication != self._claims_of:
                self._claims = all_claims(self.ledger, actors)
                self._claims_of = publication
            claims = self._claims
        return claims if wanted == ClaimFilter() else select(claims, wanted, actors)

    def article(self, article_id: str) -> Article | None:
        return self.ledger.article(article_id)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        return self.ledger.passages(ids)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        return self.embedder.embed(texts)

    def search_words(self, query: str, *, limit: int, until: date | None = None) -> list[str]:
        """See `Ledger.search_words`."""
        return self.ledger.search_words(query, limit=limit, until=until)

    def search_vectors(
        self, vector: Vectors, *, limit: int, until: date | None = None, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """(passage id, cosine) of the passages nearest to `vector`, of shape (1, dimension), best first; `until`, `among`: see `VectorIndex.search`."""
        with self._lock:
            return self._current().search(vector, limit=limit, until=until, among=among)[0]

    def _current(self) -> VectorIndex:
        publication = self.publication
        if self._vectors is None or publication != self._publication:
            name = self.ledger.meta("chroma")
            if name is None:
                if not self.ledger.counts()["passages"]:
                    raise IndexMissingError(f"The index in {self.folder} holds no articles: add some with `whodunit ingest PATH…`.")
                raise IndexDamagedError(f"The index in {self.folder} was not finished: run `whodunit ingest` again or `whodunit check --repair`.")
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = VectorIndex(self.folder / name)
            self._publication = publication
        return self._vectors
