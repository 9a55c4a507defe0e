"""From grades to figures: how a set was answered, by type and in all, each share with its 95% interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.grading import Grade
from evals.intervals import Estimate, quantile, share

STANCES = ("disputed", "unattributed")
"""Question types that are also a status: how often the answer's status says so is reported beside the facts."""
ALL = "all"


@dataclass(frozen=True)
class Figures:
    """How the questions of one type, or all, were answered. Shares are over the scored questions; None where there is nothing to count.

    strict, supported, lenient, hits, false_abstention: over the answerable questions (hits: those that name articles).
    rejected: over the unanswerable ones. stance: answers whose status equals the type, over disputed and unattributed questions.
    p50, p95: milliseconds a question. words: median length of an answer. not_verbatim: quotes that are not byte-equal to their span;
    quotes: how many were checked. not_scored: questions where asking failed.
    """

    type: str
    n: int
    not_scored: int
    strict: Estimate | None
    supported: Estimate | None
    lenient: Estimate | None
    hit1: Estimate | None
    hit5: Estimate | None
    hit10: Estimate | None
    rejected: Estimate | None
    false_abstention: Estimate | None
    stance: Estimate | None
    p50: Estimate | None
    p95: Estimate | None
    words: Estimate | None
    quotes: int
    not_verbatim: int


def measure(grades: Sequence[Grade]) -> tuple[Figures, ...]:
    """One row a type, in the order of the set, and last a row for all."""
    types = dict.fromkeys(grade.question.type for grade in grades)
    rows = [_row(kind, [grade for grade in grades if grade.question.type == kind]) for kind in types]
    return (*rows, _row(ALL, grades))


def _row(name: str, grades: Sequence[Grade]) -> Figures:
    scored = [grade for grade in grades if grade.scored]
    answerable = [grade for grade in scored if grade.question.answerable]
    unanswerable = [grade for grade in scored if not grade.question.answerable]
    findable = [grade for grade in answerable if grade.question.docs]
    stances = [grade for grade in scored if grade.question.type in STANCES]
    milliseconds = [1000 * grade.result.seconds for grade in scored]
    checked = [grade.result for grade in scored if grade.result.not_verbatim is not None]
    return Figures(
        type=name,
        n=len(grades),
        not_scored=len(grades) - len(scored),
        strict=_share([grade.strict for grade in answerable]),
        supported=_share([grade.supported for grade in answerable]),
        lenient=_share([grade.lenient for grade in answerable]),
        hit1=_share([grade.hit(1) for grade in findable]),
        hit5=_share([grade.hit(5) for grade in findable]),
        hit10=_share([grade.hit(10) for grade in findable]),
        rejected=_share([grade.abstained for grade in unanswerable]),
        false_abstention=_share([grade.abstained for grade in answerable]),
        stance=_share([grade.result.status == grade.question.type for grade in stances]),
        p50=quantile(milliseconds, 0.5),
        p95=quantile(milliseconds, 0.95),
        words=quantile([float(grade.words) for grade in scored], 0.5),
        quotes=sum(len(result.citations) for result in checked),
        not_verbatim=sum(len(result.not_verbatim or ()) for result in checked),
    )


def _share(outcomes: Sequence[bool]) -> Estimate | None:
    return share(sum(outcomes), len(outcomes))
