"""Whether the words that the reader picked are a gold fact: equal to one of its strings, holding one, or held by one to a good part.

Guards: a pick is 1 to 12 words; a pick inside a longer string must stand there as whole words and be at least half of it, so that "North" is not
"North Korea". A picked time may also be right by its resolved date, because articles write "last Friday" where the gold date is a day.
"""

import re
from collections.abc import Sequence
from datetime import date

from evals.matching import fold, states
from ingest.times.when import resolve

LONGEST = 12
ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def matches(pick: str, facts: Sequence[Sequence[str]], *, gold_date: str | None = None, published: date | None = None) -> bool:
    """Whether `pick` is one of the facts (each a list of strings that say the same), or a time that resolves to `gold_date` (ISO)."""
    words = pick.split()
    if not words or len(words) > LONGEST:
        return False
    if any(states(pick, fact) or any(_good_part(fold(pick), fold(string)) for string in fact) for fact in facts):
        return True
    return gold_date is not None and _same_date(pick, gold_date, published)


def _good_part(pick: str, string: str) -> bool:
    return 2 * len(pick) >= len(string) and re.search(rf"(?<!\w){re.escape(pick)}(?!\w)", string) is not None


def _same_date(pick: str, gold: str, published: date | None) -> bool:
    """Whether the picked time is no wider than the gold date's grain and falls on it."""
    found, parts = resolve(pick, published), ISO.fullmatch(gold)
    if not found or not parts:
        return False
    year, month, day = (int(part) if part else None for part in parts.groups())
    if day:
        return (found.start, found.end) == (date(year or 1, month or 1, day),) * 2
    return found.start.year == found.end.year == year and (month is None or found.start.month == found.end.month == month)
