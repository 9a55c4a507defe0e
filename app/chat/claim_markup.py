"""The HTML of claims and incidents. Pure: claims in, HTML out, every word of it through `app.plain`."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from app.chat.charts import COLOURS
from app.claim_saying import NOBODY, STANCES, by_whom, counted, publisher
from app.plain import as_html, day, link_html, period
from ingest.claims.incidents import Incident
from ingest.claims.selecting import SourcedClaim
from ingest.nouns import Stance

NO_TIME = "time not given"
AROUND = 160
"""Characters of the article shown before and after a claim's words."""


def incident_title(event: Incident) -> str:
    """Who attacked whom, as most claims say it."""
    return f"{event.attackers[0] if event.attackers else NOBODY} → {event.victims[0] if event.victims else 'victim not named'}"


def incident_facts_html(event: Incident) -> str:
    """When it was, on whose word, and in how many texts that don't repeat each other."""
    stances = Counter(one.claim.stance for one in event.claims)
    said = by_whom(event.claims[0].claim) if len(event.claims) == 1 else ", ".join(STANCES[stance] for stance in stances)
    return _facts([_time(event), as_html(said), counted(event.origins, "independent text") if event.origins > 1 else ""])


def _time(event: Incident) -> str:
    return as_html(period(event.start, event.end) if event.start and event.end else NO_TIME)


def counts_said(claims: Iterable[SourcedClaim]) -> str:
    """How many claims and incidents there are and in how many articles; of how many origins, where some articles repeat others."""
    told = tuple(claims)
    events, articles, origins = (
        len(set(some)) for some in zip(*((one.claim.incident, one.article.id, one.article.origin) for one in told), strict=True)
    )
    repeated = f", which repeat {counted(origins, 'origin')}" if origins < articles else ""
    return f"{counted(len(told), 'claim')} about {counted(events, 'incident')} in {counted(articles, 'article')}{repeated}."


def legend_html(stances: Collection[Stance]) -> str:
    """What the colours of a chart say, those that it has."""
    keys = "".join(
        f'<span class="w-key"><i style="background: {COLOURS[stance]}"></i>{STANCES[stance]}</span>' for stance in COLOURS if stance in stances
    )
    return f'<div class="w-legend">{keys}</div>'


def claim_html(one: SourcedClaim, *, again: bool) -> str:
    """A claim: on whose word, who and whom and when as written, the words themselves in their context, and where they stand.

    again: its text repeats that of a claim above.
    """
    claim, article = one.claim, one.article
    before = article.text[max(0, claim.start - AROUND) : claim.start].rpartition("\n")[2]
    after = article.text[claim.end : claim.end + AROUND].partition("\n")[0]
    before = f"…{before.partition(' ')[2]}" if len(before) == AROUND else before
    after = f"{after.rpartition(' ')[0]}…" if len(after) == AROUND else after
    quote = f'<span class="w-around">{as_html(before)}</span><mark>{as_html(claim.quote)}</mark><span class="w-around">{as_html(after)}</span>'
    told = _facts([as_html(claim.attacker or NOBODY), as_html(claim.victim or "victim not named"), as_html(_when(one)), as_html(_others(one))])
    source = _facts([as_html(publisher(article)), day(article.published), link_html(article.url), "repeats a text above" if again else ""])
    return (
        f'<div class="w-evidence w-told"><div class="w-position">{as_html(_capital(by_whom(claim)))}</div>{told}'
        f"<blockquote>{quote}</blockquote>{source}</div>"
    )


def _when(one: SourcedClaim) -> str:
    when = one.claim.when
    if when is None:
        return NO_TIME
    said = period(when.start, when.end)
    return said if when.text in ("", said, str(when.start), f"{when.start:%Y-%m}") else f"{said} (“{when.text}”)"


def _others(one: SourcedClaim) -> str:
    """Who is meant by the attacker's name, where that name does not say it."""
    names = [name for name in one.claim.actors if name != one.claim.attacker]
    if not names or not one.claim.attacker:
        return ""
    return f"another name of {names[0]}" if len(one.claim.actors) == 1 else f"a name of {' and of '.join(one.claim.actors)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _facts(facts: Sequence[str]) -> str:
    return f'<div class="w-facts">{" · ".join(fact for fact in facts if fact)}</div>'
