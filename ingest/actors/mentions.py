"""Finds names of actors in text: longest match at word boundaries, "APT 31" for APT31 and "Dark Side" for DarkSide.

A name that is also an English word counts only where the text shows that a name is meant: the commoner the word, the clearer it must be.
Knows names and nothing else about actors.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_GAPS = frozenset(["", " ", "-", "–", "‑", "_", ".", "@", "&", "'", "’", "\u00a0", " & ", "-_"])
_KIND_AFTER = re.compile(
    r"[’']?s?[^\S\n-]*[^\S\n-](?:(?:russian|chinese|iranian|extortion|cyber|espionage|hacking|threat|leak|data)[ -])*"
    r"(?P<kind>ransomware|gang|group|hackers?|hacking|apt|crew|cartel|collective|operators?|actors?|affiliates?|raas|malware|cyber[- ]?criminals"
    r"|cyber[- ]?espionage|extortionists?|spies|leak[ ]site|data[ ]leak|attackers)\b",
    re.I,
)
_KIND_BEFORE = re.compile(
    r"(?:\b(?:[Rr]ansomware|[Gg]ang|group|hackers|crew|cartel|collective|APT|actors?)[,:]?[ ](?:known[ ]as[ ]|called[ ]|named[ ]|dubbed[ ]|is[ ])?"
    r"|\b(?:aka|a\.k\.a\.|dubbed|code-?named|known[ ]as|tracked[ ]as|calls?[ ]itself|calling[ ](?:itself|themselves))[ ](?:the[ ])?)[\"“‘'(]?\Z"
)
_LOWER_BEFORE = re.compile(r"([a-z][a-z’'-]*)[^\S\n][\"“‘'(]?\Z")
_CAPITAL_BEFORE = re.compile(r"\b([A-Z][\w’'-]*)[^\S\n]\Z")
# "Kraken Exchange" is another name, "Trident/7.0" a version, "a Patchwork of apps" a word.
_OTHERWISE_AFTER = re.compile(r"[^\S\n]+[A-Z][A-Za-z]|/\d|[^\S\n]of\b")
_PLACE = frozenset(["in", "at", "near", "to", "from", "across", "toward", "towards", "into", "outside", "visit"])
_OPENING = frozenset(
    """
    The A An In On By And But Or Of For With From Has Have Was Is As At How Why When After Before While To If This That Its Their
    """.split()
)


@dataclass(frozen=True)
class Listed:
    """A name to look for. written: its spellings. strictness: 0 any capitalised form; 1 no capitalised neighbour, which would make it part of another
    name; 2 that and in the middle of a sentence, or with a word like "gang"; 3 only with such a word. abbreviations: spellings that abbreviate a
    longer name, which count as they are."""

    written: frozenset[str]
    strictness: int
    abbreviations: frozenset[str] = frozenset()


class NameFinder:
    """Looks for names by their keys (see `ingest.actors.names.key`)."""

    def __init__(self, names: Mapping[str, Listed]) -> None:
        self._names = names
        self._beginnings = {name[:length] for name in names for length in range(1, len(name) + 1)}

    def find(self, text: str, *, any_case: bool = False) -> Iterator[tuple[int, int, str]]:
        """(start, end, key) of every name in order, none overlapping. any_case: take "lockbit" for LockBit, as in a question typed in haste."""
        words = [(found.start(), found.end()) for found in _WORD.finditer(text)]
        lower = text.lower() if len(text.lower()) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        beginnings = self._beginnings
        reached = 0
        for number, (start, end) in enumerate(words):
            if start < reached or lower[start:end] not in beginnings:
                continue
            for stop, name in self._longest(lower, words, number):
                if _is_meant(text, start, stop, self._names[name], any_case):
                    reached = stop
                    yield start, stop + (text[stop : stop + 1] == "$"), name
                    break

    def _longest(self, lower: str, words: list[tuple[int, int]], number: int) -> list[tuple[int, str]]:
        """The names that begin at a word, longest first."""
        joined, found, last = "", [], None
        for start, end in words[number : number + 8]:
            if last is not None and lower[last:start] not in _GAPS:
                break
            joined += lower[start:end]
            if joined not in self._beginnings:
                break
            if joined in self._names:
                found.append((end, joined))
            last = end
        return found[::-1]


def _is_meant(text: str, start: int, end: int, listed: Listed, any_case: bool) -> bool:
    written = text[start:end]
    told = _told(text, start, end, listed.strictness)
    if not (_capitalised(written) or (written in listed.written and not written.isalpha())):
        return any_case and (listed.strictness == 0 or told)
    if listed.strictness == 0 or told:
        return True
    lower = _LOWER_BEFORE.search(text, max(0, start - 30), start)
    if listed.strictness == 3:
        return written in listed.abbreviations and not (lower and lower[1] in _PLACE) and not _shouted(text, start, end)
    before = _CAPITAL_BEFORE.search(text, max(0, start - 30), start)
    if (before and before[1] not in _OPENING) or _OTHERWISE_AFTER.match(text, end):
        return False
    return listed.strictness == 1 or (lower is not None and lower[1] not in _PLACE and not _headline(text, start, end))


def _told(text: str, start: int, end: int, strictness: int) -> bool:
    """Whether a word beside it says that it is a gang, a group, a ransomware. A "Royal Group" with two capitals may be a company."""
    after = _KIND_AFTER.match(text, end)
    if after and not (strictness == 3 and after["kind"] == "Group"):
        return True
    return bool(_KIND_BEFORE.search(text, max(0, start - 36), start))


def _capitalised(written: str) -> bool:
    """Whether it is written as a name: a capital in every word ("Fancy Bear", "APT 31"), or somewhere in its only one ("menuPass")."""
    words = [word for word in _WORD.findall(written) if word not in ("of", "the", "and", "al")]
    if " " not in written and any(char.isupper() for char in written):
        return True
    return bool(words) and all(word[0].isupper() or word.isdigit() for word in words) and any(char.isalpha() for char in written)


def _line(text: str, start: int, end: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + len(text) + 1) % (len(text) + 1)]


def _headline(text: str, start: int, end: int) -> bool:
    """Whether the line capitalises most of its words, so that a capital says nothing."""
    words = [word for word in _WORD.findall(_line(text, max(start - 200, 0), end)[:400]) if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words around are all capitals too."""
    around = text[max(0, start - 25) : start] + text[end : end + 25]
    letters = [char for char in around if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.5 * len(letters)


def listed_names(names: Iterable[tuple[str, Listed]]) -> dict[str, Listed]:
    """Names by key; a key that several have keeps all spellings and the least strictness."""
    found: dict[str, Listed] = {}
    for name, listed in names:
        known = found.get(name, listed)
        found[name] = Listed(known.written | listed.written, min(known.strictness, listed.strictness), known.abbreviations | listed.abbreviations)
    return found
