"""Sources that blame different attackers for one attack: `pytest tests/test_claim_disputes.py`. Linked, kept apart, and told as of a day."""

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from app.earlier_word import earlier_word
from app.nouns import Question
from ingest.actors.actor_index import ActorIndex
from ingest.claims.linking import Account, link
from ingest.claims.selecting import ClaimFilter, SourcedClaim, select, sourced
from ingest.index import Index
from ingest.nouns import Actor, ActorName, Article, Claim, When

HERON, LANTERN = (Actor(name, name, (ActorName(name),)) for name in ("Fog Heron", "Lantern Gang"))
ACTORS = ActorIndex([HERON, LANTERN])
SUMMER = When(date(2018, 6, 1), date(2018, 8, 31), "season", "summer of 2018")
AUGUST = When(date(2018, 8, 17), date(2018, 8, 17), "day", "17 August 2018")
REPORT = "In a February 2019 report, Northlight attributed the Visvarg hack to Lantern Gang."


def claim(attacker: str, when: When | None, *, victim: str = "Visvarg", article: str = "a" * 16, quote: str = "quote") -> Claim:
    return Claim(article, attacker, (), victim, when, None, "asserted", "other", 0, len(quote), quote)


def together(*claims: Claim) -> bool:
    return len(set(link([Account(one, one.article_id, date(2021, 6, 19)) for one in claims], ACTORS))) == 1


def test_rivals_for_one_attack_are_one_incident_where_times_overlap_to_a_season() -> None:
    assert together(claim("Fog Heron", SUMMER), claim("Lantern Gang", AUGUST, article="b" * 16))
    assert not together(
        claim("Fog Heron", replace(SUMMER, start=date(2018, 1, 1), end=date(2018, 12, 31))), claim("Lantern Gang", AUGUST, article="b" * 16)
    )
    assert not together(
        claim("Fog Heron", SUMMER), claim("Lantern Gang", replace(AUGUST, start=date(2018, 10, 2), end=date(2018, 10, 2)), article="b" * 16)
    )


def test_a_rival_without_a_time_joins_the_one_attack_of_its_own_text_only() -> None:
    assert together(claim("Fog Heron", SUMMER), claim("Lantern Gang", None))
    assert not together(claim("Fog Heron", SUMMER), claim("Lantern Gang", None, article="b" * 16))
    later = replace(SUMMER, start=date(2020, 6, 1), end=date(2020, 8, 31))
    names = link([Account(one, "a", None) for one in (claim("Fog Heron", SUMMER), claim("Fog Heron", later), claim("Lantern Gang", None))], ACTORS)
    assert len(set(names)) == 3


def test_rivals_for_an_everyday_name_or_a_description_stay_apart() -> None:
    for victim in ("Target", "government agencies"):
        assert not together(claim("Fog Heron", SUMMER, victim=victim), claim("Lantern Gang", None, victim=victim))


class _Index:
    """As much of an index as claims are asked of."""

    def __init__(self, known: tuple[SourcedClaim, ...]) -> None:
        self._known = known

    def claims(self, wanted: ClaimFilter) -> tuple[SourcedClaim, ...]:
        return select(self._known, wanted, ACTORS)


@pytest.fixture
def index() -> Index:
    page = Article("a" * 16, "a.md", ("a.md",), "reference", "Visvarg", REPORT, "kept", "", None, "News", None, date(2021, 6, 19), (), "a" * 16)
    return cast(Index, _Index(sourced([claim("Lantern Gang", None, quote=REPORT)], {page.id: page}, ACTORS)))


def test_as_of_a_day_the_word_of_the_time_is_told_from_a_later_article_and_the_note_says_so(index: Index) -> None:
    question = Question("Who hacked Visvarg?", "Who hacked Visvarg?", slot="attacker", as_of=date(2019, 3, 1))
    answer = earlier_word(question, index)
    assert answer
    assert (answer.status, answer.short) == ("answered", "Lantern Gang")
    assert answer.citations[0].quote == REPORT
    assert "a later one reports" in answer.note


def test_nothing_is_told_before_it_was_said_nor_from_articles_that_were_out(index: Index) -> None:
    for day in (date(2019, 1, 31), date(2021, 7, 1), None):
        assert earlier_word(Question("Who hacked Visvarg?", "Who hacked Visvarg?", slot="attacker", as_of=day), index) is None
    assert earlier_word(Question("Who hacked Porto?", "Who hacked Porto?", slot="attacker", as_of=date(2019, 3, 1)), index) is None
