"""From a draft to what its author wrote: the one walk that puts body, metadata and verdict together.

The text that comes out is made of verbatim runs of the draft's text, in order, joined by a line break where something was cut out.
"""

import re
from collections.abc import Sequence
from datetime import date

from ingest.body import Part, authors_parts, find_body, read_parts
from ingest.furniture import Furniture
from ingest.nouns import Cleaned, Draft
from ingest.publication import author, headline, publication_date, publisher
from ingest.units import split_units
from ingest.verdict import why_no_article

_EMPTY_SECTION = re.compile(r"^#+ [^\n]+\n+(?=#+ |\Z)", re.M)


def clean(draft: Draft, furniture: Furniture, *, today: date) -> Cleaned:
    """What the draft's author wrote, with title, author, publisher and day of publication, or the reason why it is no article.

    furniture: what the publisher's pages have in common; one page's worth knows nothing, and structure alone decides. today: the day of
    ingest; no date after it is believed.
    """
    if draft.form == "card":
        return _card(draft)
    heading = headline(draft.title, draft.url, draft.text)
    marks = [at for span in heading.spans for at in span]
    parts = read_parts(split_units(draft.text, marks), furniture)
    starts = {start for start, _ in heading.spans}
    body = find_body(parts, [i for i, part in enumerate(parts) if part.unit.start in starts])
    kept = authors_parts(parts, body)
    prose = [part.unit.text for part in kept if part.unit.prose]
    words = sum(part.unit.words for part in kept if part.unit.prose)
    longest = max((part.unit.words for part in kept if part.unit.prose), default=0)
    reason = why_no_article(title=draft.title or "", url=draft.url, page=draft.text, prose=prose, words=words, longest=longest)
    text = join_runs(draft.text, kept) or draft.text.strip()
    before, after = _surroundings(draft.text, parts, body.start, body.end, heading.spans)
    published = draft.published if draft.published and draft.published <= today else None
    return Cleaned(
        title=heading.text or draft.path.rsplit("/", 1)[-1],
        text=text,
        status="quarantined" if reason else "kept",
        reason=reason,
        author=draft.author or author(before, after),
        publisher=draft.publisher or publisher(draft.title, draft.url, draft.text),
        published=None
        if reason
        else published
        or publication_date(before="\n".join(before), after="\n".join(after), url=draft.url, day_first=furniture.day_first, today=today),
    )


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


def _surroundings(
    text: str, parts: Sequence[Part], start: int, end: int, spans: tuple[tuple[int, int], ...]
) -> tuple[list[str], list[str]]:
    """The units between the headline and the body, and the first behind it. Without a headline, the last dozen before the body."""
    if start >= end:
        return [], []
    first = parts[start].unit.start
    ahead = [span[1] for span in spans if span[1] <= first]
    floor = ahead[-1] if ahead else 0
    before = [p.unit.text for p in parts[:start] if p.unit.start >= floor]
    if not before and ahead:
        before = [p.unit.text for p in parts[max(0, start - 13) : start]]
    return before[-40:], [p.unit.text for p in parts[end : end + 4]]


def _card(draft: Draft) -> Cleaned:
    """A card is somebody's structured record: kept whole, sections without content left out."""
    text = draft.text
    while True:
        shorter = _EMPTY_SECTION.sub("", text)
        if shorter == text:
            break
        text = shorter
    return Cleaned(title=draft.title or draft.path.rsplit("/", 1)[-1], text=text.strip(), status="kept", author=draft.author, publisher=draft.publisher)
