"""Claims of articles: `pytest tests/test_claim_reading.py`. The shipped weights on articles written here, and the rules behind them without any."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.actors.actor_index import ActorIndex
from ingest.claims.attribution import Cast, Named, trimmed
from ingest.claims.candidates import can_hold_claim
from ingest.claims.cards import operations_of
from ingest.claims.merging import Telling, merged
from ingest.claims.model import SentenceReading, Span
from ingest.claims.reading import ClaimReader, _tellings, load_claim_reader
from ingest.claims.sources import Sources, can_speak
from ingest.claims.stance import stance_of
from ingest.claims.times import too_wide
from ingest.claims.victim_form import balanced, names_a_sector, victim_form
from ingest.claims.victims import listed_with, means_one_named_before, victims_in
from ingest.claims.windows import Sentence, sentences_of
from ingest.nouns import Actor, ActorName, Article, Claim, When

HERON = Actor("h", "Fog Heron", (ActorName("Fog Heron"), ActorName("TA9911", "Proofpoint")), "Russia")
LANTERN = Actor("l", "Lantern Gang", (ActorName("Lantern Gang"), ActorName("Lantern")))
ACTORS = ActorIndex([HERON, LANTERN])
EVEN = {"asserted": 0.8, "suspected": 0.15, "denied": 0.01, "disputed": 0.01, "self_claimed": 0.02, "unattributed": 0.01}


def article(text: str, *, title: str = "Fog Heron breaks into a harbour", **known: object) -> Article:
    plain = Article("a" * 16, "a.md", ("a.md",), "reference", title, text, "kept", "", None, "Harbour News", None, date(2021, 6, 10), (), "a" * 16)
    return replace(plain, **known)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return load_claim_reader()


def claims_of(reader: ClaimReader, text: str, **known: object) -> tuple[Claim, ...]:
    return reader.read(article(text, **known), actors=ACTORS)


ATTACK = (
    "The Lantern ransomware gang has claimed responsibility for an attack on Porto Shipping, a freight company, on May 4, 2021. "
    "The bakery on the corner sold out of bread by nine."
)


def test_an_attack_is_read_with_attacker_victim_time_and_its_very_words(reader: ClaimReader) -> None:
    (claim,) = claims_of(reader, ATTACK, title="Porto Shipping hit by Lantern ransomware")
    assert "Lantern" in str(claim.attacker)
    assert claim.actors == ("Lantern Gang",)
    assert claim.victim == "Porto Shipping"
    assert claim.when is not None
    assert claim.when.start == date(2021, 5, 4)
    assert claim.stance == "self_claimed"
    assert claim.quote == ATTACK[claim.start : claim.end]


def test_a_quarantined_article_has_no_claims(reader: ClaimReader) -> None:
    assert claims_of(reader, ATTACK, status="quarantined") == ()


@pytest.mark.parametrize(
    "text", ["", " \n\t", "[SEP] [CLS] attack [MASK] on [PAD] the bank", "attack \ud800 on \x00 the 🦆 bank " * 40, "attack" * 3000]
)
def test_hostile_text_is_read_without_harm(reader: ClaimReader, text: str) -> None:
    for claim in claims_of(reader, text):
        assert claim.quote == text[claim.start : claim.end]


def test_reading_twice_gives_the_same_claims(reader: ClaimReader) -> None:
    assert claims_of(reader, ATTACK) == claims_of(reader, ATTACK)


def test_the_fingerprint_names_weights_and_rules(reader: ClaimReader) -> None:
    assert reader.fingerprint.startswith("claims@")
    assert "rules" in reader.fingerprint


CARD = (
    "First seen: 2017\n\nReported hacking operations\n\n2018 Summer: Fog Heron breached the payroll of the city of Turku\nhttps://example.org/a\n\n"
    "Reported counter operations against threat actor\n\n2020-03: Two members of the group were arrested\n"
)


def test_operations_of_a_card_keep_their_time_and_lose_their_address() -> None:
    (operation,) = operations_of(article(CARD, form="card"))
    assert operation.line.text == "2018 Summer: Fog Heron breached the payroll of the city of Turku"
    assert operation.when is not None
    assert operation.when.grain == "season"
    assert CARD[operation.line.start : operation.line.end] == operation.line.text


def test_claims_of_a_card_are_laid_to_its_actor(reader: ClaimReader) -> None:
    for claim in claims_of(reader, CARD, form="card", title="Fog Heron", filed_under=("Fog Heron",)):
        assert (claim.attacker, claim.actors, claim.asserted_by) == ("Fog Heron", ("Fog Heron",), None)


def test_the_group_is_the_actor_that_the_article_is_about() -> None:
    text = "Fog Heron struck twice. Later the group came back."
    at = text.index("the group")
    assert Cast(article(text), ACTORS).attacker(at, at + len("the group"), sure=True) == Named("Fog Heron", ("Fog Heron",))


def test_unknown_hackers_are_nobody() -> None:
    text = "Unknown attackers broke in."
    assert Cast(article(text, title="A harbour is hacked"), ACTORS).attacker(0, len("Unknown attackers"), sure=True) is None


def test_hackers_of_the_actors_country_are_the_actor_and_others_are_not() -> None:
    text = "Fog Heron struck. Russian hackers and Chinese hackers."
    cast, russian, chinese = Cast(article(text), ACTORS), text.index("Russian"), text.index("Chinese")
    assert cast.attacker(russian, russian + len("Russian hackers"), sure=False) == Named("Fog Heron", ("Fog Heron",))
    assert cast.attacker(chinese, chinese + len("Chinese hackers"), sure=False) == Named("Chinese hackers", ())


def test_we_is_a_laboratory_that_publishes_and_in_a_newspaper_who_spoke_before() -> None:
    text = "Brightwater Labs saw it. We agree. The company said more."
    for publisher, we in (("Harbour News", "Brightwater Labs"), ("Tidemark Security", "Tidemark Security")):
        sources = Sources(article(text, publisher=publisher))
        assert sources.named(0, len("Brightwater Labs"), victim=None) == "Brightwater Labs"
        assert sources.named(text.index("We"), text.index("We") + 2, victim=None) == we
    at = text.index("The company")
    assert sources.named(at, at + len("The company"), victim="Porto Shipping") == "Brightwater Labs"


def test_a_laboratory_tells_its_own_findings_and_a_newspaper_does_not() -> None:
    text = "Fog Heron broke into a harbour."
    assert Sources(article(text, publisher="Tidemark Security")).unnamed(0, len(text)) == "Tidemark Security"
    assert Sources(article(text, publisher="Harbour News")).unnamed(0, len(text)) is None


@pytest.mark.parametrize(
    ("words", "speaks"), [("hackers", False), ("the attackers", False), ("screenshots", False), ("researchers", True), ("Tidemark", True)]
)
def test_attackers_and_papers_say_nothing(words: str, speaks: bool) -> None:
    assert can_speak(words) is speaks


@pytest.mark.parametrize(
    "words",
    ["source code", "mostly", "Windows zero-day exploited by", "$40 million in Ethereum", "CVE-2031-1234", "customer records", "Gmail", "many organizations", "Norwegian", ""],
)  # fmt: skip
def test_loot_software_money_and_adverbs_are_no_victims(words: str) -> None:
    assert victim_form(words) == ""


@pytest.mark.parametrize(
    ("words", "victim"),
    [
        ("Harbour Rescue Service (HRS", "Harbour Rescue Service (HRS)"),
        ("knocked the Finnish radio station Majakka", "Finnish radio station Majakka"),
        ("mainly fishermen in Norway", "fishermen in Norway"),
        ("customer data of Porto Lines", "Porto Lines"),
        ("Microsoft", "Microsoft"),
    ],
)
def test_victims_are_cut_to_their_form(words: str, victim: str) -> None:
    assert victim_form(words) == victim


def test_words_of_attacking_are_not_enough_for_a_candidate() -> None:
    assert can_hold_claim("Hackers breached the university in South Korea.")
    assert not can_hold_claim("The script will download a file or use a sample that can be used.")
    assert not can_hold_claim("Hackers hit Oslo.")


def test_sectors_are_one_victim() -> None:
    assert victims_in("Aerospace and Defense") == ("Aerospace and Defense",)
    assert names_a_sector("oil and gas")
    assert not names_a_sector("Porto Gas Lines")


def test_the_hack_of_somebody_named_before_has_its_victim_and_no_time_of_a_report() -> None:
    text = "In a February 2019 report, Brightwater Labs laid the Porto hack to Fog Heron."
    sentence = Sentence(4, 0, len(text), text)
    span = Span(text.index("Fog Heron"), len(text) - 1, 0.9)
    spans = {"attacker": (span,), "victim": (), "when": (), "asserted_by": ()}
    before = [telling(None, "Porto Lines", 0)]
    tagged = SentenceReading(sentence, 0.9, spans, EVEN, "other")
    (one,) = _tellings(article(text), tagged, Cast(article(text), ACTORS), Sources(article(text)), before)
    assert (one.attacker, one.victim, one.when) == (Named("Fog Heron", ("Fog Heron",)), "Porto Lines", None)


def test_brackets_are_closed() -> None:
    assert balanced("Porto Lines (PL") == "Porto Lines (PL)"
    assert balanced("Porto Lines (which the harbour") == "Porto Lines"
    assert balanced("Porto Lines") == "Porto Lines"


def test_an_interval_of_years_needs_words_that_say_so() -> None:
    assert too_wide(When(date(2015, 1, 1), date(2016, 9, 20), "span", "2015 September 20"))
    assert not too_wide(When(date(2015, 1, 1), date(2016, 9, 20), "span", "since 2015"))


@pytest.mark.parametrize(
    ("words", "victims"),
    [
        ("the Norwegian shipping giant Porto Lines", ("Porto Lines",)),
        ("Porto Lines, Turku Steel, and Lisbon Rail", ("Porto Lines", "Turku Steel", "Lisbon Rail")),
        ("banks and telecoms in Asia", ("banks and telecoms in Asia",)),
        ("Porto Lines' internal network", ("Porto Lines",)),
        ("the company's systems", ()),
        ("users", ()),
        ("", ()),
    ],
)
def test_victims_are_listed_one_by_one_without_their_description(words: str, victims: tuple[str, ...]) -> None:
    assert victims_in(words) == victims


def test_one_name_of_a_list_stands_for_the_list_but_places_are_no_victims() -> None:
    listed = "It has breached Porto Lines, chip maker Turku Silicon, and Lisbon Rail."
    at = listed.index("Porto Lines")
    assert listed_with(listed, at, at + len("Porto Lines")) == ("Porto Lines", "Turku Silicon", "Lisbon Rail")
    placed = "It hit ports in Norway, Finland, and Portugal."
    assert listed_with(placed, placed.index("Norway"), placed.index("Norway") + 6) == ()


def test_the_company_is_a_victim_named_before() -> None:
    assert means_one_named_before("the company")
    assert not means_one_named_before("Porto Lines")


def test_words_settle_a_stance() -> None:
    assert stance_of("The gang claimed responsibility for the attack.", EVEN, attacker=True) == "self_claimed"
    assert stance_of("The gang is believed to be behind it.", EVEN, attacker=True) == "suspected"
    assert stance_of("The gang broke in.", EVEN, attacker=True) == "asserted"
    assert stance_of("Somebody broke in.", EVEN, attacker=False) == "unattributed"


def telling(attacker: Named | None, victim: str | None, number: int) -> Telling:
    return Telling(
        attacker, victim, None, None, "asserted" if attacker else "unattributed", "other", Sentence(number, number * 10, number * 10 + 5, ""), 0.9
    )


def test_an_attack_told_without_and_with_its_attacker_is_one_claim() -> None:
    heron = Named("Fog Heron", ("Fog Heron",))
    assert [(one.attacker, one.victim) for one in merged([telling(None, "Porto", 0), telling(heron, "Porto Lines", 3)])] == [(heron, "Porto Lines")]


def test_who_was_behind_it_is_joined_to_the_attack_told_before() -> None:
    heron = Named("Fog Heron", ("Fog Heron",))
    assert [(one.attacker, one.victim) for one in merged([telling(None, "Porto", 0), telling(heron, None, 1)])] == [(heron, "Porto")]
    assert merged([telling(heron, None, 1)]) == []


def test_two_attackers_of_one_victim_stay_two_claims() -> None:
    assert len(merged([telling(Named("Fog Heron", ("Fog Heron",)), "Porto", 0), telling(Named("Lantern", ("Lantern Gang",)), "Porto", 1)])) == 2


def test_sentences_that_a_page_glued_together_are_cut_and_addresses_are_not() -> None:
    text = "The hack came to light today.The gang asked evil.com and Node.js for money."
    assert [one.text for one in sentences_of(article(text))] == ["The hack came to light today.", "The gang asked evil.com and Node.js for money."]
    assert [one.text for one in sentences_of(article("The station looked into the hack.FogHeron has hit others."))][-1] == "FogHeron has hit others."


def test_names_lose_articles_and_marks() -> None:
    assert trimmed(" the “Fog Heron’s” ") == "Fog Heron"
