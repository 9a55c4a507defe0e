"""What a language model wrote, read while it is still writing: JSON objects, one a statement, whatever stands around them.

Code fences, an enclosing list, line breaks inside an object and thoughts before it are passed over. What is broken is handed on as broken, never
mended: half a quote is no quote.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

LONGEST = 6000
"""Characters of one object; more is no statement."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S)
_CLOSING = re.compile(r"[}\n]")
"""What may end an object; other pieces need no look, so that a long one is not read anew with every piece."""
_MARKER = re.compile(r"\s*\[\d*(?:\]|\Z)(?:\(\S*\))?")


@dataclass(frozen=True)
class QuotedWords:
    """What a model says stands in the passage with this number."""

    passage: int
    quote: str


@dataclass(frozen=True)
class Proposal:
    """A statement as the model wrote it, unchecked: its text without markers, and the quotes given for it. broken: what it is instead."""

    text: str
    quotes: tuple[QuotedWords, ...]
    broken: str = ""

    @property
    def empty(self) -> bool:
        """Whether it is the empty object, by which a model says that it has no statement to make."""
        return not self.text and not self.broken


def proposals(pieces: Iterable[str]) -> Iterator[Proposal]:
    """Yields each statement as soon as its object is closed; at the end, one broken statement for an object left open."""
    reply, visible, at = "", "", 0
    for piece in chain(pieces, "\n"):
        reply += piece
        if not _CLOSING.search(piece) and len(reply) - at <= LONGEST:
            continue
        # A thought may hold braces: nothing of it is read, closed or not.
        visible = _THOUGHT.sub(lambda thought: " " * len(thought.group()), reply)
        while (start := visible.find("{", at)) >= 0:
            end, whole = _object_end(visible, start)
            if end is None:
                break
            at = end
            yield _proposal(visible[start:end]) if whole else _broken("half an object")
    if "{" in visible[at:]:
        yield _broken("half an object")


def _object_end(text: str, start: int) -> tuple[int | None, bool]:
    """Where the object that opens at `start` ends, and whether it is whole; None while that is not to be told yet.

    JSON has no line breaks inside strings: one there means that the line was cut off, and that the next object is another.
    """
    depth, inside, escaped = 0, False, False
    for place in range(start, min(len(text), start + LONGEST)):
        character = text[place]
        if inside:
            if character == "\n":
                return place, False
            inside = escaped or character != '"'
            escaped = not escaped and character == "\\"
        elif character == '"':
            inside = True
        elif character in "{[":
            depth += 1
        elif character in "}]":
            depth -= 1
            if not depth:
                return place + 1, True
    return (start + LONGEST, False) if len(text) >= start + LONGEST else (None, False)


def _proposal(written: str) -> Proposal:
    try:
        facts = json.loads(written)
    except (ValueError, RecursionError):
        return _broken("not JSON")
    if facts == {}:
        return Proposal("", ())
    text = facts.get("text") if isinstance(facts, dict) else None
    if not isinstance(text, str) or not text.strip():
        return _broken("without text")
    quotes = facts.get("quotes", facts.get("citations"))
    listed = quotes if isinstance(quotes, list) else [facts]
    read = tuple(quoted for entry in listed if (quoted := _quoted(entry)))
    unmarked = " ".join(_MARKER.sub("", text).split())
    return Proposal(unmarked, read, "" if read and len(read) == len(listed) else "without a quote")


def _quoted(entry: object) -> QuotedWords | None:
    if not isinstance(entry, dict):
        return None
    passage, quote = entry.get("passage"), entry.get("quote")
    if isinstance(passage, str) and passage.strip("[] ").isdecimal() and len(passage) < 9:
        passage = int(passage.strip("[] "))
    return QuotedWords(passage, quote) if isinstance(passage, int) and not isinstance(passage, bool) and isinstance(quote, str) else None


def _broken(what: str) -> Proposal:
    return Proposal("", (), what)
