"""From a question to passages: nearest vectors and best words, fused by reciprocal rank, then put in the order in which they are worth reading.

Reciprocal rank fusion with k = 60: Cormack, Clarke and Buettcher, SIGIR 2009. What a passage's words and its article tell beside is weighed in `app.ranking`.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from app.nouns import Hit, Question
from app.ranking import Found, ranked
from app.scoping import passages_in, tells_of_the_time
from app.words import WORD, content_words
from ingest.embedding import Vectors
from ingest.index import Index

RRF_K = 60
DEPTH = 100
"""Passages that each search contributes."""
DEEPER = 400
"""The same where a passage must name a time within a range: most don't."""
TOLD_BEFORE = 8
"""Passages of the articles that earlier turns were answered from."""
_ALL = 10**6


def retrieve(question: Question, index: Index, *, limit: int, names: Sequence[str] = ()) -> tuple[Hit, ...]:
    """The `limit` passages that fit the question best, best first.

    names: every name of the actors in the question; those that it does not use are searched for as well. With `question.as_of`, only articles known
    to be published by then; with `question.scope`, only passages that lie in it.
    """
    scope = question.scope
    timed = scope.event_from is not None or scope.event_until is not None
    found = _found(question, index, names, depth=DEEPER if timed else DEPTH)
    hits = [hit for hit in _hits(found, index) if not timed or tells_of_the_time(scope, hit)]
    return tuple(ranked(question, hits, found, names)[:limit])


def _found(question: Question, index: Index, names: Sequence[str], *, depth: int) -> dict[str, Found]:
    """Where the nearest passages and those with the best words stand, `depth` of each at most, by id."""
    among = passages_in(question.scope, index)
    vector = index.embed([question.text])
    dense = index.search_vectors(vector, limit=depth, until=question.as_of, among=among)
    lexical = _with_the_words(words_query(question.text, names), question, index, among=among, depth=depth)
    if question.told_in:
        dense += _told_before(question, vector, index, among)
    near = {passage_id: rank for rank, passage_id in enumerate(dict.fromkeys(passage_id for passage_id, _ in dense))}
    worded = {passage_id: rank for rank, passage_id in enumerate(lexical)}
    fused = fuse((list(near), lexical))
    return {one: Found(near.get(one), worded.get(one), score) for one, score in fused.items()}


def _told_before(question: Question, vector: Vectors, index: Index, among: Sequence[str] | None) -> list[tuple[str, float]]:
    """The nearest passages of the articles that earlier turns were answered from, which a follow-up that names nothing does not find by itself."""
    inside = {passage.id for article in question.told_in for passage in index.ledger.passages_of(article)}
    return index.search_vectors(vector, limit=TOLD_BEFORE, until=question.as_of, among=sorted(inside if among is None else inside & set(among)))


def _with_the_words(query: str, question: Question, index: Index, *, among: Sequence[str] | None, depth: int) -> list[str]:
    if not query:
        return []
    if among is None:
        return index.search_words(query, limit=depth, until=question.as_of)
    allowed = frozenset(among)
    lexical = (passage_id for passage_id in index.search_words(query, limit=_ALL, until=question.as_of) if passage_id in allowed)
    return list(islice(lexical, depth))


def _hits(found: Mapping[str, Found], index: Index) -> list[Hit]:
    """The passages that are still there, with their articles."""
    passages = index.passages(list(found))
    articles = {article_id: index.article(article_id) for article_id in {passage.article_id for passage in passages.values()}}
    return [Hit(passage, article, found[passage.id].fused) for passage in passages.values() if (article := articles[passage.article_id])]


def fuse(rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """Reciprocal rank fusion: for each id the sum over rankings of 1 / (RRF_K + rank), ranks from 1."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1.0 / (RRF_K + rank)
    return scores


def words_query(text: str, other_names: Sequence[str] = ()) -> str:
    """An FTS5 query that matches any content word of `text` or any of the names as a phrase; every term is quoted, so none is an operator."""
    terms = dict.fromkeys([*content_words(text), *(" ".join(WORD.findall(name)).lower() for name in other_names)])
    return " OR ".join('"' + term.replace('"', " ") + '"' for term in terms if term.strip())
