"""What the words for a time name, before any date is worked out; and the pieces that every pattern for them shares."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["day", "ordinal", "month", "year", "decade", "season", "quarter", "half", "weekday", "near", "holiday", "unit", "rolling", "ago"]


@dataclass(frozen=True)
class Named:
    """A calendar expression as its words name it; `text[start:end]` are the words.

    year: as written; year_shift: years from that of publication ("last year" is -1). month: 1-12. day, last_day: 1-31.
    number: which season (0 spring), quarter, half or weekday (0 Monday), how many units, or days from today.
    unit: "hour" … "decade", "weekend", or the name of a holiday. ref: "last", "this" or "next" where it stands before the name.
    part: as `ingest.times.calendar.part` names it, or "earlier", "later", "week", "weekend". vague: the number is a word like "few".
    ambiguous: written as 05/07/2021, where day and month may be the other way round.
    """

    kind: Kind
    start: int
    end: int
    year: int | None = None
    year_shift: int | None = None
    month: int = 0
    day: int = 0
    last_day: int = 0
    number: int = 0
    unit: str = ""
    ref: str = ""
    part: str = ""
    vague: bool = False
    ambiguous: bool = False

    @property
    def dated(self) -> bool:
        """Whether a year stands with it."""
        return self.year is not None or self.year_shift is not None


MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
ORDINAL = r"(?:st|nd|rd|th)(?!\w)"
# A year, not the beginning of a number, of a version or of another form of date. 1970 is where computers begin, 2049 where typing errors do.
YEAR = r"(?:19[7-9]\d|20[0-4]\d)(?!\d|[.:]\d|,\d(?:\d\d|\d\D|\D?\d)|%|[-/](?!(?:19|20)\d\d(?![\w/-]))\d)"
# Behind a month it is one, whatever follows: "May 2018,1" ends in the mark of a footnote.
YEAR_OF_MONTH = r"(?:19[7-9]\d|20[0-4]\d)(?!\d|[-/](?!(?:19|20)\d\d(?![\w/-]))\d)"
NUMBER = (
    r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|few|a\s+few|several|(?:a\s+)?couple(?:\s+of)?"
    r"|half\s+a\s+dozen|a\s+dozen"
)

_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {
    "a": 1,
    "an": 1,
    "eighteen": 18,
    "few": 3,
    "a few": 3,
    "several": 5,
    "couple": 2,
    "a couple": 2,
    "couple of": 2,
    "a couple of": 2,
    "half a dozen": 6,
    "a dozen": 12,
}


def number_of(words: str) -> tuple[int, bool]:
    """(a number, whether it is vague) from digits or words: "few" is about 3, "several" about 5."""
    plain = " ".join(words.lower().split())
    return (int(plain), False) if plain.isdigit() else (_NUMBERS[plain], plain in ("few", "a few", "several"))


def month_of(words: str) -> int:
    return MONTHS.index(words[:3].lower()) + 1


def century(two_digits: str) -> int:
    """The year that two digits stand for: 70 to 99 in the last century, the rest in this one."""
    return int(two_digits) + (1900 if int(two_digits) >= 70 else 2000)


def year_of(found: re.Match[str]) -> tuple[int | None, int | None]:
    """(year, years from that of publication) from the groups `year`, `short` ('19) and `ref` (this, last, next) of a match."""
    groups = found.groupdict()
    if groups.get("year"):
        return int(groups["year"]), None
    if groups.get("short"):
        return century(groups["short"]), None
    return None, {"this": 0, "the": 0, "last": -1, "next": 1, None: None}[groups["ref"] and groups["ref"].lower()]
