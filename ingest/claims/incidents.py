"""Incidents: claims that are about one event, as far as can be told. What the sources say is never merged: an incident keeps every claim.

Which claims are linked is decided once, by `ingest.claims.linking`, for all claims together; here they are put side by side.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ingest.claims.selecting import SourcedClaim

NARROW = 45
"""Days up to which a time is one of an event rather than of a campaign or a year."""


@dataclass(frozen=True)
class Incident:
    """One event, as far as claims can be told to be about one.

    claims: all that were given of it, by event time. start, end: the time that its most exact claims leave open; None where none gives a time.
    attackers, victims: as written, those that most claims name first. origins: how many independent texts tell of it, reprints counted once.
    """

    id: str
    claims: tuple[SourcedClaim, ...]
    start: date | None
    end: date | None
    attackers: tuple[str, ...]
    victims: tuple[str, ...]
    origins: int


def incidents(claims: Iterable[SourcedClaim]) -> tuple[Incident, ...]:
    """The incidents that these claims are about, in the order in which their first claims come. Give filtered claims for what was known as of a day."""
    groups: dict[str, list[SourcedClaim]] = {}
    for one in claims:
        groups.setdefault(one.claim.incident, []).append(one)
    return tuple(_incident(name, tuple(group)) for name, group in groups.items())


def _incident(name: str, group: tuple[SourcedClaim, ...]) -> Incident:
    times = sorted((one.claim.when for one in group if one.claim.when), key=lambda when: when.end - when.start)
    exact = [when for when in times if (when.end - when.start).days <= max(NARROW, 2 * (times[0].end - times[0].start).days)]
    return Incident(
        name,
        group,
        min((when.start for when in exact), default=None),
        max((when.end for when in exact), default=None),
        _by_count(one.claim.attacker for one in group),
        _by_count(one.claim.victim for one in group),
        len({one.article.origin for one in group}),
    )


def _by_count(names: Iterable[str | None]) -> tuple[str, ...]:
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        if name:
            counts[name] += 1
    return tuple(sorted(counts, key=lambda name: -counts[name]))
