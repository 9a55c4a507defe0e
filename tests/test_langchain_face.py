"""LangChain: the retriever's documents point at the article's words, the runnable is `ask`, and the documented example runs.

python -m pytest tests/test_langchain_face.py
"""

import re
from datetime import date
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

from app.asking import ask
from app.langchain_face import WhodunitRetriever, whodunit_runnable
from app.saying import answer_json
from app.searching import search
from ingest.errors import WhodunitError
from ingest.index import Index

QUESTION = "Who broke into the cargo system of Lysefjord's port?"
DOCS = Path(__file__).parent.parent / "docs" / "integrations.md"


def python_blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", page, re.S | re.M)


def test_documents_are_passages_with_the_place_they_stand_at(small_index: Index) -> None:
    documents = WhodunitRetriever(index=small_index, k=2).invoke(QUESTION)
    assert len(documents) == 2
    assert [document.id for document in documents] == [hit.passage.id for hit in search(QUESTION, small_index, limit=2)]
    articles = {article.path: article for article in small_index.ledger.articles()}
    for document in documents:
        facts = document.metadata
        article = articles[facts["article"]]
        assert article.text[facts["start"] : facts["end"]] == document.page_content
        assert (facts["title"], facts["url"], facts["published"]) == (article.title, article.url, str(article.published))
    assert documents[0].metadata["article"] == "Gray Heron/harbour.md"
    assert documents[0].metadata["score"] >= documents[1].metadata["score"]


def test_the_retriever_keeps_to_what_had_been_published(small_index: Index) -> None:
    documents = WhodunitRetriever(index=small_index, as_of=date(2022, 1, 1)).invoke(QUESTION)
    assert {document.metadata["article"] for document in documents} == {"Unknown/ministry.md"}


def test_the_retriever_works_inside_a_chain_and_asynchronously(small_index: Index) -> None:
    import asyncio

    def titles(documents: list[Document]) -> list[str]:
        return [document.metadata["title"] for document in documents]

    chain = WhodunitRetriever(index=small_index, k=1) | RunnableLambda(titles)
    assert asyncio.run(chain.ainvoke(QUESTION)) == chain.invoke(QUESTION) == ["Harbour of Lysefjord closed after intrusion"]


def test_the_runnable_is_ask(small_index: Index) -> None:
    runnable = whodunit_runnable(small_index)
    assert runnable.invoke(QUESTION) == answer_json(ask(QUESTION, small_index))
    asked = {"question": "And when was that?", "history": [QUESTION], "as_of": "2024-01-31"}
    assert runnable.invoke(asked) == answer_json(ask("And when was that?", small_index, history=[QUESTION], as_of=date(2024, 1, 31)))


@pytest.mark.parametrize("asked", [{}, {"question": 3}, {"question": "Who?", "history": "Whom?"}, {"question": "Who?", "as_of": "yesterday"}])
def test_what_cannot_be_asked_is_refused_in_one_clear_line(small_index: Index, asked: dict[str, object]) -> None:
    with pytest.raises(WhodunitError, match="YYYY-MM-DD"):
        whodunit_runnable(small_index).invoke(asked)


def test_the_documented_example_runs(small_index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    block = next(block for block in python_blocks(DOCS.read_text(encoding="utf-8")) if "WhodunitRetriever" in block)
    monkeypatch.setattr("app.asking.open_index", lambda folder: small_index)
    exec(compile(block, str(DOCS), "exec"), {})
    assert "Harbour of Lysefjord closed after intrusion" in capsys.readouterr().out
