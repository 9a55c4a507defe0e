"""Claims as they are asked for: with their articles and the candidates behind their attackers, filtered by who, whom, when, on whose word, as of when.

Commands, pages, the server and answers all filter here, so that "attacked by APT28" means the same everywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ingest.actors.actor_index import ActorIndex
from ingest.actors.names import bare, key
from ingest.claims.times import said
from ingest.claims.victim_names import fits
from ingest.nouns import Actor, Article, Claim, Stance
from ingest.store.ledger import Ledger


@dataclass(frozen=True)
class SourcedClaim:
    """A claim, with the candidates behind its attacker filled in, and the article that makes it."""

    claim: Claim
    article: Article


@dataclass(frozen=True)
class ClaimFilter:
    """Which claims are wanted; what is None or empty lets all pass.

    attacker: any name of an actor; claims pass whose attacker may be one of those who have it, one hop, or is written like it.
    victim: by name, part of a name, country, or misspelled.
    since, until: days of the event, both included; an event passes whose time overlaps them. Publication is no event time: a claim without a time
        passes `until` alone where its article was published by then, since what is told has happened, and never passes `since`.
    published_until: only what is known to have been said by this day ("as of"): published by then, or dated so by the sentence that reports it.
    stances: any of these.
    """

    attacker: str | None = None
    victim: str | None = None
    since: date | None = None
    until: date | None = None
    published_until: date | None = None
    stances: frozenset[Stance] = frozenset()


def candidates_behind(attacker: str, actors: ActorIndex) -> tuple[Actor, ...]:
    """Who may be meant by an attacker as written: the holders of that name, else of the names that stand in it ("hackers of APT 28")."""
    if found := actors.candidates(attacker):
        return found
    return tuple({actor.id: actor for mention in actors.mentions(attacker) for actor in mention.actors}.values())


def all_claims(ledger: Ledger, actors: ActorIndex) -> tuple[SourcedClaim, ...]:
    """Every claim of a ledger, in the order of `sourced`."""
    return sourced(ledger.claims(), {article.id: article for article in ledger.articles(status="kept")}, actors)


def sourced(claims: Iterable[Claim], articles: Mapping[str, Article], actors: ActorIndex) -> tuple[SourcedClaim, ...]:
    """The claims with their articles and candidates, earliest event first; those without a time come last, by publication."""
    behind: dict[str, tuple[str, ...]] = {}
    found = []
    for claim in claims:
        if claim.attacker and claim.attacker not in behind:
            behind[claim.attacker] = tuple(actor.name for actor in candidates_behind(claim.attacker, actors))
        named = replace(claim, actors=behind[claim.attacker]) if claim.attacker else claim
        found.append(SourcedClaim(named, articles[claim.article_id]))
    return tuple(sorted(found, key=_order))


def select(claims: Iterable[SourcedClaim], wanted: ClaimFilter, actors: ActorIndex) -> tuple[SourcedClaim, ...]:
    """Those that pass the filter, in the order given."""
    passes_attacker = _AttackerTest(wanted.attacker, actors) if wanted.attacker else None
    return tuple(
        one
        for one in claims
        if _known(one, wanted.published_until)
        and (not wanted.stances or one.claim.stance in wanted.stances)
        and _in_time(one, wanted.since, wanted.until)
        and (passes_attacker is None or passes_attacker(one.claim.attacker))
        and (wanted.victim is None or fits(wanted.victim, one.claim.victim, beside=one.claim.quote))
    )


class _AttackerTest:
    """Whether an attacker as written may be who is asked for. Remembers what it was asked: thousands of claims name hundreds of attackers."""

    def __init__(self, asked: str, actors: ActorIndex) -> None:
        self._asked = asked
        self._actors = actors
        self._ids = {actor.id for actor in candidates_behind(asked, actors)}
        self._key = key(bare(asked))
        self._known: dict[str, bool] = {}

    def __call__(self, attacker: str | None) -> bool:
        if attacker is None:
            return False
        if attacker not in self._known:
            self._known[attacker] = self._passes(attacker)
        return self._known[attacker]

    def _passes(self, attacker: str) -> bool:
        if self._ids and any(actor.id in self._ids for actor in candidates_behind(attacker, self._actors)):
            return True
        if key(bare(attacker)) == self._key:
            return True
        # "Russian hackers" are asked for as "Russia", who is no actor with names of its own.
        return not self._ids and fits(self._asked, attacker)


def _known(one: SourcedClaim, until: date | None) -> bool:
    """Whether the claim had been made by that day. A text of 2021 may report what somebody said in February 2019: that was known then."""
    if until is None or _published(one.article, until):
        return True
    dated = said(one.claim.quote, one.article.published)
    return dated is not None and dated <= until


def _published(article: Article, until: date | None) -> bool:
    return until is None or (article.published is not None and article.published <= until)


def _in_time(one: SourcedClaim, since: date | None, until: date | None) -> bool:
    when = one.claim.when
    if when is None:
        return since is None and (until is None or _published(one.article, until))
    return (since is None or when.end >= since) and (until is None or when.start <= until)


def _order(one: SourcedClaim) -> tuple[bool, date, date, date, str, int]:
    claim = one.claim
    published = one.article.published or date.max
    start, end = (claim.when.start, claim.when.end) if claim.when else (date.max, date.max)
    return (claim.when is None, start, end, published, one.article.path, claim.start)
