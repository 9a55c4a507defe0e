"""Sentences that give the same answer, put together: two pages that name one gang under two names are one reply, believed as much as both.

What counts as the same depends on what is asked: actors by any of their names, times that can be one event's, else the same words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from app.nouns import Question
from app.selecting import Candidate
from ingest.actors.actor_index import ActorIndex
from ingest.nouns import When
from ingest.times.when import compatible, find_times

CONSIDERED = 12
"""Sentences that are put together; behind these hardly any has weight."""
ALIKE = 88.0
"""Similarity in percent (Indel, rapidfuzz) from which two answers are the same words."""
_SAID = re.compile(r"\b(?:said|says|announced|reported|disclosed|told|warned|revealed|confirmed|published|wrote)\s+(?:\w+\s+){0,2}$", re.I)
"""What stands before a time that is the report's, not the event's."""
_LEADING = re.compile(r"^(?:the|a|an|its|their|his|her|some|several)\s+", re.I)


@dataclass(frozen=True)
class Reply:
    """One answer and the sentences that give it, best first. probability: of all of them together."""

    words: str
    candidates: tuple[Candidate, ...]

    @property
    def probability(self) -> float:
        return sum(candidate.probability for candidate in self.candidates)


def replies(question: Question, candidates: Sequence[Candidate], *, actors: ActorIndex | None = None) -> list[Reply]:
    """The replies among the best sentences, the likeliest first; sentences in which no words answer stand alone."""
    groups: list[list[Candidate]] = []
    for candidate in candidates[:CONSIDERED]:
        own = next((group for group in groups if candidate.answer and same_answer(question, group[0], candidate, actors=actors)), None)
        if own is None:
            groups.append([candidate])
        else:
            own.append(candidate)
    made = [Reply(group[0].answer, tuple(group)) for group in groups]
    return sorted(made, key=lambda reply: -reply.probability)


def same_answer(question: Question, one: Candidate, other: Candidate, *, actors: ActorIndex | None = None) -> bool:
    """Whether two sentences give one answer to a question."""
    if not one.answer or not other.answer:
        return False
    if question.slot == "when":
        first, second = answered_time(one), answered_time(other)
        return bool(first and second and compatible(first, second) and first.grain == second.grain) or _bare(one.answer) == _bare(other.answer)
    a, b = _bare(one.answer), _bare(other.answer)
    if a == b or ratio(a, b) >= ALIKE:
        return True
    if actors is None:
        return False
    return any(actors.same(x, y) for x in _names(one.answer, actors) for y in _names(other.answer, actors))


def answered_time(candidate: Candidate) -> When | None:
    """The time that the answering words give, resolved against the article's publication; of several the first that is not when somebody said so."""
    within = [
        time
        for time in find_times(candidate.text, published=candidate.article.published)
        if candidate.start + time.start < candidate.answer_end and candidate.start + time.end > candidate.answer_start
    ]
    told = next((time for time in within if not _SAID.search(candidate.text[: time.start])), None)
    chosen = told or next(iter(within), None)
    return chosen.when if chosen else None


def _names(words: str, actors: ActorIndex) -> list[str]:
    return [mention.name for mention in actors.mentions(words)]


def _bare(words: str) -> str:
    return _LEADING.sub("", " ".join(words.casefold().split())).strip(" ,;:.-–—\"“”'‘’()[]")
