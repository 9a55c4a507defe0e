"""`whodunit claims`: who is said to have attacked whom, when, and by whom; as lines, JSON, CSV or a STIX 2.1 bundle."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import click

from app.claim_saying import claim_json, claim_lines, claims_csv, one_line, total_line
from ingest.actors.actor_index import ActorIndex
from ingest.actors.merging import known_actors
from ingest.claims.selecting import ClaimFilter, SourcedClaim, all_claims, select
from ingest.errors import IndexMissingError
from ingest.store.ledger import Ledger

Form = Literal["lines", "json", "csv", "stix"]


@dataclass(frozen=True)
class KnownClaims:
    """All claims of an index and who is known by which name: what there is to choose from."""

    claims: tuple[SourcedClaim, ...]
    actors: ActorIndex

    def select(self, wanted: ClaimFilter) -> tuple[SourcedClaim, ...]:
        """See `ingest.claims.selecting.select`."""
        return select(self.claims, wanted, self.actors)


def known_claims(index: Path) -> KnownClaims:
    """The claims of the index in a folder, without opening its vectors.

    Raises IndexMissingError where there is no index or nobody has read its articles for claims, and IndexDamagedError.
    """
    ledger = Ledger(index)
    if not ledger.meta("claim_reader"):
        raise IndexMissingError(f"The articles in {index} were never read for claims: run `whodunit ingest` on them again; nothing is embedded anew.")
    actors = ActorIndex(known_actors(ledger.actors()))
    return KnownClaims(all_claims(ledger, actors), actors)


def run(index: Path, wanted: ClaimFilter, *, form: Form) -> None:
    """Prints the claims that pass the filter on stdout; what there is to know about the choice goes to stderr. Exit status 0 where none passes."""
    known = known_claims(index)
    found = known.select(wanted)
    if form == "stix":
        from app.stix_export import claims_as_stix

        click.echo(claims_as_stix(found, known.actors), nl=False)
    elif form == "csv":
        click.echo(claims_csv(found), nl=False)
    else:
        for line in (json.dumps(claim_json(one), ensure_ascii=False) for one in found) if form == "json" else claim_lines(found):
            click.echo(line)
    if found and form == "lines":
        click.echo(total_line(found))
    for line in notes(known, wanted, found):
        click.echo(line, err=True)


def notes(known: KnownClaims, wanted: ClaimFilter, found: tuple[SourcedClaim, ...]) -> Iterator[str]:
    """What a reader should know of the choice: that nothing matches, that a name is ambiguous, that claims without a time were left out."""
    if not found:
        yield f"No claim matches {describe(wanted)}."
    if wanted.attacker:
        meant = known.actors.describe(wanted.attacker)
        if meant.ambiguous and found:
            names = ", ".join(candidate.actor.name for candidate in meant.candidates)
            yield f"{one_line(wanted.attacker)} is a name of several actors, and claims about each are listed: {names}."
        if not meant.candidates and meant.similar and not found:
            yield f"Nobody is known by that name; spelled much like it: {', '.join(meant.similar)}."
    if wanted.since:
        undated = sum(one.claim.when is None for one in known.select(replace(wanted, since=None, until=None)))
        if undated:
            yield f"{undated} more {'claim gives' if undated == 1 else 'claims give'} no time and {'was' if undated == 1 else 'were'} left out."


def describe(wanted: ClaimFilter) -> str:
    """The filter in words, "an attack by APT31 on Norway since 2018-01-01"."""
    facts = (
        ("by", wanted.attacker and one_line(wanted.attacker)),
        ("on", wanted.victim and one_line(wanted.victim)),
        ("since", wanted.since),
        ("until", wanted.until),
        ("as of", wanted.published_until),
        ("with stance", " or ".join(sorted(wanted.stances))),
    )
    said = " ".join(f"{word} {fact}" for word, fact in facts if fact)
    return f"an attack {said}" if said else "what was asked for: the articles in this index make none"
