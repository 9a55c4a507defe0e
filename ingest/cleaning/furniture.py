"""What a publisher's pages have in common: menus, teasers, bios, newsletter boxes. Learned by counting, never from a list of strings.

A unit (`ingest.cleaning.units`) that stands on several pages of one host is furniture; so is a stretch of glued words that does. Knows nothing
about a single article: where its body starts and ends is `ingest.cleaning.body`'s. With one page it knows nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ingest.cleaning.dateline import day_order
from ingest.cleaning.units import Unit, split_units
from ingest.nouns import Draft

SHINGLE = 5
_DIGITS = re.compile(r"\d+")
_SEAM = re.compile(r"[a-z.!?”\"](?=[A-Z])")


def host_of(url: str | None) -> str:
    """The host of a URL without "www.", lower case; "" where there is none."""
    if not url:
        return ""
    try:
        host = urlsplit(url if "//" in url else "//" + url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


@dataclass(frozen=True)
class Furniture:
    """What recurs on the pages of one publisher.

    pages: distinct pages it was learned from (reprints and refilings of one article count once).
    lines: folded unit text → number of pages that hold it, where that is at least two.
    shingles: runs of five words inside glued lines, hashed → number of pages, likewise.
    day_first: whether this publisher writes 02.06.24 for 2 June; None where its pages don't tell.
    """

    pages: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)
    shingles: Mapping[int, int] = field(default_factory=dict)
    day_first: bool | None = None

    @classmethod
    def learn(cls, drafts: Iterable[Draft]) -> "Furniture":
        """Count over all drafts of one host; cost linear in their text. Cards have no furniture and are passed over."""
        texts = dict.fromkeys(draft.text for draft in drafts if draft.form != "card")
        day_first = _day_order(texts)
        if len(texts) < 2:
            return cls(pages=len(texts), day_first=day_first)
        pages = [split_units(text) for text in texts]
        pages = [pages[i] for i in _distinct(pages)]
        if len(pages) < 2:
            return cls(pages=len(pages), day_first=day_first)
        lines: Counter[str] = Counter()
        shingles: Counter[int] = Counter()
        for units in pages:
            lines.update({fold(unit.text) for unit in units})
            shingles.update(set(_shingles(units)))
        return cls(
            pages=len(pages),
            lines={line: n for line, n in lines.items() if n > 1},
            shingles={shingle: n for shingle, n in shingles.items() if n > 1},
            day_first=day_first,
        )

    def pages_with(self, unit: Unit) -> int:
        """On how many pages of the publisher this unit stands, its own page counted; 1 where nothing is known."""
        seen = self.lines.get(fold(unit.text), 1)
        if seen == 1 and self.shingles and unit.words >= SHINGLE:
            counts = sorted(self.shingles.get(hash(words), 1) for words in _runs(unit.text))
            seen = counts[len(counts) // 5]
        return seen

    def tail_of(self, unit: Unit) -> int:
        """How many characters at the end of a unit are furniture that a scraper glued to it; 0 where none or all of it is.

        Told by the runs of words that at least three pages hold, up to the last one.
        """
        words = unit.text.split()
        if not self.shingles or len(words) < 2 * SHINGLE:
            return 0
        first = len(words) - SHINGLE + 1
        while first > 0 and self.shingles.get(hash(tuple(words[first - 1 : first - 1 + SHINGLE])), 1) >= 3:
            first -= 1
        if first == 0 or first > len(words) - SHINGLE:
            return 0
        at = len(unit.text)
        for word in reversed(words[first:]):
            at = unit.text.rindex(word, 0, at)
        seams = [match.end() for match in _SEAM.finditer(words[first])]
        return len(unit.text) - at - (seams[-1] if seams else 0)


def fold(text: str) -> str:
    """A unit's text for comparison: case, white space and figures ("12 Comments") don't count."""
    folded = " ".join(text.split()).casefold()
    return folded if folded.isalpha() else _DIGITS.sub("0", folded)


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = text.split()
    return (tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _shingles(units: Sequence[Unit]) -> Iterable[int]:
    return (hash(run) for unit in units if unit.glued and unit.words >= SHINGLE for run in _runs(unit.text))


def _distinct(pages: Sequence[Sequence[Unit]]) -> list[int]:
    """Pages left when every page that repeats most prose of an earlier one is dropped: the same article refiled, moved or updated.

    Only long sentences count, as teasers are short. Prose on more than eight pages is a template's, and is not compared, which keeps the cost
    linear.
    """
    prose = [{fold(u.text): u.words for u in units if u.prose and u.words >= 20} for units in pages]
    holders: dict[str, list[int]] = {}
    for number, sentences in enumerate(prose):
        for sentence in sentences:
            holders.setdefault(sentence, []).append(number)
    kept: list[int] = []
    dropped: set[int] = set()
    for number, sentences in enumerate(prose):
        shared: Counter[int] = Counter()
        own = 0
        for sentence, words in sentences.items():
            if len(holders[sentence]) > 8:
                continue
            own += words
            for other in holders[sentence]:
                if other < number and other not in dropped:
                    shared[other] += words
        if own >= 60 and shared and max(shared.values()) > 0.6 * own:
            dropped.add(number)
        else:
            kept.append(number)
    return kept


def _day_order(texts: Iterable[str]) -> bool | None:
    """From the dates of which the order is plain because one number is over 12. None without such dates, or where they disagree."""
    day = month = 0
    for text in texts:
        own_day, own_month = day_order(text)
        day, month = day + own_day, month + own_month
    if not day + month or min(day, month) * 10 > max(day, month):
        return None
    return day > month
