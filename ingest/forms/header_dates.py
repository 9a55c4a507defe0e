"""Reads a publication date from a header or metadata field, which is a date and nothing else. Dates inside articles are another matter."""

import re
from datetime import date, datetime

from dateutil import parser

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PDF = re.compile(r"\s*D:(\d{4})(\d{2})(\d{2})")
_LONGEST = 64


def header_date(value: object) -> date | None:
    """The day that a metadata value names; None where it names none, a month only, or a day that depends on the reader (03/04/2021)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text or len(text) > _LONGEST:
        return None
    if match := _ISO.match(text) or _PDF.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    # What the words leave open is filled from `default`; a date that does not depend on it and not on the order of day and month is one.
    readings = {_parsed(text, datetime(1904, 2, 3), True), _parsed(text, datetime(1972, 5, 17), False)}
    return readings.pop() if len(readings) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parsed(text: str, default: datetime, dayfirst: bool) -> date | None:
    try:
        return parser.parse(text, default=default, dayfirst=dayfirst).date()
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None
