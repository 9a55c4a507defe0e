"""Where the author's text starts and ends on a page, and what inside it is an insert.

The headline's repetition marks the start. From there markers (`ingest.markers`) and author bios cut the page into sections; a section goes on
with the article if it is prose and speaks of the same things, in the same words, as what came before. Inside a section the best prefix
is taken (maximum subsequence segmentation, Pasternack & Roth, WWW 2009): prose gains, menus and recurring lines lose. Knows nothing about dates
or whether the page is an article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.furniture import Furniture
from ingest.markers import Marker, introduces_person, marker_of
from ingest.units import STOPWORDS, Unit

_INDICATOR = re.compile(
    r"[0-9a-f]{32,}|\b\d{1,3}(?:\[?\.\]?\d{1,3}){3}\b|\[\.\]|\[:\]|hxxps?:|\bCVE-\d{4}-\d+|\bT\d{4}(?:\.\d{3})?\b|\bHK(?:LM|CU)\b|%\w+%|[A-Za-z]:\\", re.I
)
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_CAP = 80.0  # no stretch without prose costs more words than this, so that a table or list cannot cut an article in two
_ENOUGH = 60  # words of prose after which a marker may end an article
_LEAD = 25  # words of prose that show that the article begins behind a headline
_PARAGRAPH = 35  # words in a row that make a paragraph rather than a teaser
_VOCABULARY = 80  # distinct content words of an article from which on cohesion can be told
COHESION = 0.2  # share of content words that a section must have in common with the article before it


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with what is known about it: its marker, and whether it recurs on the publisher's pages."""

    unit: Unit
    marker: Marker
    recurs: bool

    @property
    def prose(self) -> bool:
        """Prose that is this page's own."""
        return self.unit.prose and not self.marker and not self.recurs

    @property
    def gain(self) -> float:
        """What the part adds to a section's score, in words."""
        words = self.unit.words
        if self.recurs:
            return -3.0 - 0.3 * words
        if self.marker:
            return -3.0
        if self.unit.prose:
            return float(words)
        if self.unit.stops and words >= 3 and self.unit.text[-1] in ".!?":
            return 1.0
        return 0.5 if _INDICATOR.search(self.unit.text) else -1.0 - 0.1 * min(words, 10)


@dataclass(frozen=True, slots=True)
class Section:
    """Parts [start, end) of a page between two markers, `opened` by one, trimmed to the best prefix.

    prose: words of prose in it; running: words of those that stand in paragraphs, or in sentences one behind the other; words: of anything.
    """

    start: int
    end: int
    opened: Marker
    prose: int
    running: int
    words: int


@dataclass(frozen=True, slots=True)
class Body:
    """The author's text: indices of the kept parts, in order; start and end enclose them. prose: words of prose among them."""

    start: int
    end: int
    kept: tuple[int, ...]
    prose: int


def read_parts(units: Sequence[Unit], furniture: Furniture) -> list[Part]:
    """Each unit with its marker and recurrence. Prose recurs only on a fair share of pages: reporters repeat their own background."""
    parts = []
    often = max(3.0, 0.2 * furniture.pages)
    for unit in units:
        pages = furniture.pages_with(unit) if furniture.pages > 1 else 1
        recurs = pages > 1 and pages >= (often if unit.prose and unit.words >= 12 else 2 if furniture.pages <= 4 or unit.words >= 5 else 3)
        parts.append(Part(unit, marker_of(unit.text), recurs))
    return parts


def find_body(parts: Sequence[Part], start: int, *, title: str = "", author: str | None = None, owner: str = "") -> Body:
    """The author's parts from `start` on (see `start_of`). title, author and the publisher's name, where known, help to tell what belongs."""
    known = set(_content(title))
    accepted: list[Section] = []
    pending: list[Section] = []
    prose = 0
    for section in _sections(parts, start, author, owner):
        if prose >= _ENOUGH and section.opened == "end":
            break
        words = [word for part in parts[section.start : section.end] if part.prose for word in _content(part.unit.text)]
        shared = sum(word in known for word in words) / max(1, len(words))
        strange = len(known) >= _VOCABULARY and shared < COHESION and section.running < prose
        strange = strange or (section.opened == "bio" and section.running < 0.5 * prose)
        if prose >= _ENOUGH and (strange or not _goes_on(section)):
            if shared >= COHESION and section.opened != "bio":
                pending.append(section)
            continue
        known.update(words)
        prose += section.prose
        accepted.extend((*pending, section))
        pending.clear()
    while accepted and not accepted[-1].prose:
        accepted.pop()
    kept = tuple(i for section in accepted for i in _authors(parts, section))
    return Body(kept[0], kept[-1] + 1, kept, prose) if kept else Body(0, 0, (), 0)


