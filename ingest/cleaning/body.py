"""Where the author's text starts and ends on a page, and what inside it is an insert.

The headline's repetition marks the start. From there markers (`ingest.cleaning.markers`) and author bios cut the page into sections; a section goes on
with the article if it is prose and speaks of the same things, in the same words, as what came before. Inside a section the best prefix
is taken (maximum subsequence segmentation, Pasternack & Roth, WWW 2009): prose gains, menus and recurring lines lose. Knows nothing about dates
or whether the page is an article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cleaning.markers import Marker, introduces_person, is_remark
from ingest.cleaning.parts import Part
from ingest.cleaning.units import STOPWORDS

_CONTENT = re.compile(r"[^\W\d_]{4,}")
_CAP = 80.0  # no stretch without prose costs more words than this, so that a table or list cannot cut an article in two
_ENOUGH = 60  # words of prose after which a marker may end an article
_INDICATORS = 3  # lines of indicators that make a list, which belongs to its article wherever it stands
_MUCH = 200  # words of running text that no bio and no firm says about itself
_PARAGRAPH = 35  # words in a row that make a paragraph rather than a teaser
_VOCABULARY = 80  # distinct content words of an article from which on cohesion can be told
COHESION = 0.2  # share of content words that a section must have in common with the article before it


@dataclass(frozen=True, slots=True)
class Section:
    """Parts [start, end) of a page between two markers, `opened` by one, trimmed to the best prefix.

    prose: words of prose in it; running: words of those that stand in paragraphs, or in sentences one behind the other; words: of anything.
    indicators: lines of them. discussion: readers' remarks, told by the names, times and "reply" links around them.
    """

    start: int
    end: int
    opened: Marker
    prose: int
    running: int
    words: int
    indicators: int
    discussion: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The author's text: indices of the kept parts, in order; start and end enclose them. prose: words of prose among them."""

    start: int
    end: int
    kept: tuple[int, ...]
    prose: int


def find_body(parts: Sequence[Part], start: int, *, title: str = "", author: str | None = None, owner: str = "") -> Body:
    """The author's parts from `start` on (see `start_of`). title, author and the publisher's name, where known, help to tell what belongs."""
    known = set(_content(title))
    accepted: list[Section] = []
    pending: list[Section] = []
    prose = 0
    over = False
    for section in _sections(parts, start, author, owner):
        over = over or (prose >= _ENOUGH and section.opened == "end")
        words = [word for part in parts[section.start : section.end] if part.prose for word in _content(part.unit.text)]
        shared = sum(word in known for word in words) / max(1, len(words))
        if prose >= _ENOUGH and not _goes_on(section, prose, shared if len(known) >= _VOCABULARY else 1.0, over=over):
            if shared >= COHESION and section.opened == "box" and not over:
                pending.append(section)
            continue
        known.update(words)
        prose += section.prose
        accepted.extend((*pending, section))
        pending.clear()
    while accepted and not accepted[-1].prose and not accepted[-1].indicators:
        accepted.pop()
    kept = tuple(i for section in accepted for i in _authors(parts, section))
    return Body(kept[0], kept[-1] + 1, kept, prose) if kept else Body(0, 0, (), 0)


def _goes_on(section: Section, before: int, shared: float, *, over: bool = False) -> bool:
    """Whether a section goes on with an article that has `before` words of prose: running text, not teasers with their titles, and on the
    same matter, or as long as what came before. Behind an end or a bio only much text that is no readers' discussion does."""
    if section.indicators >= _INDICATORS and not over and section.words <= section.prose + 8 * section.indicators:
        return True
    if section.running < _ENOUGH or section.prose < (0.6 if section.running < 2 * _ENOUGH else 0.4) * section.words:
        return False
    if over or section.opened == "bio":
        enough = _MUCH if over else _MUCH / 2
        much = section.running >= 0.5 * before or (section.running >= enough and shared >= 1.5 * COHESION)
        return much and not section.discussion
    return shared >= COHESION or section.running >= before


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
        if _running(parts[index + 1 : until]) >= _PARAGRAPH:
            return _with_lead(parts, index) if index > 2 else _best_start(parts, index + 1)
    return _best_start(parts, 0)


def _with_lead(parts: Sequence[Part], headline: int) -> int:
    """The part behind the headline, or the paragraph just above it where that speaks of what the headline names."""
    lead = headline - 1
    named = set(_content(parts[headline].unit.text))
    if parts[lead].prose and parts[lead].unit.words >= 20 and named.intersection(_content(parts[lead].unit.text)):
        return lead
    return headline + 1


def _best_start(parts: Sequence[Part], floor: int) -> int:
    """Where the section with most running text begins, or an earlier one that is an article's too."""
    sections = list(_sections(parts, floor, None, ""))
    largest = max(range(len(sections)), key=lambda i: sections[i].running, default=0)
    first = largest
    for index in range(largest - 1, -1, -1):
        if _goes_on(sections[index], 0, 1.0) and sections[index].running >= 0.2 * sections[largest].running:
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
    return len(text) <= 60 and text[:6].lower() == "about " and owner.casefold() in text.casefold()


def _trimmed(parts: Sequence[Part], start: int, end: int, opened: Marker) -> Section:
    """The prefix with the highest score; behind a box, its entries up to the first prose don't belong to the article."""
    while start < end and not parts[start].prose and not parts[start].indicator:
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
    other = sum(part.unit.words for part in inside if not part.prose and not part.recurs and not part.indicator)
    running = _running(inside)
    remarks = sum(is_remark(part.unit.text) for part in parts[start:end]) if running >= _ENOUGH and opened else 0
    indicators = sum(part.indicator for part in inside)
    return Section(start, stop, opened, prose, running, prose + other, indicators, remarks >= 2 and remarks * 150 >= prose)


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
