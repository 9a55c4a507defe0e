"""A long sentence shortened for reading: the clauses around the words that matter, verbatim, with an ellipsis where something is left out.

The citation behind it keeps the whole sentence.
"""

import re
from itertools import pairwise

ELLIPSIS = "…"
_CUT = re.compile(r"(?<=[,;:—–)])\s+|\s+(?=[(—–])")
"""Where a sentence may be cut: behind a comma and the like, before a parenthesis or a dash."""
_GLUE = re.compile(r"(?<=[a-z\d)][.?!])(?=[\"“]?[A-Z][a-z])|(?<=[.?!][\"”])(?=[\"“]?[A-Z])")
"""Where a page has put two sentences together without a space."""


def clipped(text: str, start: int, end: int, *, most: int) -> str:
    """`text` with its white space folded, in about `most` words: all of it where it is not longer, else whole clauses around text[start:end]. Of
    sentences that stand together without a space only those around text[start:end] are shown.

    Clauses are added in turn behind and before the words that matter as long as there is room, those behind first. Where the clause of these words alone
    is longer than `most`, that clause is returned.
    """
    text, start, end = _unglued(text, start, end)
    if len(text.split()) <= most:
        return " ".join(text.split())
    bounds = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    clauses = [(a, b) for a, b in pairwise(bounds) if text[a:b].strip()]
    first = next((i for i, (a, b) in enumerate(clauses) if a <= start < b), 0)
    last = next((i for i, (a, b) in enumerate(clauses) if a < max(end, start + 1) <= b), first)
    last = max(first, last)

    def words(low: int, high: int) -> int:
        return len(text[clauses[low][0] : clauses[high][1]].split())

    grown = True
    while grown:
        grown = False
        if last + 1 < len(clauses) and words(first, last + 1) <= most:
            last, grown = last + 1, True
        if first and words(first - 1, last) <= most:
            first, grown = first - 1, True
    kept = " ".join(text[clauses[first][0] : clauses[last][1]].split())
    before = f"{ELLIPSIS} " if first else ""
    whole_end = last + 1 == len(clauses)
    return before + (kept if whole_end else f"{kept.rstrip(',;:—– ')} {ELLIPSIS}")


def _unglued(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentences around text[start:end] of several that a page put together without a space, and where these words stand in them."""
    cuts = [0, *(match.start() for match in _GLUE.finditer(text)), len(text)]
    low = max(cut for cut in cuts if cut <= start)
    high = min(cut for cut in cuts if cut >= max(end, min(start + 1, len(text))))
    return text[low:high], start - low, end - low
