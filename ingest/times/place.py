"""Gives an expression its days: from its own year, from a neighbour's, or from the publication date; None where none of them places it.

A month, day or weekday without a year is the nearest that does not lie after publication.
"""

from dataclasses import replace
from datetime import date, timedelta

from ingest.times import calendar
from ingest.times.calendar import EARLIEST, Interval
from ingest.times.named import Named
from ingest.times.ranges import Expression

_GRACE = timedelta(days=1)  # a page dated by a clock further west tells of "May 29" on 28 May


def place(found: Expression, published: date | None) -> Interval | None:
    """The interval of an expression; None where it has none."""
    whole = _range(found.first, found.last, published) if found.joined else single(found.first, published)
    if whole is not None and found.days_off:
        off = timedelta(days=found.days_off)
        return Interval(whole.start + off, whole.end + off, whole.grain if abs(found.days_off) < 30 else "month")
    if whole is None or found.bound in ("", "by"):
        return whole
    if found.bound == "before":
        return None if whole.start <= EARLIEST else Interval(EARLIEST, whole.start - timedelta(days=1), "span")
    if found.bound == "since":
        return (
            Interval(whole.start, published, "span")
            if published and published > whole.end
            else replace(whole, end=published)
            if (published and published >= whole.start)
            else whole
        )
    return Interval(whole.end + timedelta(days=1), published, "span") if published and published > whole.end else None


def _range(first: Named, last: Named, published: date | None) -> Interval | None:
    if first.kind == "ordinal" and last.kind == "day":
        first = replace(first, kind="day", month=last.month)
    if last.kind == "ordinal" and first.kind == "day":
        last = replace(last, kind="day", month=first.month)
    end = single(last, published)
    if last.dated and not first.dated and first.kind not in ("weekday", "near", "unit", "rolling", "ago"):
        first = replace(first, year=end.end.year if end else None)
    start = single(first, published)
    if first.dated and start and not last.dated and last.kind not in ("weekday", "near", "unit", "rolling", "ago"):
        end = single(replace(last, year=start.start.year), published)
        if end and end.end < start.start:
            end = single(replace(last, year=start.start.year + 1), published)
    elif start and end and start.start > end.end and first.year:
        start = single(replace(first, year=first.year - 1), published)
    elif start and end and not first.dated and start.start > end.end:
        start = single(first, end.start)
    if start is None or end is None or start.start > end.end:
        return None
    return Interval(start.start, end.end, start.grain if start.start == end.start and start.end == end.end else "span")


def single(named: Named, published: date | None) -> Interval | None:
    """The interval of one named time."""
    whole = _whole(named, published)
    if whole is None or not named.part:
        return whole
    if named.part in ("week", "weekend"):
        return calendar.week(whole.start) if named.part == "week" else _weekend_around(whole)
    if named.part in ("earlier", "later"):
        if published is None or not whole.start <= published <= whole.end:
            return whole
        return replace(whole, end=published) if named.part == "earlier" else replace(whole, start=published)
    return calendar.part(whole, named.part)


def _weekend_around(day: Interval) -> Interval:
    """The weekend that a holiday makes long: Saturday to Monday for a Monday, Thursday to Sunday for a Thursday."""
    there = day.start
    if there.weekday() == 0:
        return Interval(there - timedelta(days=2), there, "week")
    ends = calendar.weekend(there)
    return Interval(min(there, ends.start), ends.end, "week") if there.weekday() >= 3 else ends


def _whole(named: Named, published: date | None) -> Interval | None:
    if named.kind in ("near", "weekday", "unit", "rolling", "ago"):
        return _relative(named, published) if published else None
    if named.kind == "decade":
        return calendar.decade(named.year) if named.year else None
    year = named.year
    if named.year_shift is not None:
        if published is None:
            return None
        year = published.year + named.year_shift
    if year is not None:
        return _of_year(named, year, published)
    return _nearest(named, published) if published else None


def _of_year(named: Named, year: int, published: date | None) -> Interval | None:
    if named.kind == "year":
        return calendar.year(year)
    if named.kind == "month":
        return calendar.month(year, named.month)
    if named.kind == "season":
        there = calendar.season(year, named.number)
        early = published is not None and there.start > published
        # "winter 2018" written before December 2018 is the one that began in 2017.
        return calendar.season(year - 1, 3) if named.number == 3 and early and not named.ref else there
    if named.kind == "quarter":
        return calendar.quarter(year, named.number)
    if named.kind == "half":
        return calendar.half(year, named.number)
    if named.kind == "holiday":
        return calendar.holiday(named.unit, year)
    return _day(named, year, published)


def _day(named: Named, year: int, published: date | None) -> Interval | None:
    there = calendar.day(year, named.month, named.day)
    if named.last_day and there:
        last = calendar.day(year, named.month, named.last_day)
        return Interval(there.start, last.end, "span") if last and last.end > there.start else there
    if named.ambiguous:
        other = calendar.day(year, named.day, named.month)
        if there and other:
            return _either(there, other, published)
    return there


