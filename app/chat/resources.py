"""What all sessions of the page share: the open index, what it holds in numbers, and the example questions."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import streamlit as st

from app.asking import ask, open_index
from app.chat.article_list import Line, line_of
from app.chat.conversations import Conversations
from app.chat.sign_in import user
from app.chat.starters import Starter, starters
from app.chat.writer_job import Writer
from ingest.errors import WhodunitError
from ingest.index import Index


def index_folder() -> Path:
    """The folder of the index, from WHODUNIT_INDEX as `whodunit chat` sets it."""
    return Path(os.environ.get("WHODUNIT_INDEX") or ".whodunit").resolve()


@st.cache_resource(show_spinner=False)
def opened(folder: str) -> Index:
    """The index, opened once for all sessions. Raises what `open_index` raises; a failure is not remembered."""
    return open_index(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=4)
def holdings(folder: str, publication: str) -> Mapping[str, int]:
    """Counts of the index, and the first and last year of publication; counted again when something was published."""
    ledger = opened(folder).ledger
    years = [article.published.year for article in ledger.articles(status="kept") if article.published]
    publishers = {article.publisher for article in ledger.articles(status="kept") if article.publisher}
    return {**ledger.counts(), "first": min(years, default=0), "last": max(years, default=0), "publishers": len(publishers)}


@st.cache_resource(show_spinner=False, max_entries=4)
def example_questions(folder: str, publication: str) -> tuple[Starter, ...]:
    """Six questions that this index answers."""
    index = opened(folder)
    return starters(list(index.ledger.articles(status="kept")), lambda text: ask(text, index))


def article_lines(folder: str) -> tuple[Line, ...]:
    """All articles, quarantined ones too, without their texts; read again whenever the ledger has changed."""
    index = opened(folder)
    # What is only quarantined changes no passage and is not published, so the counts tell of it.
    return _article_lines(folder, f"{index.publication} {sorted(index.ledger.counts().items())}")


@st.cache_resource(show_spinner=False, max_entries=2)
def _article_lines(folder: str, state: str) -> tuple[Line, ...]:
    return tuple(map(line_of, opened(folder).ledger.articles()))


def writer() -> Writer:
    """The one writer of this server to the index, which all sessions share."""
    return _writer(str(index_folder()))


@st.cache_resource(show_spinner=False)
def _writer(folder: str) -> Writer:
    return Writer(Path(folder), after=lambda: warm(folder))


def warm(folder: str) -> None:
    """Opens the index for the pages, reads its claims and tries out the example questions. What is wrong with it the pages say themselves."""
    with suppress(WhodunitError):
        index = opened(folder)
        index.claims()
        example_questions(folder, index.publication)


def conversations() -> Conversations:
    """The conversations of who is signed in, kept beside the index. Raises IndexDamagedError where their file cannot be used."""
    return _conversations(str(index_folder()), user())


@st.cache_resource(show_spinner=False)
def _conversations(folder: str, owner: str) -> Conversations:
    return Conversations(Path(folder), owner=owner)
