"""Tells names from dates: Operation May Day, Patch Tuesday, Red October, Windows Server 2019, "2018 computers", "they may", October CMS.

The rule behind all of it: a capitalised word right before a bare month, weekday or year makes one name of both, unless it is a word like "In" or
"The" that a headline or a sentence capitalises; and a word that is also something else (may, march, Q3, 2000) needs a preposition to be a date.
"""

import re

from ingest.times.named import MONTH, Named

_BEFORE = re.compile(r"([\w'’.&$#-]+)[^\S\n]+\Z")
_AFTER = re.compile(r"[^\S\n]+([\w'’&-]+)")
_PREPOSITIONS = frozenset(
    """
    in since during by until till through throughout from between around circa about before after of to and or into on over within for at as
    last this next late early mid past till & toward towards
    """.split()
)
_FUNCTION = _PREPOSITIONS | frozenset(
    """
    the a an that these its his her their our your my both was is were be when while with back year only again was has had then now also but not
    released published updated yesterday today so
    """.split()
)
# After these, and after no other preposition, a number from 1970 to 2049 is a year even where a plural follows ("in 2018 attackers …").
_YEAR_CERTAIN = frozenset(
    """
    in since during until till throughout circa late early mid the its their his our this that back year by
    """.split()
)
_COUNTED_WITH = frozenset(
    [
        "than",
        "least",
        "over",
        "nearly",
        "about",
        "some",
        "approximately",
        "roughly",
        "around",
        "almost",
        "only",
        "just",
        "infected",
        "compromised",
        "affected",
    ]
)
_LABELS = frozenset(
    """
    port ports version versions v build line lines page pages code id section room revision no number numbers rfc kb article unit event level
    windows server office exchange sharepoint outlook word excel studio ios android udp tcp
    """.split()
)
_EVENTS = re.compile(
    r"(?:attack|campaign|breach|hack|intrusion|incident|election|operation|report|compromise|leak|infection|event|activit|case"
    r"|sample|variant|document|finding|sanction|indictment|arrest|game|protest|talk|raid|wave|compilation|timestamp|series)",
    re.I,
)
_MEASURE = re.compile(r"(?:usd|eur|dollars?|euros?|bitcoins?|btc|[kmg]b|bytes?|bits?|people|km|miles?|hours|minutes|seconds|rpm|m?hz)\Z", re.I)
_HOLIDAY_IN_NAME = re.compile(
    r"(?:tree|card|carol|party|parties|gift|present|shopping|themed?|egg|bunny|season|sale|deal|lure|greeting|message|song"
    r"|costume|island)s?\b",
    re.I,
)
_NAMED_DAY = re.compile(r"(?:Day|Fools?['’]?|Hare|Madness|Movement|Revolution|CMS|Offensive|Surprise|Night|Morning)\Z")
_RANGE_OF_MONTHS = re.compile(rf"\s*(?:(?:to|through|until|and|or)\s+|[-–/]\s*)(?:(?:early|mid|late)[\s-])?{MONTH}", re.I)
_SINCE_ABOUT = re.compile(r"\b(?:since|from|in|until)\s+(?:at\s+least|about|around|approximately|roughly)\s+\Z", re.I)
_NO_PLURALS = frozenset(
    [
        "was",
        "has",
        "does",
        "is",
        "as",
        "its",
        "us",
        "hackers",
        "attackers",
        "actors",
        "onwards",
        "across",
        "towards",
        "versus",
        "perhaps",
        "sometimes",
        "always",
        "besides",
        "thus",
    ]
)
_SAME_AS_WORD = re.compile(r"(?:may|march|mar|jan|sun|sat|dec|sep|sept|oct|nov|feb|apr|jun|jul|aug)\.?\Z", re.I)
_PERSON = re.compile(r"(?:april|june|may|august|jan)\Z", re.I)


