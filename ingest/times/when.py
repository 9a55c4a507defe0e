"""When it happened: times in text as intervals of days, resolved against the article's publication date.

`find_times` is for text, `resolve` for one phrase or a question, `compatible` tells whether two times can be of one event, `say` puts one in words.
What has no place without a publication date ("last Friday") is left out where there is none: nothing is guessed. A time of publication or of
ingest is never event time; this file does not look for them.

Limits: English only; "recently" and bare durations ("for three years") are no times; the fiscal year is read as the calendar year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.nouns import When
from ingest.times.grammar import find
from ingest.times.names import is_name
from ingest.times.place import place
from ingest.times.ranges import ranges
from ingest.times.words import say

__all__ = ["TimeMention", "compatible", "find_times", "resolve", "say"]


@dataclass(frozen=True)
class TimeMention:
    """`text[start:end]` names the time `when`; its words are `when.text`."""

    start: int
    end: int
    when: When


def find_times(text: str, *, published: date | None) -> list[TimeMention]:
    """Every time that the text names and that can be placed, in order, none overlapping another."""
    return list(_times(text, published))


def _times(text: str, published: date | None) -> Iterator[TimeMention]:
    for found in ranges(text, (named for named in find(text) if not is_name(text, named))):
        if there := place(found, published):
            yield TimeMention(found.start, found.end, When(there.start, there.end, there.grain, text[found.start : found.end]))


def resolve(words: str, published: date | None) -> When | None:
    """The time that a phrase or a question names; None where it names none or it can't be placed.

    A phrase is taken for a time where it can be one: "April" and "the weekend" are. Where it names several, the narrowest: "early this morning (7th
    of June 2016)" is 7 June 2016, "last week, on Monday" that Monday.
    For a question give today's date, or the date "as of" which it is asked.
    """
    for opening in _OPENINGS if len(words.split()) <= _PHRASE else _OPENINGS[:1]:
        found = [mention.when for mention in find_times(opening + words, published=published)]
        if found:
            return min(found, key=lambda when: when.end - when.start)
    return None


# A phrase cut out of its sentence lacks the preposition that makes "May", "Q3" or "the weekend" a time.
_OPENINGS = ("", "in ", "over ")
_PHRASE = 4  # words; more are a sentence, in which "April" may be somebody


# How far words of this grain reach beyond the interval that they stand for: a day for time zones, a few for "the weekend" and thirds of a month,
# a month for a season, two weeks for the ends of a span. Months, quarters, halves and years have sharp ends.
_BLUR = {"day": 1, "week": 3, "month": 0, "season": 31, "quarter": 0, "half": 0, "year": 0, "span": 14}


def compatible(a: When, b: When) -> bool:
    """Whether both can be the time of one event: they overlap, or miss each other by no more than the vaguer words' blur."""
    blur = max(_BLUR[a.grain], _BLUR[b.grain])
    return (a.start - b.end).days <= blur and (b.start - a.end).days <= blur
