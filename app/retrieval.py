"""From a question to passages: nearest vectors and best words, fused by reciprocal rank.

Reciprocal rank fusion with k = 60: Cormack, Clarke and Buettcher, SIGIR 2009. Raw scores of the two searches are never mixed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

from app.nouns import Hit, Question
from ingest.index import Index

RRF_K = 60
DEPTH = 60
"""Passages that each search contributes."""
STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between both but by can could did do
    does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more
    most my no nor not of off on once only or other our out over own same she should so some such than that the their them then there these they
    this those through to too under until up us very was we were what when where which while who whom whose why will with would you your
    """.split()
)
_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def retrieve(question: Question, index: Index, *, limit: int, other_names: Sequence[str] = ()) -> tuple[Hit, ...]:
    """The `limit` passages that fit the question best, best first.

    other_names: further names of the actors in the question, searched for as well. With `question.as_of`, only articles known to be published
    by then.
    """
    vector = index.embed([question.text])
    dense = [passage_id for passage_id, _ in index.search_vectors(vector, limit=DEPTH, until=question.as_of)]
    query = words_query(question.text, other_names)
    lexical = index.search_words(query, limit=DEPTH, until=question.as_of) if query else []
    scores = fuse((dense, lexical))
    best = sorted(scores, key=lambda passage_id: (-scores[passage_id], passage_id))[:limit]
    passages = index.passages(best)
    articles = {article_id: index.article(article_id) for article_id in {passage.article_id for passage in passages.values()}}
    hits = []
    for passage_id in best:
        passage = passages.get(passage_id)
        article = articles[passage.article_id] if passage else None
        if passage and article:
            hits.append(Hit(passage, article, scores[passage_id]))
    return tuple(hits)


def fuse(rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """Reciprocal rank fusion: for each id the sum over rankings of 1 / (RRF_K + rank), ranks from 1."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1.0 / (RRF_K + rank)
    return scores


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning, lower-cased, in order."""
    return [word for word in (found.lower() for found in _WORD.findall(text)) if word not in STOPWORDS]


def stems(text: str) -> list[str]:
    """The content words of `text` without their endings, so that "Argentina's borders" and "border of Argentina" share both words."""
    return [_stem(word) for word in content_words(text)]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


def words_query(text: str, other_names: Sequence[str] = ()) -> str:
    """An FTS5 query that matches any content word of `text` or any of the names as a phrase; every term is quoted, so none is an operator."""
    terms = dict.fromkeys([*content_words(text), *(" ".join(_WORD.findall(name)).lower() for name in other_names)])
    return " OR ".join('"' + term.replace('"', " ") + '"' for term in terms if term.strip())
