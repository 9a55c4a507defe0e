"""The units of a page with what is known about each: whether the publisher's other pages hold it, what it marks, what it is worth to a body.

Knows nothing about order: which run of parts is the article is `ingest.cleaning.body`'s.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cleaning.furniture import Furniture
from ingest.cleaning.markers import Marker, marker_of
from ingest.cleaning.units import Unit, split_unit

_INDICATOR = re.compile(
    r"[0-9a-f]{32,}|\b\d{1,3}(?:\[?\.\]?\d{1,3}){3}\b|\[\.\]|\[:\]|hxxps?:|\bCVE-\d{4}-\d+|\bT\d{4}(?:\.\d{3})?\b|\bHK(?:LM|CU)\b|%\w+%|[A-Za-z]:\\",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with what is known about it.

    share: part of the publisher's pages that hold it; recurs: so many that it is furniture. prose: sentences that are this page's own.
    indicator: a line of hashes, addresses or defanged hosts, such as articles list them. gain: what it adds to a body's score, in words.
    """

    unit: Unit
    marker: Marker
    share: float
    recurs: bool
    prose: bool
    indicator: bool
    gain: float


def read_parts(units: Sequence[Unit], furniture: Furniture) -> list[Part]:
    """The parts of a page, in order; where furniture was glued to the end of prose, that unit as two.

    Prose recurs only on a fair share of pages: reporters repeat their own background.
    """
    parts = []
    often = max(3.0, 0.2 * furniture.pages)
    for unit in _without_tails(units, furniture):
        pages = furniture.pages_with(unit) if furniture.pages > 1 else 1
        recurs = pages > 1 and pages >= (often if unit.prose and unit.words >= 12 else 2 if furniture.pages <= 4 or unit.words >= 5 else 3)
        marker = marker_of(unit.text)
        indicator = not unit.prose and not unit.text.isalpha() and bool(_INDICATOR.search(unit.text))
        own = unit.prose and not marker and not recurs
        parts.append(Part(unit, marker, pages / max(2, furniture.pages), recurs, own, indicator, _gain(unit, marker, recurs, indicator)))
    return parts


def _gain(unit: Unit, marker: Marker, recurs: bool, indicator: bool) -> float:
    if recurs:
        return -3.0 - 0.3 * unit.words
    if marker:
        return -3.0
    if unit.prose:
        return float(unit.words)
    if unit.stops and unit.words >= 3 and unit.text[-1] in ".!?":
        return 1.0  # a sentence too short to tell: it may end an article
    return 3.0 if indicator else -1.0 if unit.words < 4 else -2.5


def _without_tails(units: Sequence[Unit], furniture: Furniture) -> Iterator[Unit]:
    for unit in units:
        tail = furniture.tail_of(unit) if unit.prose else 0
        yield from split_unit(unit, len(unit.text) - tail) if tail else (unit,)
