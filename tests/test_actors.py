"""Run with: python -m pytest tests/test_actors.py

Names of actors: spelling, ambiguity, everyday words, what is searched for. The galaxy used at the end is the one that is installed.
"""

import time

import pytest

from ingest.actors import galaxy
from ingest.actors.actor_index import ActorIndex
from ingest.actors.cards import Card
from ingest.actors.merging import actor_of_card, known_actors
from ingest.actors.names import bare, commonness, key, without_kind
from ingest.nouns import Actor, ActorName


def actor(name: str, *others: str, country: str | None = None, ransomware: bool = False) -> Actor:
    """An actor whose id is its name; "Alias@User" is an alias that the user uses."""
    listed = [ActorName(*other.split("@")) for other in (name, *others)]
    if ransomware:
        listed = [ActorName(one.name, galaxy.ITS_RANSOMWARE) for one in listed]
    return Actor(name.split("@")[0], listed[0].name, tuple(listed), country)


TUNDRA = actor("APT 901@Mandiant", "Judgment Walrus@CrowdStrike", "Tundra Typhoon@Microsoft", "TAX-9", "Frost Steppe", country="Norway")
FJORD = actor("APT 902@Mandiant", "Frost Steppe", "Fjord Wolf", country="Iceland")
MAZE = actor("TX2101", "Maze Team@self given")
ACTORS = (
    TUNDRA,
    FJORD,
    MAZE,
    actor("Hive", ransomware=True),
    actor("Play", ransomware=True),
    actor("Grief", ransomware=True),
    actor("Zoltrix", ransomware=True),
    actor("DarkMoose"),
    actor("8229 Gang"),
    actor("Equation Group", "EQGRX"),
    actor("Wool Army of Kent", "WAK", "Old Woolly"),
    actor("menuPazz"),
    actor("Cuba", ransomware=True),
    actor("Blue Hamster"),
    actor("Hacking Team"),
    actor("Lazurit Group"),
    actor("Confucius"),
)
INDEX = ActorIndex(ACTORS)


def names(text: str, **options: bool) -> list[str]:
    return [mention.name for mention in INDEX.mentions(text, **options)]


@pytest.mark.parametrize(
    "spelling",
    [
        "APT 901",
        "APT901",
        "APT-901",
        "apt901",
        "Judgment Walrus",
        "Judgement Walrus",
        "JUDGEMENT WALRUS",
        "the APT901 group",
        "APT 901's",
        "Judgment Walrus hackers",
        "tundra  typhoon",
    ],
)
def test_every_spelling_of_a_name_leads_to_its_actor(spelling: str) -> None:
    assert [found.id for found in INDEX.candidates(spelling)] == ["APT 901"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("the Zoltrix ransomware gang", "Zoltrix"),
        ("Zoltrix ransomware", "Zoltrix"),
        ("Zoltrix operators", "Zoltrix"),
        ("ransomware gang Zoltrix", "Zoltrix"),
        ("APT 901's", "APT 901"),
        ("Group 77", "Group 77"),
        ("the APT 901 hackers", "APT 901"),
        ("Zoltrix 3.0", "Zoltrix"),
        ("8229 Gang", "8229 Gang"),
        ("Hacking Team", "Hacking Team"),
        ("the", "the"),
        ("", ""),
    ],
)
def test_words_for_what_it_is_are_left_off_where_a_name_remains(name: str, short: str) -> None:
    assert bare(name) == short


def test_a_listed_name_loses_one_word_for_what_it_is_and_no_more() -> None:
    assert [without_kind(name) for name in ("Lazurit Group", "Operation Ghostbarn", "Whois Hacking Team", "8229 Gang", "1.php Group")] == [
        "Lazurit",
        "Ghostbarn",
        "Whois Hacking Team",
        "8229 Gang",
        "1.php Group",
    ]


def test_a_key_holds_letters_and_digits_only() -> None:
    assert key("T-APT-12") == key("tapt 12") == "tapt12"
    assert key("Grey-Côte") == key("Gray Cote")
    assert key("APT 1") != key("APT 11")


def test_an_ambiguous_name_keeps_all_its_actors() -> None:
    assert [found.id for found in INDEX.candidates("Frost Steppe")] == ["APT 901", "APT 902"]
    (mention,) = INDEX.mentions("Officials blamed Frost Steppe for it.")
    assert [found.id for found in mention.actors] == ["APT 901", "APT 902"]
    described = INDEX.describe("frost steppe")
    assert described.ambiguous
    assert [other.id for other in described.candidates[0].shared[0].others] == ["APT 902"]


