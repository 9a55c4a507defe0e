"""Reads expressions that have a place in the calendar: days, months, years, seasons, quarters, halves, holidays, with or without a year.

Each rule reads the text at a position where its kind may begin, and backward where a word before it counts ("last", "the second").
"""

import re
from dataclasses import replace

from ingest.times.named import DAY, MONTH, ORDINAL, SEASONS, YEAR, YEAR_OF_MONTH, Kind, Named, century, month_of, year_of

_WITH_YEAR = (
    rf"(?:(?:\s*[,/-]\s*|\s+(?:of\s+|in\s+)?)(?P<year>{YEAR_OF_MONTH})|\s*['’](?P<short>\d\d)\b"
    r"|,?\s+(?:of\s+|in\s+)?(?P<ref>this|last|next)\s+year\b)?"
)
_OF_YEAR = (
    rf"(?:\s*[,-]?\s*(?:(?:of|in|for)\s+)?(?:the\s+)?(?:(?:fiscal|calendar)\s+)?(?:year\s+)?(?P<year>{YEAR})"
    rf"|(?:\s+of)?\s*[-/]?\s*['’](?P<short>\d\d)\b"
    r"|,?\s+(?:(?:of|in)\s+)?(?P<ref>this|last|next|the)\s+year\b)?"
)
_END_OF_DAY = r"(?![\w%:]|[.,/-]\d)"
_AND_DAY = rf"(?:\s?[-–—]\s?|\s+(?:and|to|&|through|or)\s+(?:the\s+)?)(?P<last>{DAY})(?:{ORDINAL})?"
# "July 22 and 10 servers" is one day: a second day counts after a dash, or where what follows can't be a thing counted.
_AFTER_AND = r"(?=,?\s+(?:19|20)\d\d|[.,;:)’']|\s*$|\s+(?:in|when|the|with|by|at|on|and|a|as|for|to|after|while|via|of|this|last)\b)"
_ISO_DAY = re.compile(r"((?:19[7-9]|20[0-4])\d)([-‑/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?=T\d\d|(?![\w/‑-]|\.\d))")
_ISO_MONTH = re.compile(r"((?:19[7-9]|20[0-4])\d)[-‑](0[1-9]|1[0-2])(?![\w/‑-]|\.\d)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19[7-9]|20[0-4])\d|\d\d)(?![\w/-]|[.:]\d)")
_MONTH_FIRST = re.compile(
    rf"(?P<month>{MONTH})\.?"
    rf"(?:[\s-]*(?:the\s+)?(?P<day>{DAY})(?:{ORDINAL})?(?:{_AND_DAY}{_END_OF_DAY}{_AFTER_AND})?{_END_OF_DAY})?" + _WITH_YEAR,
    re.I,
)
_HYPHENED = re.compile(rf"(?P<day>{DAY})-(?P<month>{MONTH})-(?P<y>\d\d)(?![\w-])", re.I)
_DAY_FIRST = re.compile(rf"(?P<day>{DAY})(?:{ORDINAL})?(?:{_AND_DAY})?[\s-]+(?:of\s+)?(?P<month>{MONTH})\.?{_WITH_YEAR}", re.I)
_YEAR = re.compile(rf"(?P<year>{YEAR})(?![@=_$]|[A-Za-z])")
_DECADE = re.compile(r"(?:(?:19[7-9]0|20[0-4]0)|[7-9]0)['’]?s\b")
_ORDINAL_DAY = re.compile(rf"{DAY}{ORDINAL}(?=\s*(?:[.,;:)]|$)|\s+(?:and|when|at|in|by|with|after|they|it|we|but|to|as|via|against|alone)\b)", re.I)
_ORDINAL_OF = re.compile(rf"(?P<day>{DAY}){ORDINAL}\s+of\s+(?P<ref>this|last)\s+month\b", re.I)
_SEASON = re.compile(rf"(?:spring|summer|fall|autumn|winter)\b(?P<next>\s+(?:of\s+)?(?:19|20)\d\d\s?[-/–]\s?(?:20)?\d\d\b)?{_OF_YEAR}", re.I)
_QUARTER = re.compile(rf"(?:q(?P<n>[1-4])|(?P<m>[1-4])q(?=\d\d)|quarter\b){_OF_YEAR}", re.I)
_SHORT_QUARTER = re.compile(r"(?P<n>[1-4])(?P<kind>[qh])\s?(?P<y>20\d\d|\d\d)(?!\w)", re.I)
_HALF = re.compile(rf"(?:h(?P<n>[12])|half\b){_OF_YEAR}", re.I)
_FISCAL = re.compile(r"(?:fy\s?['’]?|fiscal\s+(?:year\s+)?)(?P<y>(?:19|20)\d\d|\d\d)(?![\w.-])", re.I)
_YEAR_AFTER = re.compile(rf",?\s+(?:of\s+)?(?P<year>{YEAR})")
_HOLIDAY_YEAR = re.compile(_WITH_YEAR, re.I)
_SHORT_YEAR_BEFORE = re.compile(r"\b(?:in|since|of|from|until|by|late|early|mid)[\s-]['’‘]\Z", re.I)
_DASH_BEFORE = re.compile(rf"(?:\b(?:mid|early|late|pre|post)|(?:{MONTH})|\b(?:19|20)\d\d)\s?[-–—/]\Z", re.I)
_REF = re.compile(r"\b(?P<ref>last|next|this(?:\s+(?:past|coming|upcoming))?|past|previous|coming|upcoming)\s+\Z", re.I)
_ORDINAL_BEFORE = re.compile(r"\b(?:first|second|third|fourth|final|last|latter|current|this|previous|1st|2nd|3rd|4th)[\s-]\Z", re.I)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "latter": 2, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR_BEFORE = re.compile(rf"(?<![\w.-])(?P<year>{YEAR})(?:\s+(?:early|mid|late)|['’]s)?[\s-]\Z", re.I)


