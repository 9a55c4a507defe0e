"""Which actors there are: those of the corpus's cards, of MISP's galaxy, and the ransomware gangs, each once.

A card and a galaxy entry become one actor only where they are each other's best match and the evidence is more than one shared name that others
use too. Names of one are then names of the other; they are not used to find a third (one hop, never further). In doubt both stay, as candidates.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ingest import galaxy
from ingest.actor_names import bare, commonness, key
from ingest.cards import Card, to_actor
from ingest.nouns import Actor, ActorName

# A card that lists so few tools is about those who make them: "Circus Spider" has NetWalker, "Viking Spider" RagnarLocker. Cards with long lists
# name what a group was once seen to use, and half of the ransomware there is somebody else's.
_MAKERS_TOOLS = 3


def actor_of_card(card: Card) -> Actor:
    """The card's actor; where the card is about the makers of a ransomware, that ransomware's name is one of its names."""
    actor = to_actor(card)
    if len(card.tools) > _MAKERS_TOOLS:
        return actor
    ransomware = {key(name) for name in galaxy.ransomware_names()}
    own = tuple(ActorName(tool, galaxy.ITS_RANSOMWARE) for tool in card.tools if key(tool) in ransomware and key(tool) not in keys_of(actor))
    return replace(actor, names=actor.names + own)


def known_actors(of_cards: Iterable[Actor] = ()) -> tuple[Actor, ...]:
    """Actors of the cards first, then those that only the galaxy knows, then gangs that are known by their ransomware alone."""
    actors = list(of_cards)
    for source in (galaxy.threat_actors(), galaxy.ransomware_gangs()):
        actors = _merged(actors, source)
    return tuple(actors)


def keys_of(actor: Actor) -> frozenset[str]:
    """The keys of an actor's names, and of each without its "Group" or "Gang"."""
    return frozenset(spelling for name in actor.names for spelling in (key(name.name), key(bare(name.name))))


def _merged(actors: list[Actor], source: tuple[Actor, ...]) -> list[Actor]:
    """`actors` with those of the source added, or merged where they are the same."""
    holders: dict[str, list[int]] = {}
    for at, actor in enumerate(actors):
        for name in keys_of(actor):
            holders.setdefault(name, []).append(at)
    best: dict[int, list[tuple[int, int]]] = {}
    for number, entry in enumerate(source):
        if (match := _best_match(entry, actors, holders)) is not None:
            best.setdefault(match[0], []).append((match[1], number))
    merged = list(actors)
    taken = set()
    for at, claims in best.items():
        claims.sort(reverse=True)
        if len(claims) == 1 or claims[0][0] > claims[1][0]:
            taken.add(claims[0][1])
            merged[at] = _union(actors[at], source[claims[0][1]])
    return merged + [entry for number, entry in enumerate(source) if number not in taken]


def _best_match(entry: Actor, actors: list[Actor], holders: dict[str, list[int]]) -> tuple[int, int] | None:
    """(which actor, how many names they share); None where none is certain, or two are as good."""
    names = keys_of(entry)
    scores = Counter(at for name in names for at in holders.get(name, []))
    certain = [(score, at) for at, score in scores.most_common() if _same(entry, names, actors[at], score)]
    if not certain or (len(certain) > 1 and certain[0][0] == certain[1][0]):
        return None
    return certain[0][1], certain[0][0]


def _same(entry: Actor, names: frozenset[str], actor: Actor, shared: int) -> bool:
    main, other = key(bare(entry.name)), key(bare(actor.name))
    if main == other:
        return True
    crossed = main in keys_of(actor) or other in names
    return crossed and (shared >= 2 or (len(entry.names) == 1 and not commonness(entry.name)))


def _union(first: Actor, then: Actor) -> Actor:
    """One actor with the names of both; the first's spelling, users and country win."""
    known = {key(name.name) for name in first.names}
    added = tuple(name for name in then.names if key(name.name) not in known)
    return replace(first, names=first.names + added, country=first.country or then.country)
