"""Long sentences shortened for reading: `pytest tests/test_clipping.py`."""

import pytest

from app.clipping import ELLIPSIS, clipped

LONG = (
    "On Monday, after weeks of silence, the port of Lysefjord said that Gray Heron, a crew of extortionists from the north, had taken its booking system, "
    "which holds the names of two thousand sailors, and that it would not pay."
)


def around(words: str, most: int) -> str:
    at = LONG.index(words)
    return clipped(LONG, at, at + len(words), most=most)


def test_a_short_sentence_stays_whole() -> None:
    assert clipped("Gray Heron  did\nit.", 0, 10, most=20) == "Gray Heron did it."


@pytest.mark.parametrize("words", ["Gray Heron", "Monday", "two thousand sailors", "would not pay", "silence, the port"])
@pytest.mark.parametrize("most", [5, 10, 20, 30])
def test_the_words_that_matter_are_kept_and_everything_shown_is_verbatim(words: str, most: int) -> None:
    short = around(words, most)
    assert words in short
    assert short.replace(ELLIPSIS, "").strip() in " ".join(LONG.split())
    assert len(short.split()) < len(LONG.split())


def test_what_is_left_out_is_marked_at_the_end_where_it_is_missing() -> None:
    assert around("Monday", 8) == "On Monday, after weeks of silence …"
    assert around("would not pay", 8) == "… and that it would not pay."


def test_a_sentence_without_commas_is_not_cut() -> None:
    text = "word " * 60 + "end."
    assert clipped(text, 0, 4, most=20) == " ".join(text.split())


def test_of_sentences_that_a_page_glued_together_only_the_one_that_matters_is_shown() -> None:
    glued = "The port is closed.Gray Heron was behind it, the police said.Trains run as usual."
    at = glued.index("Gray Heron")
    assert clipped(glued, at, at + 10, most=30) == "Gray Heron was behind it, the police said."
