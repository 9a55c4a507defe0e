"""Cutting a scraped page into the units that its author or its template wrote in one go: lines, and where a scraper has glued
elements together with no space between them ("...government hackLeadershipCybercrime"), the pieces of a line.

Knows nothing about furniture or articles. A cut inside a word is made only where two words were glued; a name that is written with an
inner capital ("PowerShell") stays whole.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.cleaning.glue import find_seams, glue

# English function words: a share of them tells sentences from menus.
STOPWORDS = frozenset((
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before", "being", "between", "but",
    "by", "can", "could", "did", "do", "does", "during", "each", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i",
    "if", "in", "into", "is", "it", "its", "just", "may", "might", "more", "most", "must", "my", "no", "not", "of", "off", "on", "once", "one",
    "only", "or", "other", "our", "out", "over", "own", "said", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "through", "to", "under", "until", "up", "very", "was", "we", "were", "what",
    "when", "where", "which", "while", "who", "whose", "why", "will", "with", "would", "you", "your",
))  # fmt: skip

_LINE = re.compile(r"\S[^\n]*")
_TERMINAL = re.compile(r"[.!?:…;,][\"”’'»)\]]*(?:\[\d+\])*$")
_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)\]%”\"’'A-Z][.!?…])[\"”’)]*\s+(?=[A-Z“\"‘(])|(?<=[a-z)\]%”\"’\d][.!?…])[\"”’)]*(?=[A-Z“‘][A-Za-z’ ,])|(?<=[.!?…][\"”])(?=[A-Z“‘])"
)
_GAP = re.compile(r"[^\S\n]{3,}|(?<=\w)(?=©)")
_DOT = re.compile(r"(?<=\S)(?:[·•]|--)(?=\S)")
_LONGEST_REMEMBERED = 60_000  # characters; with 200 pages the memory holds some 20 MB at most


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, or one piece of a glued line: `text == draft_text[start:end]`, no white space at either end.

    words: white-space separated. stops: English function words among them. glued: nothing stood between it and the unit before.
    prose: reads as a sentence or more, rather than a heading, a menu entry or a table cell.
    """

    start: int
    end: int
    text: str
    words: int
    stops: int
    glued: bool
    prose: bool


def split_units(text: str) -> tuple[Unit, ...]:
    """The units of a page in order. Remembered for the last pages, because a page is split once to learn from it and once to clean it."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _split(text)


def _split(text: str) -> tuple[Unit, ...]:
    found: list[Unit] = []
    previous = -1
    for start, end in _unwrapped(text, list(_spans(text))):
        found.append(_unit(text, start, end, start == previous))
        previous = end
    return tuple(found)


_remembered = lru_cache(maxsize=200)(_split)


def _unwrapped(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines that a sentence runs on over, made one: the next line, or the one behind a link's few words, goes on in lower case."""
    index = 0
    while index < len(spans):
        start, end = spans[index]
        words = text.count(" ", start, end)
        while index + 1 < len(spans) and words and _runs_on(text, end, spans[index + 1 : index + 3]):
            index += 1
            end = spans[index][1]
            words += 1
        yield start, end
        index += 1


def _runs_on(text: str, end: int, following: list[tuple[int, int]]) -> bool:
    (start, stop), *more = following
    if text[end - 1] in '.!?:;…”"' or text[end:start].count("\n") != 1:
        return False
    if text[start].islower():
        return True
    return bool(more) and text[end - 1].islower() and stop - start <= 40 and text[stop : more[0][0]].count("\n") == 1 and text[more[0][0]].islower()


def cut_at(units: Sequence[Unit], text: str, marks: Collection[int]) -> list[Unit]:
    """The units, cut once more at offsets where the caller knows that something begins or ends, such as those of the headline."""
    left = sorted(set(marks), reverse=True)
    found: list[Unit] = []
    for unit in units:
        while left and left[-1] <= unit.start:
            left.pop()
        at, glued = unit.start, unit.glued
        while left and left[-1] < unit.end:
            mark = left.pop()
            piece = text[at:mark].rstrip()
            if piece.strip():
                found.append(_unit(text, at, at + len(piece), glued))
            at = mark + len(text[mark : unit.end]) - len(text[mark : unit.end].lstrip())
            glued = at == mark and bool(piece) and mark == found[-1].end if found else False
        found.append(unit if at == unit.start else _unit(text, at, unit.end, glued))
    return found


def split_unit(unit: Unit, at: int) -> tuple[Unit, ...]:
    """A unit cut at an offset into its own text."""
    head, tail = unit.text[:at].rstrip(), unit.text[at:].lstrip()
    cut = len(unit.text) - len(tail)
    pieces = ((0, len(head)), (cut, len(unit.text)))
    found = [_unit(unit.text, start, end, glued) for (start, end), glued in zip(pieces, (unit.glued, cut == len(head)), strict=True) if start < end]
    return tuple(replace(piece, start=piece.start + unit.start, end=piece.end + unit.start) for piece in found)


def _unit(text: str, start: int, end: int, glued: bool) -> Unit:
    piece = text[start:end]
    words = piece.lower().split()
    stops = len([word for word in words if word in STOPWORDS]) if len(words) > 1 else 0
    return Unit(start, end, piece, len(words), stops, glued, _is_prose(piece, len(words), stops))


def _is_prose(piece: str, words: int, stops: int) -> bool:
    if words < 6 or stops < 2:
        return False
    ended = bool(_TERMINAL.search(piece[-12:]))
    if stops < (0.08 if ended else 0.2) * words or not (ended or words >= 14):
        return False
    return len([word for word in piece.split() if word[0].isupper()]) <= (0.6 if stops >= 0.2 * words else 0.45) * words


def _spans(text: str) -> Iterator[tuple[int, int]]:
    seams = find_seams(text)
    gaps = [match.end() for match in _GAP.finditer(text)]
    seam = gap = 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        cuts: set[int] = set()
        first = seam
        while seam < len(seams) and seams[seam].at < end:
            seam += 1
        if seam > first:
            cuts.update(glue(text, start, end, seams[first:seam]))
            if cuts:
                cuts.update(m.end() for m in _SENTENCE_END.finditer(text, start, end))
                cuts.update(at for m in _DOT.finditer(text, start, end) for at in m.span())
        while gap < len(gaps) and gaps[gap] < end:
            if gaps[gap] > start:
                cuts.add(gaps[gap])
            gap += 1
        at = start
        for cut in (*sorted(cuts), end) if cuts else (end,):
            if cut > at:
                piece = text[at:cut]
                a, b = at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
                if a < b:
                    yield a, b
                at = cut
