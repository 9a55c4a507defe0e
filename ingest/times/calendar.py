"""Intervals of days for what a calendar has names for: days, months, years, seasons, quarters, halves, decades, weeks, and their parts.

All arithmetic with dates is here, and nothing else: this file knows no words and no publication date. Every interval has both ends included.
Seasons are those of the north, as whole months: spring March to May, summer June to August, autumn September to November, winter December
to February, named after the year in which it begins.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.nouns import Grain

# Where words leave the beginning open ("before 2019"). Nobody broke into a computer earlier than that and was written about here.
EARLIEST = date(1970, 1, 1)


@dataclass(frozen=True)
class Interval:
    """Days from start to end, both included, and the calendar unit that was named for them."""

    start: date
    end: date
    grain: Grain


def day(year: int, month: int, number: int) -> Interval | None:
    """One day; None where the month has no such day."""
    if not (1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]):
        return None
    there = date(year, month, number)
    return Interval(there, there, "day")


def month(year: int, number: int, *, months: int = 1, grain: Grain = "month") -> Interval:
    """`months` whole months from month `number` of `year`; a number beyond 12, or below 1, runs into the next or the previous year."""
    first, last = year * 12 + number - 1, year * 12 + number + months - 2
    end = date(last // 12, last % 12 + 1, calendar.monthrange(last // 12, last % 12 + 1)[1])
    return Interval(date(first // 12, first % 12 + 1, 1), end, grain)


def year(number: int) -> Interval:
    return month(number, 1, months=12, grain="year")


def season(number: int, index: int) -> Interval:
    """Season 0 (spring) to 3 (winter) that begins in year `number`."""
    return month(number, 3 + 3 * index, months=3, grain="season")


def quarter(number: int, index: int) -> Interval:
    """Quarter 1 to 4."""
    return month(number, 3 * index - 2, months=3, grain="quarter")


def half(number: int, index: int) -> Interval:
    """Half 1 or 2 of a year."""
    return month(number, 6 * index - 5, months=6, grain="half")


def decade(first_year: int) -> Interval:
    return Interval(date(first_year, 1, 1), date(first_year + 9, 12, 31), "span")


def week(around: date) -> Interval:
    """Monday to Sunday."""
    monday = around - timedelta(days=around.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")


def weekend(around: date) -> Interval:
    """Saturday and Sunday of that week."""
    sunday = week(around).end
    return Interval(sunday - timedelta(days=1), sunday, "week")


def shifted(there: date, *, months: int) -> date:
    """The same day `months` later (earlier where negative); the last of the month where it has no such day."""
    first = month(there.year, there.month + months)
    return first.start.replace(day=min(there.day, first.end.day))


def easter(number: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm; Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = number % 19, number // 100, number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    turn = h + days - 7 * ((a + 11 * h + 22 * days) // 451) + 114
    return date(number, turn // 31, turn % 31 + 1)


def nth_weekday(number: int, in_month: int, weekday: int, nth: int) -> date:
    """The nth (1 to 4, -1 for the last) weekday (0 Monday) of a month."""
    span = month(number, in_month)
    if nth > 0:
        return span.start + timedelta(days=(weekday - span.start.weekday()) % 7 + 7 * (nth - 1))
    return span.end - timedelta(days=(span.end.weekday() - weekday) % 7)


def holiday(name: str, number: int) -> Interval:
    """The holiday of a year under its lower-case name; a bare "christmas" or "easter" is the days that people call so."""
    fixed = {
        "christmas eve": (12, 24),
        "christmas day": (12, 25),
        "boxing day": (12, 26),
        "new year's eve": (12, 31),
        "new year's day": (1, 1),
        "halloween": (10, 31),
        "valentine's day": (2, 14),
        "fourth of july": (7, 4),
    }
    if name in fixed:
        there = date(number, *fixed[name])
        return Interval(there, there, "day")
    if name == "christmas":
        return Interval(date(number, 12, 24), date(number, 12, 26), "week")
    if name == "easter":
        sunday = easter(number)
        return Interval(sunday - timedelta(days=2), sunday + timedelta(days=1), "week")
    nth = {"thanksgiving": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1)}
    there = nth_weekday(number, *nth[name])
    return Interval(there, there, "day")


HOLIDAYS = (
    "christmas eve",
    "christmas day",
    "christmas",
    "boxing day",
    "new year's eve",
    "new year's day",
    "halloween",
    "valentine's day",
    "fourth of july",
    "thanksgiving",
    "labor day",
    "memorial day",
    "easter",
)


def part(of: Interval, name: str) -> Interval:
    """A part of an interval: early, mid, late (thirds), beginning, end (what people call so: a quarter of a year, ten days of a month),
    "first half", "second half", "first week" … "fourth week"."""
    halves = {"first half": 0, "second half": 1}
    if name in halves:
        return _half_of(of, halves[name])
    if name.endswith(" week"):
        return _week_of(of, name)
    third = {"early": 0, "beginning": 0, "mid": 1, "late": 2, "end": 2}[name]
    if of.grain in ("month", "week", "day"):
        return _third_of_month(of, third) if of.grain == "month" else of
    months = (of.end.year - of.start.year) * 12 + of.end.month - of.start.month + 1
    if of.grain == "year":
        length, at = (3, {"beginning": 1, "end": 10}[name]) if name in ("beginning", "end") else (4, 1 + 4 * third)
        return month(of.start.year, at, months=length, grain="season")
    if months == 120:
        first, years = ((0, 4), (4, 3), (7, 3))[third]
        return Interval(date(of.start.year + first, 1, 1), date(of.start.year + first + years - 1, 12, 31), "span")
    length = max(1, months // 3)
    return month(of.start.year, of.start.month + third * length, months=length)


def _third_of_month(of: Interval, third: int) -> Interval:
    start = of.start.replace(day=(1, 11, 21)[third])
    return Interval(start, of.end if third == 2 else start + timedelta(days=9), "week")


def _half_of(of: Interval, which: int) -> Interval:
    if of.grain == "year":
        return half(of.start.year, which + 1)
    middle = of.start + (of.end - of.start) // 2
    grain: Grain = "week" if of.grain == "month" else "month"
    return Interval(of.start, middle, grain) if which == 0 else Interval(middle + timedelta(days=1), of.end, grain)


def _week_of(of: Interval, name: str) -> Interval:
    if name == "last week":
        return Interval(of.end - timedelta(days=6), of.end, "week")
    start = of.start + timedelta(days=7 * ("first", "second", "third", "fourth").index(name.split()[0]))
    return Interval(start, min(start + timedelta(days=6), of.end), "week")
