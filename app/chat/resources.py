"""What all sessions of the page share: the open index, what it holds in numbers, and the example questions."""

import os
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from app.asking import ask, open_index
from app.chat.conversations import Conversations
from app.chat.starters import Starter, starters
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


def conversations() -> Conversations:
    """The conversations kept beside the index. Raises IndexDamagedError where their file cannot be used."""
    return _conversations(str(index_folder()))


@st.cache_resource(show_spinner=False)
def _conversations(folder: str) -> Conversations:
    return Conversations(Path(folder))