def with_ref(text: str, named: Named) -> Named:
    """`named` with "last", "this" or "next" before it taken in."""
    found = _REF.search(text, max(0, named.start - 16), named.start)
    if not found:
        return named
    word = found["ref"].lower().split()
    meaning = "next" if word[-1] in ("coming", "upcoming", "next") else "this" if word == ["this"] else "last"
    return replace(named, start=found.start(), ref=meaning)


def digits(text: str, at: int) -> Named | None:
    """A day, a month or a year that begins with a digit."""
    before = text[at - 1] if at else " "
    if before in ".:\\$€£#@=+~%&_*" or (before == "," and text[at - 2 : at - 1].isdigit()):
        return None
    if before in "-–—/" and not _DASH_BEFORE.search(text, max(0, at - 14), at):
        return None
    if before in "'’‘" and (short := re.compile(r"\d\d(?!\w)").match(text, at)) and _SHORT_YEAR_BEFORE.search(text, max(0, at - 8), at):
        return Named("year", at - 1, short.end(), year=century(short[0]))
    for rule in (_iso, _numeric, _day_first, _quarter_of_short_year, _decade, _plain_year, _ordinal):
        if named := rule(text, at):
            return named
    return None


def _iso(text: str, at: int) -> Named | None:
    if found := _ISO_DAY.match(text, at):
        return Named("day", at, found.end(), year=int(found[1]), month=int(found[3]), day=int(found[4]))
    if found := _ISO_MONTH.match(text, at):
        return Named("month", at, found.end(), year=int(found[1]), month=int(found[2]))
    return None


def _numeric(text: str, at: int) -> Named | None:
    """05/07/2021: dots mean day first, as they are written in Europe; with other marks a number over 12 tells, else it is ambiguous."""
    found = _NUMERIC.match(text, at)
    if not found or (found[2] != "/" and len(found[4]) == 2):
        return None
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    day_first = found[2] == "." or first > 12
    month, day = (second, first) if day_first else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Named("day", at, found.end(), year=year, month=month, day=day, ambiguous=not day_first and day <= 12 and day != month)


def _day_first(text: str, at: int) -> Named | None:
    if short := _HYPHENED.match(text, at):
        return Named("day", at, short.end(), year=century(short["y"]), month=month_of(short["month"]), day=int(short["day"]))
    found = _DAY_FIRST.match(text, at)
    return found and _day(found)


def month(text: str, at: int) -> Named | None:
    """A month, or a day that begins with its month."""
    found = _MONTH_FIRST.match(text, at)
    if not found:
        return None
    return _day(found) if found["day"] else with_ref(text, _month(found))


def _day(found: re.Match[str]) -> Named:
    year, shift = year_of(found)
    return Named("day", found.start(), _trimmed(found), year, shift, month_of(found["month"]), int(found["day"]), int(found["last"] or 0))


def _month(found: re.Match[str]) -> Named:
    year, shift = year_of(found)
    return Named("month", found.start(), _trimmed(found), year, shift, month_of(found["month"]))


def _trimmed(found: re.Match[str]) -> int:
    """The end of the words: a full stop stays with "Feb.", not with the last word of a sentence like "in May."."""
    whole = found[0]
    return found.end() - (1 if whole.endswith(".") and len(found["month"]) != 3 and found["month"].lower() != "sept" else 0)


