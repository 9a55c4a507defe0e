"""Who does it to whom: whether a statement has turned round what a cited sentence says of two names.

A rule of thumb over the order of names, "by" and its like, and who merely speaks. It errs towards "turned round": then the extractive answer
is shown.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from app.neutral_words import REPORTING
from app.statement_names import places_of

_AGENT_BEFORE = re.compile(
    r"\b(?:by|blam\w+(?: it)?(?: on)?|attribut\w+(?: it)? to|link\w+(?: it)? to|work of|hand of|accus\w+|suspect\w*|known as|call\w*|named"
    r"|dubbed|identified as)"
    r"(?:\s+(?:the|a|an|its|their|his|own|group|gang|hackers?|actors?|crew|team|collective|operators? of|members? of|threat|hacking|ransomware"
    r"|notorious|so-called|name)){0,4}\W*$", re.I
)  # fmt: skip
_SPEAKER_BEFORE = re.compile(r"\baccording to(?:\s+\w+){0,3}\W*$", re.I)
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_REACH = 80
_CALENDAR = frozenset([*calendar.month_name, *calendar.day_name])


def reversed_pair(statement: str, names: Sequence[Sequence[str]], sentences: Sequence[str]) -> tuple[str, str] | None:
    """The first pair of names of which `statement` has the one do it and every cited sentence with both the other; None where there is none.

    names: for each name of the statement, how it may be written, as written there first.
    """
    for one, other in combinations((name for name in names if name[0] not in _CALENDAR), 2):
        here = _doer(statement, one[:1], other[:1])
        there = list(_doers(sentences, one, other))
        if here is not None and there and all(doer is not None and doer != here for doer in there):
            return one[0], other[0]
    return None


def _doers(sentences: Sequence[str], one: Sequence[str], other: Sequence[str]) -> Iterator[int | None]:
    for sentence in sentences:
        if _place(sentence, one) and _place(sentence, other):
            yield _doer(sentence, one, other)


def _doer(text: str, one: Sequence[str], other: Sequence[str]) -> int | None:
    """0 where the first name does it, 1 where the second does, None where neither is told."""
    places = (_place(text, one), _place(text, other))
    if places[0] is None or places[1] is None or places[0] == places[1]:
        return None
    told = [place for place in places if place is not None]
    agents = [number for number, place in enumerate(told) if _AGENT_BEFORE.search(text[max(0, place[0] - _REACH) : place[0]])]
    if len(agents) == 1:
        return agents[0]
    quiet = [number for number, place in enumerate(told) if not _speaks(text, place)]
    if len(quiet) < 2:
        return quiet[0] if quiet else None
    return 0 if told[0] < told[1] else 1


def _place(text: str, spellings: Sequence[str]) -> tuple[int, int] | None:
    found = [place for spelling in spellings for place in places_of(spelling, text)]
    return min(found) if found else None


def _speaks(text: str, place: tuple[int, int]) -> bool:
    if _SPEAKER_BEFORE.search(text[max(0, place[0] - _REACH) : place[0]]):
        return True
    following = re.findall(r"\w+", text[place[1] : place[1] + _REACH])[:3]
    for word in following:
        if word.lower() in _BE:
            return False
        if word.lower() in REPORTING:
            return True
    return False
