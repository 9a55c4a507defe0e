"""Where the author's text starts and ends on a page, and what inside it is an insert.

The body is the run of units with the highest score (maximum subsequence segmentation, Pasternack & Roth, WWW 2009): prose gains, menus,
recurring lines and boxes lose. The headline's repetition marks the start; comments, bios and related links mark the end. Knows nothing
about dates or whether the page is an article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.furniture import Furniture
from ingest.markers import Marker, marker_of
from ingest.units import Unit

_INDICATOR = re.compile(
    r"[0-9a-f]{32,}|\b\d{1,3}(?:\[?\.\]?\d{1,3}){3}\b|\[\.\]|\[:\]|hxxps?:|\bCVE-\d{4}-\d+|\bT\d{4}(?:\.\d{3})?\b|\bHK(?:LM|CU)\b|%\w+%|[A-Za-z]:\\", re.I
)
_CAP = 80.0  # no stretch without prose costs more, so that a long table or list cannot cut an article in two
_ENOUGH = 60  # words of prose after which a marker may end an article


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with what is known about it: how many pages of the publisher hold it, and its marker."""

    unit: Unit
    pages: int
    marker: Marker
    recurs: bool

    @property
    def prose(self) -> bool:
        """Prose that is this page's own."""
        return self.unit.prose and not self.marker and not self.recurs

    @property
    def gain(self) -> float:
        """What the part adds to a body's score, in words."""
        unit = self.unit
        if self.recurs or self.marker:
            return -3.0 - (0.3 * unit.words if self.recurs else 2.0)
        if unit.prose:
            return float(unit.words)
        if _INDICATOR.search(unit.text):
            return 0.5
        return -1.0 - 0.1 * min(unit.words, 10)


@dataclass(frozen=True, slots=True)
class Body:
    """Parts of a page that are the author's, as indices [start, end) into the parts; `words` counts the prose among them."""

    start: int
    end: int
    words: int


def read_parts(units: Sequence[Unit], furniture: Furniture) -> list[Part]:
    """Each unit with its marker and recurrence. Prose recurs only on a fair share of pages: reporters repeat their own background."""
    parts = []
    often = max(3.0, 0.2 * furniture.pages)
    for unit in units:
        pages = furniture.pages_with(unit) if furniture.pages > 1 else 1
        long_prose = unit.prose and unit.words >= 12
        recurs = pages >= (often if long_prose else 2 if furniture.pages <= 4 or unit.words >= 5 else 3)
        parts.append(Part(unit, pages, marker_of(unit.text), recurs))
    return parts


def find_body(parts: Sequence[Part], headlines: Sequence[int]) -> Body:
    """The author's run of parts. headlines: indices of the parts that repeat the headline, in order; may be empty."""
    start, end = _best_run(parts, headlines)
    if start >= end:
        return Body(0, 0, 0)
    start = _start(parts, start, end, headlines)
    end = _end(parts, start, end)
    return Body(start, end, sum(p.unit.words for p in parts[start:end] if p.prose))


def _best_run(parts: Sequence[Part], headlines: Sequence[int]) -> tuple[int, int]:
    best, best_span = 0.0, (0, 0)
    score, start, prose, dry = 0.0, 0, 0, 0.0
    titled = set(headlines)
    seen_title = not headlines
    for index, part in enumerate(parts):
        if index in titled:
            seen_title = True
        gain = part.gain
        if part.marker == "end" and prose >= _ENOUGH and (seen_title or prose >= 3 * _ENOUGH):
            if seen_title and best_span[1] > 0:
                break
            gain -= 2 * _CAP
        elif part.marker == "box" and prose >= _ENOUGH:
            gain -= min(_CAP, 20.0)
        if gain < 0:
            gain = -min(-gain, max(0.0, _CAP - dry)) if part.marker != "end" else gain
            dry += -gain
        elif part.prose:
            dry = 0.0
        if score <= 0:
            score, start, prose, dry = 0.0, index, 0, 0.0
        score += gain
        prose += part.unit.words if part.prose else 0
        if score > best:
            best, best_span = score, (start, index + 1)
    return best_span


def _start(parts: Sequence[Part], start: int, end: int, headlines: Sequence[int]) -> int:
    """Move the start behind the headline that opens the article: back to it, or forward where the run began before it."""
    total = sum(p.unit.words for p in parts[start:end] if p.prose)
    before = 0
    anchor = -1
    at = 0
    for headline in headlines:
        if headline >= end:
            break
        before += sum(p.unit.words for p in parts[max(at, start) : headline] if p.prose)
        at = headline
        if before <= 0.2 * total:
            anchor = headline
    first = anchor + 1 if anchor >= 0 else start
    while first < end and not parts[first].prose:
        first += 1
    return first if first < end else start


def _end(parts: Sequence[Part], start: int, end: int) -> int:
    while end > start and (parts[end - 1].recurs or parts[end - 1].marker):
        end -= 1
    return end


def authors_parts(parts: Sequence[Part], body: Body) -> list[Part]:
    """The parts of the body that are the author's: inserts that recur, boxes and buttons are left out."""
    kept = []
    for part in parts[body.start : body.end]:
        if part.marker in ("box", "button", "end") or (part.recurs and part.unit.words >= 4):
            continue
        kept.append(part)
    return kept
