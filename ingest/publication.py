"""What is known about an article besides its words: headline, author, publisher, day of publication.

Everything is read from the draft's own header, URL and text; what nothing says stays unknown. Knows nothing about where a body ends.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dateline import DateSeen, dates_in, url_date, url_month
from ingest.furniture import host_of

_SEPARATOR = re.compile(r"\s+[|•·»—–-]\s+|\s*[|•»]\s*|\s+::\s+")
_WORD = re.compile(r"[^\W_]+")
_SECOND_LEVEL = frozenset(("co", "com", "org", "gov", "ac", "net", "edu"))


@dataclass(frozen=True)
class Heading:
    """A headline and where it stands: offsets of its repetitions in the draft's text, in order."""

    text: str
    spans: tuple[tuple[int, int], ...]


def words_of(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return [word.casefold() for word in _WORD.findall(text)]


def slug_of(url: str | None) -> list[str]:
    """The words of the longest part of a URL's path: often the headline; [] where it has fewer than three."""
    path = (url or "").split("//", 1)[-1].partition("/")[2].split("?")[0].split("#")[0]
    parts = [[w for w in words_of(re.sub(r"\.\w{3,5}$", "", part).replace("_", " ")) if not w.isdigit()] for part in path.split("/")]
    longest = max(parts, key=len, default=[])
    return longest if len(longest) >= 3 else []


def _label(host: str) -> str:
    """The part of a host that names its owner: "theregister" of "www.theregister.co.uk"."""
    parts = [p for p in host.split(".") if p not in ("www", "blog", "blogs", "news", "labs", "research")]
    if len(parts) > 2 and parts[-2] in _SECOND_LEVEL:
        parts = parts[:-1]
    return parts[-2] if len(parts) > 1 else parts[0] if parts else ""


def headline(title: str | None, url: str | None, text: str) -> Heading:
    """The real headline: the page title without its site suffix, or the line that the URL's slug spells where the title says another thing."""
    whole = " ".join((title or "").split())
    pieces = _pieces(whole, url)
    for candidate in pieces:
        spans = _occurrences(candidate, text)
        if len(spans) > (1 if candidate == whole or whole.startswith(candidate) else 0):
            return Heading(candidate, spans)
    slug = slug_of(url)
    spelled = _spelled(slug, text) if len(slug) >= 4 and _overlap(slug, words_of(pieces[0])) < 0.7 else ""
    best = spelled or pieces[0]
    return Heading(best, _occurrences(best, text))


def _pieces(whole: str, url: str | None) -> list[str]:
    """The title with fewer and fewer suffixes, most likely headline first. A suffix goes only if it is short beside what stays, or names the site."""
    label = _label(host_of(url))
    cuts = list(_SEPARATOR.finditer(whole))
    found = []
    for cut in reversed(cuts):
        head, tail = whole[: cut.start()].strip(), whole[cut.end() :].strip()
        named = bool(label) and (label in _squash(tail) or _squash(tail) in label)
        if head and (named or len(words_of(tail)) <= 3) and len(words_of(head)) >= 2:
            found.append((not named, head))
    for cut in cuts[:1]:
        head, tail = whole[: cut.start()].strip(), whole[cut.end() :].strip()
        if label and head and (_squash(head) == label or label in _squash(head)) and len(words_of(tail)) > len(words_of(head)):
            found.insert(0, (False, tail))
    ordered = [head for _, head in sorted(found, key=lambda f: (f[0],))]
    named_heads = [head for unnamed, head in found if not unnamed]
    return [*(named_heads[:1]), whole, *ordered] if named_heads else [whole, *ordered]


def _squash(text: str) -> str:
    return "".join(words_of(text))


def _occurrences(phrase: str, text: str) -> tuple[tuple[int, int], ...]:
    if len(phrase) < 8:
        return ()
    words = phrase.split()
    if phrase in text:
        spans, at = [], text.find(phrase)
        while at >= 0:
            spans.append((at, at + len(phrase)))
            at = text.find(phrase, at + len(phrase))
        return tuple(spans)
    pattern = re.compile(r"\s+".join(re.escape(w).replace("'", "['’‘]").replace("’", "['’‘]") for w in words), re.I)
    return tuple(m.span() for m in pattern.finditer(text))


def _overlap(slug: Sequence[str], words: Sequence[str]) -> float:
    """Dice coefficient of two bags of words; apostrophes and joints count as nothing."""
    if not slug or not words:
        return 0.0
    common = sum((Counter(slug) & Counter(words)).values())
    return 2 * common / (len(slug) + len(words))


def _spelled(slug: Sequence[str], text: str) -> str:
    """The line of the text whose words the slug spells out; "" if none does well enough."""
    best, found = 0.6, ""
    wanted = set(slug)
    for line in text.split("\n"):
        line = " ".join(line.split())
        if not 15 <= len(line) <= 250:
            continue
        words = words_of(line.replace("’", "").replace("'", ""))
        if len(wanted.intersection(words)) * 2 < len(wanted):
            continue
        score = _overlap(slug, words)
        if score > best:
            best, found = score, line
    return found


def publisher(title: str | None, url: str | None, text: str) -> str | None:
    """Who publishes the page: the site's name as its title or text writes it, else the owner's part of the host."""
    label = _label(host_of(url))
    if not label:
        return None
    for part in reversed(_SEPARATOR.split(" ".join((title or "").split()))):
        if _squash(part) and (_squash(part) == label or (len(words_of(part)) <= 4 and label in _squash(part))):
            return part.strip()
    letters = r"[ \-]?".join(re.escape(c) for c in label)
    names = Counter(m[0] for m in re.finditer(rf"(?<![\w@./])(?i:{letters})(?![\w@./]\w)", text) if any(c.isupper() for c in m[0]))
    if names:
        return names.most_common(1)[0][0]
    return label.upper() if len(label) <= 3 else label.capitalize()


_BYLINE = re.compile(
    r"(?:\b(?:[Ww]ritten |[Pp]osted |[Rr]eported |[Pp]ublished )?[Bb]y|\bBY|\bAuthors?)[ \t:\n]{1,40}(?P<name>[A-ZÀ-Þ][\w.’'-]*(?:[ \u00a0]+(?:(?:de|van|von|der|bin|al|el|di|la)[ \u00a0]+)?[A-ZÀ-Þ][\w’'-]*\.?){1,3}"
    r"(?:(?:,? and |, | & )[A-ZÀ-Þ][\w.’'-]*(?:[ \u00a0]+[A-ZÀ-Þ][\w’'-]*\.?){1,3})*)"
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ]\.?)?(?: (?:de |van |von |der |al-|bin )?[A-ZÀ-Þ][\w’'-]+){1,2}")


def author(lines: Sequence[str], tail: Sequence[str]) -> str | None:
    """The author's name. lines: the units between headline and body; tail: those behind the body."""
    head = "\n".join(lines)
    match = _BYLINE.search(head)
    if match:
        return " ".join(match["name"].split()).rstrip(".,")
    match = _BYLINE.search("\n".join(tail[:3]))
    return " ".join(match["name"].split()).rstrip(".,") if match else None


_UPDATED = re.compile(r"(?:updated?|modified|edited|reviewed|changed|retrieved|accessed)\W*(?:on|at)?\W*$", re.I)


def publication_date(*, before: str, after: str, url: str | None, day_first: bool | None, today: date) -> date | None:
    """The day of publication.

    before: the text between headline and body; after: the first words behind the body. The URL's date stands in where neither tells, and
    its year and month must agree with what they tell.
    """
    month = url_month(url)
    for place, nearest_last in ((before, False), (after, False)):
        days = [d for d in (_settle(seen, place, day_first) for seen in dates_in(place)) if d and d <= today]
        if month:
            days = [d for d in days if abs((d.year - month[0]) * 12 + d.month - month[1]) <= 1]
        if days:
            return days[-1] if nearest_last else days[0]
    exact = url_date(url)
    return exact if exact and exact <= today else None


def _settle(seen: DateSeen, place: str, day_first: bool | None) -> date | None:
    if _UPDATED.search(place[max(0, seen.start - 25) : seen.start]):
        return None
    if seen.day or day_first is None or not seen.year:
        return seen.day
    day, month = (seen.first, seen.second) if day_first else (seen.second, seen.first)
    try:
        return date(seen.year, month, day)
    except ValueError:
        return None
