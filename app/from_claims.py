"""Answers out of the claims ledger: whom an actor attacked and how many, asked of the whole corpus rather than of one article.

Reading passages answers one question at a time; a list needs claims, which were read once, at ingest. Only a question that names an actor, perhaps a time, and
nothing else is answered here: every further name makes it a question about one event. Each row is cited to the words of a source.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.claim_quotes import AGAINST, citation_of, shown
from app.nouns import Answer, Question, Statement
from app.selecting import proper_names
from app.words import stems
from ingest.actors.actor_index import ActorIndex
from ingest.claims.incidents import Incident, incidents
from ingest.claims.selecting import ClaimFilter, SourcedClaim
from ingest.index import Index
from ingest.times.when import say

ROWS = 5
"""Attacks that are told of; the answer says how many more there are."""
FEWEST = 2
"""Fewer attacks are no list: then the passages answer."""
SHOWN_WORDS = 24
_ASKS = re.compile(
    r"\b(?:whom|victims?|targets?|attacks?|attacked|hacked|hit|breached|targeted|gone after|go after|organi[sz]ations|companies)\b", re.I
)
_GENERAL = frozenset(
    stems(
        "actor actors after all any anybody anyone attack attacks been companies count cyber cyberattacks ever everything far firms gang gone groups hack hacker hackers hacking hit know known list many name number operations "
        "organisations organizations orgs past target targets targeted victim victims breach breached breaches compromise compromised claimed claim carried conducted do go gave group happened incidents me ransomware show tell"
    )
)
"""Words, without endings, that leave a question about everything that an actor did."""
_OTHERS = re.compile(r"\b(?:else|others?|another|more)\b", re.I)
_COUNT = re.compile(r"\bhow many\b", re.I)


@dataclass(frozen=True)
class _Row:
    """One attack: what it is called in a list, and the claim that tells of it best."""

    victim: str
    said: SourcedClaim
    incident: Incident


def list_from_claims(question: Question, index: Index) -> Answer | None:
    """Whom the actor in the question attacked; None where it asks for something else, or where the ledger knows of fewer than FEWEST attacks."""
    if not _is_about_an_actor(question, index.actors):
        return None
    when = question.when
    wanted = ClaimFilter(
        attacker=question.actors[0], since=when.start if when else None, until=when.end if when else None, published_until=question.as_of
    )
    found = (one for one in index.claims(wanted) if one.claim.victim and one.claim.stance not in AGAINST)
    if not _asks_for_others(question):
        rows = _rows(incidents(found))
        return _told(question, rows) if len(rows) >= FEWEST else None
    known = question.text.casefold()
    rows = [row for row in _rows(incidents(found)) if not any(victim.casefold() in known for victim in row.incident.victims)]
    return _told(question, rows) if rows else None


def claims_behind(answer: Answer, index: Index) -> Answer:
    """The answer with the claims that stand in what it cites."""
    places = {(citation.article.id, citation.start, citation.end) for citation in answer.citations}
    articles = {article for article, _, _ in places}
    found = tuple(
        one.claim
        for one in index.claims()
        if one.article.id in articles and any(one.article.id == a and one.claim.start < end and one.claim.end > start for a, start, end in places)
    )
    return replace(answer, claims=found)


def _is_about_an_actor(question: Question, actors: ActorIndex) -> bool:
    if (
        question.slot not in {"victim", "list", "detail"}
        or not question.scope.empty
        or (question.text != question.asked and not _asks_for_others(question))
    ):
        return False
    if question.slot == "detail" and not _COUNT.search(question.asked) and not _asks_for_others(question):
        return False
    meant = {actor.id for name in question.actors for actor in actors.candidates(name)}
    named = proper_names(question) - set(question.when.text.casefold().split() if question.when else ())
    rest = (
        set(stems(_OTHERS.sub("", question.asked))) - _GENERAL - set(stems(" ".join((*question.actors, question.when.text if question.when else ""))))
    )
    return bool(question.actors) and len(meant) == 1 and not named and not rest and bool(_ASKS.search(question.asked))


def _asks_for_others(question: Question) -> bool:
    """Whether a follow-up asks whom "they" attacked besides: then the turns before say who is meant and which attack is known already."""
    return question.text != question.asked and bool(_OTHERS.search(question.asked))


def _rows(found: Sequence[Incident]) -> list[_Row]:
    """A row an incident, those that most independent sources tell of first, then the latest; one victim once."""
    rows: dict[str, _Row] = {}
    for incident in sorted(found, key=lambda one: (-one.origins, one.start is None, -(one.start.toordinal() if one.start else 0), one.id)):
        victim = incident.victims[0]
        said = min((one for one in incident.claims if one.claim.victim == victim), key=_vagueness)
        rows.setdefault(victim.casefold(), _Row(victim, said, incident))
    return list(rows.values())


def _vagueness(one: SourcedClaim) -> tuple[bool, int]:
    """Small where a claim's time is exact, greatest where it has none."""
    when = one.claim.when
    return when is None, (when.end - when.start).days if when else 0


def _told(question: Question, rows: Sequence[_Row]) -> Answer:
    first = rows[:ROWS]
    told = {(row.said.article.id, row.said.claim.start, row.said.claim.end): row for row in reversed(first)}
    cited = [row for row in first if told[row.said.article.id, row.said.claim.start, row.said.claim.end] is row]
    citations = tuple(citation_of(row.said, number) for number, row in enumerate(cited, start=1))
    victims = [f"{row.victim}{f' ({say(row.said.claim.when)})' if row.said.claim.when else ''}" for row in first]
    more = f" and {len(rows) - len(first)} more" if len(rows) > len(first) else ""
    listed = f"{', '.join(victims)}{more}" if more else " and ".join(filter(None, [", ".join(victims[:-1]), victims[-1]]))
    counted = f"{len(rows)} {'other ' if _asks_for_others(question) else ''}{'attacks' if len(rows) > 1 else 'attack'}"
    lead = f"{counted} by {question.actors[0]} {'are' if len(rows) > 1 else 'is'} told of here: {listed}."
    rows_told = [Statement(shown(row.said, row.victim, most=SHOWN_WORDS), (citation.number,)) for row, citation in zip(cited, citations, strict=True)]
    statements = (Statement(lead, tuple(citation.number for citation in citations)), *rows_told)
    return Answer(question, "answered", statements, citations, claims=tuple(row.said.claim for row in first), confidence=1.0, short=first[0].victim)
