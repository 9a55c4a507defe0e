"""What had been said by a day, where only a later article tells it: "a report in February 2019 attributed the Visma hack to APT10".

Asked "as of" a day, passages of later articles are not read; but a claim whose sentence dates the word that it reports was known then. Such claims
answer where nothing published by that day does, and a note says that the article came later.
"""

from datetime import date

from app.claim_quotes import citation_of, shown
from app.nouns import Answer, Question, Statement
from app.selecting import proper_names
from ingest.claims.selecting import ClaimFilter, SourcedClaim
from ingest.claims.times import said
from ingest.index import Index

MOST = 3
"""Claims that are told."""
SHOWN_WORDS = 40
NOTE = "No article published by {day:%-d %B %Y} answers this; a later one reports what had been said by then."


def earlier_word(question: Question, index: Index) -> Answer | None:
    """What was said by the question's day about who it names, from articles published later; None where it names no day or nobody, or nothing was."""
    names = proper_names(question)
    if question.as_of is None or not question.scope.empty or not (names or question.actors):
        return None
    wanted = ClaimFilter(attacker=question.actors[0] if question.actors else None, published_until=question.as_of)
    found = [one for one in index.claims(wanted) if _is_reported(one, question.as_of) and all(name in one.claim.quote.casefold() for name in names)]
    told = {(one.article.id, one.claim.start): one for one in sorted(found, key=_by_word)}
    return _answer(question, list(told.values())[:MOST]) if told else None


def _is_reported(one: SourcedClaim, day: date) -> bool:
    """Whether a text published after the day tells of the claim as one made by then."""
    later = one.article.published is None or one.article.published > day
    return later and bool(one.claim.attacker and one.claim.victim and said(one.claim.quote, one.article.published))


def _by_word(one: SourcedClaim) -> str:
    return str(said(one.claim.quote, one.article.published))


def _answer(question: Question, told: list[SourcedClaim]) -> Answer:
    citations = tuple(citation_of(one, n) for n, one in enumerate(told, start=1))
    statements = tuple(Statement(shown(one, one.claim.attacker, most=SHOWN_WORDS), (n,)) for n, one in enumerate(told, start=1))
    actors = {frozenset(one.claim.actors) or frozenset((one.claim.attacker or "",)) for one in told}
    short = told[0].claim.victim if question.slot == "victim" else told[0].claim.attacker
    return Answer(
        question,
        "disputed" if len(actors) > 1 and not frozenset.intersection(*actors) else "answered",
        statements,
        citations,
        claims=tuple(one.claim for one in told),
        confidence=1.0,
        short=short or "",
        note=NOTE.format(day=question.as_of),
    )
