"""Which actors there are: those of the corpus's cards, of MISP's galaxy, and the ransomware gangs, each once.

A card and a galaxy entry become one actor only where each has the other's main name, or most of their names are the same, and none matches better.
Names of one are then names of the other; they are not used to find a third (one hop, never further). In doubt both stay, as candidates.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ingest.actors import galaxy
from ingest.actors.cards import Card, to_actor
from ingest.actors.names import key, without_kind
from ingest.nouns import Actor, ActorName

# So many names in common, and most of the shorter list, are taken for one actor even where only one has the other's main name.
_MANY = 4


def actor_of_card(card: Card) -> Actor:
    """The card's actor; where its only tool is a ransomware, the card is about those who run it, and its name is one of theirs.

    Longer lists hold what a group was once seen to use: of 27 ransomware names in them, 20 are somebody else's or nobody's in particular.
    """
    actor = to_actor(card)
    if len(card.tools) != 1:
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
    return frozenset(spelling for name in actor.names for spelling in (key(name.name), key(without_kind(name.name))))


def _merged(actors: list[Actor], source: tuple[Actor, ...]) -> list[Actor]:
    """`actors` with those of the source: merged where they are the same, left out where nothing in them is new, else added."""
    keys = [keys_of(actor) for actor in actors]
    holders: dict[str, list[int]] = {}
    for at, names in enumerate(keys):
        for name in names:
            holders.setdefault(name, []).append(at)
    merged, added = list(actors), list[Actor]()
    claims: dict[int, list[tuple[tuple[bool, int], Actor]]] = {}
    for entry in _distinct(source):
        if within := _within(entry, keys, holders):
            merged[within[0]] = _union(merged[within[0]], entry)
        elif match := _best_match(entry, actors, keys, holders):
            claims.setdefault(match[1], []).append((match[0], entry))
        else:
            added.append(entry)
    for at, rivals in claims.items():
        rivals.sort(key=lambda rival: rival[0], reverse=True)
        if len(rivals) == 1 or rivals[0][0] > rivals[1][0]:
            merged[at] = _union(merged[at], rivals.pop(0)[1])
        added += [entry for _, entry in rivals]
    return merged + added


def _distinct(source: tuple[Actor, ...]) -> list[Actor]:
    """Entries that have the same main name as one: the galaxy holds "PLAY" and "play"."""
    found: dict[str, Actor] = {}
    for entry in source:
        main = key(entry.name)
        found[main] = _union(found[main], entry) if main in found else entry
    return list(found.values())


def _within(entry: Actor, keys: list[frozenset[str]], holders: dict[str, list[int]]) -> list[int]:
    """The actors that have all of an entry's names: it tells nothing that is not known."""
    return [at for at in holders.get(key(entry.name), []) if all(key(name.name) in keys[at] for name in entry.names)]


def _best_match(entry: Actor, actors: list[Actor], keys: list[frozenset[str]], holders: dict[str, list[int]]) -> tuple[tuple[bool, int], int] | None:
    """((same main name, how many names are shared), which actor) for an actor that is surely the same; None where none is, or two are as good."""
    names, main = keys_of(entry), key(without_kind(entry.name))
    scores = Counter(at for name in names for at in holders.get(name, []))
    certain = []
    for at, shared in scores.items():
        other = key(without_kind(actors[at].name))
        many = shared >= _MANY and 2 * shared > min(len(entry.names), len(actors[at].names))
        if (main in keys[at] and other in names) or (many and (main in keys[at] or other in names)):
            certain.append(((main == other, shared), at))
    certain.sort(reverse=True)
    return certain[0] if certain and (len(certain) == 1 or certain[0][0] > certain[1][0]) else None


def _union(first: Actor, then: Actor) -> Actor:
    """One actor with the names of both; the first's spelling, users and country win."""
    known = {key(name.name) for name in first.names}
    added = tuple(name for name in then.names if key(name.name) not in known)
    return replace(first, names=first.names + added, country=first.country or then.country)
