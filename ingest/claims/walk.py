"""Articles read for claims: within the transaction that writes them, and later where the reader, or what is known of actors, has changed."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.nouns import Actor, ActorName, Article, Claim
from ingest.store.ledger_writer import LedgerWriter

BATCH_CHARACTERS = 500_000
"""Text that is read for claims in one transaction; a process that is killed loses no more than that."""


class ReadsClaims(Protocol):
    """What finds claims; `ingest.claims.reading` holds the one that comes with the installation."""

    @property
    def fingerprint(self) -> str:
        """Names model and rules: articles read under another fingerprint are read again."""

    def read(self, article: Article, *, actors: ActorIndex) -> tuple[Claim, ...]:
        """The claims of an article, in the order of its text."""


@dataclass(frozen=True)
class ClaimStation:
    """The station of the article's walk at which claims are read. cards: the actors of the index's cards."""

    reader: ReadsClaims
    cards: tuple[Actor, ...]

    @cached_property
    def actors(self) -> ActorIndex:
        """Who has which name, for attackers in the text; made when the first article is read, since most runs have nothing to read."""
        return ActorIndex(known_actors(self.cards))

    def take(self, ledger: LedgerWriter, article: Article, *, before: Article | None = None) -> None:
        """Reads one article, kept or not, and stores what it claims; part of a transaction.

        before: the article as this reader may have read it; where nothing that it reads has changed, its claims stay.
        """
        if article.status != "kept":
            ledger.remove_claims(article.id)
            return
        if before and _as_read(before) == _as_read(article) and ledger.was_read_for_claims(article.id, self.reader.fingerprint):
            return
        claims = self.reader.read(article, actors=self.actors)
        if any(claim.quote != article.text[claim.start : claim.end] or not claim.quote for claim in claims):
            raise ValueError(f"{self.reader.fingerprint} found claims in {article.path} whose quotes are not its words")
        ledger.put_claims(article.id, claims, reader=self.reader.fingerprint)


def _as_read(article: Article) -> Article:
    """The article without what is no part of its own word: where it was filed, and which others are like it."""
    return replace(article, path="", paths=(), filed_under=(), origin="")


def read_unread(ledger: LedgerWriter, station: ClaimStation, *, done: Callable[[int, int], None]) -> None:
    """Reads every kept article that this reader has not read. `done` hears (articles read, articles to read) after each."""
    unread = ledger.unread_for_claims(station.reader.fingerprint)
    read = 0
    for some in _batches(ledger, unread):
        with ledger.transaction():
            for article in some:
                station.take(ledger, article)
                read += 1
                done(read, len(unread))


def forget_renamed(ledger: LedgerWriter, cards: Sequence[Actor]) -> int:
    """Has articles read again that mention a name which has come or gone with the cards since the last run; returns how many.

    A reader sees an attacker in a name that it knows: a card that arrives after the articles must not come too late for them.
    """
    names = {name.name for actor in cards for name in (ActorName(actor.name), *actor.names)}
    before = set(json.loads(ledger.meta("claim_names") or "[]"))
    if names == before:
        return 0
    finder = ActorIndex([Actor(name, name, (ActorName(name),)) for name in sorted(names ^ before)])
    # A first run has read nothing yet.
    known = ledger.articles(status="kept") if ledger.meta("claim_reader") else ()
    concerned = [article.id for article in known if finder.mentions(article.text)]
    with ledger.transaction():
        for article_id in concerned:
            ledger.remove_claims(article_id)
        ledger.set_meta("claim_names", json.dumps(sorted(names)))
    return len(concerned)


def _batches(ledger: LedgerWriter, ids: Iterable[str]) -> Iterable[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article_id in ids:
        article = ledger.article(article_id)
        if article is None:
            continue
        batch.append(article)
        size += len(article.text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
