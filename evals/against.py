"""Two runs over the same questions compared question by question: what differs, how surely, and which questions flipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.grading import Grade, Verdict, grade
from evals.intervals import Estimate, paired_difference, share
from evals.results import Result
from ingest.errors import WhodunitError


@dataclass(frozen=True)
class Flip:
    """A question whose verdict is another now."""

    now: Grade
    before: Verdict

    @property
    def gained(self) -> bool:
        return self.now.verdict == "right"

    @property
    def lost(self) -> bool:
        return self.before == "right"


@dataclass(frozen=True)
class Comparison:
    """This run minus an earlier one on the `n` questions that both scored.

    same_verdict: share of questions with one verdict in both. Differences of shares are means of paired differences; `milliseconds` and
    `words` are medians of paired differences. flips: in the order of the set.
    """

    n: int
    same_verdict: Estimate | None
    right: Estimate | None
    supported: Estimate | None
    lenient: Estimate | None
    hit1: Estimate | None
    milliseconds: Estimate | None
    words: Estimate | None
    flips: tuple[Flip, ...]


def compare(now: Sequence[Grade], earlier: Sequence[Result]) -> Comparison:
    """Grade an earlier run by the same questions and compare. Raises WhodunitError where the two have no question in common."""
    by_id: Mapping[str, Result] = {result.id: result for result in earlier}
    pairs = [(grade(new.question, by_id[new.question.id]), new) for new in now if new.question.id in by_id]
    if not pairs:
        raise WhodunitError("The earlier results answer none of these questions; compare results of the same set.")
    scored = [(old, new) for old, new in pairs if old.scored and new.scored]
    answerable = [(old, new) for old, new in scored if new.question.answerable]
    same = sum(old.verdict == new.verdict for old, new in scored)
    return Comparison(
        n=len(scored),
        same_verdict=share(same, len(scored)),
        right=paired_difference([old.verdict == "right" for old, _ in scored], [new.verdict == "right" for _, new in scored]),
        supported=paired_difference([old.supported for old, _ in answerable], [new.supported for _, new in answerable]),
        lenient=paired_difference([old.lenient for old, _ in answerable], [new.lenient for _, new in answerable]),
        hit1=paired_difference([old.hit(1) for old, _ in answerable], [new.hit(1) for _, new in answerable]),
        milliseconds=paired_difference(
            [1000 * old.result.seconds for old, _ in scored], [1000 * new.result.seconds for _, new in scored], of="median"
        ),
        words=paired_difference([old.words for old, _ in scored], [new.words for _, new in scored], of="median"),
        flips=tuple(Flip(now=new, before=old.verdict) for old, new in pairs if old.verdict != new.verdict),
    )


def as_text(comparison: Comparison) -> str:
    """The comparison for a terminal: a line a difference and a line a flipped question."""
    agreement = comparison.same_verdict
    agreed = f"{100 * agreement.value:.1f}% ({100 * agreement.low:.0f}–{100 * agreement.high:.0f})" if agreement else "·"
    lines = [f"Against the earlier run, on {comparison.n} questions that both scored:", f"  same verdict  {agreed}"]
    lines += [f"  {name:<12}  {points(value)}" for name, value in shares(comparison)]
    if comparison.milliseconds and comparison.words:
        lines.append(f"  median        {comparison.milliseconds.value:+.0f} ms, {comparison.words.value:+.0f} words")
    if comparison.flips:
        lines.append(f"  {len(comparison.flips)} questions flipped:")
        lines += [f"    {flip.now.question.id}  {flip.before} → {flip.now.verdict}  {flip.now.question.type}" for flip in comparison.flips]
    return "\n".join(lines)


def shares(comparison: Comparison) -> tuple[tuple[str, Estimate | None], ...]:
    """The differences of shares with their names."""
    return (
        ("right", comparison.right),
        ("supported", comparison.supported),
        ("lenient", comparison.lenient),
        ("hit@1", comparison.hit1),
    )


def points(difference: Estimate | None) -> str:
    """ "+2.0 points (-1.3 to +5.3)"."""
    if difference is None:
        return "·"
    return f"{100 * difference.value:+.1f} points ({100 * difference.low:+.1f} to {100 * difference.high:+.1f})"
