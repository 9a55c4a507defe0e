"""From passages to an answer in the sources' own words: each statement is one verbatim sentence with its citation."""

from collections.abc import Sequence

from app.nouns import Answer, Citation, Hit, Question, Statement
from app.selecting import Candidate, weigh_sentences
from ingest.index import Index

SENTENCES = 3
"""Statements of an extractive answer."""
CLOSE = 0.6
"""A further sentence is shown only if its score is at least this share of the best one's."""
SURE = 0.62
"""Score of the best sentence below which the corpus is taken not to answer."""
NOT_IN_CORPUS = "The articles indexed here do not say."
"""What an answer says, first, when nothing fits; tests and evaluation rely on the status, not on these words."""


def compose(question: Question, hits: Sequence[Hit], index: Index) -> Answer:
    """An answer out of verbatim sentences, or `not_in_corpus` where the best of them does not fit the question well enough."""
    candidates = weigh_sentences(question.text, hits, index)
    best = candidates[0].score if candidates else 0.0
    if best < SURE:
        return Answer(question, "not_in_corpus", (Statement(NOT_IN_CORPUS, ()),), hits=tuple(hits), confidence=max(0.0, best))
    chosen = _distinct([candidate for candidate in candidates if candidate.score >= CLOSE * best])[:SENTENCES]
    citations = tuple(
        Citation(number, candidate.article, candidate.start, candidate.end, candidate.text) for number, candidate in enumerate(chosen, start=1)
    )
    statements = tuple(Statement(citation.quote.replace("\n", " "), (citation.number,)) for citation in citations)
    return Answer(question, "answered", statements, citations, hits=tuple(hits), confidence=min(1.0, best))


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without sentences that say the same words again."""
    seen: set[str] = set()
    kept = []
    for candidate in candidates:
        words = candidate.text.casefold()
        if words not in seen:
            seen.add(words)
            kept.append(candidate)
    return kept
