"""Claims linked into incidents: the same victim at compatible times.

Claims whose time is known to a month and a half come first and found the incidents; then those that give a year or more; last those without a time,
each of which joins one incident at most, so that it cannot glue two attacks together. Nor can a chain of small steps: an incident whose time is
known stays within SPAN days. Sources that blame different attackers speak of one attack where the victim's name can hardly mean anybody else and the
times overlap to a season, or where one text tells of a single attack on it and does not date the rival's. A victim that is only described ("government agencies") is the same only in the same words, by the same attacker, at
the same time.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b

from ingest.actors.actor_index import ActorIndex
from ingest.actors.names import bare, commonness, key
from ingest.claims.incidents import NARROW
from ingest.claims.selecting import candidates_behind
from ingest.claims.store import numbered_claims
from ingest.claims.victim_names import VictimName, maybe_same_victim, same_victim, uncommon, victim_name
from ingest.nouns import Claim
from ingest.store.ledger_writer import LedgerWriter

LINKING = "2"
"""Changes whenever other incidents would be made of the same claims: then the next ingest links them anew."""
NEAR = 21
"""Days between two narrow times of one incident: the break-in, its discovery and the leak are days to weeks apart. Where others are blamed, none."""
NEAR_SAME_ATTACKER = 60
"""The same where both claims name the same attacker."""
COMMON = 2.5
"""Zipf frequency from which a word in small letters is taken for an English one, not for somebody's handle."""
_KINDS = frozenset("ransomware cyberespionage cybercriminal cybercriminals cyberspies cyberattackers hacktivists scammers phishers spies".split())
SPAN = 120
"""Days that the narrow times of one incident may lie apart."""
SEASON = 125
"""Days up to which a time tells one attack on a victim from another, where others are blamed for it: "the summer of 2018", but not "2018"."""


_NOBODY = frozenset(("",))
"""The key of claims that name no victim."""


def relink(ledger: LedgerWriter, actors: ActorIndex) -> None:
    """Links all claims of the ledger anew."""
    numbers, claims = [], []
    for number, claim in numbered_claims(ledger.connection):
        numbers.append(number)
        claims.append(claim)
    facts = {
        row[0]: (row[1], date.fromisoformat(row[2]) if row[2] else None)
        for row in ledger.connection.execute("SELECT id, origin, published FROM articles")
    }
    names = link([Account(claim, *facts[claim.article_id]) for claim in claims], actors)
    with ledger.transaction():
        ledger.set_incidents(dict(zip(numbers, names, strict=True)), linking=LINKING)


@dataclass(frozen=True)
class Account:
    """A claim, and what its article adds to it: the origin that reprints share, and the day of publication."""

    claim: Claim
    origin: str
    published: date | None


@dataclass(frozen=True)
class _Told:
    """An account made comparable. attackers: ids of the candidates, or the bare name where nobody is known by it; empty where nobody is named."""

    account: Account
    victim: VictimName
    attackers: frozenset[str]
    start: date | None
    end: date | None

    @property
    def narrow(self) -> bool:
        return self.start is not None and self.end is not None and (self.end - self.start).days <= NARROW


@dataclass
class _Group:
    """An incident in the making. start, end: of its narrow times together; begins, ends: of all its times."""

    told: list[_Told] = field(default_factory=list)
    start: date | None = None
    end: date | None = None
    begins: date | None = None
    ends: date | None = None

    def add(self, one: _Told) -> None:
        self.told.append(one)
        if one.start and one.end:
            self.begins = min(self.begins or one.start, one.start)
            self.ends = max(self.ends or one.end, one.end)
        if one.narrow and one.start and one.end:
            self.start = min(self.start or one.start, one.start)
            self.end = max(self.end or one.end, one.end)


def link(accounts: Sequence[Account], actors: ActorIndex) -> list[str]:
    """The incident of each account, in their order: 16 hex digits made from the incident's earliest published claim, the same on every machine."""
    attackers = _Attackers(actors)
    told = sorted((_told(account, attackers) for account in accounts), key=_order)
    groups = _Groups()
    for one in told:
        groups.place(one)
    named = {id(one.account): name for group in groups.all for name in (_name(group),) for one in group.told}
    return [named[id(account)] for account in accounts]


class _Attackers:
    """Ids of the candidates behind an attacker's name, looked up once a name."""

    def __init__(self, actors: ActorIndex) -> None:
        self._actors = actors
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, name: str | None) -> frozenset[str]:
        if name is None:
            return frozenset()
        if name not in self._known:
            known = frozenset(actor.id for actor in candidates_behind(name, self._actors))
            self._known[name] = known or (frozenset[str]() if _names_nobody(name) else frozenset((key(bare(name)),)))
        return self._known[name]


def _names_nobody(attacker: str) -> bool:
    """Whether it is only said what attacked, not who: "hackers", "a ransomware gang"; a handle in small letters is no English word."""
    words = [word for word in attacker.replace("-", " ").split() if word not in ("a", "the")]
    return all(word.islower() and (word in _KINDS or commonness(word) >= COMMON) for word in words)


def _told(account: Account, attackers: Callable[[str | None], frozenset[str]]) -> _Told:
    claim = account.claim
    when = claim.when
    start, end = (when.start, when.end) if when else (None, None)
    return _Told(account, victim_name(claim.victim or ""), attackers(claim.attacker), start, end)


