"""Finding where a scraper has glued two elements together inside a line ("...government hackLeadershipCybercrime").

A cut inside a word is made only where two words were glued; a name that is written with an inner capital ("PowerShell") stays whole. Knows
nothing about what the elements are.
"""

import re
from dataclasses import dataclass

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
# Two characters that no writer puts next to each other: the end of a word or sentence, and a capital or a date. The pattern begins with the
# second one, which is rare, so that the search is fast.
_SEAM = re.compile(
    rf"[A-Z“‘\d](?:(?<=[a-z][a-z][A-Z“‘])|(?<=[)\]”’®™©!?…|:.\"\d][A-Z“‘])|(?<=[A-Z][A-Z])(?=[a-z]{{2}})"
    rf"|(?<=[A-Za-z)\]”’]\d)(?=\d?(?:st|nd|rd|th)? (?:{_MONTHS})|(?<=[12])(?:9|0)\d\d[-/]\d\d[-/]))"
)
_LONGEST_WORD = 40  # what runs on for longer is a hash or a blob
_MONTH_AHEAD = re.compile(rf"(?:{_MONTHS})[A-Za-z]*\.? \d|\d")
_WORD_AHEAD = re.compile(r"[A-Z][a-z’]|[A-Z] [a-z]|A [A-Z]|[“‘][A-Za-z]|[A-Z]{2,}\w* [a-z]|BY(?=\s|[A-Z][a-z]|$)")
_SENTENCE_OVER = re.compile(r"[.!?…][\"”’)]*(?:\s|(?=[A-Z]))")


@dataclass(frozen=True, slots=True)
class Seam:
    """A place where two elements may have been glued, with the word around it."""

    at: int
    left: int
    right: int


def find_seams(text: str) -> list[Seam]:
    """Candidates, without those inside names that are written with an inner capital: such names stand as whole words in two contexts at least."""
    found: list[Seam] = []
    contexts: dict[str, set[str]] = {}
    size = len(text)
    for match in _SEAM.finditer(text):
        at = match.start()
        left, right = at, at
        while left > 0 and at - left < _LONGEST_WORD and text[left - 1].isalnum():
            left -= 1
        while right < size and right - at < _LONGEST_WORD and text[right].isalnum():
            right += 1
        if max(at - left, right - at) == _LONGEST_WORD and not text[left:right].isalpha():
            continue
        if left < at:
            word = text[left:right]
            if word.isalpha() and (left == 0 or text[left - 1] in ' \n“"(') and right < size and not text[right].isalpha():
                contexts.setdefault(word, set()).add(text[right : right + 5])
        found.append(Seam(at, left, right))
    names = {word for word, after in contexts.items() if len(after) > 1}
    return [seam for seam in found if seam.left == seam.at or not _inside_name(text, seam, names)]


def _inside_name(text: str, seam: Seam, names: set[str]) -> bool:
    """Whether the seam lies inside a known name, which may itself be glued to what stands before or behind it."""
    word, at = text[seam.left : seam.right], seam.at - seam.left
    if word in names:
        return True
    return any(at < stop and word[:stop] in names for stop in range(at + 1, len(word))) or any(word[start:] in names for start in range(1, at))


def glue(text: str, line: int, end: int, seams: list[Seam]) -> list[int]:
    """Where two elements of a line were glued. A capital inside a capitalised word ("KeninThreat") is glue only where no sentence is under
    way, and behind a short lower-case start ("iPhone") never; a few of them in a line without plainer glue are names ("HealthCare")."""
    cuts: list[int] = []
    plain = False
    for seam in seams:
        if _glued(text, seam, line, cuts[-1] if cuts else line):
            plain = plain or not (text[seam.at - 1].islower() and text[max(seam.left, cuts[-1] if cuts else line)].isupper())
            cuts.append(seam.at)
    return cuts if plain or len(cuts) > 3 or text.count(" ", line, end) < 8 else []


def _glued(text: str, seam: Seam, line: int, last: int) -> bool:
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
