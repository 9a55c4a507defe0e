"""Where sentences begin and end, in character offsets.

Written for text about attacks: no break inside evil[.]com, U.S., 1.2.3, "Inc." or APT29.exe. A line break always ends a sentence, since a
scraped page keeps its paragraphs on lines of their own. Knows nothing about articles or passages.
"""

import re
from collections.abc import Iterator

LONGEST = 600
"""A run without any sentence end (tables, indicator lists) is cut at a space after this many characters."""

_BREAK = re.compile(r"""[.!?…]+["'”’)\]»]*(?=\s)|\n+""")
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof gen col lt maj capt sgt sen rep gov hon rev st jr sr inc ltd llc corp co plc gmbh bros dept est govt assn univ vs etc e.g
    i.e cf al approx no nos vol pp fig figs ed eds u.s u.k u.n e.u d.c a.m p.m a.k.a aka ph.d jan feb mar apr jun jul aug sep sept oct nov dec
    mon tue tues wed thu thur thurs fri sat sun
    """.split()
)
_ENDS_EVEN_SO = frozenset(
    ["inc", "ltd", "llc", "corp", "co", "plc", "gmbh", "jr", "sr", "etc", "u.s", "u.k", "u.n", "e.u", "d.c", "a.m", "p.m", "al"]
)
"""Abbreviations that often close a sentence too: a capitalised word that commonly opens one decides."""
_OPENERS = frozenset(
    """
    the this that these those it its he she they we i you his her their our in on at by for from after before during since when while although
    though as if but and or however meanwhile according both other another several some many most one two no there here what who why how earlier
    later last
    """.split()
)
_WORD_BEFORE = re.compile(r"[\w.&'’-]*\w$")
_WORD_AFTER = re.compile(r"""\s+["'“‘(\[]*(\w+)""")
_INITIAL = re.compile(r"(?:^|\W)[A-Z]$")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yields (start, end) of every sentence of `text`, in order, without surrounding white space; together they hold every word."""
    start = 0
    for match in _BREAK.finditer(text):
        if text[match.start()] != "\n" and not _is_end(text, start, match):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark at `match` closes the sentence that began at `start`."""
    following = _WORD_AFTER.match(text, match.end())
    if following is None:
        return True
    after = following.group(1)
    if match.group()[0] != "." or match.group().startswith(".."):
        return not after[0].islower()
    word = _WORD_BEFORE.search(text, max(start, match.start() - 40), match.start())
    before = word.group().lower() if word else ""
    if after[0].islower():
        return False
    if before in _ABBREVIATIONS:
        return before in _ENDS_EVEN_SO and after.lower() in _OPENERS and after[0].isupper()
    if _INITIAL.search(text, max(start, match.start() - 2), match.start()):
        return after.lower() in _OPENERS
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without white space at its ends, in pieces of at most LONGEST characters; nothing where only white space is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
