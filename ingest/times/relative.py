"""Reads expressions that only a publication date gives a place: yesterday, last Friday, this week, two weeks ago, over the past three years."""

import re
from dataclasses import replace

from ingest.times.dated import with_ref
from ingest.times.named import NUMBER, WEEKDAYS, Named, number_of

_UNIT_BEFORE = re.compile(
    rf"\b(?P<roll>(?:over|in|within|during|for|throughout|across)\s+(?:at\s+least\s+|about\s+)?(?:(?:the|these|this)\s+)?)?"
    rf"(?P<ref>last|past|recent|this\s+past|this|these\s+past|next|coming|current)\s+(?:(?P<n>{NUMBER})[\s-]+(?:or\s+so\s+)?)?\Z",
    re.I,
)
_AGO = re.compile(r"\s+(?:ago|back)\b(?!\s+(?:to|in|from|at|on)\b)", re.I)
_AGO_BEFORE = re.compile(rf"\b(?P<n>{NUMBER})(?:\s+or\s+so|\s+and\s+a\s+half|\s+short|\s+long)?\s+\Z", re.I)
_THE_BEFORE = re.compile(r"\b(?:earlier|later|early|late|(?:beginning|start|end|middle|half|part)\s+of)(?:\s+on)?(?:\s+in)?\s+the\s+\Z", re.I)
_WEEKEND_BEFORE = re.compile(r"\b(?:over|on|during|at|for)\s+the\s+\Z", re.I)
_WEEKDAY_WEEK = re.compile(r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+(?:of\s+)?(?P<ref>last|this)\s+week\b", re.I)
_OF_SOMETHING = re.compile(r"\s+(?:of|in)\s+(?!this\b|last\b)\w", re.I)
_LENGTH = {
    "hours": "hour",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "decades": "decade",
    "nights": "day",
    "night": "day",
    "weekends": "weekend",
}


def near(text: str, at: int, end: int) -> Named:
    """Today, yesterday, tomorrow, tonight."""
    return Named("near", at, end, number={"yesterday": -1, "tomorrow": 1}.get(text[at:end].lower(), 0))


def weekday(text: str, at: int, end: int) -> Named:
    """A weekday; "Friday last week" and "last Friday" say which."""
    named = Named("weekday", at, end, number=WEEKDAYS.index(text[at:end].lower()))
    if week := _WEEKDAY_WEEK.match(text, end):
        return replace(named, end=week.end(), unit="week", ref=week["ref"].lower())
    return with_ref(text, named)


def unit(text: str, at: int, end: int) -> Named | None:
    """A week, month, year, … that "last", "this" or a number places; None where nothing does ("three years", "for decades")."""
    word = text[at:end].lower()
    plain = _LENGTH.get(word, word)
    if (ago := _AGO.match(text, end)) and (count := _AGO_BEFORE.search(text, max(0, at - 24), at)):
        number, vague = number_of(count["n"])
        return Named("ago", count.start("n"), ago.end(), number=number, unit=plain, vague=vague)
    if plain == "weekend" and (the := _WEEKEND_BEFORE.search(text, max(0, at - 14), at)):
        return None if _OF_SOMETHING.match(text, end) else Named("unit", the.end() - 4, end, unit="weekend", ref="the")
    if (the := _THE_BEFORE.search(text, max(0, at - 26), at)) and plain in ("week", "month", "year", "day", "decade"):
        return Named("unit", the.end() - 4, end, unit=plain, ref="this") if not _OF_SOMETHING.match(text, end) else None
    found = _UNIT_BEFORE.search(text, max(0, at - 60), at)
    return _placed(text, found, word, plain, end) if found else None


def _placed(text: str, found: re.Match[str], word: str, plain: str, end: int) -> Named | None:
    ref, count = " ".join(found["ref"].lower().split()), found["n"]
    start = found.start("ref")
    if word in ("morning", "afternoon", "evening", "night"):
        day = {"this": 0, "last": -1 if word in ("night", "evening") else None}.get(ref)
        return None if day is None or count else Named("near", start, end, number=day)
    if word in ("mornings", "afternoons", "evenings", "nights") or (plain == "hour" and ref in ("this", "next")):
        return None
    back = ref in ("last", "past", "recent", "this past", "these past")
    if count or word.endswith("s") or (back and ref != "last" and plain != "weekend"):
        number, vague = number_of(count) if count else ((1, False) if not word.endswith("s") else (3, True))
        rolls = back and (word.endswith("s") or ref != "recent" or count)
        return Named("rolling", start, end, number=number, unit=plain, vague=vague) if rolls else None
    if ref == "last" and plain != "weekend" and _rolls(found["roll"]) and not _OF_SOMETHING.match(text, end):
        return Named("rolling", start, end, number=1, unit=plain)
    if _OF_SOMETHING.match(text, end) or (plain in ("day", "hour", "decade") and ref == "this"):
        return None
    return Named("unit", start, end, unit=plain, ref="last" if back else "next" if ref in ("next", "coming") else "this")


def _rolls(before: str | None) -> bool:
    """Whether "over the last year" is meant, twelve months up to now, and not "last year"."""
    return bool(before and re.search(r"\b(?:the|these|over|within|for)\b", before, re.I))
