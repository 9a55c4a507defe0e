"""Matching the claims of a reader with gold claims of the same article, and what the matched ones get right.

A claim matches a gold one where the attacker is the same (any of its names; nobody is nobody) and the victims are alike: rapidfuzz at least 85,
words compared as sets, so that "City of Pensacola" is "Pensacola, Florida city". Each gold claim is matched once.
"""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from evals.matching import fold
from ingest.nouns import Claim, Grain, When
from ingest.times.when import compatible

ALIKE = 85.0
Ratio = Callable[[str, str], float]


@dataclass(frozen=True)
class GoldClaim:
    """An annotated claim. names: of the attacker, empty where nobody is blamed. when: None where the article tells no time."""

    names: tuple[str, ...]
    victim: str
    when: When | None
    asserted_by: str | None
    stance: str
    kind: str


@dataclass(frozen=True)
class Pair:
    """A gold claim and the claim that matches it."""

    gold: GoldClaim
    claim: Claim


def gold_when(words: str | None) -> When | None:
    """The interval of "2021", "2021-05", "2021-05-07" or two of these with a slash between them."""
    if not words:
        return None
    first, _, last = words.partition("/")
    start, end, grain = _bounds(first)
    return When(start, _bounds(last)[1] if last else end, "span" if last else grain, words)


def _bounds(words: str) -> tuple[date, date, Grain]:
    year, *rest = (int(part) for part in words.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if len(rest) == 1:
        return date(year, rest[0], 1), date(year, rest[0], calendar.monthrange(year, rest[0])[1]), "month"
    return (day := date(year, *rest)), day, "day"


def same_attacker(gold: GoldClaim, claim: Claim) -> bool:
    """Whether both name nobody, or a name of the claim's attacker is one of the gold names."""
    if not gold.names or not claim.attacker:
        return not gold.names and not claim.attacker
    told = (claim.attacker, *claim.actors)
    return any(fuzz.token_set_ratio(_bare(name), _bare(mine)) >= ALIKE for name in gold.names for mine in told)


def _bare(name: str) -> str:
    kept = [word for word in _words(name).split() if word not in _KINDS]
    return " ".join(kept) or _words(name)


def _words(text: str) -> str:
    """The words of a name in small letters, without marks: "Conduent's" is "conduent s"."""
    return default_process(fold(text))


_KINDS = frozenset("the ransomware gang group hackers hacker operators operator hacking threat actor apt team crew ".split())


def pairs(golds: Sequence[GoldClaim], claims: Sequence[Claim], *, ratio: Ratio = fuzz.token_set_ratio) -> list[Pair]:
    """The matches, best victim first."""
    scored = [
        (ratio(_words(gold.victim), _words(claim.victim)), i, j)
        for i, gold in enumerate(golds)
        for j, claim in enumerate(claims)
        if claim.victim and same_attacker(gold, claim)
    ]
    taken_gold: set[int] = set()
    taken: set[int] = set()
    found = []
    for score, i, j in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if score >= ALIKE and i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
            found.append(Pair(golds[i], claims[j]))
    return found


def right_when(pair: Pair) -> bool:
    """Whether both leave the time open, or both tell times of which one event can be."""
    gold, told = pair.gold.when, pair.claim.when
    return gold is None and told is None if gold is None or told is None else compatible(gold, told)


def right_source(pair: Pair) -> bool:
    """Whether both name nobody, or the names are alike."""
    gold, told = pair.gold.asserted_by, pair.claim.asserted_by
    if not gold or not told:
        return not gold and not told
    return fuzz.token_set_ratio(_bare(gold), _bare(told)) >= ALIKE
