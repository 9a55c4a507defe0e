"""The HTML of an actor: names with who uses them, and country. Pure: what is known in, HTML out, every word of it through `app.plain`."""

from collections.abc import Sequence

from app.claim_saying import counted
from app.plain import as_html
from ingest.actors.actor_index import Candidate


def country_html(candidate: Candidate, *, attacks: int, articles: int) -> str:
    """A line below the name: where it comes from, and how much the index holds of it."""
    facts = [candidate.actor.country or "", counted(attacks, "attack"), f"{counted(articles, 'article')} about it"]
    return f'<div class="w-facts">{" · ".join(as_html(fact) for fact in facts if fact)}</div>'


def names_html(candidate: Candidate, *, limit: int | None = None) -> str:
    """The names as chips, each with who uses it. limit: names shown; the rest are counted."""
    chips = [
        f'{as_html(name.name)} <span class="w-chip-what">{as_html(name.used_by)}</span>' if name.used_by else as_html(name.name)
        for name in candidate.names[:limit]
    ]
    return _chips(chips, more=len(candidate.names) - len(chips))


def chips_html(words: Sequence[str], *, more: int = 0) -> str:
    """Words as chips; more: how many are not shown."""
    return _chips([as_html(word) for word in words], more=more)


def _chips(made: Sequence[str], *, more: int) -> str:
    chips = "".join(f'<span class="w-chip">{chip}</span>' for chip in made)
    rest = f'<span class="w-foot w-more">and {more:,} more</span>' if more > 0 else ""
    return f'<div class="w-chips">{chips}{rest}</div>'