def _order(one: _Told) -> tuple[int, date, date, str, str, int, int]:
    """Narrow times first, by their day; then wide ones, the narrower the earlier; then those without a time, by publication."""
    claim = one.account.claim
    published = one.account.published or date.max
    place = (str(published), claim.article_id, claim.start, claim.end)
    if one.start is None or one.end is None:
        return (2, published, published, *place)
    if one.narrow:
        return (0, one.start, one.end, *place)
    return (1, date.min + (one.end - one.start), one.start, *place)


class _Groups:
    """Incidents in the making, found by the keys of their victims."""

    def __init__(self) -> None:
        self.all: list[_Group] = []
        self._by_key: dict[str, dict[int, None]] = defaultdict(dict)

    def place(self, one: _Told) -> None:
        """Adds an account to the incident that it fits best, or to one of its own."""
        near = sorted({number for sought in one.victim.sought or _NOBODY for number in self._by_key[sought]})
        fitting = [(fit, -number) for number in near if (fit := _fit(one, self.all[number])) is not None]
        if fitting and (one.start or len(fitting) == 1 or not _rivals(one, self.all[-max(fitting)[1]])):
            number = -max(fitting)[1]
        else:
            number = len(self.all)
            self.all.append(_Group())
        self.all[number].add(one)
        for found in one.victim.keys or _NOBODY:
            self._by_key[found][number] = None


def _fit(one: _Told, group: _Group) -> tuple[int, int, int] | None:
    """How well an account fits an incident: (same text, same attacker, minus days apart), greater is better; None where it does not."""
    same_origin = any(other.account.origin == one.account.origin for other in group.told)
    same_attacker = bool(one.attackers) and any(other.attackers & one.attackers for other in group.told)
    if not _victim_fits(one, group, same_attacker=same_attacker, same_origin=same_origin):
        return None
    apart = _days_apart(one, group, same_attacker=same_attacker, same_origin=same_origin)
    return None if apart is None else (int(same_origin), int(same_attacker), -apart)


def _victim_fits(one: _Told, group: _Group, *, same_attacker: bool, same_origin: bool) -> bool:
    if not one.victim.named:
        # "Government agencies" of two texts are one only where all else is: the attacker, a time, and the words.
        timed = one.start is not None or same_origin
        return same_attacker and timed and any(not other.victim.named and same_victim(one.victim, other.victim) for other in group.told)
    for other in group.told:
        if other.victim.named and same_victim(one.victim, other.victim) and (same_attacker or same_origin or uncommon(one.victim)):
            return True
        if other.victim.named and (same_attacker or same_origin) and maybe_same_victim(one.victim, other.victim):
            return True
    return False


def _days_apart(one: _Told, group: _Group, *, same_attacker: bool, same_origin: bool) -> int | None:
    """Days between the account's time and the incident's, 0 where they overlap; None where they cannot be of one event."""
    others = any(one.attackers and other.attackers and not other.attackers & one.attackers for other in group.told)
    disputed = _rivals(one, group)
    if one.start is None or one.end is None:
        told_here = same_origin and (disputed or not (others or (one.attackers and not same_attacker)))
        return _days_before(one, group) if same_attacker or told_here else None
    if group.start is None or group.end is None:
        # No time in the incident is narrow: years and undated claims are of one event only by the same attacker or in the same text.
        overlapping = all(other.start is None or other.end is None or (other.start <= one.end and one.start <= other.end) for other in group.told)
        in_season = disputed and all(_within_season(other) for other in (one, *group.told))
        return 0 if overlapping and (same_attacker or in_season or (same_origin and not one.attackers)) else None
    apart = max((one.start - group.end).days, (group.start - one.end).days, 0)
    if one.narrow:
        within = (max(one.end, group.end) - min(one.start, group.start)).days <= SPAN
        near = NEAR_SAME_ATTACKER if same_attacker else 0 if others else NEAR
        return apart if within and apart <= near else None
    # "In 2021" is the time of many attacks on Microsoft: the attacker tells which, or that nobody is named in either.
    return apart if apart == 0 and (same_attacker or not others or (disputed and _within_season(one))) else None


def _rivals(one: _Told, group: _Group) -> bool:
    """Whether the account blames others than the incident's for an attack on a victim whose name can hardly mean anybody else."""
    if not one.attackers or not one.victim.named or not uncommon(one.victim):
        return False
    blamed = [other for other in group.told if other.attackers]
    return (
        bool(blamed)
        and not any(other.attackers & one.attackers for other in blamed)
        and any(other.victim.named and same_victim(one.victim, other.victim) for other in group.told)
    )


def _within_season(one: _Told) -> bool:
    return one.start is None or one.end is None or (one.end - one.start).days <= SEASON


def _days_before(one: _Told, group: _Group) -> int | None:
    """Days from the incident to the text that tells of it without a time; None where it had not happened then."""
    published = one.account.published
    start, end = group.start or group.begins, group.end or group.ends
    if start is None or end is None:
        return 0
    if published is None:
        return 10_000
    return None if start > published + timedelta(days=1) else max((published - end).days, 0)


def _name(group: _Group) -> str:
    first = min(group.told, key=lambda one: (str(one.account.published or date.max), one.account.claim.article_id, one.account.claim.start))
    claim = first.account.claim
    told = f"{claim.article_id}\0{claim.start}\0{claim.end}\0{claim.victim}\0{claim.attacker}\0{claim.when.start if claim.when else ''}"
    return blake2b(told.encode(), digest_size=8).hexdigest()