def test_names_are_followed_one_hop_and_not_further() -> None:
    assert INDEX.same("APT901", "Frost Steppe")
    assert INDEX.same("Frost Steppe", "Fjord Wolf")
    assert not INDEX.same("APT901", "Fjord Wolf")
    assert not INDEX.same("Nobody", "Nobody")
    assert "Fjord Wolf" not in INDEX.names_for_search("APT901")


def test_a_search_leaves_out_names_that_mean_others_or_are_everyday_words() -> None:
    assert INDEX.names_for_search("APT-901") == ("APT-901", "Judgment Walrus", "Tundra Typhoon", "TAX-9")
    assert INDEX.names_for_search("Frost Steppe")[0] == "Frost Steppe"
    assert INDEX.names_for_search("Equation Group") == ("Equation Group", "EQGRX")
    assert INDEX.names_for_search("Somebody Else") == ("Somebody Else",)


def test_two_names_at_once_mean_the_actor_that_has_both() -> None:
    assert [found.id for found in INDEX.candidates("Fjord Wolf/Frost Steppe")] == ["APT 902"]
    assert [found.id for found in INDEX.candidates("DarkMoose (Nobody)")] == ["DarkMoose"]
    assert INDEX.candidates("Nobody/Noone") == ()


def test_aliases_and_users_are_put_together_by_spelling() -> None:
    twice = Actor("x", "APT 4", (ActorName("APT 4", "Mandiant"), ActorName("APT4", "FireEye"), ActorName("Wisp Team", "Symantec")))
    index = ActorIndex([twice])
    assert index.aliases(twice) == ("APT 4", "Wisp Team")
    assert index.describe("APT4").candidates[0].names[0] == ActorName("APT 4", "Mandiant, FireEye")


def test_a_misspelt_name_is_answered_with_names_like_it() -> None:
    described = INDEX.describe("Judgmant Walruss")
    assert described.candidates == ()
    assert described.similar[0] == "Judgment Walrus"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was APT 901, also known as Judgement Walrus.", ["APT 901", "Judgement Walrus"]),
        ("APT9012 and XAPT901 are others.", []),
        ("They used APT-901-like tools (TAX-9).", ["APT-901", "TAX-9"]),
        ("Dark Moose and DarkMoose are one; the dark moose is an animal.", ["Dark Moose", "DarkMoose"]),
        ("Lazurit's servers, and those of the Lazurit Group.", ["Lazurit", "Lazurit Group"]),
        ("The 8229 Gang had 8229 victims.", ["8229 Gang"]),
        ("Seen with menuPazz and MenuPazz.", ["menuPazz", "MenuPazz"]),
        ("A hacking team of the police.", []),
        ("the blue hamster ran; Blue Hamster did not.", ["Blue Hamster"]),
    ],
)
def test_mentions_are_longest_and_at_word_boundaries(text: str, found: list[str]) -> None:
    assert names(text) == found
    assert all(text[m.start : m.end] == m.name for m in INDEX.mentions(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Play ransomware gang took the files.", ["Play"]),
        ("Children play in the street. Play it again.", []),
        ("Apps from Google Play Store were removed.", []),
        ("The files were stolen by Hive, police said.", ["Hive"]),
        ("Bees left the hive. Hive Systems sells locks.", []),
        ("Grief came over the family.", []),
        ("the ransomware group Grief leaked them", ["Grief"]),
        ("He flew to Cuba in May.", []),
        ("Cuba ransomware hit the bank", ["Cuba"]),
        ("Zoltrix claims the breach of Acme", ["Zoltrix"]),
        ("An equation group theory; the Equation group's tools", ["Equation"]),
        ("Lost in the maze of rules", []),
        ("Data was published by Maze Team.", ["Maze Team"]),
        ("Confucius Institute opened; Confucius sent lures.", ["Confucius"]),
        ("Hackers Hit The Hive Of Industry", []),
        ("WAK defaced the page; walks in WAKEFIELD", ["WAK"]),
    ],
)
def test_everyday_words_count_only_where_a_name_is_meant(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_question_in_small_letters_is_understood_where_the_word_is_no_other() -> None:
    assert names("what did zoltrix and blue hamster steal?", any_case=True) == ["zoltrix", "blue hamster"]
    assert names("who did they play with in the hive?", any_case=True) == []
    assert names("whom did the hive ransomware hit?", any_case=True) == ["hive"]


def test_commonness_follows_everyday_use() -> None:
    assert commonness("Zoltrix") == commonness("APT 901") == 0
    assert commonness("hive") < commonness("grief") < commonness("play")


def _card(name: str, tools: tuple[str, ...]) -> Card:
    return Card("id-" + name, (ActorName(name, "CrowdStrike"),), "", None, None, None, (), (), tools, (), (), None)


def test_a_card_whose_only_tool_is_a_ransomware_is_about_those_who_run_it() -> None:
    assert "NetWalker" in [name.name for name in actor_of_card(_card("Marmot Spider", ("NetWalker",))).names]
    assert [name.name for name in actor_of_card(_card("Marmot Spider", ("NetWalker", "PsExec"))).names] == ["Marmot Spider"]
    assert [name.name for name in actor_of_card(_card("Marmot Spider", ("PsExec",))).names] == ["Marmot Spider"]


def test_a_card_and_a_galaxy_entry_are_one_actor_where_each_has_the_others_main_name(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = (
        actor("APT901", "APT 901", "Polar Fox"),
        actor("Fjord Wolf", "Wolfling"),
        actor("Tundra Typhoon"),
        actor("Sleet Otter", "Frost Steppe"),
    )
    monkeypatch.setattr(galaxy, "threat_actors", lambda: entries)
    monkeypatch.setattr(galaxy, "ransomware_gangs", lambda: (actor("Maze", ransomware=True),))
    merged = {found.id: [name.name for name in found.names] for found in known_actors([TUNDRA, FJORD, MAZE])}
    assert merged["APT 901"][-1] == "Polar Fox"
    assert "Tundra Typhoon" not in merged  # nothing new in it
    assert merged["Fjord Wolf"] == ["Fjord Wolf", "Wolfling"]  # unsure: the card's name is not among its names
    assert "Sleet Otter" in merged
    assert merged["TX2101"] == ["TX2101", "Maze Team", "Maze"]


@pytest.fixture(scope="module")
def known() -> ActorIndex:
    return ActorIndex(known_actors())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("APT31", "Judgement Panda"),
        ("APT 28", "Fancy Bear"),
        ("ALPHV", "BlackCat ransomware"),
        ("REvil", "Sodinokibi"),
        ("Cl0p", "Clop"),
        ("APT29", "Cozy Bear"),
        ("Sandworm", "Voodoo Bear"),
        ("Lazarus", "Hidden Cobra"),
        ("APT10", "Stone Panda"),
        ("DarkSide", "Dark Side gang"),
    ],
)
def test_well_known_aliases_meet_in_the_installed_galaxy(known: ActorIndex, one: str, other: str) -> None:
    assert known.same(one, other)


