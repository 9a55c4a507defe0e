"""Origins: one text told again is one source; two accounts of one event are two.

python -m pytest tests/test_origins.py
"""

import random

from ingest.origins import group, signature

WORDS = [
    a + b
    for a in ("har", "cra", "fer", "lig", "net", "gul", "tid", "rop", "sal", "fog")
    for b in ("bour", "nes", "ry", "ht", "work", "ls", "es", "t", "mark", "wind")
]


def article(seed: int, words: int = 300) -> str:
    """Words without meaning, the same for the same seed."""
    choose = random.Random(seed)
    return " ".join(choose.choice(WORDS) for _ in range(words))


def test_a_reprint_has_the_origin_of_the_smallest_id() -> None:
    text = article(1)
    assert group({"b": signature(text), "a": signature("Reprinted. " + text), "c": signature(article(2))}) == {"a": "a", "b": "a", "c": "c"}


def test_an_update_and_a_shortened_copy_belong_to_it() -> None:
    text = article(1)
    got = group({"1": signature(text), "2": signature(text + " " + article(3, 80)), "3": signature(" ".join(text.split()[:150]))})
    assert set(got.values()) == {"1"}


def test_two_accounts_of_one_event_stay_apart() -> None:
    quote = article(9, 60)
    assert len(set(group({"1": signature(article(1) + " " + quote), "2": signature(article(2) + " " + quote)}).values())) == 2


def test_a_compilation_does_not_tie_its_parts_together() -> None:
    parts = [article(n, 150) for n in range(5)]
    ids = {str(n): signature(text) for n, text in enumerate(parts)} | {"all": signature(" ".join(parts))}
    assert len(set(group(ids).values())) == 6


def test_case_and_punctuation_do_not_count() -> None:
    text = article(1)
    assert signature(text.upper().replace(" ", ", ")) == signature(text)


def test_short_and_empty_texts_are_their_own_origin() -> None:
    assert group({"a": signature(""), "b": signature(""), "c": signature("too short to tell"), "d": signature("too short to tell")}) == {
        x: x for x in "abcd"
    }
    assert group({}) == {}


def test_signatures_are_the_same_everywhere_and_small() -> None:
    mark = signature(article(1))
    assert mark[:8].hex() == signature(article(1))[:8].hex()
    assert len(mark) < 4 * 300 / 2


def test_many_copies_are_one_group() -> None:
    mark = signature(article(1))
    assert set(group({f"{n:03}": mark for n in range(200)}).values()) == {"000"}
