"""What an index knows of an actor's name: who may be meant, which attacks they are blamed for, which articles speak of them. Prints nothing.

One hop: from the name to those who have it, and to the claims and articles that call them by any of their names.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.actors.actor_index import ActorIndex, Candidate, Description
from ingest.actors.names import key
from ingest.claims.selecting import SourcedClaim, candidates_behind
from ingest.nouns import Article
from ingest.store.ledger import Ledger

_SEARCHED = 2000
"""Passages with one of the names that are looked through, the best by BM25; LockBit has some 700 in 1,316 articles."""


@dataclass(frozen=True)
class Profile:
    """A candidate behind the name. attacks: claims whose attacker may be this one, denials too, earliest event first; articles: latest first."""

    candidate: Candidate
    attacks: tuple[SourcedClaim, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class ActorReport:
    """All that is known of a name: a profile a candidate, none where nobody is known to have it. attacks: then, claims that use this very name."""

    description: Description
    profiles: tuple[Profile, ...]
    attacks: tuple[SourcedClaim, ...]


def actor_report(name: str, *, ledger: Ledger, actors: ActorIndex, claims: Sequence[SourcedClaim], until: date | None = None) -> ActorReport:
    """Everything about a name. claims: all that count; until: only articles that are known to have been published by then."""
    description = actors.describe(name)
    profiles = tuple(
        Profile(candidate, _attacks(candidate, actors, claims), _articles(candidate, ledger, actors, until)) for candidate in description.candidates
    )
    unknown = () if profiles else tuple(one for one in claims if one.claim.attacker and key(one.claim.attacker) == key(name))
    return ActorReport(description, profiles, unknown)


def _attacks(candidate: Candidate, actors: ActorIndex, claims: Sequence[SourcedClaim]) -> tuple[SourcedClaim, ...]:
    blamed = {name for name in {one.claim.attacker for one in claims if one.claim.attacker} if _may_be(candidate, name, actors)}
    return tuple(one for one in claims if one.claim.attacker in blamed)


def _may_be(candidate: Candidate, name: str, actors: ActorIndex) -> bool:
    return any(actor.id == candidate.actor.id for actor in candidates_behind(name, actors))


def _articles(candidate: Candidate, ledger: Ledger, actors: ActorIndex, until: date | None) -> tuple[Article, ...]:
    """Articles in whose title or text the candidate is mentioned; to be filed under a name is no mention."""
    query = _phrases(name.name for name in candidate.names)
    found = ledger.passages(ledger.search_words(f"{{title body}} : ({query})", limit=_SEARCHED, until=until)) if query else {}
    mentioned: dict[str, bool] = {}
    for passage in found.values():
        mentioned[passage.article_id] = mentioned.get(passage.article_id, False) or _mentions(candidate, passage.text, actors)
    articles = [article for article_id in mentioned if (article := ledger.article(article_id))]
    kept = [article for article in articles if mentioned[article.id] or _mentions(candidate, article.title, actors)]
    return tuple(sorted(kept, key=lambda article: (article.published is None, -(article.published or date.min).toordinal(), article.path)))


def _mentions(candidate: Candidate, text: str, actors: ActorIndex) -> bool:
    return any(actor.id == candidate.actor.id for mention in actors.mentions(text) for actor in mention.actors)


def _phrases(names: Iterable[str]) -> str:
    """An FTS5 query for any of the names, "APT 31" also as "APT31"."""
    terms: dict[str, None] = {}
    for name in names:
        words = re.findall(r"[^\W_]+", name)
        for phrase in (" ".join(words), "".join(words), " ".join(re.findall(r"[^\W\d_]+|\d+", name))):
            if len(phrase) > 2:
                terms[f'"{phrase.lower()}"'] = None
    return " OR ".join(terms)
