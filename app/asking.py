"""ask(): the one function that chat, command line and evaluation share, and the one place where the stations of an answer are put together.

understand → retrieve → compose → check every quote.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.composing import compose
from app.nouns import Answer, Hit, Question
from app.quotes import checked
from app.retrieval import retrieve
from app.selecting import weigh
from app.understanding import EarlierTurn, leans, understand
from ingest.embedding import load_embedder
from ingest.index import Index
from ingest.reader import load_reader

HITS = 20
"""Passages that an answer hands on; the reader reads the best of them."""
TURNS = 3
"""Earlier turns that a follow-up may lean on, one behind the other."""


def open_index(folder: Path) -> Index:
    """The index in `folder` with the embedder and the reader of this installation.

    Raises IndexMissingError, IndexDamagedError, WrongEmbedderError, ModelMissingError.
    """
    return Index(folder, load_embedder(), load_reader())


def ask(text: str, index: Index, *, history: Sequence[str] = (), as_of: date | None = None) -> Answer:
    """The answer to `text`, every quote in it checked against its article.

    history: the user's earlier turns, oldest first; a follow-up is read against them. as_of: only what had been published by then counts.
    Raises IndexMissingError where the index holds nothing and IndexDamagedError where it cannot be searched.
    """
    question, hits = find(text, index, history=history, as_of=as_of)
    return checked(compose(question, hits, weigh(question, hits, index)))


def find(text: str, index: Index, *, history: Sequence[str] = (), as_of: date | None = None) -> tuple[Question, tuple[Hit, ...]]:
    """The question as it is understood and the HITS passages that fit it best, best first. Arguments and errors as in `ask`."""
    earlier = _earlier_turn(text, index, history=history[-TURNS:], as_of=as_of)
    question = understand(text, actors=index.actors, earlier=earlier, as_of=as_of, today=date.today())
    return question, retrieve(question, index, limit=HITS, other_names=_other_names(question, index))


def _earlier_turn(text: str, index: Index, *, history: Sequence[str], as_of: date | None) -> EarlierTurn | None:
    """The turn before a follow-up with the words that answered it, found by asking it again; None where the question stands alone."""
    if not leans(text, history=history):
        return None
    before = ask(history[-1], index, history=history[:-1], as_of=as_of)
    return EarlierTurn(before.question.text, before.short)


def _other_names(question: Question, index: Index) -> list[str]:
    """Further names of the actors that the question names."""
    asked = {name.casefold() for name in question.actors}
    found = [other for name in question.actors for other in index.actors.names_for_search(name)]
    return [name for name in dict.fromkeys(found) if name.casefold() not in asked]
