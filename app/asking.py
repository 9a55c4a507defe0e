"""ask(): the one function that chat, command line and evaluation share, and the one place where the stations of an answer are put together.

understand → retrieve → compose → check every quote.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.composing import compose
from app.from_claims import claims_behind, list_from_claims
from app.nouns import EVERYTHING, Answer, Hit, Question, Scope
from app.quotes import checked
from app.recently_used import RecentlyUsed
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


_REMEMBERED: RecentlyUsed[EarlierTurn] = RecentlyUsed(512)
"""What answered recent turns: a follow-up need not ask the turn before it again, which would take as long as the answer itself."""


def open_index(folder: Path) -> Index:
    """The index in `folder` with the embedder and the reader of this installation.

    Raises IndexMissingError, IndexDamagedError, WrongEmbedderError, ModelMissingError.
    """
    return Index(folder, load_embedder(), load_reader())


def ask(
    text: str,
    index: Index,
    *,
    history: Sequence[str] = (),
    as_of: date | None = None,
    scope: Scope = EVERYTHING,
    on_found: Callable[[Question, tuple[Hit, ...]], None] | None = None,
) -> Answer:
    """The answer to `text`, every quote in it checked against its article.

    history: the user's earlier turns, oldest first; a follow-up is read against them. as_of: only what had been published by then counts. scope: what
    else limits the articles that are read. on_found: called once passages are found, some 20 ms after the question and well before the answer.
    Raises IndexMissingError where the index holds nothing and IndexDamagedError where it cannot be searched.
    """
    question, hits = find(text, index, history=history, as_of=as_of, scope=scope)
    if on_found is not None:
        on_found(question, hits)
    answer = list_from_claims(question, index)
    if answer is None:
        answer = claims_behind(compose(question, hits, weigh(question, hits, index), actors=index.actors), index)
    answer = checked(replace(answer, hits=hits))
    _REMEMBERED.put(_key(text, index, history, as_of, scope), EarlierTurn(answer.question.text, answer.short))
    return answer


def find(
    text: str, index: Index, *, history: Sequence[str] = (), as_of: date | None = None, scope: Scope = EVERYTHING
) -> tuple[Question, tuple[Hit, ...]]:
    """The question as it is understood and the HITS passages that fit it best, best first. Arguments and errors as in `ask`."""
    earlier = _earlier_turn(text, index, history=history[-TURNS:], as_of=as_of, scope=scope)
    question = understand(text, actors=index.actors, earlier=earlier, as_of=as_of, today=date.today())
    question = replace(question, scope=scope)
    return question, retrieve(question, index, limit=HITS, names=_names(question, index))


def _earlier_turn(text: str, index: Index, *, history: Sequence[str], as_of: date | None, scope: Scope) -> EarlierTurn | None:
    """The turn before a follow-up with the words that answered it, found by asking it again; None where the question stands alone."""
    if not leans(text, history=history):
        return None
    if remembered := _REMEMBERED.get(_key(history[-1], index, history[:-1], as_of, scope)):
        return remembered
    before = ask(history[-1], index, history=history[:-1], as_of=as_of, scope=scope)
    return EarlierTurn(before.question.text, before.short)


def _key(text: str, index: Index, history: Sequence[str], as_of: date | None, scope: Scope) -> Hashable:
    """All that an answer depends on, so that a remembered one is the one that would be given again."""
    leant_on = tuple(history[-TURNS:]) if leans(text, history=history) else ()
    return (str(index.folder), id(index), index.publication, date.today(), text, leant_on, as_of, scope)


def _names(question: Question, index: Index) -> list[str]:
    """Every name of the actors that the question names, those that it uses first."""
    return list(dict.fromkeys([*question.actors, *(other for name in question.actors for other in index.actors.names_for_search(name))]))
