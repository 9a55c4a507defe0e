"""Passages: whole sentences, exact offsets, ids that are the same tomorrow.

python -m pytest tests/test_passages.py
"""

from dataclasses import replace
from datetime import date

from conftest import BANK, HARBOUR, MINISTRY
from hypothesis import given
from hypothesis import strategies as st

from ingest.nouns import Article
from ingest.passages import FRAGMENT, TARGET, heading, split
from ingest.sentences import sentence_spans


def article(text: str, **changes: object) -> Article:
    plain = Article(
        id="0" * 16, path="a.md", paths=("a.md",), form="text", title="A title", text=text, status="kept", reason="", url=None, publisher=None,
        author=None, published=date(2023, 5, 8), filed_under=("Gray Heron",), origin="0" * 16,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


@given(st.text(alphabet=st.sampled_from("abc A.!?\n "), max_size=3000))
def test_every_passage_is_the_text_at_its_offsets(text: str) -> None:
    source = article(text)
    for passage in split(source):
        assert source.text[passage.start : passage.end] == passage.text


def test_passages_hold_whole_sentences_each_once() -> None:
    text = (HARBOUR + BANK + MINISTRY) * 3
    ends = {end for _, end in sentence_spans(text)}
    starts = {start for start, _ in sentence_spans(text)}
    passages = split(article(text))
    assert len(passages) > 3
    assert all(passage.start in starts and passage.end in ends for passage in passages)
    assert " ".join(" ".join(passage.text.split()) for passage in passages) == " ".join(text.split())


def test_passages_stay_short_and_none_is_a_fragment() -> None:
    passages = split(article((HARBOUR + BANK + MINISTRY) * 5))
    assert all(len(passage.text) <= TARGET + FRAGMENT for passage in passages)
    assert all(len(passage.text) >= FRAGMENT for passage in passages)


def test_ids_are_deterministic_and_differ_where_the_embedded_words_differ() -> None:
    source = article(HARBOUR)
    assert split(source) == split(article(HARBOUR))
    dated_otherwise = replace(source, published=date(2023, 5, 9))
    assert {passage.id for passage in split(source)}.isdisjoint(passage.id for passage in split(dated_otherwise))


def test_the_same_paragraph_in_two_articles_has_two_ids() -> None:
    first, second = article(HARBOUR), article(HARBOUR, id="1" * 16)
    assert {passage.id for passage in split(first)}.isdisjoint(passage.id for passage in split(second))


def test_the_heading_tells_title_names_and_date() -> None:
    assert heading(article("x")) == "A title. Gray Heron. 08 May 2023"
    assert heading(article("x", published=None, filed_under=())) == "A title"


def test_no_text_makes_no_passage() -> None:
    assert split(article("")) == ()
    assert split(article(" \n ")) == ()
