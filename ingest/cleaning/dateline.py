"""Reading the day on which something was published, in the forms that bylines, page metadata and URLs use.

Knows nothing about events: phrases such as "last Friday" are somebody else's. A date that cannot be read in one way only, is impossible or
later than the day of ingest is no date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Months in full or shortened, in the languages of the Latin script whose sites carry English articles under local dates.
_NAMES = (
    "january janvier januar januari enero gennaio janeiro jan ene", "february février februar februari febrero febbraio fevereiro feb fev févr",
    "march mars märz maart marzo março mar mrt", "april avril abril aprile apr avr abr", "may mai mei mayo maggio maio maj", "june juin juni junio giugno junho jun",
    "july juillet juli julio luglio julho jul", "august août augustus agosto aug ago", "september septembre septiembre settembre setembro sept sep set",
    "october octobre oktober octubre ottobre outubro oct okt", "november novembre noviembre novembro nov", "december décembre dezember diciembre dicembre dezembro dec dez dic",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d\d)(?=\d{1,2}(?:[ -]?min|:\d\d)|\D|$)"  # what follows may be a glued reading time
_FORMS = re.compile(
    rf"(?P<mdy>(?<![A-Za-z])({_NAME})\.?\s+{_DAY}\s*,?\s*,?\s+{_YEAR})"
    rf"|(?<!\d)(?P<dmy>{_DAY}\.?(?:\s+of)?[\s-]+({_NAME})\.?,?[\s-]+(?:de\s+)?{_YEAR})"
    rf"|(?<!\d)(?P<ymd>((?:19|20)\d\d)\s?([-/.年])\s?(\d{{1,2}})\s?[-/.月]\s?(\d{{1,2}}))(?!\d)"
    rf"|(?<![\w./-])(?P<num>(\d{{1,2}})([/.-])(\d{{1,2}})[/.-]((?:19|20)?\d\d))(?![\d.-]*\d)",
    re.I,
)
_NUMERIC = re.compile(r"([0123]?\d)[/.-](\d{1,2})[/.-](?:19|20)?\d\d(?![\d.]*\d)")
_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(\d{2}|[a-z]{3})[/-]?(\d{2})(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{2}|[a-z]{3,9})(?:/|-)")


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date as written in a text. day is None where the order of day and month is open ("02.06.24")."""

    start: int
    end: int
    day: date | None
    first: int = 0
    second: int = 0
    year: int = 0


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name or abbreviation; None for any other word."""
    return _MONTHS.get(name.lower())


def day_order(text: str) -> tuple[int, int]:
    """How many numeric dates of a text plainly put the day first ("25.12.2020"), and how many the month."""
    day = month = 0
    for m in _NUMERIC.finditer(text):
        first, second = int(m[1]), int(m[2])
        day += first > 12 and 1 <= second <= 12 and first <= 31
        month += second > 12 and 1 <= first <= 12 and second <= 31
    return day, month


def dates_in(text: str) -> Iterator[DateSeen]:
    """Every date with day, month and year in a text, in order."""
    for m in _FORMS.finditer(text):
        kind = m.lastgroup
        groups = [g for g in m.groups() if g is not None][1:]
        if kind == "mdy":
            day = _make(int(groups[2]), month_number(groups[0]), int(groups[1]))
        elif kind == "dmy":
            day = _make(int(groups[2]), month_number(groups[1]), int(groups[0]))
        elif kind == "ymd":
            day = _make(int(groups[0]), int(groups[2]), int(groups[3]))
        else:
            first, second, year = int(groups[0]), int(groups[2]), int(groups[3])
            year += 2000 if year < 100 else 0
            yield DateSeen(m.start(), m.end(), _numeric(first, second, year), first, second, year)
            continue
        if day:
            yield DateSeen(m.start(), m.end(), day)


def url_date(url: str | None) -> date | None:
    """The full date in a URL's path ("/2020/08/20/"), or None."""
    if not url:
        return None
    for m in _URL.finditer(url.lower()):
        month = int(m[2]) if m[2].isdigit() else month_number(m[2])
        day = _make(int(m[1]), month, int(m[3]))
        if day:
            return day
    return None


def url_month(url: str | None) -> tuple[int, int] | None:
    """Year and month in a URL's path ("/2020/08/"), or None."""
    m = _URL_MONTH.search(url.lower()) if url else None
    if not m:
        return None
    month = int(m[2]) if m[2].isdigit() else month_number(m[2])
    return (int(m[1]), month) if month and 1 <= month <= 12 else None


def _make(year: int, month: int | None, day: int) -> date | None:
    if not month or not 1990 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(first: int, second: int, year: int) -> date | None:
    if first > 12 or first == second:
        return _make(year, second, first)
    if second > 12:
        return _make(year, first, second)
    return None
