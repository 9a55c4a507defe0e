"""Author and day of publication, as the lines around a headline give them.

Knows nothing about where a headline or a body is: it is handed the short lines around them. A date is taken only where a publisher puts
one (byline, "posted on ...", URL), never from a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.cleaning.dateline import DateSeen, dates_in, url_date, url_month

_PERSON = r"[A-ZÀ-Þ][\w’'-]+\.?(?: [A-ZÀ-Þ]\.)?(?: (?:(?:de|da|del|van|von|der|den|al|el|bin|ben|di|la|le) ){0,2}(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]+|\d{1,3}\b)){1,2}"
_PEOPLE = rf"{_PERSON}(?:(?:,| and| &|, and|;|/) (?:the )?{_PERSON})*"
_BY = re.compile(
    rf"(?:(?i:written|posted|reported|published|article|story|blog|researched|created|contributed) )*(?:[Bb]y|BY):?\s*(?P<names>{_PEOPLE})"
)
_BY_ALONE = re.compile(
    r"(?:(?:written|posted|reported|published|article|story) )?by:?|authors?:?|author\(s\):?|author of the article:|authored by:?|writer:?", re.I
)
_BY_INSIDE = re.compile(rf"\b(?:By|BY|[Aa]uthors?:|AUTHORS?:)[\s:]+(?P<names>{_PEOPLE})")
_ROLE = "Contribut|Staff|Senior|Chief|Editor|Writer|Reporter|Correspondent|Analyst|Researcher|Director|Vice|Managing|Associate|Principal|Head|Lead"
_ALONE = re.compile(
    rf"(?P<names>{_PEOPLE})(?:,? (?:in|for|at|is|of) .*|, [A-Za-z -]+(?:Editor|Writer|Reporter|Contributor|Correspondent|Analyst|Researcher).*|,? (?:Contributor|Contributing Writer|Staff|Editor|Writer|Reporter))?"
)
# Capitalised words of menus, roles and firms, which a person's name does not hold.
_NO_NAME = re.compile(
    r"\b(?:by|am|pm|[a-z]{2}t|last|credit|eligible|feed|watch|get|permission|this|week|insider|resources?|tags?|meet|standard|in|topics?|next"
    r"|previous|photo\w*|illustration|news|security|cyber\w*|threats?|research\w*|intelligence|blogs?|labs?|the|articles?|reports?|malware"
    r"|ransomware|updates?|home|about|contact|privacy|policy|read|more|min|minutes?|share|comments?|follow|analysis|attacks?|apt\d*|data|cloud"
    r"|network|groups?|business|world|technology|tech|government|categor\w+|published|posted|updated|views?|twitter|facebook|linkedin|email"
    r"|copy|link|print|subscribe|newsletter|image|source|getty|images|states?|new|all|and|of|for|endpoint|protection|hackers?|hacking|software"
    r"|enterprise|services?|solutions?|products?|skills?|operations?|incident|response|advanced|persistent|executive|summary|key|findings"
    r"|introduction|overview|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|information|breach|breaches|crime|espionage|vulnerabilit\w+|windows|microsoft|google|android|republic"
    r"|china|russia|iran|korea|north|south|east|west|america|asia|europe|africa)\b",
    re.I,
)
_UPDATED = re.compile(
    r"(?:updated?|revised|revision|modified|edited|reviewed|changed|retrieved|accessed|copyright|©|since|archived|viewed)\W*(?:on|at|:)?\W*(?:\w{3,9},?\s*)?$",
    re.I,
)
_POSTED = re.compile(
    r"(?:posted|published|date|dated|issued|released|originally|first appeared|entry|initial (?:version|release|publication))\b.{0,40}$", re.I | re.S
)


@dataclass(frozen=True)
class Surroundings:
    """The short lines around a headline, in order.

    above: just before it; below: between it and the body's first sentences; tail: behind the body. common: those among them that most pages
    of the publisher hold, and which are nobody's name unless "by" goes before.
    """

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()


def author(around: Surroundings) -> str | None:
    """The author's name or names as written; None where no byline says it."""
    near = [*around.above, "", *around.below]
    own = [_one_line(line) for line in near if line not in around.common or any(dates_in(line))]
    tail = [_one_line(line) for line in around.tail[:3]]
    first = [_one_line(line) for line in around.below[:2] if line not in around.common]
    return _signed([_one_line(line) for line in around.below]) or _beside_date(own) or _alone(first) or _signed(tail)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _signed(lines: Sequence[str]) -> str | None:
    """The name behind "By"."""
    for number, line in enumerate(lines):
        match = _BY.match(line) or (_BY_INSIDE.search(line) if len(line.split()) <= 12 else None)
        if match and (names := _people(match["names"])):
            return names
        if _BY_ALONE.fullmatch(line) and (names := _alone(lines[number + 1 : number + 3])):
            return names
    return None


