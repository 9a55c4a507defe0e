"""Whodunit inside other people's LangChain chains: a retriever of its passages and a runnable of `ask`.

Nothing of Whodunit itself goes through here. Page contents are article text, and untrusted: a chain that puts them before a model must say so to it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict, Field

from app.asking import ask
from app.nouns import Hit
from app.saying import answer_json, hit_json
from app.searching import day, search
from ingest.errors import WhodunitError
from ingest.index import Index


class WhodunitRetriever(BaseRetriever):
    """Passages as Documents, best first. k: how many. as_of: only what had been published by that day.

    Metadata: article (path relative to the ingested folder), title, publisher, published (ISO day or None), url, start and end (offsets of the page
    content in the article's text) and score (comparable within one query only). A document's id is its passage's.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = Field(default=8, ge=1)
    as_of: date | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in search(query, self.index, limit=self.k, as_of=self.as_of)]


def whodunit_runnable(index: Index) -> Runnable[str | dict[str, Any], dict[str, Any]]:
    """`ask` as a Runnable: takes a question, or {"question", "history", "as_of"}, and gives the Answer as `whodunit ask --json` prints it.

    Raises WhodunitError where the input is neither, and whatever `ask` raises.
    """

    def answer(asked: str | dict[str, Any]) -> dict[str, Any]:
        question, history, as_of = _asked(asked)
        return answer_json(ask(question, index, history=history, as_of=as_of))

    return RunnableLambda(answer, name="whodunit")


def _asked(asked: str | Mapping[str, Any]) -> tuple[str, list[str], date | None]:
    if isinstance(asked, str):
        return asked, [], None
    question, history, as_of = asked.get("question"), asked.get("history") or [], asked.get("as_of")
    if isinstance(history, str) or not isinstance(question, str) or not all(isinstance(turn, str) for turn in history):
        raise WhodunitError('Ask with a question, or with {"question": text, "history": [texts], "as_of": "YYYY-MM-DD"}.')
    return question, list(history), day(as_of)


def _document(hit: Hit) -> Document:
    return Document(id=hit.passage.id, page_content=hit.passage.text, metadata=hit_json(hit))
