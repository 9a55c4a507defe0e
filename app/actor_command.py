"""`whodunit actor NAME`: who is meant by a name, who uses it, who else has it, what they are blamed for, and which articles speak of them."""

import json
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.actor_profile import ActorReport, Profile, actor_report
from app.claim_saying import by_whom, claim_json, one_line, publisher, source, time_of, total_line, victim_of
from ingest.actors.actor_index import ActorIndex, Candidate, Description
from ingest.actors.merging import known_actors
from ingest.claims.incidents import incidents
from ingest.claims.selecting import ClaimFilter, all_claims, select
from ingest.nouns import Article
from ingest.store.ledger import Ledger

WIDTH = 100
_SHOWN = 15
"""Incidents, and articles, that are printed of each candidate; JSON has all."""


def run(name: str, index: Path, *, as_json: bool, as_of: date | None) -> None:
    """Prints what the index knows of a name."""
    ledger = Ledger(index)
    actors = ActorIndex(known_actors(ledger.actors()))
    claims = select(all_claims(ledger, actors), ClaimFilter(published_until=as_of), actors)
    report = actor_report(name, ledger=ledger, actors=actors, claims=claims, until=as_of)
    click.echo(json.dumps(actor_json(report), ensure_ascii=False) if as_json else "\n".join(actor_lines(report)))


def actor_json(report: ActorReport, *, limit: int | None = None) -> dict[str, Any]:
    """The report: candidates with their names and who uses them, attacks as `whodunit claims --json` prints them, articles.

    limit: attacks, and articles, that are listed of each candidate; `attacks_total` and `articles_total` tell how many there are.
    """
    profiles = {profile.candidate.actor.id: profile for profile in report.profiles}
    said = description_json(report.description)
    for found, candidate in zip(said["candidates"], report.description.candidates, strict=True):
        profile = profiles[candidate.actor.id]
        found["attacks"] = [claim_json(one) for one in profile.attacks[:limit]]
        found["attacks_total"] = len(profile.attacks)
        found["articles"] = [_article_json(article) for article in profile.articles[:limit]]
        found["articles_total"] = len(profile.articles)
    # Of a name that nobody is known by, claims may speak all the same.
    return said if report.profiles else {**said, "attacks": [claim_json(one) for one in report.attacks[:limit]]}


def description_json(description: Description) -> dict[str, Any]:
    """Who may be meant by a name."""
    return {
        "name": description.name,
        "ambiguous": description.ambiguous,
        "candidates": [_candidate_json(candidate) for candidate in description.candidates],
        "similar": list(description.similar),
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.actor.name,
        "country": candidate.actor.country,
        "names": [{"name": name.name, "used_by": name.used_by or None} for name in candidate.names],
        "shared": [{"name": shared.name, "with": [other.name for other in shared.others]} for shared in candidate.shared],
    }


def _article_json(article: Article) -> dict[str, Any]:
    published = str(article.published) if article.published else None
    return {"path": article.path, "title": article.title, "publisher": article.publisher, "published": published, "url": article.url}


def actor_lines(report: ActorReport) -> Iterator[str]:
    """The report for a terminal."""
    name = one_line(report.description.name)
    if not report.profiles:
        similar = f" Spelled much like it: {', '.join(report.description.similar)}." if report.description.similar else ""
        yield f"Nobody is known by the name {name}.{similar}"
        if report.attacks:
            yield f"Articles blame it for attacks all the same: `whodunit claims --attacker '{name}'`. {total_line(report.attacks)}"
        return
    if report.description.ambiguous:
        yield f"{name} is a name of {len(report.profiles)} actors. None is preferred, and what is told of one is not told of the others."
    for profile in report.profiles:
        if report.description.ambiguous:
            yield ""
        yield from _profile_lines(profile)


def _profile_lines(profile: Profile) -> Iterator[str]:
    candidate = profile.candidate
    yield one_line(candidate.actor.name) + (f" ({one_line(candidate.actor.country)})" if candidate.actor.country else "")
    names = (f"{one_line(name.name)} ({one_line(name.used_by)})" if name.used_by else one_line(name.name) for name in candidate.names)
    yield from _field("Names", ", ".join(names))
    for shared in candidate.shared:
        yield from _field("Ambiguous", f"{one_line(shared.name)} is also a name of {', '.join(one_line(other.name) for other in shared.others)}")
    yield from _attack_lines(profile)
    yield f"  {'Articles':<10} " + (f"{len(profile.articles)} speak of it, the latest first:" if profile.articles else "none speaks of it.")
    for article in profile.articles[:_SHOWN]:
        yield f"    {article.published or 'undated'!s:<10}  {publisher(article)} · {one_line(article.title)}"
    if len(profile.articles) > _SHOWN:
        yield f"    … and {len(profile.articles) - _SHOWN} more: `whodunit actor … --json`."


def _attack_lines(profile: Profile) -> Iterator[str]:
    events = incidents(profile.attacks)
    yield f"  {'Attacks':<10} " + (total_line(profile.attacks) if events else "no article says that it attacked anybody.")
    for event in events[:_SHOWN]:
        for at, one in enumerate(event.claims):
            name = one_line(one.claim.attacker or "")
            others = [actor for actor in one.claim.actors if actor != profile.candidate.actor.name]
            together = " and " in name
            doubt = f", as “{name}”" + ("" if together else f", which may also be {', '.join(one_line(other) for other in others)}") if others else ""
            yield f"    {'•' if at == 0 else ' '} {time_of(one.claim.when)}  {victim_of(one.claim)}, {by_whom(one.claim)}{doubt}  ({source(one)})"
    if len(events) > _SHOWN:
        yield f"    … and {len(events) - _SHOWN} more incidents: `whodunit claims --attacker '{one_line(profile.candidate.actor.name)}'`."


def _field(heading: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent=f"  {heading:<10} ", subsequent_indent=" " * 13)
