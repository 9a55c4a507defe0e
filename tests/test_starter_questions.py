"""python -m pytest tests/test_starter_questions.py: every question of evals/starter.jsonl can be decided from the starter corpus.

It reads the set and the articles, asks nothing and loads no model; whether the product answers the questions is for `whodunit eval`.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from evals.matching import stated, states
from evals.sets import read_set

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "corpus" / "articles"
QUESTIONS = read_set(ROOT / "evals" / "starter.jsonl").questions
ANSWERABLE = tuple(question for question in QUESTIONS if question.answerable)

FEWEST = {
    "attacker": 28,
    "victim": 28,
    "when": 28,
    "detail": 28,
    "source": 12,
    "disputed": 12,
    "unattributed": 12,
    "alias": 12,
    "list": 12,
    "unanswerable": 25,
    "followup": 15,
}
PUBLISHED = re.compile(r"^\*\*Published\*\*: (\S+)$", re.M)
LITERAL = {"attacker", "victim", "source", "detail", "list"}
"""Types whose facts are names or figures that the gold quotes themselves hold; the others are dates to work out or ways to say no."""


@cache
def article(path: str) -> str:
    return " ".join((ARTICLES / path).read_text(encoding="utf-8").split())


def test_the_set_has_two_hundred_and_ten_questions_and_enough_of_every_type() -> None:
    counts = Counter(question.type for question in QUESTIONS)
    assert len(QUESTIONS) >= 210
    assert set(counts) == set(FEWEST)
    assert not {kind: counts[kind] for kind, fewest in FEWEST.items() if counts[kind] < fewest}


def test_no_wording_is_asked_twice() -> None:
    asked = Counter(
        " ".join([*question.history, text]).casefold() for question in QUESTIONS for text in (question.question, question.paraphrase or "")
    )
    assert not [text for text, count in asked.items() if count > 1]


def test_every_article_is_asked_about() -> None:
    summaries = {
        path.relative_to(ARTICLES).as_posix() for path in ARTICLES.rglob("*.md") if path.read_text(encoding="utf-8").startswith("# Reference")
    }
    assert not summaries - {path for question in QUESTIONS for path in question.docs}


def test_a_question_keeps_the_form_of_its_type() -> None:
    for question in QUESTIONS:
        assert question.paraphrase, f"{question.id}: no paraphrase"
        assert bool(question.history) == (question.type == "followup"), f"{question.id}: only follow-ups have earlier turns"
        assert question.answerable == (question.type != "unanswerable"), question.id
        assert bool(question.docs) == bool(question.quotes) == question.answerable, (
            f"{question.id}: articles and quotes stand where there is an answer"
        )
        assert question.type != "when" or question.date, f"{question.id}: no date"


def test_quotes_stand_word_for_word_in_articles_that_answer() -> None:
    for question in ANSWERABLE:
        assert len(set(question.docs)) == len(question.docs), f"{question.id}: an article stands there twice"
        assert all((ARTICLES / path).is_file() for path in question.docs), question.id
        assert {quote.article for quote in question.quotes} <= set(question.docs), question.id
        assert not [quote.text for quote in question.quotes if quote.text not in article(quote.article)], question.id


def test_names_and_figures_stand_in_the_gold_quotes() -> None:
    for question in ANSWERABLE:
        if question.type in LITERAL:
            quotes = [quote.text for quote in question.quotes]
            assert not [fact[0] for fact in question.facts if not any(states(quote, fact) for quote in quotes)], question.id


def test_no_wrong_string_spoils_a_right_answer() -> None:
    for question in ANSWERABLE:
        spellings = [spelling for fact in question.facts for spelling in fact]
        for wrong in question.wrong:
            clashes = [spelling for spelling in spellings if states(spelling, (wrong,)) or states(wrong, (spelling,))]
            assert not clashes, f"{question.id}: {wrong} is a fact too"
            assert not any(states(quote.text, (wrong,)) for quote in question.quotes), f"{question.id}: {wrong} stands in a gold quote"


def test_a_date_is_among_its_own_spellings_and_not_after_publication() -> None:
    for question in ANSWERABLE:
        if question.type == "when" and question.date is not None:
            assert stated(question.date, question.facts[0]), f"{question.id}: {question.date} is none of the fact's spellings"
            assert not stated(question.question, question.facts[0]), f"{question.id}: the question gives the date away"
            published = PUBLISHED.search((ARTICLES / question.docs[0]).read_text(encoding="utf-8"))
            assert published is None or question.date <= published[1], f"{question.id}: after the article was published"
