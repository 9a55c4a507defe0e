"""Sentences that give the same answer: `pytest tests/test_replies.py`."""

from datetime import date

import pytest

from app.nouns import Question, Slot
from app.replies import answered_time, replies
from app.selecting import NOTHING, Candidate
from ingest.actors.actor_index import ActorIndex
from ingest.nouns import Actor, ActorName, Article

ACTORS = ActorIndex(
    [Actor("h", "Gray Heron", (ActorName("Gray Heron"), ActorName("TA9001")), None), Actor("l", "Paper Lantern", (ActorName("Paper Lantern"),), None)]
)


def candidate(text: str, answer: str, probability: float) -> Candidate:
    article = Article(text[:8], "a.md", ("a.md",), "text", "T", text, "kept", "", None, None, None, date(2021, 6, 18), (), "a")
    at = text.index(answer)
    return Candidate(article, 0, len(text), at, at + len(answer), NOTHING, probability)


def asked(slot: Slot) -> Question:
    return Question("?", "?", slot=slot)


def test_one_gang_under_two_names_outweighs_a_louder_one() -> None:
    told = [
        candidate("Paper Lantern robbed the bank.", "Paper Lantern", 0.4),
        candidate("Gray Heron robbed the bank.", "Gray Heron", 0.3),
        candidate("The bank was robbed by TA9001.", "TA9001", 0.2),
    ]
    best = replies(asked("attacker"), told, actors=ACTORS)[0]
    assert [one.answer for one in best.candidates] == ["Gray Heron", "TA9001"]
    assert best.probability == pytest.approx(0.5)
    assert replies(asked("attacker"), told)[0].words == "Paper Lantern", "without names the strings differ"


def test_times_are_one_reply_when_they_mean_the_same_day() -> None:
    told = [
        candidate("It struck last Friday.", "last Friday", 0.3),
        candidate("It struck on 11 June 2021.", "11 June 2021", 0.3),
        candidate("It struck in 2019.", "2019", 0.4),
    ]
    assert answered_time(told[0]) is not None
    assert [len(reply.candidates) for reply in replies(asked("when"), told)] == [2, 1]


def test_articles_and_quotation_marks_make_no_difference() -> None:
    told = [
        candidate("They hit the Port of Lysefjord.", "the Port of Lysefjord", 0.3),
        candidate("“Port of Lysefjord” was hit.", "“Port of Lysefjord”", 0.3),
    ]
    assert len(replies(asked("victim"), told)) == 1


def test_the_day_of_the_report_is_not_the_day_of_the_attack() -> None:
    told = candidate("The police said this week that the 2018 break-in was Gray Heron's.", "this week that the 2018 break-in", 0.5)
    when = answered_time(told)
    assert when is not None
    assert when.text == "2018"
