"""Claims as lines for a terminal, as JSON and as CSV; the JSON is the command line's contract.

Titles, names and quotes are other people's text: on a line they are one line, and a spreadsheet reads none of them as a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from app.plain import publisher_of, visible
from ingest.actors.names import bare, key
from ingest.claims.incidents import incidents
from ingest.claims.selecting import SourcedClaim
from ingest.nouns import Article, Claim, When

NOBODY = "nobody named"
NO_TIME = "no time given"
STANCES = {
    "asserted": "asserted",
    "suspected": "suspected",
    "denied": "denied",
    "disputed": "disputed",
    "self_claimed": "claimed by the attacker",
    "unattributed": "nobody blamed",
}
"""What each stance reads as; `by_whom` adds whose word it is."""
_WIDEST = (24, 62, 44)
"""Characters of time, of who and whom, and of the stance on a line; what is longer is cut, JSON has all."""
_CSV = "start end grain when attacker actors victim stance asserted_by kind quote publisher title url published article incident quote_start quote_end".split()


_QUOTED = 60
"""Characters of the quote that stands for a victim whom nobody names."""


def claim_json(one: SourcedClaim) -> dict[str, Any]:
    """One line of `whodunit claims --json`."""
    claim = one.claim
    return {
        "article": one.article.path,
        "attacker": claim.attacker,
        "actors": list(claim.actors),
        "victim": claim.victim,
        "when": when_json(claim.when),
        "asserted_by": claim.asserted_by,
        "stance": claim.stance,
        "kind": claim.kind,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "published": str(one.article.published) if one.article.published else None,
        "incident": claim.incident,
    }


def claim_json_with_source(one: SourcedClaim) -> dict[str, Any]:
    """The same for programs that have no other way to the article: with its title, publisher and address."""
    return {**claim_json(one), "title": one.article.title, "publisher": one.article.publisher, "url": one.article.url}


def when_json(when: When | None) -> dict[str, str] | None:
    """A time, None where there is none."""
    return {"start": str(when.start), "end": str(when.end), "grain": when.grain, "text": when.text} if when else None


def claims_csv(claims: Iterable[SourcedClaim]) -> str:
    """The claims as a table with a heading, one row a claim, in UTF-8; several actors are parted by "; "."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(_CSV)
    for one in claims:
        claim, article, when = one.claim, one.article, one.claim.when
        times = (when.start, when.end, when.grain, when.text) if when else ("", "", "", "")
        rows.writerow(
            [_cell(value) for value in (*times, claim.attacker, "; ".join(claim.actors), claim.victim, claim.stance, claim.asserted_by, claim.kind,
             claim.quote, article.publisher, article.title, article.url, article.published, article.path, claim.incident, claim.start, claim.end)]
        )  # fmt: skip
    return made.getvalue()


def _cell(value: object) -> str:
    """A cell that a spreadsheet takes for text: "=HYPERLINK(…)" as a victim's name gets an apostrophe before it."""
    text = "" if value is None else " ".join(visible(str(value)).split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and not isinstance(value, int) else text


def claim_lines(claims: Sequence[SourcedClaim]) -> Iterator[str]:
    """Aligned lines: time, who and whom, stance and on whose word, source. Claims of one incident stand together, the later ones indented."""
    told = [(at == 0, one) for incident in incidents(claims) for at, one in enumerate(incident.claims)]
    rows = [(time_of(one.claim.when), pair(one.claim), by_whom(one.claim)) for _, one in told]
    widths = [min(max(map(len, column)), widest) for column, widest in zip(zip(*rows, strict=True), _WIDEST, strict=False)]
    for (first, one), row in zip(told, rows, strict=True):
        columns = (f"{_cut(text, width):<{width}}" for text, width in zip(row, widths, strict=True))
        yield f"{'•' if first else ' '} {'  '.join(columns)}  ({source(one)})"


def total_line(claims: Sequence[SourcedClaim]) -> str:
    """ "14 claims about 5 incidents, in 9 articles of 8 origins." """
    articles = {one.article.id for one in claims}
    origins = {one.article.origin for one in claims}
    events = {one.claim.incident for one in claims}
    return f"{counted(len(claims), 'claim')} about {counted(len(events), 'incident')}, in {counted(len(articles), 'article')} of {counted(len(origins), 'origin')}."


def pair(claim: Claim) -> str:
    """ "APT31 → Visma" """
    return f"{one_line(claim.attacker or NOBODY)} → {victim_of(claim)}"


def victim_of(claim: Claim) -> str:
    """The victim; where none is named, the words that tell of the attack."""
    return one_line(claim.victim) if claim.victim else f"“{_cut(one_line(claim.quote), _QUOTED)}”"


def by_whom(claim: Claim) -> str:
    """ "suspected by Recorded Future" """
    said = STANCES[claim.stance]
    if not claim.asserted_by or (claim.stance == "self_claimed" and key(bare(claim.asserted_by)) == key(bare(claim.attacker or ""))):
        return said
    joined = " according to " if claim.stance in ("self_claimed", "unattributed") else " by "
    return f"{said}{joined}{one_line(claim.asserted_by)}"


def source(one: SourcedClaim) -> str:
    """ "ZDNet, 2019-02-06" """
    return f"{publisher(one.article)}, {one.article.published or 'undated'}"


def publisher(article: Article) -> str:
    """Whose word the article is; a card is its compiler's."""
    return "actor card" if article.form == "card" else one_line(publisher_of(article))


def time_of(when: When | None) -> str:
    """The time in as few digits as say it: 2021-05-07, 2021-05, 2021, or from … to."""
    return span(when.start, when.end) if when else NO_TIME


def span(start: date | None, end: date | None) -> str:
    """The same for two days, both included."""
    if start is None or end is None:
        return NO_TIME
    if start == end:
        return str(start)
    after = end + timedelta(days=1) if end < date.max else end
    if start.day == 1 and after.day == 1:
        if start.month == 1 and after.month == 1:
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        return f"{start:%Y-%m}" if (start.year, start.month) == (end.year, end.month) else f"{start:%Y-%m} to {end:%Y-%m}"
    return f"{start} to {end}"


def one_line(text: str) -> str:
    """Other people's text as one line without control characters."""
    return " ".join(visible(text).split())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def counted(number: int, noun: str) -> str:
    """ "1 claim", "2 claims" """
    return f"{number} {noun}{'' if number == 1 else 's'}"
