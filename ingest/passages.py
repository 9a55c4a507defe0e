"""An article as passages: runs of whole sentences that are short enough to embed and long enough to be understood."""

from collections.abc import Iterator
from hashlib import blake2b

from ingest.nouns import Article, Passage
from ingest.sentences import sentence_spans

TARGET = 800
"""Characters of a passage. MiniLM reads 256 tokens; 800 characters and the heading are about 220 in this corpus."""
FRAGMENT = 120
"""A last passage shorter than this is joined to the one before it, which may then exceed TARGET by as much."""

NAMES = 4
"""Names of actors that are embedded with a passage; a page filed under six actors would otherwise be mostly names."""


def heading(article: Article) -> str:
    """The words that are embedded before each passage: title, the actors it was filed under, publication date."""
    names = ", ".join(article.filed_under[:NAMES])
    parts = (article.title, names, f"{article.published:%d %B %Y}" if article.published else "")
    return ". ".join(part for part in parts if part)


def split(article: Article) -> tuple[Passage, ...]:
    """The passages of `article`, in order, without overlap: together they hold every sentence once, and `text[start:end]` is exact.

    The id is made from the article, the span and the heading, so that a passage whose embedding would change has another id.
    """
    context = heading(article)
    return tuple(
        Passage(_passage_id(article.id, start, end, context), article.id, start, end, article.text[start:end])
        for start, end in _packed(list(sentence_spans(article.text)))
    )


def _packed(sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Joins neighbouring sentences up to TARGET characters."""
    runs: list[tuple[int, int]] = []
    for start, end in sentences:
        if runs and end - runs[-1][0] <= TARGET:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    if len(runs) > 1 and runs[-1][1] - runs[-1][0] < FRAGMENT:
        last = runs.pop()
        runs[-1] = (runs[-1][0], last[1])
    yield from runs


def _passage_id(article_id: str, start: int, end: int, context: str) -> str:
    return blake2b(f"{article_id}\0{start}\0{end}\0{context}".encode(), digest_size=8).hexdigest()
