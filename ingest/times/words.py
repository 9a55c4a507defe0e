"""Puts a time into the words of an answer: "on 7 May 2021", "in late May 2021", "in summer 2018", "between March and May 2019", "since 2014"."""

import re
from datetime import date, timedelta

from ingest.nouns import When
from ingest.times import calendar

_SINCE = re.compile(
    r"\W*(?:(?:ever |at least )*since\b|from at least\b|(?:at least |from )?as (?:early|far|long)\b"
    r"|(?:dat|go|trac|stretch|reach|extend)\w* (?:all the way )?back\b|starting\b|beginning (?:in|on|from)\b)"
    r"|.*\b(?:onwards?|present|now|to date)\W*\Z",
    re.I | re.S,
)
_BY = re.compile(r"\W*(by|until|till|up to|no later than|not later than)\b", re.I)
_AFTER = re.compile(r"\W*(?:some time )?(?:after|post|later than|following)\b", re.I)
_SEASONS = ("spring", "summer", "autumn", "winter")
_COUNT = {1: "first", 2: "second", 3: "third", 4: "fourth"}


def say(when: When) -> str:
    """Words for an answer, with their preposition. Whether a time is open ("since", "by") is read from the words of the source."""
    if when.start == calendar.EARLIEST:
        return f"before {_shortest(when.end + timedelta(days=1))}"
    if _AFTER.match(when.text) and when.grain == "span":
        return f"after {_shortest(when.start - timedelta(days=1), ends=True)}"
    if _SINCE.match(when.text):
        return f"since {_shortest(when.start)}"
    phrase = _phrase(when)
    if (by := _BY.match(when.text)) and when.grain != "span":
        return re.sub(r"^(?:in|on)\b(?: the(?= weekend))?", "until" if by[1].lower() in ("until", "till", "up to") else "by", phrase)
    return phrase


def _phrase(when: When) -> str:
    start, end = when.start, when.end
    if start == end:
        return f"on {_day(start)}"
    if when.grain == "week":
        return _week(start, end)
    if when.grain in ("month", "year") and start.year == end.year and (when.grain == "year" or start.month == end.month):
        return f"in {_month(start) if when.grain == 'month' else start.year}"
    if when.grain == "quarter":
        return f"in the {_COUNT[(start.month + 2) // 3]} quarter of {start.year}"
    if when.grain == "half":
        return f"in the {_COUNT[(start.month + 5) // 6]} half of {start.year}"
    if when.grain == "season" and (season := _season(start, end)):
        return f"in {season}"
    return _between(start, end)


def _season(start: date, end: date) -> str | None:
    for index, name in enumerate(_SEASONS):
        there = calendar.season(start.year, index)
        if there.start == start and start <= end <= there.end:
            return f"{name} {start.year}" + (f"/{(start.year + 1) % 100:02d}" if index == 3 else "")
    parts = {1: "early", 5: "mid-", 9: "late", 10: "late"}
    if start.day == 1 and start.month in parts and start.year == end.year:
        return f"{parts[start.month]} {start.year}".replace("- ", "-")
    return None


def _week(start: date, end: date) -> str:
    if start.month == end.month and start.day in (1, 11, 21) and (end - start).days >= 7:
        part = {1: "early ", 11: "mid-", 21: "late "}[start.day]
        return f"in {part}{_month(start)}"
    if start.weekday() == 5 and (end - start).days == 1:
        return f"on the weekend of {_day(start)}"
    if start.weekday() == 0 and (end - start).days == 6:
        return f"in the week of {_day(start)}"
    return _between(start, end)


def _between(start: date, end: date) -> str:
    if (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        return f"in {start.year}" if start.year == end.year else f"between {start.year} and {end.year}"
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole_months or (end - start).days > 62:
        if (start.year, start.month) == (end.year, end.month):
            return f"in {_month(end)}"
        return f"between {_month(start) if start.year != end.year else start.strftime('%B')} and {_month(end)}"
    if start.year != end.year:
        return f"between {_day(start)} and {_day(end)}"
    return f"between {start.day}{'' if start.month == end.month else start.strftime(' %B')} and {_day(end)}"


def _shortest(there: date, *, ends: bool = False) -> str:
    """The year where the date is a year's first (or last) day, the month where it is a month's, else the day."""
    other = there + timedelta(days=1) if ends else there
    if (other.month, other.day) == (1, 1):
        return str(there.year)
    return _month(there) if other.day == 1 else _day(there)


def _day(there: date) -> str:
    return f"{there.day} {there.strftime('%B %Y')}"


def _month(there: date) -> str:
    return there.strftime("%B %Y")
