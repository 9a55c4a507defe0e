"""Sentences: exact offsets, and no break where a reader sees none.

python -m pytest tests/test_sentences.py
"""

from itertools import pairwise

import pytest
from conftest import sentences
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import LONGEST, sentence_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The loader calls evil[.]com first. Then it waits.", ["The loader calls evil[.]com first.", "Then it waits."]),
        ("The U.S. Treasury named them. They denied it.", ["The U.S. Treasury named them.", "They denied it."]),
        ("Version 1.2.3 was hit. Version 1.2.4 was not.", ["Version 1.2.3 was hit.", "Version 1.2.4 was not."]),
        ("Acme Inc. Chief Ann Lee spoke.", ["Acme Inc. Chief Ann Lee spoke."]),
        ("It hit Acme Inc. The firm paid.", ["It hit Acme Inc.", "The firm paid."]),
        ("Officials in the U.S. The thieves left.", ["Officials in the U.S.", "The thieves left."]),
        ("Who did it? Nobody knows!", ["Who did it?", "Nobody knows!"]),
        ("“We were hit.” The mayor left.", ["“We were hit.”", "The mayor left."]),
        ("John F. Kennedy spoke on Jan. 5 about it.", ["John F. Kennedy spoke on Jan. 5 about it."]),
        ("A line\nAnother line", ["A line", "Another line"]),
        ("Yahoo! was hit. It said so.", ["Yahoo! was hit.", "It said so."]),
        ("It ran svchost.exe. Nothing else.", ["It ran svchost.exe.", "Nothing else."]),
        ("   ", []),
    ],
)
def test_breaks_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from("ab A.!?\n\"'[]1 "), max_size=300))
def test_no_word_is_lost_or_told_twice(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_a_run_without_any_end_is_cut_at_spaces() -> None:
    text = "indicator " * 300
    pieces = sentences(text)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert " ".join(pieces) == text.strip()


def test_one_word_longer_than_the_limit_is_cut_and_kept() -> None:
    assert "".join(sentences("x" * 2000)) == "x" * 2000
