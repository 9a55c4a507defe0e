"""A question answered in a thread of its own: stopped, nothing is kept; kept, it is whole; asked twice, it is answered once.

python -m pytest tests/test_answering.py
"""

import threading
from collections.abc import Callable

import pytest

from app.chat.answering import Answering, Answers, Pending, Stopped, told
from app.chat.turns import Limits, ShownAnswer, Turn
from app.nouns import Answer, Question
from ingest.errors import IndexDamagedError

ANSWER = ShownAnswer("answered", (), (), (), (), 0, 0.0)


def waiting(turn_id: str = "aaaaaaaaaaaa") -> Pending:
    return Pending("cccccccccccc", turn_id, "Who did it?", Limits())


def answering(work: Callable[[Answering], Turn], kept: list[Turn], *, turn_id: str = "aaaaaaaaaaaa") -> Answering:
    return Answering(waiting(turn_id), work, kept.append)


def turn_of(one: Answering) -> Turn:
    return Turn(one.waiting.turn_id, one.waiting.question, ANSWER)


def test_an_answer_is_kept_once_it_is_whole() -> None:
    kept: list[Turn] = []
    one = Answers().start(answering(turn_of, kept))
    assert one.is_over(within=5)
    assert kept == [one.turn] == [turn_of(one)]


def test_what_was_stopped_is_not_kept_when_it_comes() -> None:
    kept: list[Turn] = []
    go_on = threading.Event()

    def slow(one: Answering) -> Turn:
        go_on.wait(5)
        return turn_of(one)

    one = Answers().start(answering(slow, kept))
    assert one.stop()
    go_on.set()
    assert one.is_over(within=5)
    assert (kept, one.turn, one.error) == ([], None, None)


def test_a_stop_that_comes_after_the_answer_was_kept_says_so() -> None:
    one = Answers().start(answering(turn_of, []))
    assert one.is_over(within=5)
    assert not one.stop()
    assert one.turn


def test_a_language_model_is_left_at_its_next_statement_once_stopped() -> None:
    said: list[str] = []
    stopped = threading.Event()

    def speaks(one: Answering) -> Turn:
        question = Question("Who did it?", "Who did it?")
        one.says(Answer(question, "answered", ()))
        said.append("first")
        stopped.wait(5)
        one.says(Answer(question, "answered", ()))
        said.append("second")
        return turn_of(one)

    kept: list[Turn] = []
    one = Answers().start(answering(speaks, kept))
    one.stop()
    stopped.set()
    assert one.is_over(within=5)
    assert "second" not in said
    assert kept == []


def test_the_same_turn_is_answered_once_however_often_it_is_started() -> None:
    answers, kept, go_on = Answers(), list[Turn](), threading.Event()

    def slow(one: Answering) -> Turn:
        go_on.wait(5)
        return turn_of(one)

    first = answers.start(answering(slow, kept))
    assert answers.start(answering(slow, kept)) is first
    assert answers.in_conversation("cccccccccccc") is first
    assert answers.in_conversation("dddddddddddd") is None
    go_on.set()
    assert first.is_over(within=5)
    assert len(kept) == 1


def test_an_error_meant_for_users_is_told_and_any_other_is_raised() -> None:
    def broken(_: Answering) -> Turn:
        raise IndexDamagedError("The index is damaged.")

    one = Answers().start(answering(broken, []))
    assert one.is_over(within=5)
    assert one.error
    assert told(one.error) == "The index is damaged."
    with pytest.raises(KeyError):
        told(KeyError("a fault"))


def test_stopped_is_not_taken_for_an_error() -> None:
    def leaves(_: Answering) -> Turn:
        raise Stopped

    one = Answers().start(answering(leaves, []))
    assert one.is_over(within=5)
    assert one.error is None
