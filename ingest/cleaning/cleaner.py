"""From a draft to what its author wrote: the one walk that puts body, metadata and verdict together.

The text that comes out is made of verbatim runs of the draft's text, in order, joined by a line break where something was cut out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.cleaning.body import Body, find_body, start_of
from ingest.cleaning.byline import Surroundings, author, dated_line, publication_date
from ingest.cleaning.furniture import Furniture
from ingest.cleaning.parts import Part, read_parts
from ingest.cleaning.publication import headline, publisher
from ingest.cleaning.units import cut_at, split_units
from ingest.cleaning.verdict import why_no_article
from ingest.nouns import Cleaned, Draft, Form

_WRITTEN: frozenset[Form] = frozenset(("markdown", "text", "docx", "pdf"))  # forms in which people write, rather than scrapers
_MOSTLY_WRITTEN, _MOSTLY_BODY = 0.3, 0.95  # share of a page's words in its body from which on there is no furniture worth a cut
_EMPTY_SECTION = re.compile(r"^(#+) [^\n]+\n+(?=#{1,6} |\Z)(?!\1#)", re.M)


def clean(draft: Draft, furniture: Furniture, *, today: date) -> Cleaned:
    """What the draft's author wrote, with title, author, publisher and day of publication, or the reason why it is no article.

    furniture: what the publisher's pages have in common; one page's worth knows nothing, and structure alone decides. today: the day of
    ingest; no date after it is believed.
    """
    if draft.form == "card":
        return _card(draft)
    units = split_units(draft.text)
    heading = headline(draft.title, draft.url, draft.text, units)
    parts = read_parts(cut_at(units, draft.text, [at for span in heading.spans for at in span]), furniture)
    repeats = _within(parts, heading.spans)
    start = start_of(parts, repeats)
    near = _surroundings(parts, repeats, start)
    writer = draft.author or author(near)
    owner = draft.publisher or publisher(draft.title, draft.url, draft.text)
    body = find_body(parts, start, title=heading.text, author=writer, owner=owner or "")
    near = replace(near, tail=tuple(part.unit.text[:300] for part in parts[body.end : body.end + 15]))
    published = draft.published or publication_date(near, url=draft.url, day_first=furniture.day_first, today=today)
    prose = [parts[i].unit.text for i in body.kept if parts[i].unit.prose]
    written = draft.form in _WRITTEN
    reason = why_no_article(title=draft.title or "", url=draft.url, page=draft.text, prose=prose, written=written)
    kept = sorted({*body.kept, *_dateline(parts, repeats, start, body, published, furniture.day_first)})
    share = sum(parts[i].unit.words for i in kept) / max(1, sum(part.unit.words for part in parts))
    whole = share >= (_MOSTLY_WRITTEN if written else _MOSTLY_BODY)
    return Cleaned(
        title=heading.text or draft.path.rsplit("/", 1)[-1],
        text=(not whole and join_runs(draft.text, [parts[i] for i in kept])) or draft.text.strip(),
        status="quarantined" if reason else "kept",
        reason=reason,
        author=writer or author(near),
        publisher=owner,
        published=published if published and published <= today and not reason else None,
    )


def _within(parts: Sequence[Part], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Indices of the parts that begin within one of the spans, both in order."""
    found, number = [], 0
    for index, part in enumerate(parts):
        while number < len(spans) and spans[number][1] <= part.unit.start:
            number += 1
        if number < len(spans) and spans[number][0] <= part.unit.start:
            found.append(index)
    return found


def join_runs(text: str, kept: Sequence[Part]) -> str:
    """The kept parts as verbatim runs of `text`: neighbours with nothing but white space between them stay as they stood."""
    runs: list[list[int]] = []
    for part in kept:
        unit = part.unit
        if runs and not text[runs[-1][1] : unit.start].strip():
            runs[-1][1] = unit.end
        else:
            runs.append([unit.start, unit.end])
    return "\n".join(text[start:end] for start, end in runs)


def _below(parts: Sequence[Part], repeats: Sequence[int], start: int) -> range:
    """Indices from the headline to the first sentences of the body, where bylines stand."""
    stop, prose = start, 0
    while stop < len(parts) and stop < start + 30 and prose < 60:
        prose += parts[stop].unit.words if parts[stop].prose else 0
        stop += 1
    return range(max((i + 1 for i in repeats if start - 12 <= i < start), default=max(0, start - 12)), stop)


def _above(repeats: Sequence[int], start: int) -> range:
    """Indices of the few parts before the headline that opens the body; none without one."""
    first = max((i for i in repeats if i <= start), default=-1)
    while first - 1 in repeats:
        first -= 1
    return range(max(0, first - 12), first) if first >= 0 and start - first <= 12 else range(0)


def _surroundings(parts: Sequence[Part], repeats: Sequence[int], start: int) -> Surroundings:
    above = [parts[i] for i in _above(repeats, start)]
    below = [parts[i] for i in _below(parts, repeats, start) if parts[i].unit.words <= 40 and not parts[i].prose]
    return Surroundings(
        above=tuple(part.unit.text for part in above if part.unit.words <= 12),
        below=tuple(part.unit.text for part in below),
        common=frozenset(part.unit.text for part in (*above, *below) if part.share > 0.6),
    )


def _dateline(parts: Sequence[Part], repeats: Sequence[int], start: int, body: Body, day: date | None, day_first: bool | None) -> list[int]:
    """The short line at the headline that gives the day of publication: part of what was published, and worth citing."""
    if not body.kept:
        return []
    near = [i for i in (*_below(parts, repeats, start), *reversed(_above(repeats, start))) if i < body.start and parts[i].unit.words <= 15]
    found = dated_line([parts[i].unit.text for i in near], day, day_first)
    return [] if found is None else [near[found]]


def _card(draft: Draft) -> Cleaned:
    """A card is somebody's structured record: kept whole, sections without content left out."""
    text = draft.text
    while True:
        shorter = _EMPTY_SECTION.sub("", text)
        if shorter == text:
            break
        text = shorter
    return Cleaned(
        title=draft.title or draft.path.rsplit("/", 1)[-1], text=text.strip(), status="kept", author=draft.author, publisher=draft.publisher
    )