def is_name(text: str, named: Named) -> bool:
    """Whether the words are, or belong to, a name or a number, so that no date may be made of them."""
    before, after = _word_before(text, named.start), _word_after(text, named.end)
    if named.kind == "year":
        if text[named.start].lower() == "f" or named.part or _SINCE_ABOUT.search(text, max(0, named.start - 28), named.start):
            return False
        return _year_is_name(before, after, int(named.year or 0))
    if named.kind == "month":
        return not (named.dated or _RANGE_OF_MONTHS.match(text, named.end)) and _month_is_name(_core(text, named), named, before, after)
    if named.kind == "weekday":
        return (
            _capital(before)
            or (not named.ref and _core(text, named)[0].islower())
            or (before.lower() not in _PREPOSITIONS and after[:1].isupper() and not after.isupper())
        )
    if named.kind in ("quarter", "season"):
        return not named.dated and _bare(_core(text, named), named, before, after)
    if named.kind == "holiday":
        placed = named.ref or named.part or before.lower() in _PREPOSITIONS
        return not named.dated and (not placed or _capital(before) or bool(_HOLIDAY_IN_NAME.match(after)))
    if named.kind == "day":
        return not named.dated and _day_is_name(text[named.start : named.end], named, before, after)
    return False


def _core(text: str, named: Named) -> str:
    """The month, weekday, … itself, without "late" or "last" before it."""
    return re.split(r"[\s-]", text[named.start : named.end])[-1] if named.part or named.ref else text[named.start : named.end]


def _word_before(text: str, start: int) -> str:
    found = _BEFORE.search(text, max(0, start - 30), start)
    return found[1].lstrip("'’-") if found and found[1][-1] not in ".'’-&$#" else ""


def _word_after(text: str, end: int) -> str:
    found = _AFTER.match(text, end)
    return found[1] if found else ""


def _capital(word: str) -> bool:
    """Whether a word is written as a name is, and is not one that only begins a sentence or stands in a headline."""
    return word[:1].isupper() and word.lower() not in _FUNCTION and not word.endswith(("'s", "’s"))


def _year_is_name(before: str, after: str, year: int) -> bool:
    word = before.lower()
    if _capital(before) or word in _LABELS or _MEASURE.match(after):
        return True
    counted = after.islower() and after.endswith("s") and not after.endswith(("ss", "us", "is")) and after not in _NO_PLURALS
    if word in _COUNTED_WITH or (year == 2000 and word not in _YEAR_CERTAIN):
        return counted or word in ("than", "infected")
    return counted and word not in _YEAR_CERTAIN and not _EVENTS.match(after)


def _month_is_name(words: str, named: Named, before: str, after: str) -> bool:
    """A month without a year: "in May", "last March", "the February intrusion", but not "Theresa May", "April Doe", "Red October"."""
    if _NAMED_DAY.match(after) or _capital(before):
        return True
    if _PERSON.match(words) and after[:1].isupper() and not (named.ref or named.part or before.lower() in _YEAR_CERTAIN):
        return True
    if named.ref or named.part or before.lower() in _PREPOSITIONS:
        return words[0].islower() and bool(_SAME_AS_WORD.match(words)) and not (named.part or before.lower() in ("in", "since", "during"))
    if words[0].islower() and not words.endswith("ber"):
        return True
    if after[:1].isupper() or (_PERSON.match(words) and not before):
        return True
    return bool(_SAME_AS_WORD.match(words)) and not (before.lower() in ("the", "a", "its", "their", "this") and after.islower())


_IN_QUARTER = ("in", "during", "for", "since", "by", "of", "from", "the", "throughout", "between", "and", "to", "until", "through")


def _bare(words: str, named: Named, before: str, after: str) -> bool:
    """A quarter or season without a year: only with a word that places it ("in Q3", "last summer", "in the fall")."""
    if named.ref or named.part:
        return False
    if words[:1].lower() == "q" and len(words) == 2:
        return before.lower() not in _IN_QUARTER or after[:1].isupper()
    if words.lower().endswith("quarter"):
        return before.lower() not in ("the", "in", "during")
    return words[0].isupper() or before.lower() != "the" or after.lower() in ("of", "from", "in", "games", "break", "semester", "guy")


def _day_is_name(words: str, named: Named, before: str, after: str) -> bool:
    """A day without a year: "March 4 hosts" and "Windows 7 May" are none."""
    if words[0].isdigit():
        return _capital(before) or before.lower() in _LABELS
    return bool(re.match(r"(?:may|march|mar|dec|jan)\b", words)) and before.lower() not in ("on", "since", "by", "until", "from")
