"""Whether a text states a fact: one of the fact's strings stands in it, whatever the case, the quotation marks, dashes and spaces.

Question sets write facts as names ("APT31"), dates ("April 26") and stems ("phish", "manufactur"); each ends differently:

- A string never starts inside a word: "Maze" does not stand in "amazed", "disput" not in "undisputed".
- A stem (last word in small letters) may go on: "phish" stands in "phishing". On the gold quotes of the development set 14 of 184 facts
  are found only that way.
- A name (last word with a capital) may take an ending of inflection or of nationality, nothing else: "Malaysia" stands in "Malaysian", but
  "Conti" does not stand in "continued". An acronym takes "s" at most: "AP" does not stand in "API", "IT" not in "its".
- A number (last character a digit) may take "st", "nd", "rd", "th" or "s" and does not go on with digits or decimals: "April 2" does not
  stand in "April 26", "$4" not in "$4.4 million"; nor is it the tail of another number: "500" does not stand in "7,500".
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MARKER = re.compile(r"\s*\[\d+\]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
# Not \w: "_Maze_" is the name with Markdown's emphasis around it.
_LETTER = r"[^\W_]"
_NOT_IN_WORD = rf"(?<!{_LETTER})"
_NOT_IN_NUMBER = rf"{_NOT_IN_WORD}(?<!\d[.,])"
_WORD_ENDS = rf"(?!{_LETTER})"
_NAME_ENDS = rf"(?:'s|s'?|es|n|an|ian|i|ese)?{_WORD_ENDS}"
_ACRONYM_ENDS = rf"(?:'?s)?{_WORD_ENDS}"
_PAIR_ENDS = rf"(?:'s)?{_WORD_ENDS}"
_NUMBER_ENDS = rf"(?:st|nd|rd|th|s)?{_WORD_ENDS}(?!\.\d|,\d{{3}}(?!\d))"


def fold(text: str) -> str:
    """The text in one case with straight quotes, plain hyphens, single spaces and no invisible characters."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).casefold().split())


def without_markers(text: str) -> str:
    """An answer's text without its [n] markers; "evil[.]com" stays as it is."""
    return MARKER.sub("", text)


def first_words(text: str, count: int) -> str:
    """The first `count` words, a word being whatever stands between spaces."""
    return " ".join(text.split()[:count])


def states(text: str, wordings: Iterable[str]) -> bool:
    """Whether any one of a fact's wordings stands in the text."""
    return stated(text, wordings) is not None


def stated(text: str, wordings: Iterable[str]) -> str | None:
    """The first of the wordings that stands in the text, None where none does."""
    folded = fold(text)
    return next((wording for wording in wordings if _pattern(wording).search(folded)), None)


@lru_cache(maxsize=16384)
def _pattern(wording: str) -> re.Pattern[str]:
    folded = fold(wording)
    return re.compile(_before(folded) + re.escape(folded) + _after(folded, wording.split()[-1]))


def _before(folded: str) -> str:
    if folded[0].isdigit() and not _YEAR.match(folded):
        return _NOT_IN_NUMBER
    return _NOT_IN_WORD if re.match(_LETTER, folded) else ""


def _after(folded: str, last_word: str) -> str:
    if folded[-1].isdigit():
        return _NUMBER_ENDS
    if not re.match(_LETTER, folded[-1]):
        return ""
    if last_word.isalpha() and last_word.isupper():
        return _ACRONYM_ENDS if len(last_word) > 2 else _PAIR_ENDS
    stem = last_word == last_word.lower() and not any(map(str.isdigit, last_word))
    return "" if stem else _NAME_ENDS
