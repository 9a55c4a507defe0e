"""Finds every expression for a time in English text and reads what its words name.

One cheap pattern finds the words and digits where an expression may be; the rule of that kind reads it (`ingest.times.dated`,
`ingest.times.relative`); then the part that stands before it is taken in ("late", "the beginning of"). Dates are worked out in `ingest.times.when`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.times import dated, relative
from ingest.times.named import MONTH, Named

_TRIGGER = re.compile(
    rf"(?<![\w.])(?:(?P<digit>\d{{1,4}}(?!\d))|(?P<month>{MONTH})"
    r"|(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)|(?P<season>(?:spring|summer|fall|autumn|winter)\b)"
    r"|(?P<quarter>q[1-4](?!\w)|quarter\b)|(?P<half>h[12](?!\w)|half\b)|(?P<fiscal>fy\s?['’]?(?=\d\d)|fiscal\s)"
    r"|(?P<holiday>(?:christmas(?:\s+(?:eve|day))?|boxing\s+day|new\s+year['’]?s\s+(?:eve|day)|halloween|valentine['’]?s\s+day|fourth\s+of\s+july"
    r"|thanksgiving(?:\s+day)?|labor\s+day|memorial\s+day|easter)\b)|(?P<near>(?:today|yesterday|tomorrow|tonight)\b)"
    r"|(?P<unit>(?:hour|day|morning|afternoon|evening|night|week|weekend|month|year|decade)s?\b))",
    re.I,
)
_PART_BEFORE = re.compile(
    r"\b(?P<part>(?:very\s+)?(?:early|earlier|late|later|mid|middle)|beginning|start|end|turn|opening"
    r"|(?:first|second|third|fourth|last|final)\s+week|(?:first|second|latter|last|1st|2nd)\s+half"
    r"|(?:first|final|last|closing|early)\s+(?:few\s+)?(?:days|weeks|months|part)|(?:latter|later)\s+part|week|weekend)"
    r"(?:-\s?|\s+(?:(?:of|in|on)\s+(?:the\s+)?)?)\Z",
    re.I,
)
_DAY_BEFORE = re.compile(r"\b(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|yesterday|today)(?:\.?,|\.)?\s+\(?(?:the\s+)?\Z", re.I)
_WEEKEND_AFTER = re.compile(r"\s+(?:(?:long|holiday|public|bank)\s+)*weekend\b", re.I)

_RULES: dict[str, Callable[[str, int, int], Named | None]] = {
    "digit": lambda text, at, end: dated.digits(text, at),
    "month": lambda text, at, end: dated.month(text, at),
    "season": lambda text, at, end: dated.season(text, at),
    "quarter": lambda text, at, end: dated.quarter(text, at),
    "half": lambda text, at, end: dated.half(text, at),
    "fiscal": lambda text, at, end: dated.fiscal(text, at),
    "holiday": dated.holiday,
    "near": relative.near,
    "weekday": relative.weekday,
    "unit": relative.unit,
}


def find(text: str) -> Iterator[Named]:
    """The expressions of the text in order, none overlapping another; names that look like dates ("Patch Tuesday") among them."""
    waiting: Named | None = None
    reached = 0
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < reached or trigger.lastgroup is None:
            continue
        named = _RULES[trigger.lastgroup](text, trigger.start(), trigger.end())
        if named is None:
            continue
        named = _with_part(text, _with_weekend(text, named))
        if waiting is not None and (named.start < waiting.end or _repeats(text, waiting, named)):
            named = replace(named, start=min(waiting.start, named.start))
        elif waiting is not None:
            yield waiting
        waiting, reached = named, named.end
    if waiting:
        yield waiting


def _repeats(text: str, first: Named, then: Named) -> bool:
    """Whether a weekday only stands before its date: "Saturday, June 20"; "Yesterday, June 25"."""
    if first.kind not in ("weekday", "near") or then.kind not in ("day", "ordinal") or then.start - first.end > 7:
        return False
    found = _DAY_BEFORE.search(text, first.start, then.start)
    return bool(found and found.end() == then.start)


def _with_weekend(text: str, named: Named) -> Named:
    """ "the Labor Day holiday weekend", "the 4 July weekend"."""
    found = _WEEKEND_AFTER.match(text, named.end) if named.kind in ("holiday", "day") else None
    if not found:
        return named
    year = None if named.dated else dated.year_after(text, found.end())
    return replace(named, end=year.end() if year else found.end(), part="weekend", year=int(year["year"]) if year else named.year)


def _with_part(text: str, named: Named) -> Named:
    if named.kind in ("rolling", "ago") or named.part:
        return named
    found = _PART_BEFORE.search(text, max(0, named.start - 34), named.start)
    if not found:
        return named
    words = found["part"].lower().split()
    if words[-1] in ("week", "weekend") and len(words) == 1:
        return replace(named, start=found.start(), part=words[0]) if named.kind in ("day", "holiday") else named
    return replace(named, start=found.start(), part=_part(words))


def _part(words: list[str]) -> str:
    """The name of a part in `ingest.times.calendar.part`."""
    first, last = words[0], words[-1]
    if last == "half":
        return "first half" if first in ("first", "1st") else "second half"
    if last == "week":
        return f"{'last' if first == 'final' else first} week"
    if last in ("days", "weeks", "months", "part"):
        return {"latter": "late", "later": "late", "first": "beginning", "early": "beginning", "opening": "beginning"}.get(first, "end")
    return {"middle": "mid", "start": "beginning", "turn": "beginning", "opening": "beginning"}.get(last, last)
