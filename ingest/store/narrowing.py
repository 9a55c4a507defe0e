"""Which passages belong to which articles, by what is known of an article and by words that it holds: what a search is narrowed to.

Reads the ledger only. Filings are not looked at: an article filed under an actor need not speak of it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.store.ledger import Ledger

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Imprint:
    """What a kept article says of its publication."""

    article_id: str
    publisher: str | None
    url: str | None
    published: date | None


def imprints(ledger: Ledger) -> Iterator[Imprint]:
    """Of every kept article, in no order."""
    for article_id, publisher, url, published in ledger.connection.execute(
        "SELECT id, publisher, url, published FROM articles WHERE status = 'kept'"
    ):
        yield Imprint(article_id, publisher, url, date.fromisoformat(published) if published else None)


def articles_with(ledger: Ledger, phrases: Sequence[str]) -> set[str]:
    """Ids of the articles whose title or text holds one of the phrases, endings and case aside; none where no phrase has a word."""
    wanted = dict.fromkeys(" ".join(_WORD.findall(phrase)) for phrase in phrases)
    query = " OR ".join(f'"{phrase}"' for phrase in wanted if phrase)
    if not query:
        return set()
    rows = ledger.connection.execute(
        "SELECT DISTINCT p.article_id FROM words JOIN passages p ON p.number = words.rowid WHERE words MATCH ?", (f"{{title body}} : ({query})",)
    )
    return {row[0] for row in rows}


def passages_among(ledger: Ledger, articles: Collection[str]) -> list[str]:
    """Ids of the passages of these articles, sorted."""
    rows = ledger.connection.execute("SELECT id, article_id FROM passages ORDER BY id")
    return [passage_id for passage_id, article_id in rows if article_id in articles]
