"""Claims linked into incidents: one event is one incident, and neither vague victims, years nor undated claims glue two together.

python -m pytest tests/test_incidents.py
"""

import time
from datetime import date
from itertools import count

import pytest

from ingest.actors.actor_index import ActorIndex
from ingest.claims.incidents import incidents
from ingest.claims.linking import Account, link
from ingest.claims.selecting import sourced
from ingest.claims.victim_names import fits, maybe_same_victim, same_victim, victim_name
from ingest.nouns import Actor, ActorName, Article, Claim, Grain, Stance, When

ACTORS = ActorIndex(
    [
        Actor("1", "Gray Heron", (ActorName("Gray Heron"), ActorName("Slate Egret", "Kestrel Labs"))),
        Actor("2", "Paper Lantern", (ActorName("Paper Lantern"),)),
    ]
)
_numbers = count()


def when(start: str, end: str = "", grain: Grain = "day") -> When:
    return When(date.fromisoformat(start), date.fromisoformat(end or start), grain, start)


MAY_2021 = when("2021-05-01", "2021-05-31", "month")
YEAR_2021 = when("2021-01-01", "2021-12-31", "year")


def account(
    victim: str | None, time: When | None = None, *, attacker: str | None = "Gray Heron", origin: str = "", published: str = "2021-12-01",
    stance: Stance = "asserted",
) -> Account:  # fmt: skip
    """A claim of an article of its own, unless an origin is given."""
    number = next(_numbers)
    claim = Claim(f"{number:016x}", attacker, (), victim, time, None, stance, "other", 0, 5, "quote")
    return Account(claim, origin or f"{number:016x}", date.fromisoformat(published))


def groups(*accounts: Account) -> list[list[int]]:
    """Which accounts share an incident, by their places."""
    names = link(accounts, ACTORS)
    return sorted([at for at, name in enumerate(names) if name == one] for one in set(names))


