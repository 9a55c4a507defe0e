"""What the page keeps of a question and its answer: enough to show it again after a reload, even when its article has left the index."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app.chat.plain import publisher_of
from app.nouns import Answer, AnswerStatus, Statement
from app.retrieval import content_words
from ingest.nouns import Article

CONTEXT = 170
"""Characters of the article shown on either side of a quote."""
NEAREST = 3
"""Passages shown where the corpus does not answer."""


@dataclass(frozen=True)
class ShownCitation:
    """A quote with its surroundings: `before + quote + after` is one run of the article's text, the quote at [start:end]."""

    number: int
    article_id: str
    title: str
    publisher: str
    published: date | None
    url: str | None
    start: int
    end: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as it is shown and kept. looked_for: (what, words) pairs; nearest: the passages that came closest, where nothing fits."""

    status: AnswerStatus
    statements: tuple[Statement, ...]
    citations: tuple[ShownCitation, ...]
    nearest: tuple[ShownCitation, ...]
    looked_for: tuple[tuple[str, str], ...]
    origins: int
    seconds: float


@dataclass(frozen=True)
class Turn:
    """One question and its answer. id: unique, letters and digits, safe in addresses and class names. as_of: as the filter stood."""

    id: str
    question: str
    answer: ShownAnswer
    as_of: date | None = None


def shown(answer: Answer, *, seconds: float) -> ShownAnswer:
    """What the page shows of an answer; `seconds` is how long it took."""
    citations = tuple(cite(c.article, c.start, c.end, number=c.number) for c in answer.citations)
    nearest: tuple[ShownCitation, ...] = ()
    if answer.status == "not_in_corpus":
        best = {hit.article.id: hit for hit in reversed(answer.hits)}
        hits = [hit for hit in answer.hits if best[hit.article.id] is hit][:NEAREST]
        nearest = tuple(cite(h.article, h.passage.start, h.passage.end, number=n) for n, h in enumerate(hits, start=1))
    origins = len({citation.article.origin for citation in answer.citations})
    return ShownAnswer(answer.status, answer.statements, citations, nearest, _looked_for(answer), origins, seconds)


def cite(article: Article, start: int, end: int, *, number: int) -> ShownCitation:
    """The words at [start:end] of an article with the words around them, cut between words and at blank lines."""
    before = article.text[max(0, start - CONTEXT) : start].rpartition("\n\n")[2]
    after = article.text[end : end + CONTEXT].partition("\n\n")[0]
    if start - len(before) > 0 and len(before) == CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    return ShownCitation(
        number, article.id, article.title, publisher_of(article), article.published, article.url, start, end, article.text[start:end], before, after
    )  # fmt: skip


def _looked_for(answer: Answer) -> tuple[tuple[str, str], ...]:
    question = answer.question
    pairs = [
        ("words", ", ".join(dict.fromkeys(content_words(question.text)))),
        ("actor", ", ".join(question.actors)),
        ("victim", ", ".join(question.victims)),
        ("time", question.when.text if question.when else ""),
        ("published by", str(question.as_of or "")),
    ]
    return tuple((name, value) for name, value in pairs if value)


def history(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The user's earlier questions, oldest first."""
    return tuple(turn.question for turn in turns)


def packed(answer: ShownAnswer) -> str:
    """The answer as JSON."""
    return json.dumps(asdict(answer), ensure_ascii=True, default=str)


def unpacked(text: str) -> ShownAnswer:
    """The answer out of what `packed` made."""
    facts: dict[str, Any] = json.loads(text)
    answer = ShownAnswer(**facts)
    return replace(
        answer,
        statements=tuple(Statement(row["text"], tuple(row["citations"])) for row in facts["statements"]),
        citations=tuple(map(_citation, facts["citations"])),
        nearest=tuple(map(_citation, facts["nearest"])),
        looked_for=tuple((name, value) for name, value in facts["looked_for"]),
    )


def _citation(facts: dict[str, Any]) -> ShownCitation:
    return ShownCitation(**{**facts, "published": date.fromisoformat(facts["published"]) if facts["published"] else None})
