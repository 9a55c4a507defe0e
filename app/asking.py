"""ask(): the one function that chat, command line and evaluation share, and the one place where the stations of an answer are put together.

understand → retrieve → compose → check every quote.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.claims_beside import held_against_claims
from app.composing import compose
from app.earlier_word import earlier_word
from app.from_claims import claims_behind, list_from_claims
from app.nouns import EVERYTHING, Answer, Hit, Question, Scope
from app.quotes import checked
from app.recently_used import RecentlyUsed
from app.retrieval import retrieve
from app.selecting import weigh
from app.understanding import EarlierTurns, names_something, thread, understand
from app.whose_word import with_whose_word
from ingest.embedding import load_embedder
from ingest.index import Index
from ingest.reading.reader import load_reader

HITS = 20
"""Passages that an answer hands on; the reader reads the best of them."""


@dataclass(frozen=True)
class _Told:
    """What a turn was answered with: its words in short, and the ids of the articles that it cites."""

    short: str
    articles: tuple[str, ...]


_REMEMBERED: RecentlyUsed[_Told] = RecentlyUsed(512)
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
        composed = compose(question, hits, weigh(question, hits, index), actors=index.actors)
        answer = with_whose_word(claims_behind(held_against_claims(composed, index), index))
    if answer.status == "not_in_corpus":
        answer = earlier_word(question, index) or answer
    answer = checked(replace(answer, hits=hits))
    _REMEMBERED.put(_key(text, index, history, as_of, scope), _told(answer))
    return answer


def find(
    text: str, index: Index, *, history: Sequence[str] = (), as_of: date | None = None, scope: Scope = EVERYTHING
) -> tuple[Question, tuple[Hit, ...]]:
    """The question as it is understood and the HITS passages that fit it best, best first. Arguments and errors as in `ask`."""
    earlier = _earlier_turns(text, index, history=history, as_of=as_of, scope=scope)
    question = understand(text, actors=index.actors, earlier=earlier, as_of=as_of, today=date.today())
    question = replace(question, scope=scope)
    return question, retrieve(question, index, limit=HITS, names=_names(question, index))


def _earlier_turns(text: str, index: Index, *, history: Sequence[str], as_of: date | None, scope: Scope) -> EarlierTurns | None:
    """What a follow-up leans on, found by asking the turns before it again where their answers are not remembered; None where the question stands alone."""
    turns = thread(text, history=history)
    if not turns:
        return None
    told = [_answered(turns[n], index, turns[:n], as_of, scope) for n in sorted({0, len(turns) - 1})]
    return EarlierTurns(
        turns[0],
        tuple(dict.fromkeys(one.short for one in told if names_something(one.short))),
        tuple(dict.fromkeys(article for one in told for article in one.articles)),
    )


def _answered(text: str, index: Index, history: Sequence[str], as_of: date | None, scope: Scope) -> _Told:
    return _REMEMBERED.get(_key(text, index, history, as_of, scope)) or _told(ask(text, index, history=history, as_of=as_of, scope=scope))


def _told(answer: Answer) -> _Told:
    return _Told(answer.short, tuple(dict.fromkeys(citation.article.id for citation in answer.citations)))


def _key(text: str, index: Index, history: Sequence[str], as_of: date | None, scope: Scope) -> Hashable:
    """All that an answer depends on, so that a remembered one is the one that would be given again."""
    return (str(index.folder), id(index), index.publication, date.today(), text, thread(text, history=history), as_of, scope)


def _names(question: Question, index: Index) -> list[str]:
    """Every name of the actors that the question names, those that it uses first."""
    return list(dict.fromkeys([*question.actors, *(other for name in question.actors for other in index.actors.names_for_search(name))]))
