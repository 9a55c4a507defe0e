"""ask(): an answer is verbatim, cited, and silent where the articles are.

python -m pytest tests/test_asking.py
"""

from dataclasses import replace
from datetime import date

import pytest
from conftest import ToyEmbedder

from app.asking import ask
from app.nouns import Answer, Citation, Question, Statement
from app.question_kinds import slot_of
from app.quotes import MARKER, QuoteError, checked
from app.retrieval import RRF_K, fuse, words_query
from app.selecting import _whole
from app.understanding import leans, names_something, thread
from ingest.errors import IndexMissingError
from ingest.index import Index
from ingest.store.ledger import create


def test_the_article_that_tells_of_the_event_comes_first(small_index: Index) -> None:
    answer = ask("Who broke into the cargo system of Lysefjord's port?", small_index)
    assert answer.hits[0].article.path == "Gray Heron/harbour.md"


def test_every_quote_is_the_article_at_its_offsets_and_every_marker_has_one(small_index: Index) -> None:
    answer = ask("Which gang took records of Northwind Bank accounts?", small_index)
    assert answer.status != "not_in_corpus"
    assert answer.citations
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote
    assert {int(number) for number in MARKER.findall(answer.text)} == {citation.number for citation in answer.citations}


def test_a_question_about_something_else_is_not_answered(small_index: Index) -> None:
    answer = ask("When does the zoo feed its penguins?", small_index)
    assert answer.status == "not_in_corpus"
    assert answer.citations == ()
    assert not MARKER.search(answer.text)


def test_as_of_hides_what_was_published_later(small_index: Index) -> None:
    question = "Which gang took records of Northwind Bank accounts?"
    assert all(
        hit.article.published <= date(2021, 12, 31) for hit in ask(question, small_index, as_of=date(2021, 12, 31)).hits if hit.article.published
    )
    assert {hit.article.path for hit in ask(question, small_index, as_of=date(2021, 12, 31)).hits} == {"Unknown/ministry.md"}


def test_a_follow_up_is_read_against_the_turn_before(small_index: Index) -> None:
    answer = ask("And when was that?", small_index, history=["Who broke into the cargo system of Lysefjord?"])
    assert answer.question.asked == "And when was that?"
    assert answer.hits[0].article.path == "Gray Heron/harbour.md"


def test_an_empty_index_says_so(tmp_path: object, toy_embedder: ToyEmbedder) -> None:
    create(tmp_path, embedder="toy", dimension=64)  # type: ignore[arg-type]
    with pytest.raises(IndexMissingError, match="holds no articles"):
        ask("Who?", Index(tmp_path, toy_embedder))  # type: ignore[arg-type]


def test_a_quote_that_is_not_verbatim_is_never_shown(small_index: Index) -> None:
    article = next(small_index.ledger.articles())
    wrong = Citation(1, article, 0, 10, "invented!!")
    answer = Answer(Question("q", "q"), "answered", (Statement("Something.", (1,)),), (wrong,))
    with pytest.raises(QuoteError):
        checked(answer)
    right = replace(wrong, quote=article.text[0:10])
    with pytest.raises(QuoteError):
        checked(replace(answer, citations=(right,), statements=(Statement("Something.", (1, 2)),)))
    assert checked(replace(answer, citations=(right,)))


def test_only_numbers_in_brackets_are_markers() -> None:
    assert MARKER.findall("It called evil[.]com [1] and [sic] 10[.]0[.]0[.]1 [23].") == ["1", "23"]


def test_ranks_are_fused_by_their_reciprocals() -> None:
    scores = fuse((["a", "b"], ["b", "c"]))
    assert scores["b"] == pytest.approx(1 / (RRF_K + 2) + 1 / (RRF_K + 1))
    assert scores["a"] == pytest.approx(1 / (RRF_K + 1))
    assert max(scores, key=lambda passage: scores[passage]) == "b"


@pytest.mark.parametrize("text", ['AND OR NOT "', "NEAR(a b)", "a* ^b {c}", "who:what", "'; DROP TABLE words; --", "()", ""])
def test_no_question_is_an_operator_of_the_word_search(small_index: Index, text: str) -> None:
    query = words_query(text)
    assert not query or isinstance(small_index.search_words(query, limit=3), list)


def test_a_defanged_address_is_found_by_its_words(small_index: Index) -> None:
    assert small_index.search_words(words_query("evil[.]com"), limit=3)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Who hacked Visma?", "attacker"),
        ("Which group broke into the ministry?", "attacker"),
        ("When was the port closed?", "when"),
        ("Whom did Paper Lantern attack?", "victim"),
        ("Which agency said that Gray Heron did it?", "source"),
        ("List the banks that were robbed.", "list"),
        ("How much was paid?", "detail"),
    ],
)
def test_the_slot_is_read_from_the_question(text: str, slot: str) -> None:
    assert slot_of(text) == slot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("And when was that?", True),
        ("How much did they want?", True),
        ("Was Russia involved?", True),
        ("who hacked visma", False),
        ("who attacked the company", True),
        ("who was hit by it", True),
        ("Who hacked Visma in 2018?", False),
    ],
)
def test_follow_ups_are_told_from_questions_that_stand_alone(text: str, expected: bool) -> None:
    assert leans(text, history=["Who hacked Uber?"]) is expected


def test_a_follow_up_goes_back_to_the_question_that_stood_alone_however_many_turns_ago() -> None:
    turns = [
        "Who hacked Uber?",
        "Who broke into the port of Lysefjord?",
        "When was that?",
        "What did they take?",
        "Who says so?",
        "Did they pay?",
        "How much?",
    ]
    assert thread("And whom else did they attack?", history=turns) == ("Who broke into the port of Lysefjord?", *turns[-4:])
    assert thread("Who robbed Northwind Bank?", history=turns) == ()
    assert thread("When was that?", history=turns[:2]) == ("Who broke into the port of Lysefjord?",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Gray Heron", True), ("on 3 May 2023", False), ("last Friday", False), ("A crew of extortionists", False), ("4.4 million dollars", False)],
)
def test_a_follow_up_is_about_names_that_answered_and_not_about_times_or_sums(words: str, expected: bool) -> None:
    assert names_something(words) is expected


def test_a_follow_up_finds_the_article_that_answered_before_although_it_names_nothing(small_index: Index) -> None:
    history = ["Who broke into the cargo system of Lysefjord?", "When was that?", "For how long was it closed?"]
    answer = ask("Who says so?", small_index, history=history)
    assert answer.question.text.startswith(history[0])
    assert "When was that?" not in answer.question.text
    assert answer.hits[0].article.path == "Gray Heron/harbour.md"


@pytest.mark.parametrize(
    ("text", "answer", "whole"),
    [
        ("The police (PST) said so.", "The police (PST", "The police (PST)"),
        ("Providers (MSPs, as they are called) were hit.", "Providers (MSPs,", "Providers"),
        ("Gray Heron (a crew) did it.", "Gray Heron (a crew) did", "Gray Heron (a crew) did"),
    ],
)
def test_an_answer_does_not_end_within_brackets(text: str, answer: str, whole: str) -> None:
    start, end = _whole(text, text.index(answer), text.index(answer) + len(answer))
    assert text[start:end] == whole
