"""Puts the lines of a printed page together again: a sentence that was broken to fit the page becomes one line; words stay as written."""

import re
from collections.abc import Sequence
from itertools import pairwise

# A line this long, measured against the page's full lines, was ended by the margin and not by its author.
_FULL = 0.75
# No page of prose is narrower; of a few short lines the longest would else count as full.
_NARROWEST = 40
_BULLET = re.compile(r"\s*(?:[•‣▪●○◦\-–—*]\s|\(?\d{1,2}[.)]\s|[a-z][.)]\s)")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def joined(lines: Sequence[str]) -> str:
    """The text of the lines with the breaks at the margin undone; blank lines, short lines and bullets keep their break.

    A word divided at a line's end loses its hyphen only where the undivided word stands elsewhere in the text; else nobody knows whether
    the hyphen belongs to it.
    """
    lines = [line.strip() for line in lines]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    full = max(_NARROWEST, _FULL * lengths[int(0.9 * (len(lengths) - 1))])
    known = {word.lower() for line in lines for word in _WORD.findall(line)}
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if not before or not line or len(before) < full or _BULLET.match(line):
            parts.append("\n" + line)
        elif broken := _BROKEN_WORD.search(before):
            rest = _WORD.match(line)
            if rest and line[0].islower() and (broken[1] + rest[0]).lower() in known:
                parts[-1] = parts[-1][:-1]
            parts.append(line)
        else:
            parts.append(" " + line)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip("\n")
