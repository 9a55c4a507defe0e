"""ask(): the one function that chat, command line and evaluation share, and the one place where the stations of an answer are put together.

understand → retrieve → compose → check every quote.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.composing import compose
from app.nouns import Answer, Question
from app.quotes import checked
from app.retrieval import retrieve
from app.understanding import understand
from ingest.embedding import load_embedder
from ingest.index import Index

HITS = 20
"""Passages that an answer is made from and that it hands on."""


def open_index(folder: Path) -> Index:
    """The index in `folder` with the embedder of this installation. Raises IndexMissingError, IndexDamagedError, WrongEmbedderError."""
    return Index(folder, load_embedder())


def ask(text: str, index: Index, *, history: Sequence[str] = (), as_of: date | None = None) -> Answer:
    """The answer to `text`, every quote in it checked against its article.

    history: the user's earlier turns, oldest first; a follow-up is read against them. as_of: only what had been published by then counts.
    Raises IndexMissingError where the index holds nothing and IndexDamagedError where it cannot be searched.
    """
    question: Question = understand(text, history=history, as_of=as_of)
    hits = retrieve(question, index, limit=HITS)
    return checked(compose(question, hits, index))
