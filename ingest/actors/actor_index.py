"""Who an actor's name may mean: candidates, mentions in text, and what else to search for.

A name may belong to several actors. All of them are candidates; none is preferred silently, and nothing follows names further than one hop: the
names of a name's candidates, never the names of those.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.actors.galaxy import ITS_RANSOMWARE
from ingest.actors.mentions import Listed, NameFinder, listed_names
from ingest.actors.merging import keys_of
from ingest.actors.names import bare, commonness, key, spellings, without_kind
from ingest.likeness import nearest
from ingest.nouns import Actor, ActorName

# How common a word must be (Zipf) for a name's mention to need more than a capital; see `ingest.actors.mentions.Listed`. Names of ransomware are
# counted as commoner than they are: gangs call themselves Everest, Nevada, Genesis and Kraken, and so do mountains, states, markets and banks.
_RARE, _COMMON, _EVERYDAY = 3.0, 3.4, 4.5
_RANSOMWARE_IS_COMMONER = 0.5
_TWO_NAMES = re.compile(r"[/(),]|\s(?:aka|a\.k\.a\.|also known as|or)\s", re.I)


@dataclass(frozen=True)
class Mention:
    """`text[start:end] == name` is a name of each of `actors`; more than one where the name is ambiguous."""

    start: int
    end: int
    name: str
    actors: tuple[Actor, ...]


@dataclass(frozen=True)
class SharedName:
    """A name that other actors have as well."""

    name: str
    others: tuple[Actor, ...]


@dataclass(frozen=True)
class Candidate:
    """An actor behind a name. names: each spelling once, main name first. shared: those of them that don't tell it from others."""

    actor: Actor
    names: tuple[ActorName, ...]
    shared: tuple[SharedName, ...]


@dataclass(frozen=True)
class Description:
    """What is known of a name. candidates: empty if nobody is known to have it; similar: then, names that are spelled much like it."""

    name: str
    candidates: tuple[Candidate, ...]
    similar: tuple[str, ...]

    @property
    def ambiguous(self) -> bool:
        return len(self.candidates) > 1


class ActorIndex:
    """Looks actors up by any of their names. Actors that come first are named first: give those of the user's own cards before others."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.actors = tuple(actors)
        self._holders: dict[str, list[Actor]] = {}
        for actor in self.actors:
            for name in keys_of(actor):
                self._holders.setdefault(name, []).append(actor)

    def candidates(self, name: str) -> tuple[Actor, ...]:
        """All actors that have this name, in any spelling, with or without "group", "gang" or "ransomware".

        Of two names at once ("ALPHV/BlackCat", "BlackCat (ALPHV)") those who have both, or where nobody has, those who have either.
        """
        if found := self._holders.get(key(name)) or self._holders.get(key(bare(name))):
            return tuple(found)
        parts = [self._holders.get(key(bare(part)), []) for part in _TWO_NAMES.split(name) if part.strip()]
        either = list({actor.id: actor for actors in parts for actor in actors}.values())
        both = [actor for actor in either if all(actor in actors for actors in parts if actors)]
        return tuple(both or either)

    def mentions(self, text: str, *, any_case: bool = False) -> list[Mention]:
        """The names of actors in a text, in order, none overlapping. any_case: for questions, where "lockbit" may stand for LockBit."""
        found = self._finder.find(text, any_case=any_case)
        return [Mention(start, end, text[start:end], tuple(self._holders[key(name)])) for start, end, name in found]

    def same(self, name: str, other: str) -> bool:
        """Whether both names may mean one actor."""
        ids = {actor.id for actor in self.candidates(name)}
        return any(actor.id in ids for actor in self.candidates(other))

    def aliases(self, actor: Actor) -> tuple[str, ...]:
        """The actor's names, main name first, each spelling once ("APT 31", not also "APT31")."""
        return tuple(name.name for name in _once(actor))

    def names_for_search(self, name: str) -> tuple[str, ...]:
        """`name`, and what else a search for it should look for: the names of its candidates that mean nobody else and are no everyday word.

        A ransomware's name that is a common word comes with that word behind it: "Maze ransomware".
        """
        candidates = self.candidates(name)
        ids = {actor.id for actor in candidates}
        asked = name.strip() if key(name) in self._holders else bare(name)
        found = {key(asked): asked}
        for listed in (listed for actor in candidates for listed in _once(actor)):
            if {actor.id for actor in self._holders[key(listed.name)]} <= ids:
                if not _strictness(listed):
                    found.setdefault(key(listed.name), listed.name)
                elif listed.used_by == ITS_RANSOMWARE:
                    found.setdefault(key(listed.name), f"{listed.name} ransomware")
        return tuple(found.values())

    def describe(self, name: str) -> Description:
        """Everything that `whodunit actor NAME` shows about a name, but for attacks and articles."""
        candidates = tuple(Candidate(actor, _once(actor), self._shared(actor)) for actor in self.candidates(name))
        return Description(name.strip(), candidates, () if candidates else self._similar(name))

    def _shared(self, actor: Actor) -> tuple[SharedName, ...]:
        others = ((name.name, tuple(other for other in self._holders[key(name.name)] if other.id != actor.id)) for name in _once(actor))
        return tuple(SharedName(name, actors) for name, actors in others if actors)

    def _similar(self, name: str) -> tuple[str, ...]:
        listed = {spelling.name for actor in self.actors for spelling in actor.names}
        return nearest(name, sorted(listed), plain=key)

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(listed_names(pair for actor in self.actors for pair in _listed(actor)))


def _listed(actor: Actor) -> Iterator[tuple[str, Listed]]:
    """What to look for in texts for an actor: its names, also without their "Group", and in British spelling."""
    initials = {"".join(word[0] for word in re.findall(r"[^\W_]+", name.name) if word not in ("of", "the", "and")).upper() for name in actor.names}
    for name in actor.names:
        short = without_kind(name.name)
        for form, cut in ((name.name, False), (short, True)) if short != name.name else ((name.name, False),):
            strictness = _strictness(ActorName(form, name.used_by))
            # What is left of "Shell Crew" or "Beijing Group" is rarely said of them.
            strictness = 3 if cut and strictness == 2 else strictness
            abbreviations = frozenset([form]) if form.isupper() and form in initials else frozenset[str]()
            if len(key(form)) > 2:
                yield from ((spelling, Listed(frozenset([form]), strictness, abbreviations)) for spelling in spellings(form))


def _once(actor: Actor) -> tuple[ActorName, ...]:
    """The names of an actor, one spelling each. Who uses a name is put together: "APT 4" is Mandiant's and FireEye's."""
    found: dict[str, ActorName] = {}
    for name in (ActorName(actor.name), *actor.names):
        known = found.get(key(name.name))
        users = [user for user in (known.used_by if known else "", name.used_by) if user]
        found[key(name.name)] = ActorName(known.name if known else name.name, ", ".join(dict.fromkeys(users)))
    return tuple(found.values())


def _strictness(name: ActorName) -> int:
    common = commonness(name.name) + (_RANSOMWARE_IS_COMMONER if name.used_by == ITS_RANSOMWARE and commonness(name.name) else 0)
    return sum(common >= limit for limit in (_RARE, _COMMON, _EVERYDAY))
