"""An answer out of passages, held against the claims ledger: where it is asked who did it, and the cited article blames two actors for the same victim, both
are told, though only one sentence was found.
"""

from dataclasses import replace

from app.claim_quotes import AGAINST, citation_of, shown
from app.composing import DISPUTED, SHOWN_WORDS_OF_TWO, source_of
from app.nouns import Answer, Question, Statement
from ingest.claims.selecting import SourcedClaim
from ingest.index import Index
from ingest.times.when import compatible


def held_against_claims(answer: Answer, index: Index) -> Answer:
    """The answer; disputed, where the ledger knows of another whom the article blames."""
    question = answer.question
    if question.slot != "attacker" or answer.status != "answered" or not answer.citations:
        return answer
    best = answer.citations[0]
    told = [one for one in index.claims() if one.article.id == best.article.id and one.claim.actors and one.claim.stance not in AGAINST]
    own = next((one for one in told if one.claim.start < best.end and one.claim.end > best.start and _is_asked_for(question, one)), None)
    if own is None:
        return answer
    other = next((one for one in told if _blames_another(own, one)), None)
    if other is None:
        return answer
    sides = (own, other)
    citations = tuple(citation_of(one, n) for n, one in enumerate(sides, start=1))
    lead = f"{DISPUTED}, as told by {source_of(best.article)}: {own.claim.attacker} or {other.claim.attacker}."
    statements = (
        Statement(lead, (1, 2)),
        *(Statement(shown(one, one.claim.attacker, most=SHOWN_WORDS_OF_TWO), (n,)) for n, one in enumerate(sides, start=1)),
    )
    return replace(answer, status="disputed", statements=statements, citations=citations)


def _is_asked_for(question: Question, one: SourcedClaim) -> bool:
    victim = one.claim.victim
    return victim is not None and victim[:1].isupper() and victim.split()[0].casefold() in question.text.casefold()


def _blames_another(one: SourcedClaim, other: SourcedClaim) -> bool:
    """Whether a claim blames other actors for an attack on the same victim that can be the same."""
    a, b = one.claim, other.claim
    return a.victim == b.victim and not set(a.actors) & set(b.actors) and (a.when is None or b.when is None or compatible(a.when, b.when))
