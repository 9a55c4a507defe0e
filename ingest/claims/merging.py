"""Claims of one article put together: what is told twice is one claim, and "X was behind the attack" is joined to the attack told before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from ingest.claims.attribution import Named
from ingest.claims.windows import Sentence
from ingest.nouns import Stance, When

SAME_VICTIM = 88
"""Of rapidfuzz's token_set_ratio: "Campari" and "Campari Group" are one victim."""
FAR = 25
"""Sentences between an attack and the words that name who was behind it."""


@dataclass(frozen=True)
class Telling:
    """One sentence's word of an attack, with the names behind its words."""

    attacker: Named | None
    victim: str | None
    when: When | None
    asserted_by: str | None
    stance: Stance
    kind: str
    sentence: Sentence
    probability: float


def merged(tellings: Sequence[Telling]) -> list[Telling]:
    """One telling for each attacker and victim, in the order of the text; those without a victim are joined or left out."""
    joined = _joined(tellings)
    groups: list[list[Telling]] = []
    for telling in sorted(joined, key=lambda one: one.attacker is None):
        group = next((group for group in groups if _same(group[0], telling)), None)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    return sorted((_best(group) for group in groups), key=lambda one: (one.sentence.start, one.victim or ""))


def _joined(tellings: Sequence[Telling]) -> list[Telling]:
    made: list[Telling] = [telling for telling in tellings if telling.victim]
    for telling in tellings:
        if telling.victim or telling.attacker is None:
            continue
        near = [one for one in made if abs(one.sentence.number - telling.sentence.number) <= FAR and one.stance != "denied"]
        before = [one for one in near if one.sentence.number <= telling.sentence.number]
        about = [one for one in before if one.attacker is None]
        if about:
            event = max(about, key=lambda one: one.sentence.number)
            made.append(replace(telling, victim=event.victim, when=telling.when or event.when))
    return made


def _same(one: Telling, other: Telling) -> bool:
    if (one.stance == "denied") != (other.stance == "denied"):
        return False
    return _same_attacker(one.attacker, other.attacker) and same_victim(one.victim or "", other.victim or "")


def _same_attacker(known: Named | None, other: Named | None) -> bool:
    """Whether they may be one; nobody is the same as anybody, for an attack that is told with its attacker and without is one attack."""
    if known is None or other is None:
        return other is None
    if _bare(known.name) == _bare(other.name):
        return True
    return bool(set(known.actors) & set(other.actors))


_KINDS = frozenset("the a an group gang hackers hacker ransomware operators operator crew team actors actor threat hacking".split())


def _bare(name: str) -> str:
    words = re.findall(r"[^\W_]+", name.casefold())
    return " ".join(word for word in words if word not in _KINDS) or name.casefold()


def same_victim(one: str, other: str) -> bool:
    """Whether two victims are named alike, or one by the other's initials in brackets."""
    return fuzz.token_set_ratio(_plain(one), _plain(other)) >= SAME_VICTIM


def _plain(victim: str) -> str:
    return re.sub(r"[’']s?(?!\w)|[().,\"“”]", " ", victim).casefold()


def _best(group: Sequence[Telling]) -> Telling:
    """The surest telling, one that names its attacker before one that doesn't; a time that it lacks comes from the surest that has one."""
    order = sorted(group, key=lambda one: (one.attacker is None, -_worth(one)))
    best = order[0]
    timed = [one for one in order if one.when]
    told = next((one for one in timed if one.stance != "self_claimed"), None) if best.stance == "self_claimed" else None
    when = told.when if told else best.when or next((one.when for one in timed), None)
    return replace(best, when=when)


def _worth(telling: Telling) -> float:
    """Where attackers say themselves that they did it, that is what the article has to say."""
    return (
        telling.probability + 0.15 * (telling.when is not None) + 0.1 * (telling.asserted_by is not None) + 0.4 * (telling.stance == "self_claimed")
    )
