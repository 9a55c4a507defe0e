"""One actor under all of its names: `pytest tests/test_claim_aliases.py`. Articles written here, read by the shipped reader, asked under every alias."""

from datetime import date

import pytest

from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.claims.incidents import incidents
from ingest.claims.linking import Account, link
from ingest.claims.reading import load_claim_reader
from ingest.claims.selecting import ClaimFilter, SourcedClaim, select, sourced
from ingest.nouns import Actor, Article, Claim

ACTORS = ActorIndex(known_actors(()))
ASKED = (
    *"APT28 APT29 APT31 APT10 APT41 APT37 APT33 OilRig APT40 Kimsuky Turla Sandworm FIN7 FIN6 MuddyWater Naikon Molerats DarkHotel APT1".split(),
    "Lazarus Group",
)
AMBIGUOUS = (
    "Grizzly Steppe", "Nobelium", "Newscaster", "Mint Sandstorm", "Andariel", "Operation Troy", "Stardust Chollima", "Golden Chickens", "Cold River", "Evasive Panda",
)  # fmt: skip
VICTIMS = """Averdal Brinholm Corvesta Dunmarrow Eskerby Farlund Gravemere Hollenfjord Istelburg Jorvik Kestrelbay Lindemark Mossgard Norrhaven Ostermoor
    Pellworth Quarnford Ravensund Stellmark Tornby Ulvesta Vintermoor Wexholm Ystaberg Zandmere Arkendal Bellhaven Cindermark Draykholm Elmsund Fjellgate
    Gullmark Hartwick Ilvermoor Jadeholm Korvesund Lomberg Marrowby Nettlefjord Orrinvale""".split()


def _article(number: int, attacker: str, victim: str) -> Article:
    text = f"{attacker} hacked {victim} in March 2021 and stole customer records. The shipping company {victim} said that {attacker} was behind the breach."
    name = f"{number:016x}"
    return Article(
        name, f"{name}.md", (f"{name}.md",), "reference", f"{attacker} breaches {victim}", text, "kept", "", None, "Harbour News", None, date(2021, 4, 2), (), name,
    )  # fmt: skip


def _aliases(actor: Actor) -> list[str]:
    """The names of an actor that nobody else has."""
    return [name.name for name in actor.names if [one.id for one in ACTORS.candidates(name.name)] == [actor.id]]


@pytest.fixture(scope="module")
def told() -> tuple[SourcedClaim, ...]:
    """The claims of two articles an actor: one under its name, one under the last of its aliases that is written with letters only."""
    articles: dict[str, Article] = {}
    for number, (name, victims) in enumerate(zip(ASKED, zip(VICTIMS[::2], VICTIMS[1::2], strict=True), strict=True)):
        alias = next(alias for alias in reversed(_aliases(ACTORS.candidates(name)[0])) if alias.replace(" ", "").isalpha() and ACTORS.mentions(alias))
        for at, used in enumerate((name, alias)):
            article = _article(2 * number + at, used, f"{victims[at]} Shipping")
            articles[article.id] = article
    reader = load_claim_reader()
    claims = [claim for article in articles.values() for claim in reader.read(article, actors=ACTORS)]
    names = link([Account(claim, claim.article_id, articles[claim.article_id].published) for claim in claims], ACTORS)
    linked = [Claim(**{**vars(claim), "incident": name}) for claim, name in zip(claims, names, strict=True)]
    return sourced(linked, articles, ACTORS)


def _asked(told: tuple[SourcedClaim, ...], name: str) -> set[str]:
    return {incident.id for incident in incidents(select(told, ClaimFilter(attacker=name), ACTORS))}


def test_an_actor_has_the_same_incidents_under_every_alias(told: tuple[SourcedClaim, ...]) -> None:
    right = []
    for name in ASKED:
        actor = ACTORS.candidates(name)[0]
        aliases = _aliases(actor)
        assert len(aliases) >= 3
        found = _asked(told, actor.name)
        right += [bool(found) and _asked(told, alias) == found for alias in aliases]
    assert len(right) > 150
    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_name_of_several_actors_shows_each_and_finds_the_attacks_of_each(name: str, told: tuple[SourcedClaim, ...]) -> None:
    meant = ACTORS.describe(name)
    assert meant.ambiguous
    assert len(meant.candidates) >= 2
    for candidate in meant.candidates:
        assert _asked(told, name) >= {one.claim.incident for one in told if one.claim.actors == (candidate.actor.name,)}
