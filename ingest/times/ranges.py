"""Joins expressions into intervals: "between March and May 2019", "July and August", "2014-2015", "since at least 2014", "before 2019".

A year that only the last of them carries belongs to all ("from November to March 2022" begins in 2021).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.times.named import NUMBER, Named, number_of

Bound = Literal["", "since", "by", "before", "after"]


@dataclass(frozen=True)
class Expression:
    """What stands in the text from `start` to `end`: one named time, or a range from `first` to `last`.

    bound: "since" where it begins then and goes on, "by" where the words give the latest end, "before" and "after" where it lies outside.
    days_off: how many days before (below 0) or after it is meant ("two days after 7 May").
    joined: "range" where words say from where to where; "list" where they only stand together ("July and August").
    """

    start: int
    end: int
    first: Named
    last: Named
    bound: Bound = ""
    joined: Literal["", "range", "list"] = ""
    days_off: int = 0


_AROUND = (
    r"(?:(?:at\s+least|about|around|approximately|roughly|the|sometime|some\s+time|perhaps|possibly|probably|in|on"
    r"|as\s+(?:early|far\s+back|late)\s+as)\s+)*"
)
_CONNECTOR = re.compile(
    r"\s*(?:(?P<dash>[-–—/])\s*|,?\s*(?:(?P<to>\b(?:and\s+)?(?:to|through|thru|until|till|up\s+to|up\s+until|into))|(?P<list>and|or|&))\s+"
    + _AROUND
    + ")",
    re.I,
)
_BETWEEN = re.compile(r"\b(?:between|from|starting|beginning)\s+" + _AROUND + r"\Z", re.I)
_BEFORE = re.compile(
    r"\b(?:(?P<since>(?:ever\s+)?since|(?:at\s+least\s+)?since|from\s+(?:at\s+least|as\s+(?:early|far\s+back)\s+as)"
    r"|(?:at\s+least\s+)?as\s+(?:early|far\s+back|far|long\s+ago)\s+as"
    r"|(?:dat|go|trac|stretch|reach|extend)(?:es|e|ed|ing|s)?\s+(?:all\s+the\s+way\s+)?back\s+(?:as\s+far\s+as|(?:at\s+least\s+)?to)|starting|beginning)"
    r"|(?P<by>by|until|till|up\s+to|up\s+until|not?\s+later\s+than)|(?P<before>(?:some\s+time\s+)?before|prior\s+to|ahead\s+of|earlier\s+than)"
    r"|(?P<after>(?:some\s+time\s+)?after|later\s+than|following))\s+" + _AROUND + r"\Z",
    re.I,
)
_DISTANCE = re.compile(rf"\b(?:the|(?P<n>{NUMBER}))?\s*(?P<unit>day|week|month|hour|night|morning|year|minute)s?\s+\Z", re.I)
_LESS = re.compile(r"\b(?P<before>pre)-\Z|\b(?P<after>post)-\Z", re.I)
_ONWARD = re.compile(
    r"(?:\s*[-–—]\s*|\s+(?:(?:and|to|until|till|through|up\s+to)\s+)?)"
    r"(?:onwards?|forward|(?:the\s+)?(?:present|current)(?:\s+day|\s+time)?|today|now|to\s+date)\b",
    re.I,
)
_ABSOLUTE = ("day", "month", "year", "season", "quarter", "half", "decade", "ordinal", "holiday")


def ranges(text: str, names: Iterable[Named]) -> Iterator[Expression]:
    """The expressions that named times make together, in the order of the text."""
    waiting: Expression | None = None
    for named in names:
        if waiting and (joined := _join(text, waiting, named)):
            waiting = joined
            continue
        if waiting and not waiting.joined and _same_year(text, waiting.last, named):
            waiting = replace(waiting, first=_with_year(waiting.first, named), last=_with_year(waiting.last, named))
        if waiting:
            yield _bounded(text, waiting)
        waiting = Expression(named.start, named.end, named, named)
    if waiting:
        yield _bounded(text, waiting)


def _join(text: str, so_far: Expression, named: Named) -> Expression | None:
    if so_far.joined == "range" or named.start - so_far.end > 40:
        return None
    found = _CONNECTOR.fullmatch(text, so_far.end, named.start)
    if not found:
        return None
    between = _BETWEEN.search(text, max(0, so_far.start - 40), so_far.start)
    alike = so_far.last.kind == named.kind or {so_far.last.kind, named.kind} <= {"month", "day", "ordinal"}
    absolute = so_far.last.kind in _ABSOLUTE and named.kind in _ABSOLUTE
    if between and not so_far.joined:
        return Expression(between.start(), named.end, so_far.first, named, joined="range")
    if not alike or found["list"]:
        return replace(so_far, end=named.end, last=named, joined="list") if alike and found["list"] and _next_to(so_far.last, named) else None
    return Expression(so_far.start, named.end, so_far.first, named, joined="range") if absolute else None


def _next_to(first: Named, then: Named) -> bool:
    """Whether the second follows the first at once, so that both are one stretch of time: 2014 and 2015, July and August."""
    if first.part or then.part or first.kind != then.kind:
        return False
    if first.kind == "year" and first.year and then.year:
        return then.year - first.year == 1
    if first.kind in ("season", "quarter") and (then.dated or not first.dated):
        return then.number - first.number == 1 and (not first.dated or first.year == then.year)
    if first.kind in ("month", "day"):
        same = (first.year, first.year_shift) == (then.year, then.year_shift) or not first.dated
        months = then.month - first.month + 12 * ((then.year or 0) - (first.year or then.year or 0))
        return months == 1 if first.kind == "month" else same and months == 0 and then.day - first.day == 1
    return False


def _same_year(text: str, first: Named, then: Named) -> bool:
    """Whether the second carries the year of both: "the 8th and the 27th of June 2016", "June and August of this year"."""
    if first.dated or first.kind not in ("month", "day", "season", "quarter", "ordinal") or not then.dated or first.ref:
        return False
    found = _CONNECTOR.fullmatch(text, first.end, then.start)
    return bool(found and then.kind in ("month", "day", "season", "quarter"))


def _with_year(named: Named, source: Named) -> Named:
    if named.kind == "ordinal":
        return replace(named, kind="day", month=source.month, year=source.year, year_shift=source.year_shift)
    return replace(named, year=source.year, year_shift=source.year_shift)


def _bounded(text: str, whole: Expression) -> Expression:
    """`whole` with "since", "by", "before", "after", "onwards" taken in."""
    if whole.joined == "range":
        return whole
    if whole.first.kind in _ABSOLUTE and (onward := _ONWARD.match(text, whole.end)):
        start = between.start() if (between := _BETWEEN.search(text, max(0, whole.start - 40), whole.start)) else whole.start
        found = _BEFORE.search(text, max(0, start - 48), start)
        return replace(whole, start=found.start() if found else start, end=onward.end(), bound="since")
    found = _BEFORE.search(text, max(0, whole.start - 48), whole.start) or _LESS.search(text, max(0, whole.start - 5), whole.start)
    if not found or found.lastgroup is None:
        return whole
    bounds: dict[str, Bound] = {"since": "since", "by": "by", "before": "before", "after": "after"}
    if found.lastgroup in ("before", "after") and re.search(r"\bthe\s+\Z", found[0]) and whole.first.kind in ("year", "month"):
        return whole  # "ahead of the 2016 election" is not "before 2016"
    if found.lastgroup in ("before", "after") and (distance := _DISTANCE.search(text, max(0, found.start() - 24), found.start())):
        days = _days(distance) * (-1 if found.lastgroup == "before" else 1)
        return replace(whole, start=distance.start(), days_off=days) if whole.first.kind == "day" else whole
    return replace(whole, start=found.start(), bound=bounds[found.lastgroup])


def _days(distance: re.Match[str]) -> int:
    """Days in "two weeks"; hours and nights, and numbers not given ("weeks after"), as the one or none that is certain."""
    number = number_of(distance["n"])[0] if distance["n"] else 1
    return number * {"day": 1, "night": 1, "morning": 1, "week": 7, "month": 30, "year": 365}.get(distance["unit"].lower(), 0)