SAME = [
    ("Visma", "Visma AG"), ("software firm Visma", "Visma"), ("WADA", "World Anti-Doping Agency (WADA)"), ("WADA", "World Anti-Doping Agency"),
    ("servers of Chubb", "Chubb"), ("insurance giant Chubb", "Chubb Ltd."), ("Dave", "Dave.com"), ("NVIDIA", "Nvidia Corp."), ("the Toll Group", "Toll"),
    ("Oiltanking and Mabanaft", "Mabanaft GmbH"), ("Kudankulam nuclear plant", "Kudankulam Nuclear Plant"), ("Norwegian Parliament", "the Norwegian parliament"), ("Norwegian parliament", "Norway's parliament"), ("Parliament of Finland", "Finnish Parliament"),
    ("Amnesty International's website", "Amnesty International"), ("computer networks of the Hudson Institute", "Hudson Institute"),
]  # fmt: skip
APART = [
    ("Embratel", "Embraer"), ("Bank of Chile", "Bank of Brazil"), ("Ministry of Health", "Ministry of Defence"), ("Channel 4", "Channel 5"),
    ("Norwegian parliament", "Finnish parliament"), ("Southwind", "Northwind"), ("Apple", "Applebee's"), ("Ministry of Foreign Affairs", "Ministry of Health"), ("Michigan State University", "Ohio State University"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_to_write_one_victim(one: str, other: str) -> None:
    assert same_victim(victim_name(one), victim_name(other))
    assert victim_name(one).named


@pytest.mark.parametrize(("one", "other"), APART)
def test_victims_that_only_look_alike(one: str, other: str) -> None:
    assert not same_victim(victim_name(one), victim_name(other))


def test_a_part_of_a_name_may_be_short_for_it() -> None:
    assert maybe_same_victim(victim_name("Harmony"), victim_name("Harmony Horizon"))
    assert maybe_same_victim(victim_name("VT Aerospace"), victim_name("VT San Antonio Aerospace"))
    assert not maybe_same_victim(victim_name("Ukraine"), victim_name("Ukraine Power Company"))
    assert not maybe_same_victim(victim_name("Ministry"), victim_name("Ministry of Health"))


@pytest.mark.parametrize(
    "vague",
    ["government agencies", "companies in Poland", "Ukraine", "U.S. government entity", "South Korean banks", "US and EU-based targets", "several universities",
     "organizations in Turkey and Kazakhstan", "more than 60 entities worldwide", "Iranian individuals", "Ukrainians", "Turkish Financial Sector", "Multiple Government Entities"],
)  # fmt: skip
def test_descriptions_name_nobody(vague: str) -> None:
    assert not victim_name(vague).named


def test_two_reports_of_one_attack_are_one_incident_whatever_the_spelling() -> None:
    first, second = account("Visma", when("2021-05-07")), account("software company Visma AG", MAY_2021, attacker="Slate Egret")
    assert groups(first, second) == [[0, 1]]


def test_an_unattributed_report_and_a_denial_belong_to_the_incident() -> None:
    told = account("Visma", when("2021-05-07"))
    unattributed = account("Visma", when("2021-05-09"), attacker=None, stance="unattributed")
    denied = account("Visma", when("2021-05-07"), stance="denied")
    assert groups(told, unattributed, denied) == [[0, 1, 2]]


def test_sources_that_blame_others_for_one_day_are_of_one_incident() -> None:
    assert groups(account("Visma", when("2021-05-07")), account("Visma", MAY_2021, attacker="Paper Lantern")) == [[0, 1]]


def test_two_attackers_weeks_apart_are_two_incidents() -> None:
    assert groups(account("Visma", when("2021-05-01")), account("Visma", when("2021-05-16"), attacker="Paper Lantern")) == [[0], [1]]


def test_the_same_attacker_a_year_later_is_another_incident() -> None:
    assert groups(account("Visma", when("2020-05-07")), account("Visma", when("2021-05-07"))) == [[0], [1]]


def test_a_year_does_not_glue_two_attackers() -> None:
    assert groups(account("Visma", YEAR_2021), account("Visma", YEAR_2021, attacker="Paper Lantern")) == [[0], [1]]


def test_a_year_joins_the_attack_of_its_attacker() -> None:
    told = account("Visma", when("2021-05-07")), account("Visma", when("2021-06-20"), attacker="Paper Lantern"), account("Visma", YEAR_2021)
    assert groups(*told) == [[0, 2], [1]]


def test_small_steps_do_not_make_a_chain() -> None:
    steps = [account("Visma", when(f"2021-{month:02d}-01")) for month in range(1, 13)]
    assert len(groups(*steps)) > 2


def test_an_undated_claim_joins_the_last_attack_before_its_publication_and_glues_nothing() -> None:
    early, late = account("Visma", when("2018-08-10")), account("Visma", when("2021-05-07"))
    then, now = account("Visma", published="2019-02-06"), account("Visma", published="2021-06-01")
    assert groups(early, late, then, now) == [[0, 2], [1, 3]]


def test_an_undated_claim_joins_the_nearest_time_though_another_is_only_a_year() -> None:
    year, month = account("Visma", when("2014-01-01", "2014-12-31", "year")), account("Visma", when("2016-06-01", "2016-06-30", "month"))
    assert groups(year, month, account("Visma", published="2017-04-24")) == [[0], [1, 2]]


def test_an_undated_claim_of_another_attacker_stays_alone_unless_its_text_is_the_same() -> None:
    told = account("Visma", when("2021-05-07"), origin="a" * 16)
    assert groups(told, account("Visma", attacker="Paper Lantern")) == [[0], [1]]
    assert groups(told, account("Visma", attacker=None)) == [[0], [1]]
    assert groups(told, account("Visma", attacker=None, origin="a" * 16)) == [[0, 1]]


def test_hackers_are_nobody_in_particular() -> None:
    assert groups(account("Visma", attacker="hackers"), account("Visma", attacker="hackers")) == [[0], [1]]
    assert groups(account("Visma", attacker="teapotter"), account("Visma", attacker="teapotter")) == [[0, 1]]


def test_vague_victims_are_one_only_in_the_same_words_by_the_same_attacker_at_the_same_time() -> None:
    first = account("government agencies", MAY_2021)
    assert groups(first, account("government agencies", MAY_2021)) == [[0, 1]]
    assert groups(first, account("government agencies", MAY_2021, attacker="Paper Lantern")) == [[0], [1]]
    assert groups(first, account("government agencies", when("2023-05-07"))) == [[0], [1]]
    assert groups(first, account("government agencies")) == [[0], [1]]
    assert groups(account("government agencies", MAY_2021), account("Ministry of Health", MAY_2021)) == [[0], [1]]


def test_a_vague_victim_does_not_glue_what_it_stands_between() -> None:
    told = [account(victim, MAY_2021) for victim in ("Bank of Chile", "banks", "Bank of Brazil", "companies", "Visma")]
    assert groups(*told) == [[0], [1], [2], [3], [4]]


def test_ids_do_not_depend_on_the_order_and_survive_other_claims() -> None:
    told = [account("Visma", when("2021-05-07")), account("Visma", MAY_2021), account("Chubb", MAY_2021), account("Visma", YEAR_2021)]
    forwards, backwards = link(told, ACTORS), link(told[::-1], ACTORS)
    assert forwards == backwards[::-1]
    assert link(told[:2], ACTORS) == forwards[:2]


def test_five_thousand_claims_are_linked_in_two_seconds() -> None:
    names = [f"{chr(65 + a)}{chr(97 + b)}{chr(97 + c)}berg Company of the North" for a in range(12) for b in range(12) for c in range(12)]
    told = [account(names[n % 1700], [when(f"20{10 + n % 13}-0{1 + n % 9}-11"), YEAR_2021, None][n % 3]) for n in range(4000)]
    told += [account("government agencies", MAY_2021) for _ in range(1000)]
    began = time.process_time()
    link(told, ACTORS)
    assert time.process_time() - began < 2.0


def test_an_incident_tells_its_time_its_names_and_its_independent_texts() -> None:
    told = [
        account("Visma", YEAR_2021, origin="a" * 16), account("Visma AG", when("2021-05-07"), attacker="Slate Egret", origin="a" * 16),
        account("Visma", MAY_2021, origin="b" * 16),
    ]  # fmt: skip
    articles = {one.claim.article_id: article(one) for one in told}
    claims = [Claim(**{**vars(one.claim), "incident": name}) for one, name in zip(told, link(told, ACTORS), strict=True)]
    (incident,) = incidents(sourced(claims, articles, ACTORS))
    assert (incident.start, incident.end) == (date(2021, 5, 1), date(2021, 5, 31))
    assert incident.victims == ("Visma", "Visma AG")
    assert incident.attackers == ("Gray Heron", "Slate Egret")
    assert incident.origins == 2
    assert len(incident.claims) == 3


def article(one: Account) -> Article:
    key = one.claim.article_id
    return Article(key, key, (key,), "text", "Title", "quote", "kept", "", None, None, None, one.published, (), one.origin)


@pytest.mark.parametrize(
    ("asked", "victim", "beside", "fitting"),
    [
        ("Norway", "Norwegian parliament", "", True), ("norway", "Norway's government", "", True), ("Norway", "Finnish parliament", "", False),
        ("Norway", "Visma", "They broke into Norwegian software firm Visma in May.", True), ("Norway", "Visma", "Norway warned. Visma was hit.", False), ("Norway", "South Korea", "Targets were in Norway and South Korea.", False),
        ("US", "several U.S. agencies", "", True), ("Visma", "software firm Visma AG", "", True), ("parliament", "Norwegian parliament", "", True),
        ("Cognisant", "Cognizant", "", True), ("DNC", "Democratic National Committee", "", True), ("bank", "Bangkok", "", False),
        ("Ubi", "Ubisoft", "", False), ("bank", "eight banks in Eastern Europe", "", True),
    ],
)  # fmt: skip
def test_victims_that_are_asked_for(asked: str, victim: str, beside: str, fitting: bool) -> None:
    assert fits(asked, victim, beside=beside) == fitting