def _quarter_of_short_year(text: str, at: int) -> Named | None:
    found = _SHORT_QUARTER.match(text, at)
    kind: Kind = "half" if found and found["kind"] in "hH" else "quarter"
    return found and Named(kind, at, found.end(), year=_full_year(found["y"]), number=int(found["n"]))


def _decade(text: str, at: int) -> Named | None:
    found = _DECADE.match(text, at)
    if not found:
        return None
    written = found[0].rstrip("s'’")
    return Named("decade", at, found.end(), year=_full_year(written))


def _plain_year(text: str, at: int) -> Named | None:
    found = _YEAR.match(text, at)
    return found and Named("year", at, found.end(), year=int(found["year"]))


def _ordinal(text: str, at: int) -> Named | None:
    """ "the 23rd" alone, of a month that the publication date tells; "the 23rd of last month"."""
    if of := _ORDINAL_OF.match(text, at):
        return Named("ordinal", at, of.end(), day=int(of["day"]), ref=of["ref"].lower())
    found = _ORDINAL_DAY.match(text, at)
    if not found or not re.compile(r"\b(?:on|since|until|by|from|before|after|between|and|to|of)\s+the\s+\Z", re.I).search(text, max(0, at - 14), at):
        return None
    return Named("ordinal", at, found.end(), day=int(re.sub(r"\D", "", found[0])))


def season(text: str, at: int) -> Named | None:
    found = _SEASON.match(text, at)
    if not found:
        return None
    number = SEASONS[re.split(r"\W", found[0])[0].lower()]
    if found["next"]:
        begun = int(re.sub(r"\D*", "", found["next"])[:4])
        return Named("season", at, found.end(), year=begun, number=number, ref="this")
    year, shift = year_of(found)
    return _with_year_before(text, with_ref(text, Named("season", at, found.end(), year, shift, number=number)))


def quarter(text: str, at: int) -> Named | None:
    found = _QUARTER.match(text, at)
    return found and _counted(text, found, "quarter")


def half(text: str, at: int) -> Named | None:
    found = _HALF.match(text, at)
    return found and _counted(text, found, "half")


def _counted(text: str, found: re.Match[str], kind: str) -> Named | None:
    """Which quarter or half: from its digit, or from the word before it ("the second quarter", "last quarter")."""
    year, shift = year_of(found)
    named = Named("quarter" if kind == "quarter" else "half", found.start(), found.end(), year, shift, number=int(found["n"] or 0))
    if not named.number:
        before = _ORDINAL_BEFORE.search(text, max(0, named.start - 9), named.start)
        if not before:
            return None
        word = before[0].strip(" -").lower()
        if word in ("last", "previous", "this", "current") and not named.dated:
            if kind == "half":
                return None
            return Named("unit", before.start(), found.end(), unit="quarter", ref="last" if word in ("last", "previous") else "this")
        named = replace(named, start=before.start(), number=_ORDINALS.get(word, 4 if kind == "quarter" else 2))
    named = _with_year_before(text, named)
    return named if named.dated or kind == "quarter" else None


def _with_year_before(text: str, named: Named) -> Named:
    """ "2018 Summer", "2020 Q3", "2020's third quarter"."""
    found = None if named.dated or named.ref else _YEAR_BEFORE.search(text, max(0, named.start - 12), named.start)
    return replace(named, start=found.start(), year=int(found["year"])) if found else named


def fiscal(text: str, at: int) -> Named | None:
    """A fiscal year, read as the calendar year of its number."""
    found = _FISCAL.match(text, at)
    return found and Named("year", at, found.end(), year=_full_year(found["y"]))


def _full_year(written: str) -> int:
    return int(written) if len(written) == 4 else century(written)


def year_after(text: str, at: int) -> re.Match[str] | None:
    """A plain year that follows, in the group `year`."""
    return _YEAR_AFTER.match(text, at)


def holiday(text: str, at: int, end: int) -> Named:
    name = " ".join(text[at:end].lower().replace("’", "'").split()).replace("new years", "new year's").replace("valentines", "valentine's")
    found = _HOLIDAY_YEAR.match(text, end)
    year, shift = year_of(found) if found else (None, None)
    there = Named(
        "holiday",
        at,
        found.end() if found and (year or shift is not None) else end,
        year,
        shift,
        unit=name.removesuffix(" day") if name.startswith("thanksgiving") else name,
    )
    return with_ref(text, there)
