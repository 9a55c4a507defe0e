"""Actor cards: names with who uses each, whatever brackets and commas are in them, and operations with their dates as written.

python -m pytest tests/test_cards.py
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.actors.cards import CardOperation, read_card, to_actor
from ingest.errors import SourceError
from ingest.names import split_list
from ingest.nouns import ActorName

CARD = """# Threat actor: Quiet Heron, APT 99, Harbour Rats (HR)

**UUID**: 11111111-2222

**First seen**: 2009

**Source last modified**: 2022-12-29

## Threat actor aliases

APT 99 (Maker One), Quiet Heron (Maker, Two), Quiet Heron (Maker One), Grey Gull (?), Sandbank (group) (Maker One), TA-9, Odd (one

## Description

(Maker One) A group, perhaps {{Zinc Otter, TA2}}.

Second paragraph: with a colon.

## Sponsor type and motivation

**Sponsor**: State-sponsored, Unit 1 (U1)

**Motivation**: Information theft


## Country of origin

[Unknown]

## Observed attacked sectors where victims operate in

Defense, Energy (wind, water), NGOs

## Observed attacked countries where victims operate in

Norway, UK

## Observed usage of tools

Gull RAT, several 0-days for IE

## Reported hacking operations

2009: Operation One
Began in mid-2009.
https://harbour.example/one
<https://harbour.example/two words.pdf>

2018/2019: Second one: with a colon
Target: ferries

2018 Summer:
https://harbour.example/three

## Reported counter operations against threat actor

2020-01: Two arrests
"""


def test_a_card_is_read_whole() -> None:
    card = read_card(CARD)
    assert (card.uuid, card.first_seen, card.sponsor, card.motivation) == (
        "11111111-2222",
        "2009",
        "State-sponsored, Unit 1 (U1)",
        "Information theft",
    )
    assert card.description == "(Maker One) A group, perhaps Zinc Otter, TA2.\n\nSecond paragraph: with a colon."
    assert card.sectors == ("Defense", "Energy (wind, water)", "NGOs")
    assert card.countries == ("Norway", "UK")
    assert card.tools == ("Gull RAT", "several 0-days for IE")


def test_names_keep_their_users_and_their_brackets() -> None:
    assert read_card(CARD).names == (
        ActorName("Quiet Heron", "Maker, Two"),
        ActorName("APT 99", "Maker One"),
        ActorName("Harbour Rats"),
        ActorName("HR"),
        ActorName("Quiet Heron", "Maker One"),
        ActorName("Grey Gull"),
        ActorName("Sandbank (group)", "Maker One"),
        ActorName("TA-9"),
        ActorName("Odd (one"),
    )


def test_operations_keep_their_dates_as_written_their_lines_and_their_addresses() -> None:
    card = read_card(CARD)
    assert card.operations == (
        CardOperation("2009", "Operation One\nBegan in mid-2009.", ("https://harbour.example/one", "https://harbour.example/two%20words.pdf")),
        CardOperation("2018/2019", "Second one: with a colon\nTarget: ferries", ()),
        CardOperation("2018 Summer", "", ("https://harbour.example/three",)),
    )
    assert card.counter_operations == (CardOperation("2020-01", "Two arrests", ()),)


def test_an_actor_is_named_by_the_first_name_of_its_heading() -> None:
    actor = to_actor(read_card(CARD))
    assert (actor.id, actor.name, actor.country) == ("11111111-2222", "Quiet Heron", None)


@pytest.mark.parametrize(("written", "country"), [("China", "China"), ("[Unknown]", None), ("[Gaza]", "Gaza"), ("[Various]", None), ("", None)])
def test_an_unknown_country_stays_unknown(written: str, country: str | None) -> None:
    assert read_card(CARD.replace("[Unknown]", written)).country == country


def test_a_card_with_nothing_but_a_name_is_a_card() -> None:
    card = read_card("# Threat actor: Quiet Heron")
    assert (card.names, card.operations, card.country) == ((ActorName("Quiet Heron"),), (), None)
    assert card.uuid == read_card("# Threat actor: Quiet Heron\n\n## Description\n\nx").uuid != ""


@pytest.mark.parametrize("text", ["", "# Threat actor: ", "# Something else", "Threat actor: X"])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no actor card"):
        read_card(text)


@pytest.mark.parametrize(
    ("listed", "items"),
    [
        ("a, b (c, d), e", ["a", "b (c, d)", "e"]),
        ("a (b, c", ["a (b", "c"]),
        ("a), b", ["a)", "b"]),
        ("a ((b, c), d), e", ["a ((b, c), d)", "e"]),
        (" , ,", []),
    ],
)
def test_commas_inside_brackets_belong_to_the_name(listed: str, items: list[str]) -> None:
    assert split_list(listed) == items


@settings(max_examples=300, deadline=None)
@given(st.text("ab ,()?[]{}:#*\n", max_size=200))
def test_no_card_raises_anything_but_a_source_error(rest: str) -> None:
    card = read_card("# Threat actor: Quiet Heron\n\n## Threat actor aliases\n\n" + rest)
    assert card.names[0].name == "Quiet Heron"
    assert all(name.name for name in card.names)