def _goes_on(section: Section) -> bool:
    """Whether a section behind a box is running text, rather than teasers with their titles."""
    return section.running >= _ENOUGH and section.prose >= 0.6 * section.words


def _content(text: str) -> list[str]:
    return [word for word in _CONTENT.findall(text.lower()) if word not in STOPWORDS]


def start_of(parts: Sequence[Part], headlines: Sequence[int]) -> int:
    """The part behind the headline that opens the article; without a headline, where the best run of prose begins.

    headlines: indices of the parts that repeat the headline, in order; may be empty.
    A page often opens with its own title: that one counts only where no other does.
    """
    ahead = [i for i in headlines if i > 2] or list(headlines)
    for number, index in enumerate(ahead):
        until = ahead[number + 1] if number + 1 < len(ahead) else len(parts)
        if sum(part.unit.words for part in parts[index + 1 : until] if part.prose) >= _LEAD:
            return index + 1 if index > 2 else _best_start(parts, index + 1)
    return _best_start(parts, 0)


def _best_start(parts: Sequence[Part], floor: int) -> int:
    """Where the section with most running text begins, or an earlier one that is an article's too."""
    sections = list(_sections(parts, floor, None, ""))
    largest = max(range(len(sections)), key=lambda i: sections[i].running, default=0)
    first = largest
    for index in range(largest - 1, -1, -1):
        if _goes_on(sections[index]) and sections[index].running >= 0.2 * sections[largest].running:
            first = index
    return sections[first].start if sections else floor


def _sections(parts: Sequence[Part], start: int, author: str | None, owner: str) -> Iterator[Section]:
    opened: Marker = ""
    at = start
    for index in range(start, len(parts)):
        marker = "end" if owner and _introduces(parts[index].unit.text, owner) else parts[index].marker
        if marker in ("end", "box"):
            yield _trimmed(parts, at, index, opened)
            opened, at = marker, index + 1
        elif parts[index].unit.prose and not marker and introduces_person(parts[index].unit.text, author):
            yield _trimmed(parts, at, index, opened)
            opened, at = "bio", index
    yield _trimmed(parts, at, len(parts), opened)


def _introduces(text: str, owner: str) -> bool:
    """Whether a short line heads what a firm says about itself: "About Example Corp"."""
    low = text.casefold()
    return low.startswith("about ") and len(low) <= 60 and owner.casefold() in low


def _trimmed(parts: Sequence[Part], start: int, end: int, opened: Marker) -> Section:
    """The prefix with the highest score; behind a box, its entries up to the first prose don't belong to the article."""
    while start < end and not parts[start].prose:
        start += 1
    score, best, stop, dry = 0.0, 0.0, start, 0.0
    for index in range(start, end):
        gain = parts[index].gain
        if gain < 0:
            gain = max(gain, dry - _CAP)
            dry -= gain
        elif parts[index].prose:
            dry = 0.0
        score += gain
        if score >= best:
            best, stop = score, index + 1
    inside = parts[start:stop]
    prose = sum(part.unit.words for part in inside if part.prose)
    other = sum(part.unit.words for part in inside if not part.prose and not part.recurs and not _INDICATOR.search(part.unit.text))
    return Section(start, stop, opened, prose, _running(inside), prose + other)


def _running(parts: Sequence[Part]) -> int:
    total = run = 0
    for part in (*parts, None):
        if part is not None and part.prose:
            run += part.unit.words
        else:
            total += run if run >= _PARAGRAPH else 0
            run = 0
    return total


def _authors(parts: Sequence[Part], section: Section) -> Iterator[int]:
    for index in range(section.start, section.end):
        part = parts[index]
        if not part.marker and not (part.recurs and part.unit.words >= 4):
            yield index
