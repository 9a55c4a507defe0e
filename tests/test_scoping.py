"""What limits an answer: publishers, days of publication, actors under any name, words of a victim, times of the event; and nothing where nothing is set.

python -m pytest tests/test_scoping.py
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ARTICLES, reference, write_corpus

from app.asking import ask, find
from app.nouns import EVERYTHING, Scope
from ingest.index import Index
from ingest.store.narrowing import articles_with

QUESTION = "Who attacked whom, and who took records from Northwind, Lysefjord or the Ministry of Fisheries?"
UNDATED = """
A note without a day says that Cozy Bear had read the letters of the ferry line Sundfar for years before anybody looked at its mail server.
The ferry line Sundfar wrote to its passengers that Cozy Bear had taken nothing but letters, and that it had bought another server since.
The police of Sundfar said that the letters of the passengers had not been seen anywhere else, and that nobody had asked the ferry line for money.
"""


@pytest.fixture
def index(tmp_path: Path, run_ingest: Callable[..., object], toy_embedder: object) -> Index:
    """The three articles and one without a date, by another host, that names APT29 by another name."""
    files = {**ARTICLES, "x/ferry.md": reference("Letters of a ferry line", UNDATED, actor="Unknown", url="https://ferry.example/letters")}
    run_ingest(write_corpus(tmp_path / "corpus", files))
    return Index(tmp_path / "index", toy_embedder)  # type: ignore[arg-type]


def titles(index: Index, scope: Scope) -> set[str]:
    """Titles of the articles that are read within a scope."""
    return {hit.article.title for hit in find(QUESTION, index, scope=scope)[1]}


HARBOUR, BANK, MINISTRY, FERRY = (
    "Harbour of Lysefjord closed after intrusion", "Northwind Bank loses customer records", "Wiper hits Ministry of Fisheries", "Letters of a ferry line"
)  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "read"),
    [
        (Scope(publishers=("Ferry",)), {FERRY}),
        (Scope(publishers=("Example",)), {HARBOUR, BANK, MINISTRY}),
        (Scope(publishers=("Nobody",)), set()),
        (Scope(published_from=date(2022, 4, 20)), {HARBOUR, BANK}),
        (Scope(published_until=date(2022, 4, 20)), {BANK, MINISTRY}),
        (Scope(published_from=date(2022, 1, 1), published_until=date(2022, 12, 31)), {BANK}),
        (Scope(actors=("Paper Lantern",)), {BANK}),
        (Scope(actors=("APT29",)), {FERRY}),
        (Scope(actors=("APT29", "Gray Heron")), {FERRY, HARBOUR}),
        (Scope(victims=("ministry of fisheries",)), {MINISTRY}),
        (Scope(victims=("!?",)), set()),
        (Scope(event_from=date(2021, 6, 1), event_until=date(2021, 6, 30)), {MINISTRY}),
        (Scope(event_from=date(2022, 2, 1)), {HARBOUR, BANK}),
        (Scope(actors=("Gray Heron",), publishers=("Ferry",)), set()),
    ],
)
def test_only_what_lies_in_the_scope_is_read(index: Index, scope: Scope, read: set[str]) -> None:
    assert titles(index, scope) == read


def test_without_a_scope_everything_is_read_in_the_same_order(index: Index) -> None:
    assert EVERYTHING.empty
    assert find(QUESTION, index, scope=Scope())[1] == find(QUESTION, index)[1]


def test_a_scope_and_a_day_limit_together(index: Index) -> None:
    read = {hit.article.title for hit in find(QUESTION, index, scope=Scope(publishers=("Example",)), as_of=date(2022, 1, 1))[1]}
    assert read == {MINISTRY}


def test_nothing_is_answered_from_outside_the_scope(index: Index) -> None:
    answer = ask("Who broke into the cargo system of Lysefjord?", index, scope=Scope(publishers=("Ferry",)))
    assert {citation.article.title for citation in answer.citations} <= {FERRY}
    assert answer.question.scope == Scope(publishers=("Ferry",))


def test_a_follow_up_is_read_within_the_scope_as_well(index: Index) -> None:
    scope = Scope(published_from=date(2022, 12, 31))
    answer = ask("When was that?", index, history=["Who broke into the cargo system of Lysefjord?"], scope=scope)
    assert {hit.article.title for hit in answer.hits} == {HARBOUR}


def test_a_filing_is_no_mention(index: Index) -> None:
    assert articles_with(index.ledger, ["Unknown"]) == set()


def test_an_operator_in_a_name_is_a_word(index: Index) -> None:
    for name in ('x" OR "port', "NEAR(port authority)", "title:*", "-", ""):
        titles(index, Scope(actors=(name,), victims=(name,)))
    assert replace(EVERYTHING, victims=('"',)).empty is False
