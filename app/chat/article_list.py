"""Finding articles by what they are and say: pure functions over one line an article. Knows nothing about the page.

Words are searched for in the passages by the ledger; here they are searched for in what passages do not hold, publishers, authors, paths and
the titles of quarantined pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.plain import publisher_of
from app.words import content_words, stems
from ingest.nouns import Article, Form, Status

_QUOTED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Line:
    """An article without its text. name: its title as shown. publisher: as shown, the host where nothing else is known. words: what is looked at here, lower-case."""

    id: str
    path: str
    paths: tuple[str, ...]
    name: str
    form: Form
    publisher: str
    published: date | None
    status: Status
    reason: str
    origin: str
    words: str


@dataclass(frozen=True)
class Wanted:
    """What is looked for. publishers: any of them; none means all. since, until: days of publication, both included."""

    text: str = ""
    status: Status | None = None
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def line_of(article: Article) -> Line:
    """The line of an article."""
    publisher = publisher_of(article)
    words = " ".join([article.title, publisher, article.author or "", article.url or "", *article.paths, *article.filed_under]).casefold()
    return Line(
        article.id, article.path, article.paths, name_of(article), article.form, publisher, article.published, article.status, article.reason, article.origin, words
    )  # fmt: skip


def name_of(article: Article) -> str:
    """The title, or what else may stand for it: a page without one is often stored as ".md"."""
    title = article.title.strip()
    if title and not title.startswith("."):
        return title
    file = article.path.rsplit("/", 1)[-1]
    return file if not file.startswith(".") else article.url or "Page without a title"


def every_word(text: str) -> str:
    """An FTS5 query for passages with every word and every "quoted phrase" of `text`; words that say nothing are left out. Empty where none is left.

    Every term is quoted, so that none is an operator.
    """
    phrases = [" ".join(_WORD.findall(phrase)) for phrase in _QUOTED.findall(text)]
    rest = " ".join(_WORD.findall(_QUOTED.sub(" ", text)))
    terms = [*phrases, *(content_words(rest) or ([] if phrases else rest.split()))]
    return " AND ".join(f'"{term}"' for term in dict.fromkeys(terms) if term)


def searched_stems(text: str) -> frozenset[str]:
    """Stems of the words that were looked for, to mark them where they stand."""
    return frozenset(stems(" ".join(_WORD.findall(text))))


def found(lines: Sequence[Line], wanted: Wanted, *, ranked: Iterable[str] = ()) -> list[Line]:
    """The lines that fit. ranked: ids of articles whose passages hold the words, best first.

    With words, those come first in that order, then the ones whose title, publisher, author or address holds every word; without, the
    latest come first and the undated last.
    """
    if not wanted.text.strip():
        return sorted(
            (line for line in lines if _fits(line, wanted)), key=lambda line: (-(line.published or date.min).toordinal(), line.name.casefold())
        )
    by_id = {line.id: line for line in lines}
    words = _WORD.findall(wanted.text.casefold())
    named = [line.id for line in lines if words and all(word in line.words for word in words)]
    return [by_id[one] for one in dict.fromkeys([*ranked, *named]) if one in by_id and _fits(by_id[one], wanted)]


def _fits(line: Line, wanted: Wanted) -> bool:
    if wanted.status and line.status != wanted.status:
        return False
    if wanted.publishers and line.publisher not in wanted.publishers:
        return False
    if wanted.since or wanted.until:
        day = line.published
        return day is not None and (wanted.since or day) <= day <= (wanted.until or day)
    return True


def reprints(lines: Sequence[Line], origin: str, *, but: str) -> list[Line]:
    """Other kept articles that tell the same in the same words."""
    return [line for line in lines if line.origin == origin and line.id != but and line.status == "kept"]
