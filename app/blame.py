"""What the articles that answer say elsewhere about who did it: that nobody has been named, or that someone denies it.

Such a sentence rarely looks like an answer ("Attribution remains open." shares no word with the question), so searching and reading miss it; it is found by its
phrases, in the articles that the best sentences stand in.
"""

from collections.abc import Callable, Sequence

from app.nouns import Question
from app.selecting import NOTHING, Candidate
from app.words import stems
from ingest.actors import ActorIndex
from ingest.sentences import sentence_spans

ARTICLES = 2
"""Articles, by their best sentences, that are looked through."""


def names_an_actor(candidate: Candidate, actors: ActorIndex | None) -> bool:
    """Whether the words that answer name somebody who is known by name, rather than "the hackers"."""
    return bool(candidate.answer) and (actors is None or bool(actors.mentions(candidate.answer)))


def said_elsewhere(question: Question, candidates: Sequence[Candidate], says: Callable[[str], bool]) -> list[Candidate]:
    """The sentences for which `says` holds in the articles of the best sentences, those first that share most words with the question, then the nearest
    to the best sentence; as candidates of the same probability as the best sentence of their article."""
    asked = set(stems(question.text))
    found: list[tuple[int, int, int, Candidate]] = []
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.article.id, candidate)
    for order, near in enumerate(list(best.values())[:ARTICLES]):
        for start, end in sentence_spans(near.article.text):
            text = near.article.text[start:end]
            if says(text):
                made = Candidate(near.article, start, end, start, start, NOTHING, near.probability)
                found.append((order, -len(asked & set(stems(text))), abs(start - near.start), made))
    return [made for *_, made in sorted(found, key=lambda one: one[:3])]