def _beside_date(lines: Sequence[str]) -> str | None:
    """A name alone on the line of a date, or within two lines of it."""
    for number, line in enumerate(lines):
        if any(dates_in(line)):
            own = re.sub(r"^[^A-Za-z]*|\s*[|•·/–-].*$", "", _without_dates(line))
            names = _alone([own, *reversed(lines[max(0, number - 2) : number]), *lines[number + 1 : number + 3]])
            if names:
                return names
    return None


def _alone(lines: Sequence[str]) -> str | None:
    for line in lines:
        match = _ALONE.fullmatch(re.sub(r"\s*(?:@\w+|\([^)]*\))$", "", line).strip(" ,|•·-/"))
        if match and (names := _people(match["names"])):
            return names
    return None


def _people(names: str) -> str | None:
    """The names without the role that may follow; None where a word is none that a name holds."""
    names = re.sub(rf",? (?:{_ROLE}).*$", "", names)
    single = re.split(r",? and (?:the )?|, | & |; ?|/", names)
    return None if len(names.split()) < 2 or any(_NO_NAME.search(name) for name in single) else names


def _without_dates(line: str) -> str:
    for seen in reversed(list(dates_in(line))):
        line = line[: seen.start] + line[seen.end :]
    return line.strip()


def publication_date(around: Surroundings, *, url: str | None, day_first: bool | None, today: date) -> date | None:
    """The day of publication: from the lines below the headline, then just above it, then behind the body where they say that it was posted,
    then the URL. What a URL says of year and month, the others must not contradict."""
    month = url_month(url)
    places = (_settled(around.below, day_first), list(reversed(_settled(around.above, day_first))), _settled(around.tail, day_first, posted=True))
    for days in places:
        for _, day in days:
            if day <= today and (not month or abs((day.year - month[0]) * 12 + day.month - month[1]) <= 1):
                return day
    exact = url_date(url)
    return exact if exact and exact <= today else None


def dated_line(lines: Sequence[str], day: date | None, day_first: bool | None) -> int | None:
    """Index of the line that gives this day; None if none does."""
    return next((number for number, found in _settled(lines, day_first) if found == day), None)


def _settled(lines: Sequence[str], day_first: bool | None, *, posted: bool = False) -> list[tuple[int, date]]:
    """Line number and day of every date that is not said to be an update; with posted, only of those that are said to be a publication."""
    found = []
    text = "\n".join(lines)  # a date may stand on several lines
    for seen in dates_in(text):
        ahead = text[max(0, seen.start - 40) : seen.start].replace("\n", " ")
        if _UPDATED.search(ahead) or (posted and not _POSTED.search(ahead)):
            continue
        day = seen.day or _ordered(seen, day_first)
        if day:
            found.append((text.count("\n", 0, seen.start), day))
    return found


def _ordered(seen: DateSeen, day_first: bool | None) -> date | None:
    if day_first is None or not seen.year:
        return None
    day, month = (seen.first, seen.second) if day_first else (seen.second, seen.first)
    try:
        return date(seen.year, month, day)
    except ValueError:
        return None
