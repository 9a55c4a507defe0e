"""The grade of one answer. Pure: a question and a result in, a grade out.

strict: every fact stands within the first 60 words of the answer (markers not counted) and no wrong string does.
supported: strict, and every fact also stands in the cited quotes.
lenient: every fact stands somewhere in the answer or in its quotes.
An answer that says the corpus does not know earns none of the three on a question that has an answer, whatever words it uses to say so.
On a question without an answer the right answer is the status `not_in_corpus`; the three grades do not apply.
"""

from dataclasses import dataclass
from typing import Literal

from evals.matching import first_words, stated, states, without_markers
from evals.results import ERROR, Result
from evals.sets import GoldQuestion

ABSTAINED = "not_in_corpus"
STRICT_WORDS = 60
Verdict = Literal["right", "wrong", "abstained", "not scored"]


@dataclass(frozen=True)
class FactGrade:
    """Where one fact stands: early = within the first 60 words. wordings: any one of them states the fact."""

    wordings: tuple[str, ...]
    early: bool
    in_answer: bool
    in_quotes: bool


@dataclass(frozen=True)
class Grade:
    """The grade of one answer.

    verdict: "right" is strict where there is an answer and a rejection where there is none; "abstained" a rejection where there is one;
        "not scored" where asking failed.
    wrong: the wrong strings that stand within the first 60 words. rank: of the first article that answers the question among those
        retrieved, from 1; None where none was retrieved or the set names none. words: of the answer without markers.
    """

    question: GoldQuestion
    result: Result
    verdict: Verdict
    facts: tuple[FactGrade, ...]
    wrong: tuple[str, ...]
    strict: bool
    supported: bool
    lenient: bool
    rank: int | None
    words: int

    @property
    def scored(self) -> bool:
        return self.verdict != "not scored"

    @property
    def abstained(self) -> bool:
        return self.result.status == ABSTAINED

    def hit(self, k: int) -> bool:
        """Whether an article that answers the question is among the first k retrieved."""
        return self.rank is not None and self.rank <= k


def grade(question: GoldQuestion, result: Result) -> Grade:
    """Grade one result. Raises ValueError where the result belongs to another question."""
    if question.id != result.id:
        raise ValueError(f"result {result.id} does not belong to question {question.id}")
    answer = without_markers(result.answer)
    early = first_words(answer, STRICT_WORDS)
    quotes = tuple(citation.quote for citation in result.citations)
    facts = tuple(_grade_fact(wordings, early, answer, quotes) for wordings in question.facts)
    wrong = tuple(string for string in question.wrong if stated(early, (string,)))
    counts = question.answerable and result.status not in (ABSTAINED, ERROR)
    strict = counts and not wrong and all(fact.early for fact in facts)
    return Grade(
        question=question,
        result=result,
        verdict=_verdict(question, result, strict),
        facts=facts,
        wrong=wrong,
        strict=strict,
        supported=strict and all(fact.in_quotes for fact in facts),
        lenient=counts and all(fact.in_answer or fact.in_quotes for fact in facts),
        rank=next((rank for rank, path in enumerate(result.retrieved, start=1) if path in question.docs), None),
        words=len(answer.split()),
    )


def _grade_fact(wordings: tuple[str, ...], early: str, answer: str, quotes: tuple[str, ...]) -> FactGrade:
    """Quotes are looked at one by one: a fact that only arises where two of them are joined stands in neither."""
    return FactGrade(
        wordings=wordings,
        early=states(early, wordings),
        in_answer=states(answer, wordings),
        in_quotes=any(states(quote, wordings) for quote in quotes),
    )


def _verdict(question: GoldQuestion, result: Result, strict: bool) -> Verdict:
    if result.status == ERROR:
        return "not scored"
    rejected = result.status == ABSTAINED
    if question.answerable:
        return "abstained" if rejected else "right" if strict else "wrong"
    return "right" if rejected else "wrong"
