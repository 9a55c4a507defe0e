"""From weighed sentences to an answer: first the words that answer, in a sentence of our own that says who says so and when; then the sources' own
sentences, verbatim. Every statement has its citation.

Three shapes: answered; unattributed, where the sources say that nobody has been named; disputed, where one side denies or names another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.nouns import Answer, AnswerStatus, Citation, Hit, Question, Statement
from app.selecting import Candidate
from app.stances import denies, names_nobody
from app.understanding import asks_for_agreement, asks_for_attribution
from ingest.nouns import Article
from ingest.when import find_times, say

SURE = 0.1
"""Probability of the best sentence below which the corpus is taken not to answer."""
WORDS = 80
"""Words that an answer may have; a sentence that would exceed them is left out, unless it is the first."""
CLOSE = 0.3
"""A further sentence is shown only if its probability is at least this share of the best one's."""
SENTENCES = 3
"""Sentences quoted at most."""
NEAR_THE_BEST = 4
"""Among so many of the best sentences one that denies shapes the answer to who did it, if it comes CLOSE."""
NEAR_WHEN_ASKED, SHARE_WHEN_ASKED = 20, 0.04
"""The same where it is asked who holds what."""
NOBODY_WITHIN, NOBODY_SHARE = 20, 0.1
"""Among so many of the best sentences, and from this share of the best one's probability, one that names nobody shapes the answer."""
NOT_IN_CORPUS = "The articles indexed here do not say."
"""What an answer says, first, when nothing fits; tests and evaluation rely on the status, not on these words."""
NOBODY_NAMED = "No one has been named"
DISPUTED = "Accounts differ"
LONGEST_SHORT = 14
"""Words that may stand in the first sentence; a longer span is a sentence of its own and is only quoted."""


@dataclass(frozen=True)
class _Draft:
    """An answer in the making."""

    status: AnswerStatus
    lead: str
    sentences: tuple[Candidate, ...]


def compose(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate]) -> Answer:
    """The answer out of the best sentences, or `not_in_corpus` where the best of them does not fit the question well enough."""
    best = candidates[0].probability if candidates else 0.0
    if best < SURE:
        return Answer(question, "not_in_corpus", (Statement(NOT_IN_CORPUS, ()),), hits=tuple(hits), confidence=best)
    candidates = _distinct(candidates)
    draft = _unattributed(question, candidates) or _disputed(question, candidates) or _answered(question, candidates)
    return replace(_told(question, draft), hits=tuple(hits), confidence=best, short=_short(question, candidates[0]))


def _answered(question: Question, candidates: Sequence[Candidate]) -> _Draft:
    chosen = _fitting(candidates, most=SENTENCES)
    first = chosen[0]
    words = _short(question, first)
    if question.slot == "list":
        words = _and_list([text for text in (_short(question, candidate) for candidate in chosen) if text])
    return _Draft("answered", f"{_capital(words)}, according to {_source(first.article)}." if words else "", chosen)


def _unattributed(question: Question, candidates: Sequence[Candidate]) -> _Draft | None:
    """Where one of the best sentences says that nobody has been named, and who did it is what is asked."""
    if not asks_for_attribution(question.asked):
        return None
    near = candidates[:NOBODY_WITHIN]
    said = next((one for one in near if names_nobody(one.text) and one.probability >= NOBODY_SHARE * near[0].probability), None)
    if said is None:
        return None
    return _Draft("unattributed", f"{NOBODY_NAMED}, according to {_source(said.article)}.", (said,))


def _disputed(question: Question, candidates: Sequence[Candidate]) -> _Draft | None:
    """Where it is asked who holds what, or one of the best sentences denies what another says."""
    asked_for = asks_for_agreement(question.asked)
    within, share = (NEAR_WHEN_ASKED, SHARE_WHEN_ASKED) if asked_for else (NEAR_THE_BEST, CLOSE)
    near = [one for one in candidates[:within] if one.probability >= share * candidates[0].probability]
    against = next((one for one in near if denies(one.text)), None)
    held = next((one for one in near if one is not against and not denies(one.text)), None)
    if against is None or held is None or not (asked_for or question.slot == "attacker"):
        return None
    return _Draft("disputed", f"{DISPUTED}.", (held, against))


def _told(question: Question, draft: _Draft) -> Answer:
    """Statements and citations: each sentence has a number of its own, the lead has all of them."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    for candidate in draft.sentences:
        citation = Citation(len(citations) + 1, candidate.article, candidate.start, candidate.end, candidate.text)
        citations.append(citation)
        statements.append(Statement(" ".join(candidate.text.split()), (citation.number,)))
    if draft.lead:
        statements.insert(0, Statement(draft.lead, tuple(citation.number for citation in citations)))
    return Answer(question, draft.status, tuple(statements), tuple(citations))


def _fitting(candidates: Sequence[Candidate], *, most: int) -> tuple[Candidate, ...]:
    """The best sentence and further ones that are nearly as good, as long as the answer stays short."""
    chosen = [candidates[0]]
    length = _count(candidates[0].text) + 10
    for candidate in candidates[1:]:
        words = _count(candidate.text)
        if len(chosen) < most and candidate.probability >= CLOSE * candidates[0].probability and length + words <= WORDS:
            chosen.append(candidate)
            length += words
    return tuple(chosen)


def _short(question: Question, candidate: Candidate) -> str:
    """The words that answer; for "when" the day they mean, resolved against the article's publication."""
    words = " ".join(candidate.answer.split()).strip(" ,;:.-–—\"“”'‘’()[]")
    if not words or _count(words) > LONGEST_SHORT:
        return ""
    if question.slot == "when":
        times = find_times(candidate.text, published=candidate.article.published)
        offset = candidate.start
        for time in times:
            if offset + time.start < candidate.answer_end and offset + time.end > candidate.answer_start:
                said = say(time.when)
                return said if words.casefold() in said.casefold() else f"{said} (“{words}”)"
    return words


def _source(article: Article) -> str:
    """Who says so: the publisher, else the title, and when."""
    name = article.publisher or f"“{article.title}”"
    return f"{name} ({article.published.day} {article.published:%B %Y})" if article.published else name


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without sentences that say the same words again."""
    seen: set[str] = set()
    kept = []
    for candidate in candidates:
        words = " ".join(candidate.text.casefold().split())
        if words not in seen:
            seen.add(words)
            kept.append(candidate)
    return kept


def _and_list(words: Sequence[str]) -> str:
    """ "a, b and c", each once."""
    distinct = list({word.casefold(): word for word in words}.values())
    return " and ".join([", ".join(distinct[:-1]), distinct[-1]]) if len(distinct) > 1 else "".join(distinct)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _count(text: str) -> int:
    return len(text.split())
