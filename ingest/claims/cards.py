"""The operations of an actor card, "2018 Summer: … https://…", which its compiler lays to the card's actor, as sentences to read for claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.claims.windows import Sentence
from ingest.nouns import Article, When
from ingest.times.when import resolve

_OPERATIONS = re.compile(r"^(?:## )?Reported hacking operations[^\n]*\n", re.M | re.I)
_CLOSING = re.compile(r"^(?:## |Reported counter operations)", re.M)
_DATED = re.compile(r"^(\d{4}[^:\n]{0,26}):[ \t]*(\S[^\n]*)", re.M)
_ADDRESS = re.compile(r"\s*<?https?://\S+")


@dataclass(frozen=True)
class Operation:
    """One dated line. line: with its date and without its address. told: what is told behind the date. when: None where the date is no time."""

    line: Sentence
    told: Sentence
    when: When | None


def operations_of(article: Article) -> Iterator[Operation]:
    """The dated operations of a card in order; counter-operations, and lines of under three words, are left out."""
    opening = _OPERATIONS.search(article.text)
    if opening is None:
        return
    closing = _CLOSING.search(article.text, opening.end())
    for number, found in enumerate(_DATED.finditer(article.text, opening.end(), closing.start() if closing else len(article.text))):
        words = _ADDRESS.split(found[0], maxsplit=1)[0].rstrip()
        start, end = found.start(), found.start() + len(words)
        told = article.text[found.start(2) : end]
        if len(told.split()) >= 3:
            yield Operation(Sentence(number, start, end, words), Sentence(number, found.start(2), end, told), resolve(found[1], None))


def actor_of(article: Article) -> str:
    """The name of a card's actor: the first of those it was filed under, else of its title."""
    return article.filed_under[0] if article.filed_under else article.title.split(",")[0].strip()
