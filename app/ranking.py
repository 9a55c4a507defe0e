"""The order in which found passages are read: what two searches found, weighed by all that can be told of a passage without reading it.

A linear score, fitted as a choice of the passage that answers among all that were found (a conditional logit; McFadden 1974) to 222 questions written for
the public corpus, in two wordings each. On the development set, which it was not fitted to, the passage with the gold quote is the first for 0.56 of the
wordings (by fused rank 0.37), among the first 5 for 0.90 (0.80) and the first 10 for 0.96 (0.87). Cosine, the title alone and the number of passages of
one article that were found added nothing. It knows nothing about the reader or about answers.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.nouns import Hit, Question
from app.words import WORD, stem, stems

WINDOW = 30
"""Words in the run of a passage that is to hold as much of the question as it can: a long sentence."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Found:
    """Where the two searches put a passage: ranks from 0, None where a search does not have it; fused: by reciprocal rank."""

    dense: int | None
    lexical: int | None
    fused: float


@dataclass(frozen=True)
class Signs:
    """What speaks for a passage before it is read. Shares are between 0 and 1, rare words counting more; of what the question does not name, 0.5.

    dense, lexical: minus the logarithm of 1 + rank. article: fused score of its article's best passage, in hundredths.
    within: share of the question's words in title and passage. together: the same within one run of WINDOW words. year: whether the article is
    from a year that the question names. actor: whether it uses a name of an actor in the question. opening: whether it opens its article.
    card: whether it is an actor card, which lists much and tells little. length: in 800 characters. told_in: 1 for
    the article that answered what a follow-up goes back to, 0.5 for others that answered earlier turns.
    """

    dense: float
    lexical: float
    article: float
    within: float
    together: float
    year: float
    actor: float
    opening: float
    card: float
    length: float
    told_in: float

    def row(self) -> tuple[float, ...]:
        """The signs in the order in which they are declared, without the copying of `dataclasses.astuple`, which took 10 ms a question."""
        return tuple(vars(self).values())


WEIGHTS = Signs(0.3, 0.35, 1.1, 4.6, 4.2, 2.0, 0.25, 0.3, -2.0, 1.0, 1.0)
MISSING = 100
"""Rank of a passage that a search does not have."""


def ranked(question: Question, hits: Sequence[Hit], found: Mapping[str, Found], names: Sequence[str]) -> list[Hit]:
    """The hits, best first, each with its score. names: every name of the actors in the question."""
    weights = WEIGHTS.row()
    scored = [
        Hit(hit.passage, hit.article, sum(weight * value for weight, value in zip(weights, signs.row(), strict=True)))
        for hit, signs in zip(hits, signs_of(question, hits, found, names), strict=True)
    ]
    return sorted(scored, key=lambda hit: (-hit.score, hit.passage.id))


def signs_of(question: Question, hits: Sequence[Hit], found: Mapping[str, Found], names: Sequence[str]) -> list[Signs]:
    """The signs of every hit, in order."""
    asked = set(stems(question.text))
    runs = [list(map(stem, WORD.findall(hit.passage.text.lower()))) for hit in hits]
    titles = {hit.article.id: set(stems(hit.article.title)) & asked for hit in hits}
    held = [set(run) & asked | titles[hit.article.id] for run, hit in zip(runs, hits, strict=True)]
    spread = Counter(word for words in held for word in words)
    weights = {word: math.log(1 + len(hits) / (1 + spread[word])) for word in asked}
    everything = sum(weights.values()) or 1.0
    years = set(_YEAR.findall(question.text))
    called = [name.casefold() for name in names]
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.article.id] = max(best.get(hit.article.id, 0.0), found[hit.passage.id].fused)
    return [
        Signs(
            dense=-math.log1p(MISSING if at.dense is None else at.dense),
            lexical=-math.log1p(MISSING if at.lexical is None else at.lexical),
            article=100 * best[hit.article.id],
            within=sum(weights[word] for word in words) / everything,
            together=_together(run, weights) / everything,
            year=float(str(hit.article.published.year) in years) if years and hit.article.published else 0.5,
            actor=_named(called, hit) if called else 0.5,
            opening=float(hit.passage.start == 0),
            card=float(hit.article.form == "card"),
            length=len(hit.passage.text) / 800,
            told_in=_told_in(question, hit),
        )
        for hit, at, run, words in zip(hits, (found[hit.passage.id] for hit in hits), runs, held, strict=True)
    ]


def _told_in(question: Question, hit: Hit) -> float:
    if hit.article.id not in question.told_in:
        return 0.0
    return 1.0 if hit.article.id == question.told_in[0] else 0.5


def _together(run: Sequence[str], weights: Mapping[str, float]) -> float:
    """The most weight of different words that one run of WINDOW words holds."""
    places = [(place, word) for place, word in enumerate(run) if word in weights]
    best, first = 0.0, 0
    within: Counter[str] = Counter()
    weight = 0.0
    for place, word in places:
        within[word] += 1
        weight += weights[word] if within[word] == 1 else 0.0
        while places[first][0] <= place - WINDOW:
            gone = places[first][1]
            within[gone] -= 1
            weight -= weights[gone] if within[gone] == 0 else 0.0
            first += 1
        best = max(best, weight)
    return best


def _named(names: Sequence[str], hit: Hit) -> float:
    page = f"{hit.article.title}\n{hit.passage.text}".casefold()
    return float(any(name in page for name in names))
