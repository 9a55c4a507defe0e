"""What to ask next: a few questions made from an answer by changing what is asked for. Writes no question that the index has nothing on.

Follow-ups ("When was that?") lean on the answer; the others name their actor and stand alone.
"""

from collections.abc import Iterator

from app.nouns import Answer
from ingest.index import Index
from ingest.store.narrowing import articles_with
from ingest.times.when import find_times

MOST = 3
LONGEST_NAME = 40


def next_questions(answer: Answer, index: Index) -> tuple[str, ...]:
    """Up to MOST questions, the likeliest first."""
    made = _after_nothing(answer, index) if answer.status == "not_in_corpus" else _after_an_answer(answer, index)
    asked = answer.question.asked.casefold()
    return tuple(question for question in dict.fromkeys(made) if question.casefold() != asked)[:MOST]


def _after_an_answer(answer: Answer, index: Index) -> Iterator[str]:
    slot = answer.question.slot
    actor = _actor(answer, index)
    articles = _articles_about(actor, index)
    if slot != "when" and any(find_times(citation.quote, published=citation.article.published) for citation in answer.citations):
        yield "When was that?"
    if answer.status == "disputed":
        yield "Who denies it?"
    if slot not in ("attacker", "source") and not actor and answer.status == "answered":
        yield "Who was behind it?"
    if actor and articles > 1:
        yield f"Whom has {actor} attacked?" if slot == "when" else f"Whom else has {actor} attacked?"
    if slot != "source":
        yield "Who says so?"
    if actor and articles > 1:
        yield f"Which malware does {actor} use?"


def _after_nothing(answer: Answer, index: Index) -> Iterator[str]:
    for actor in answer.question.actors:
        if _articles_about(actor, index):
            yield f"Whom has {actor} attacked?"
            yield f"Which malware does {actor} use?"


def _actor(answer: Answer, index: Index) -> str:
    """The actor whom question and answer speak of: the one that answers, else the one asked about; empty where there is none."""
    for name in (answer.short, *answer.question.actors):
        if name and len(name) <= LONGEST_NAME and index.actors.candidates(name):
            return name
    return ""


def _articles_about(actor: str, index: Index) -> int:
    """How many articles use one of the actor's names."""
    return len(articles_with(index.ledger, index.actors.names_for_search(actor))) if actor else 0
