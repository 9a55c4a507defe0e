"""Lists and counts out of the claims ledger: `pytest tests/test_from_claims.py`."""

from datetime import date

import pytest
from toy_claims import MakeIndex, card, make_index, story

from app.asking import ask
from ingest.index import Index

__all__ = ["make_index"]
FILES = {
    "cards/heron.md": card("Gray Heron (Kestrel Labs)", "Slate Egret (Marten Security)"),
    "a.md": story("Bank robbed", "Gray Heron attacked Northwind Bank on 3 May 2023, Kestrel Labs said."),
    "b.md": story("Port closed", "Slate Egret attacked the port of Lysefjord in June 2022, Harbour Police said.", published="2022-07-01"),
    "c.md": story("Bank robbed, a rival says", "Gray Heron attacked Northwind Bank in May 2023.", published="2023-06-20"),
    "d.md": story("Not us", "Gray Heron denied attacking Tern Airlines, Kestrel Labs said."),
    "e.md": story("Others", "Paper Lantern attacked Otter Mills on 4 May 2023, Kestrel Labs said."),
}


FILES_OF_ONE = {"cards/heron.md": card("Gray Heron (Kestrel Labs)")}


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    return make_index(FILES)


@pytest.mark.parametrize(
    "question", ["Whom has Gray Heron attacked?", "List the victims of Slate Egret.", "How many organisations did Gray Heron attack?"]
)
def test_whom_an_actor_attacked_is_listed_once_each_under_any_of_its_names_and_every_row_is_cited(index: Index, question: str) -> None:
    answer = ask(question, index)
    assert answer.status == "answered"
    assert answer.statements[0].text.startswith("2 attacks by ")
    assert "Northwind Bank (on 3 May 2023)" in answer.statements[0].text
    assert "port of Lysefjord" in answer.statements[0].text
    assert "Tern Airlines" not in answer.text, "what is denied is no attack"
    assert [statement.citations for statement in answer.statements] == [(1, 2), (1,), (2,)]
    assert all(citation.article.text[citation.start : citation.end] == citation.quote for citation in answer.citations)
    assert {claim.victim for claim in answer.claims} == {"Northwind Bank", "the port of Lysefjord"}


def test_a_list_as_of_a_day_knows_only_what_had_been_published(index: Index) -> None:
    answer = ask("Whom has Gray Heron attacked?", index, as_of=date(2022, 12, 31))
    assert "Northwind" not in answer.text


@pytest.mark.parametrize(
    "question", ["When did Gray Heron attack Northwind Bank?", "Whom did Gray Heron attack in Lysefjord?", "Who attacked Otter Mills?"]
)
def test_a_question_about_one_event_is_answered_from_passages(index: Index, question: str) -> None:
    assert not ask(question, index).text.startswith("2 attacks")


def test_an_answer_from_passages_carries_the_claims_that_it_cites(index: Index) -> None:
    answer = ask("Who attacked Otter Mills on 4 May 2023?", index)
    assert answer.citations
    assert {claim.victim for claim in answer.claims} <= {"Otter Mills"}


def test_a_question_for_victims_of_one_kind_is_left_to_the_passages(index: Index) -> None:
    assert not ask("Which two breweries of the north did Gray Heron attack?", index).statements[0].text.startswith("2 attacks by ")


def test_two_who_are_blamed_in_one_article_are_both_told(make_index: MakeIndex) -> None:
    told = "Kestrel Labs said that Gray Heron attacked Northwind Bank. Marten Security said that Slate Egret attacked Northwind Bank."
    answer = ask(
        "Who attacked Northwind Bank?",
        make_index({"cards/e.md": card("Slate Egret (Marten Security)"), **FILES_OF_ONE, "x.md": story("Bank robbed", told)}),
    )
    assert answer.status == "disputed"
    assert "Gray Heron" in answer.statements[0].text
    assert "Slate Egret" in answer.statements[0].text