def _either(month_first: Interval, day_first: Interval, published: date | None) -> Interval:
    """One of two readings of 05/07/2021: the one that is not after publication, else both ends, which holds under either reading."""
    possible = [one for one in (month_first, day_first) if published is None or one.start <= published + _GRACE]
    if len(possible) == 1:
        return possible[0]
    return Interval(min(month_first.start, day_first.start), max(month_first.end, day_first.end), "span")


def _nearest(named: Named, published: date) -> Interval | None:
    """Without a year: the nearest that has begun when it was published. "last" asks for one that is over, "next" for one to come."""
    if named.kind == "ordinal":
        first_back, last_back = {"last": (1, 2), "this": (0, 1)}.get(named.ref, (0, 12))
        months = (calendar.month(published.year, published.month - back).start for back in range(first_back, last_back))
        days = (calendar.day(first.year, first.month, named.day) for first in months)
        return next((there for there in days if there and (there.start <= published or named.ref)), None)
    years = range(published.year + 1, published.year - 9, -1)
    candidates = [there for year in years if (there := _of_year(replace(named, ref="this"), year, published))]
    if named.ref == "next":
        return next((there for there in reversed(candidates) if there.start > published), None)
    if named.ref == "this" and named.kind != "season":
        return next((there for there in candidates if there.start.year == published.year), None)
    if named.ref == "last":
        return next((there for there in candidates if there.end < published), None)
    return next((there for there in candidates if there.start <= published + _GRACE), None)


def _relative(named: Named, published: date) -> Interval | None:
    if named.kind == "near":
        there = published + timedelta(days=named.number)
        return Interval(there, there, "day")
    if named.kind == "weekday":
        return _weekday(named, published)
    if named.kind == "unit":
        return _unit(named, published)
    if named.kind == "rolling":
        return Interval(_back(published, named.number, named.unit), published, "span")
    return _ago(named, published)


def _weekday(named: Named, published: date) -> Interval:
    """The nearest such day up to publication; "last Friday" is before it, "Friday last week" and "this Friday" are of that week."""
    if named.unit == "week":
        there = calendar.week(published).start + timedelta(days=named.number - (7 if named.ref == "last" else 0))
    elif named.ref == "next":
        there = published + timedelta(days=(named.number - published.weekday() - 1) % 7 + 1)
    else:
        latest = published - timedelta(days=1 if named.ref == "last" else 0)
        there = latest - timedelta(days=(latest.weekday() - named.number) % 7)
    return Interval(there, there, "day")


def _unit(named: Named, published: date) -> Interval | None:
    step = {"last": -1, "next": 1}.get(named.ref, 0)
    if named.unit == "weekend":
        latest = calendar.weekend(published)
        if step == 1:
            return calendar.weekend(latest.end + timedelta(days=7 if published >= latest.start else 0))
        over = latest.start <= published and named.ref != "last"
        return latest if over or (named.ref == "this" and published.weekday() >= 2) else calendar.weekend(latest.start - timedelta(days=7))
    if named.unit == "week":
        return calendar.week(published + timedelta(days=7 * step))
    if named.unit == "month":
        return calendar.month(published.year, published.month + step)
    if named.unit == "quarter":
        return calendar.month(published.year, 3 * ((published.month - 1) // 3 + step) + 1, months=3, grain="quarter")
    if named.unit == "year":
        return calendar.year(published.year + step)
    if named.unit == "day":
        return Interval(published, published, "day")
    return calendar.decade(published.year // 10 * 10 + 10 * step) if named.unit == "decade" else None


def _back(published: date, number: int, unit: str) -> date:
    if unit in ("hour", "day", "week", "weekend"):
        return published - timedelta(days={"hour": (number + 23) // 24, "day": number}.get(unit, 7 * number))
    return calendar.shifted(published, months=-number * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


def _ago(named: Named, published: date) -> Interval | None:
    """ "two weeks ago" is that week, "two years ago" that year; "a few months ago" two to five of them."""
    if named.vague:
        return Interval(_back(published, named.number + 2, named.unit), _back(published, max(1, named.number - 1), named.unit), "span")
    if named.unit == "hour":
        return Interval(_back(published, named.number, "hour"), published, "day")
    there = _back(published, named.number, named.unit)
    if named.unit == "week":
        return Interval(there - timedelta(days=3), there + timedelta(days=3), "week")
    if named.unit == "month":
        return calendar.month(there.year, there.month)
    if named.unit in ("year", "decade"):
        return calendar.year(there.year) if named.unit == "year" else calendar.decade(there.year // 10 * 10)
    return Interval(there, there, "day") if named.unit == "day" else None
