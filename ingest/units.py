"""Cutting a scraped page into the units that its author or its template wrote in one go: lines, and where a scraper has glued
elements together with no space between them ("...government hackLeadershipCybercrime"), the pieces of a line.

Knows nothing about furniture or articles. A cut inside a word is made only where two words were glued; a name that is written with an
inner capital ("PowerShell") stays whole.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

STOPWORDS = frozenset(
    "a about after all also an and any are as at be because been before being between but by can could did do does during each for from had has have"
    " he her him his how i if in into is it its just may might more most must my no not of off on once one only or other our out over own said she"
    " should since so some such than that the their them then there these they this those through to under until up very was we were what when where"
    " which while who whose why will with would you your".split()
)

_LINE = re.compile(r"\S[^\n]*")
_TERMINAL = re.compile(r"[.!?:…;,][\"”’'»)\]]*(?:\[\d+\])*$")
_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)\]%”\"’'A-Z][.!?…])[\"”’)]*\s+(?=[A-Z“\"‘(])|(?<=[a-z)\]%”\"’\d][.!?…])[\"”’)]*(?=[A-Z“‘][A-Za-z’ ,])|(?<=[.!?…][\"”])(?=[A-Z“‘])"
)
_GAP = re.compile(r"[^\S\n]{3,}|(?<=\w)(?=©)")
_DOT = re.compile(r"(?<=\S)(?:[·•]|--)(?=\S)")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
# Two characters that no writer puts next to each other: the end of a word or sentence, and a capital or a date. The pattern begins with the
# second one, which is rare, so that the search is fast.
_SEAM = re.compile(
    rf"[A-Z“‘\d](?:(?<=[a-z)\]”’®™©!?…|:.\"\d][A-Z“‘])|(?<=[A-Z][A-Z])(?=[a-z]{{2}})"
    rf"|(?<=[A-Za-z)\]”’]\d)(?=\d?(?:st|nd|rd|th)? (?:{_MONTHS})|(?<=[12])(?:9|0)\d\d[-/]\d\d[-/]))"
)
_LONGEST_WORD = 40  # what runs on for longer is a hash or a blob
_MONTH_AHEAD = re.compile(rf"(?:{_MONTHS})[A-Za-z]*\.? \d|\d")
_WORD_AHEAD = re.compile(r"[A-Z][a-z’]|[A-Z] [a-z]|A [A-Z]|[“‘][A-Za-z]|[A-Z]{2,}\w* [a-z]|BY(?=\s|[A-Z][a-z]|$)")
_SENTENCE_OVER = re.compile(r"[.!?…][\"”’)]*(?:\s|(?=[A-Z]))")


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


@dataclass(frozen=True, slots=True)
class _Seam:
    """A place where two elements may have been glued, with the word around it."""

    at: int
    left: int
    right: int


@lru_cache(maxsize=256)
def split_units(text: str) -> tuple[Unit, ...]:
    """The units of a page in order. Remembered for the last pages, because a page is split once to learn from it and once to clean it."""
    found: list[Unit] = []
    previous = -1
    for start, end in _unwrapped(text, list(_spans(text))):
        found.append(_unit(text, start, end, start == previous))
        previous = end
    return tuple(found)


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
    seams = _seams(text)
    seam = 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        cuts: set[int] = set()
        first = seam
        while seam < len(seams) and seams[seam].at < end:
            seam += 1
        if seam > first:
            cuts.update(_glue(text, start, end, seams[first:seam]))
            if cuts:
                cuts.update(m.end() for m in _SENTENCE_END.finditer(text, start, end))
                cuts.update(at for m in _DOT.finditer(text, start, end) for at in m.span())
        if end - start > 8:
            cuts.update(m.end() for m in _GAP.finditer(text, start, end))
        at = start
        for cut in (*sorted(cuts), end) if cuts else (end,):
            if cut > at:
                piece = text[at:cut]
                a, b = at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
                if a < b:
                    yield a, b
                at = cut


def _seams(text: str) -> list[_Seam]:
    """Candidates, without those inside names that are written with an inner capital: such names stand as whole words in two contexts at least."""
    found: list[_Seam] = []
    contexts: dict[str, set[str]] = {}
    size = len(text)
    for match in _SEAM.finditer(text):
        at = match.start()
        left, right = at, at
        while left > 0 and at - left < _LONGEST_WORD and text[left - 1].isalnum():
            left -= 1
        while right < size and right - at < _LONGEST_WORD and text[right].isalnum():
            right += 1
        if left < at:
            word = text[left:right]
            if word.isalpha() and (left == 0 or text[left - 1] in ' \n“"(') and right < size and not text[right].isalpha():
                contexts.setdefault(word, set()).add(text[right : right + 5])
        found.append(_Seam(at, left, right))
    names = {word for word, after in contexts.items() if len(after) > 1}
    return [seam for seam in found if seam.left == seam.at or not _inside_name(text, seam, names)]


def _inside_name(text: str, seam: _Seam, names: set[str]) -> bool:
    """Whether the seam lies inside a known name, which may itself be glued to what stands before or behind it."""
    word, at = text[seam.left : seam.right], seam.at - seam.left
    if word in names:
        return True
    return any(at < stop and word[:stop] in names for stop in range(at + 1, len(word))) or any(word[start:] in names for start in range(1, at))


def _glue(text: str, line: int, end: int, seams: list[_Seam]) -> list[int]:
    """Where two elements of a line were glued. A capital inside a capitalised word ("KeninThreat") is glue only where no sentence is under
    way, and behind a short lower-case start ("iPhone") never; a few of them in a line without plainer glue are names ("HealthCare")."""
    cuts: list[int] = []
    plain = False
    for seam in seams:
        if _glued(text, seam, line, cuts[-1] if cuts else line):
            plain = plain or not (text[seam.at - 1].islower() and text[max(seam.left, cuts[-1] if cuts else line)].isupper())
            cuts.append(seam.at)
    return cuts if plain or len(cuts) > 3 or text.count(" ", line, end) < 8 else []


def _glued(text: str, seam: _Seam, line: int, last: int) -> bool:
    at = seam.at
    before, ahead = text[at - 1], text[at : at + 40]
    if ahead[0].isdigit() or (
        (_MONTH_AHEAD.match(ahead) and (before.isalpha() or before in ")]”’")) and (before.islower() or before in ")]”’" or ahead[1].islower())
    ):
        return True
    if not _WORD_AHEAD.match(ahead):
        return False
    if before in '"’':
        return text[at - 2] in ".!?…,"
    if before in ".:":
        return (text[at - 3 : at - 1].isalpha() and text[at - 2].islower()) or (before == "." and text[at - 2] in '"”’)]%')
    if before.isdigit():
        return text[at : at + 3].isalpha() and text[at + 1 : at + 3].islower() and (seam.left == at or not text[seam.left].isalpha())
    if before.isalpha():
        left = max(seam.left, last)
        if text[left].islower():
            return at - left >= 3
        over = [match.end() for match in _SENTENCE_OVER.finditer(text, last, at)]
        ahead_of = text[over[-1] if over else last : left].split()
        under_way = sum(1 for word in ahead_of if word[0].islower()) >= 3
        return not under_way and left != line and not (text[left - 1] in ' "“(' and not ahead_of)
    return True