@pytest.mark.parametrize(
    "name",
    [
        "Grizzly Steppe",
        "Nobelium",
        "OilRig",
        "Imperial Kitten",
        "Stardust Chollima",
        "Andariel",
        "PLA Navy",
        "Golden Chickens",
        "Allanite",
        "Cadet Blizzard",
    ],
)
def test_ambiguous_names_of_the_installed_galaxy_show_their_candidates(known: ActorIndex, name: str) -> None:
    described = known.describe(name)
    assert described.ambiguous
    assert all(any(key(listed.name) == key(name) for listed in found.names) for found in described.candidates)


@pytest.mark.parametrize("gang", ["Conti", "LockBit", "BlackCat", "Maze", "DarkSide", "Netwalker", "Hive", "Play", "Grief", "Royal", "Akira"])
def test_ransomware_names_stand_for_gangs(known: ActorIndex, gang: str) -> None:
    assert known.candidates(f"the {gang} ransomware gang")
    assert gang in [mention.name for mention in known.mentions(f"The {gang} ransomware gang took it.")]


def test_the_galaxy_names_countries_and_no_catalogue_numbers(known: ActorIndex) -> None:
    assert {found.country for found in known.candidates("Sandworm")} == {"Russia"}
    assert known.candidates("G0034") == ()


def test_reading_the_galaxy_and_finding_names_is_fast() -> None:
    galaxy.threat_actors.cache_clear()
    start = time.perf_counter()
    index = ActorIndex(known_actors())
    index.mentions("warm up")
    # 0.2 s measured, most of it the word list; a second leaves room for a busy machine.
    assert time.perf_counter() - start < 1.5
    text = "The group that stole the files of the ministry in the spring is thought to be Fancy Bear, or the Play ransomware gang.\n" * 3000
    start = time.perf_counter()
    assert len(index.mentions(text)) == 6000
    assert len(text) / (time.perf_counter() - start) > 300_000  # 4 MB/s measured
