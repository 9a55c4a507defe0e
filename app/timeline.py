"""Attacks over time, and who attacked whom, as rows for a chart; pages and `whodunit timeline` draw the same ones. Draws nothing itself.

Sources are not merged: an incident that two actors are blamed for has a row for each, and a denial is drawn as one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.claim_saying import NOBODY, by_whom, one_line, source, span
from ingest.actors.names import bare, key
from ingest.claims.incidents import Incident, incidents
from ingest.claims.selecting import SourcedClaim
from ingest.claims.victim_names import victim_name
from ingest.nouns import Claim, Stance

_STRENGTH: tuple[Stance, ...] = ("asserted", "self_claimed", "suspected", "disputed", "unattributed", "denied")
"""Of several stances in one row the first here is its colour; all of them are in `said`."""
QUOTED = 280
"""Characters of a quote that a row carries."""


@dataclass(frozen=True)
class TimelineRow:
    """An incident and one of those who are blamed for it.

    attacker: the actor's main name where only one can be meant, with the name that most sources use, "Sofacy (APT28)"; else as written. start, end: days, both included; None where no source gives a time.
    stance: the strongest of its claims; said: a line for each claim, on whose word and where; origins: independent texts; quote: of the first claim.
    """

    incident: str
    attacker: str
    victim: str
    start: date | None
    end: date | None
    stance: Stance
    said: tuple[str, ...]
    origins: int
    quote: str

    @property
    def time(self) -> str:
        """The time as digits, 2021-05-07 or 2021-05."""
        return span(self.start, self.end)


@dataclass(frozen=True)
class GraphLink:
    """An attacker and a victim with a name, and in how many incidents the one is said to have attacked the other. stance: the strongest."""

    attacker: str
    victim: str
    incidents: int
    stance: Stance


def timeline_rows(claims: Iterable[SourcedClaim]) -> tuple[TimelineRow, ...]:
    """A row for each incident and attacker, in the order in which the claims come."""
    events = incidents(claims)
    labels = _labels(one.claim for event in events for one in event.claims)
    return tuple(row for event in events for row in _rows(event, labels))


def _rows(incident: Incident, labels: Mapping[str, str]) -> Iterator[TimelineRow]:
    blamed: dict[str, list[SourcedClaim]] = defaultdict(list)
    for one in incident.claims:
        blamed[labels[one.claim.attacker] if one.claim.attacker else NOBODY].append(one)
    for attacker, told in blamed.items():
        victims = Counter(one.claim.victim for one in told if one.claim.victim)
        yield TimelineRow(
            incident.id,
            attacker,
            one_line(victims.most_common(1)[0][0]) if victims else "victim not named",
            incident.start,
            incident.end,
            strongest([one.claim.stance for one in told]),
            tuple(f"{by_whom(one.claim)} ({source(one)})" for one in told),
            len({one.article.origin for one in told}),
            _shortened(told[0].claim.quote),
        )


def _labels(claims: Iterable[Claim]) -> dict[str, str]:
    """What each attacker as written is called on an axis: all names of one actor the same, an ambiguous name as it stands."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    actor: dict[str, str] = {}
    for claim in claims:
        if claim.attacker:
            actor[claim.attacker] = claim.actors[0] if len(claim.actors) == 1 else claim.attacker
            written[actor[claim.attacker]][claim.attacker] += 1
    called = {}
    for name, spellings in written.items():
        usual = bare(spellings.most_common(1)[0][0])
        called[name] = one_line(name if key(usual) == key(bare(name)) else f"{name} ({usual})")
    return {attacker: called[name] for attacker, name in actor.items()}


def graph_links(rows: Iterable[TimelineRow]) -> tuple[GraphLink, ...]:
    """Who attacked whom, most incidents first; victims without a name ("government agencies") and attackers whom nobody names are left out."""
    stances: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for row in rows:
        if row.attacker != NOBODY and victim_name(row.victim).named:
            stances[row.attacker, row.victim].append(row.stance)
    links = [GraphLink(attacker, victim, len(told), strongest(told)) for (attacker, victim), told in stances.items()]
    return tuple(sorted(links, key=lambda link: (-link.incidents, link.attacker, link.victim)))


def graph_places(links: Sequence[GraphLink]) -> tuple[dict[str, float], dict[str, float]]:
    """Heights from 0 to 1 of attackers and victims: an attacker's victims follow each other, and it stands beside their middle."""
    victims_of: dict[str, list[str]] = {}
    for link in links:
        victims_of.setdefault(link.attacker, []).append(link.victim)
    order = sorted(victims_of, key=lambda name: (-len(victims_of[name]), name))
    victims = list(dict.fromkeys(victim for attacker in order for victim in sorted(victims_of[attacker])))
    heights = {victim: (at + 0.5) / len(victims) for at, victim in enumerate(victims)}
    means = {attacker: sum(heights[victim] for victim in theirs) / len(theirs) for attacker, theirs in victims_of.items()}
    # Labels must not overlap: each takes the first free place from its middle downwards, the last ones upwards from the end.
    step = 1 / max(len(victims), len(order))
    places: dict[str, float] = {}
    above = -step
    for attacker in sorted(order, key=lambda name: (means[name], name)):
        above = places[attacker] = max(means[attacker], above + step)
    below = 1.0
    for attacker in reversed(places):
        below = places[attacker] = min(places[attacker], below - step / 2 if below == 1.0 else below - step)
    return places, heights


def strongest(stances: Sequence[Stance]) -> Stance:
    """The stance that says most."""
    return min(stances, key=_STRENGTH.index)


def busiest(rows: Iterable[TimelineRow], *, limit: int) -> tuple[str, ...]:
    """The attackers with the most rows, most first; nobody comes last."""
    counts = Counter(row.attacker for row in rows)
    return tuple(sorted(counts, key=lambda name: (name == NOBODY, -counts[name], name))[:limit])


def _shortened(quote: str) -> str:
    line = one_line(quote)
    return line if len(line) <= QUOTED else line[: QUOTED - 1].rstrip() + "…"
