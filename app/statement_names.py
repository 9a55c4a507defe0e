"""Names in a statement and in the sentences cited for it, compared by their letters and digits: "APT 31" is "APT31".

A name is a run of capitalised words, with "of" and the like inside it. It stands in a sentence if its words stand there, side by side, with capitals.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.neutral_words import OPENERS
from app.words import STOPWORDS
from ingest.actors.names import key
from ingest.sentences import sentence_spans

_TOKEN = re.compile(r"\w+(?:[.&'’-]\w+)*")
_PIECE = re.compile(r"\w+")
_INSIDE = frozenset({"of", "de", "du", "la", "al", "for", "and", "the", "&"})
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_RUN = 10
"""Words of the longest name."""


@dataclass(frozen=True)
class Name:
    """`statement[start:end] == text`, but for a possessive "'s". opens: whether it begins a sentence, where a capital says nothing."""

    start: int
    end: int
    text: str
    opens: bool

    def stands_in(self, strict: frozenset[str], loose: frozenset[str], aliases: Callable[[str], Iterable[str]]) -> bool:
        """Whether it, or one of its aliases, is among the keys of the evidence: `strict` those with capitals, `loose` all."""
        if key(self.text) in strict or (self.opens and " " not in self.text and key(self.text) in loose):
            return True
        return any(key(alias) in strict for alias in aliases(self.text))


def names_in(text: str) -> list[Name]:
    """The names of a statement, in order; lower-case words are none."""
    return [name for start, end in sentence_spans(text) for name in _names(text, start, end)]


def _names(text: str, start: int, end: int) -> Iterable[Name]:
    run: list[re.Match[str]] = []
    opens = True
    for token in _TOKEN.finditer(text, start, end):
        joined = bool(run) and not text[run[-1].end() : token.start()].strip(" &")
        capital = _is_capital(token.group())
        opener = capital and not run and opens and token.group().lower() in STOPWORDS | OPENERS
        numbered = token.group().isdigit() and bool(run) and _is_capital(run[-1].group())
        if joined and not opener and not _POSSESSIVE.search(run[-1].group()) and (capital or numbered or token.group().lower() in _INSIDE):
            run.append(token)
        else:
            yield from _closed(text, run, start)
            run = [token] if capital and not opener else []
        opens = opens and opener
    yield from _closed(text, run, start)


def _closed(text: str, run: list[re.Match[str]], start: int) -> Iterable[Name]:
    while run and run[-1].group().lower() in _INSIDE:
        run = run[:-1]
    if run:
        written = _POSSESSIVE.sub("", text[run[0].start() : run[-1].end()])
        opens = not _PIECE.search(text, start, run[0].start())
        yield Name(run[0].start(), run[-1].end(), written, opens)


def _is_capital(token: str) -> bool:
    """Whether a token is written like a name: Heron, APT31, iPhone, 8Base."""
    return any(character.isupper() for character in token)


def evidence_keys(evidence: str, *, any_case: bool = False) -> frozenset[str]:
    """The keys of every run of words that may be a name: it begins with a capital or a digit, or, with `any_case`, anyhow."""
    pieces = list(_PIECE.finditer(evidence))
    keys = set()
    for first, piece in enumerate(pieces):
        if any_case or piece.group()[0].isdigit() or _is_capital(piece.group()):
            for last in range(first, min(first + _RUN, len(pieces))):
                keys.add(key(evidence[piece.start() : pieces[last].end()]))
    return frozenset(keys)


def places_of(name: str, text: str) -> list[tuple[int, int]]:
    """(start, end) of every place where `name` stands in `text`, in any case and spelling of its gaps."""
    pattern = r"[\W_]*".join(map(re.escape, _PIECE.findall(name)))
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.I)] if pattern else []
