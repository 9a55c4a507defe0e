"""Claims in a STIX 2.1 bundle: attackers as intrusion sets, victims as identities, incidents as campaigns, and who says what as notes and opinions.

A campaign and not STIX's `incident`, which in 2.1 has neither time nor relationships. Names that differ stay objects of their own: "DNC" and
"Democratic National Committee" meet in their campaign, an ambiguous name is an intrusion set whose description gives the candidates. A pair that
every source denies is only `related-to`; what a source denies or disputes is its opinion of the relationship.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from app.claim_saying import by_whom, source, span
from app.stix_bundle import StixBundle, midnight, plain
from ingest.actors.actor_index import ActorIndex
from ingest.actors.names import bare, key
from ingest.claims.incidents import Incident, incidents
from ingest.claims.selecting import SourcedClaim
from ingest.claims.victim_names import victim_name

_FIRST_YEAR = 1970
"""Open times ("before 2010") begin at the calendar's first day, which platforms take for a mistake; then none is given."""
_OPINIONS = {"denied": "disagree", "disputed": "neutral"}


def add_claims(bundle: StixBundle, claims: Iterable[SourcedClaim], actors: ActorIndex | None = None) -> frozenset[tuple[str, int, int]]:
    """Adds the claims and all that they speak of.

    actors: gives attackers all their names; without it they have those that the claims use.
    Returns (article id, start, end) of the claims that became somebody's opinion.
    """
    judged: set[tuple[str, int, int]] = set()
    for incident in incidents(_with_incident(one) for one in claims):
        judged |= _add_incident(bundle, incident, actors)
    return frozenset(judged)


def _with_incident(one: SourcedClaim) -> SourcedClaim:
    """A claim that was never linked is about an incident of its own."""
    claim = one.claim
    return one if claim.incident else replace(one, claim=replace(claim, incident=f"{claim.article_id}:{claim.start}:{claim.end}"))


def _add_incident(bundle: StixBundle, incident: Incident, actors: ActorIndex | None) -> set[tuple[str, int, int]]:
    judged: set[tuple[str, int, int]] = set()
    campaign = _add_campaign(bundle, incident) if incident.victims else None
    for one in incident.claims:
        claim = one.claim
        attacker = _add_attacker(bundle, one, actors) if claim.attacker else None
        victim = _add_victim(bundle, claim.victim) if claim.victim else None
        links = _add_links(bundle, incident, campaign, attacker, victim, one)
        about = [thing for thing in (campaign, attacker, victim, *links) if thing]
        report = bundle.report(one.article, *about)
        place = f"{claim.start}:{claim.end}"
        authors = [plain(claim.asserted_by)] if claim.asserted_by else []
        bundle.add(
            "note", claim.article_id, place, "claim", str(claim.attacker), str(claim.victim), abstract=f"Claim, characters {place}: {by_whom(claim)}",
            content=plain(claim.quote), authors=authors, object_refs=[report, *about],
        )  # fmt: skip
        if claim.stance in _OPINIONS and campaign:
            bundle.add(
                "opinion", claim.article_id, place, str(claim.attacker), str(claim.victim), opinion=_OPINIONS[claim.stance],
                explanation=plain(claim.quote), authors=authors, object_refs=links[:1] or [campaign],
            )  # fmt: skip
            judged.add((claim.article_id, claim.start, claim.end))
    return judged


def _add_campaign(bundle: StixBundle, incident: Incident) -> str:
    said = "\n".join(f"{by_whom(one.claim)} ({source(one)})" for one in incident.claims)
    start, end = incident.start, incident.end
    known = start is not None and end is not None and start.year >= _FIRST_YEAR
    return bundle.add(
        "campaign",
        incident.id,
        name=plain(f"Attack on {incident.victims[0]}, {span(start, end)}"),
        description=f"Told by {incident.origins} independent {'text' if incident.origins == 1 else 'texts'}:\n{said}",
        **({"first_seen": midnight(start), "last_seen": midnight(end)} if known and start and end else {}),
    )


def _add_attacker(bundle: StixBundle, one: SourcedClaim, actors: ActorIndex | None) -> str:
    claim = one.claim
    written = plain(claim.attacker or "")
    if len(claim.actors) != 1:
        candidates = f"As its sources write it. The name may mean: {', '.join(claim.actors)}; none is preferred." if claim.actors else ""
        return bundle.add(
            "intrusion-set", "written", key(bare(written)) or written, name=written, **({"description": candidates} if candidates else {})
        )
    (name,) = claim.actors
    candidates_here = actors.candidates(name) if actors else ()
    actor = next((actor for actor in candidates_here if actor.name == name), None)
    aliases = [plain(alias) for alias in (actors.aliases(actor) if actors and actor else (written,)) if plain(alias) != plain(name)]
    return bundle.add("intrusion-set", "actor", key(name), name=plain(name), **({"aliases": aliases} if aliases else {}))


def _add_victim(bundle: StixBundle, victim: str) -> str:
    name = plain(victim)
    return bundle.add("identity", "victim", name.casefold(), name=name, identity_class="organization" if victim_name(victim).named else "class")


def _add_links(
    bundle: StixBundle, incident: Incident, campaign: str | None, attacker: str | None, victim: str | None, one: SourcedClaim
) -> list[str]:
    """Relationships that the claim speaks of, the one between attacker and incident first."""
    links = []
    denied = _only_denied(incident, one)
    if campaign and attacker:
        links.append(_link(bundle, campaign, "related-to" if denied else "attributed-to", attacker, incident, one))
    if campaign and victim:
        links.append(_link(bundle, campaign, "targets", victim, incident, None))
    return links


def _only_denied(incident: Incident, one: SourcedClaim) -> bool:
    return all(other.claim.stance == "denied" for other in incident.claims if other.claim.attacker == one.claim.attacker)


def _link(bundle: StixBundle, source_ref: str, kind: str, target_ref: str, incident: Incident, one: SourcedClaim | None) -> str:
    told = [other for other in incident.claims if one is None or other.claim.attacker == one.claim.attacker]
    start, end = incident.start, incident.end
    times = {}
    if start and end and start.year >= _FIRST_YEAR and kind == "targets":
        times = {"start_time": midnight(start), "stop_time": midnight(end) + timedelta(hours=23, minutes=59)}
    stances = sorted({other.claim.stance for other in told}) if one else []
    description = "\n".join(f"{by_whom(other.claim)} ({source(other)})" for other in told)
    return bundle.add(
        "relationship", source_ref, kind, target_ref, relationship_type=kind, source_ref=source_ref, target_ref=target_ref, description=description,
        **({"labels": stances} if stances else {}), **times,
    )  # fmt: skip
