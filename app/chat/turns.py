"""What the page keeps of a question and its answer: enough to show it again after a reload, even when its article has left the index."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app.nouns import EVERYTHING, Answer, AnswerStatus, Citation, Scope, Statement
from app.plain import day, publisher_of
from app.words import content_words
from ingest.nouns import Article

CONTEXT = 170
"""Characters of the article shown on either side of a quote."""
NEAREST = 3
"""Passages shown where the corpus does not answer."""


@dataclass(frozen=True)
class ShownCitation:
    """A quote with its surroundings: `before + quote + after` is one run of the article's text, the quote at [start:end].

    origin: as `Article.origin`. said_by: who says so according to the article, empty where a claim does not tell.
    """

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
    origin: str = ""
    said_by: str = ""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as it is shown and kept. looked_for: (what, words) pairs; nearest: the passages that came closest, where nothing fits.

    asked_as: what was searched for, empty where it is what was typed. note: as `Answer.note`. scope: as the filters stood. model: the name of the
    language model that was to write it. next_questions: what to ask now.
    """

    status: AnswerStatus
    statements: tuple[Statement, ...]
    citations: tuple[ShownCitation, ...]
    nearest: tuple[ShownCitation, ...]
    looked_for: tuple[tuple[str, str], ...]
    origins: int
    seconds: float
    asked_as: str = ""
    note: str = ""
    scope: Scope = EVERYTHING
    model: str = ""
    next_questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """What an answer is limited to, and who puts it into words: as the filters stand. model: address of a language model, empty for none."""

    scope: Scope = EVERYTHING
    as_of: date | None = None
    model: str = ""


@dataclass(frozen=True)
class Turn:
    """One question and its answer. id: unique, letters and digits, safe in addresses and class names. as_of: as the filter stood."""

    id: str
    question: str
    answer: ShownAnswer
    as_of: date | None = None


def shown(answer: Answer, *, seconds: float, model: str = "", next_questions: Sequence[str] = ()) -> ShownAnswer:
    """What the page shows of an answer; `seconds` is how long it took. model: name of the language model, if one was to write it."""
    citations = tuple(cite(c.article, c.start, c.end, number=c.number, said_by=_said_by(answer, c)) for c in answer.citations)
    nearest: tuple[ShownCitation, ...] = ()
    if answer.status == "not_in_corpus":
        best = {hit.article.id: hit for hit in reversed(answer.hits)}
        hits = [hit for hit in answer.hits if best[hit.article.id] is hit][:NEAREST]
        nearest = tuple(cite(h.article, h.passage.start, h.passage.end, number=n) for n, h in enumerate(hits, start=1))
    question = answer.question
    return ShownAnswer(
        answer.status,
        answer.statements,
        citations,
        nearest,
        _looked_for(answer),
        origins=len({citation.article.origin for citation in answer.citations}),
        seconds=seconds,
        asked_as="" if question.text == question.asked else question.text,
        note=answer.note,
        scope=question.scope,
        model=model,
        next_questions=tuple(next_questions),
    )


def _said_by(answer: Answer, citation: Citation) -> str:
    """Who says so according to the claims that lie in the quote."""
    said = (
        claim.asserted_by
        for claim in answer.claims
        if claim.article_id == citation.article.id and claim.start < citation.end and citation.start < claim.end
    )
    return next((name for name in said if name), "")


def cite(article: Article, start: int, end: int, *, number: int, said_by: str = "") -> ShownCitation:
    """The words at [start:end] of an article with the words around them, cut between words and at blank lines."""
    before = article.text[max(0, start - CONTEXT) : start].rpartition("\n\n")[2]
    after = article.text[end : end + CONTEXT].partition("\n\n")[0]
    if start - len(before) > 0 and len(before) == CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    return ShownCitation(
        number, article.id, article.title, publisher_of(article), article.published, article.url, start, end, article.text[start:end], before, after,
        article.origin, said_by,
    )  # fmt: skip


def _looked_for(answer: Answer) -> tuple[tuple[str, str], ...]:
    question = answer.question
    pairs = [
        ("words", ", ".join(dict.fromkeys(content_words(question.text)))),
        ("actor", ", ".join(question.actors)),
        ("victim", ", ".join(question.victims)),
        ("time", question.when.text if question.when else ""),
        ("published by", day(question.as_of) if question.as_of else ""),
        *scope_pairs(question.scope),
    ]
    return tuple((name, value) for name, value in pairs if value)


def scope_pairs(scope: Scope) -> tuple[tuple[str, str], ...]:
    """(what, words) for each filter that is set, in words for the reader."""
    pairs = [
        ("actor", ", ".join(scope.actors)),
        ("victim", ", ".join(scope.victims)),
        ("publisher", ", ".join(scope.publishers)),
        ("published", _between(scope.published_from, scope.published_until)),
        ("happened", _between(scope.event_from, scope.event_until)),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _between(start: date | None, end: date | None) -> str:
    """ "from 1 May 2021 to 2 June 2021", or one half of it."""
    parts = [f"from {day(start)}" if start else "", f"to {day(end)}" if end else ""]
    return " ".join(part for part in parts if part)


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
        scope=_scope(facts.get("scope") or {}),
        next_questions=tuple(facts.get("next_questions") or ()),
    )


def _scope(facts: dict[str, Any]) -> Scope:
    def names(field: str) -> tuple[str, ...]:
        return tuple(facts.get(field) or ())

    def day_of(field: str) -> date | None:
        return date.fromisoformat(facts[field]) if facts.get(field) else None

    return Scope(
        names("actors"), names("victims"), names("publishers"),
        day_of("published_from"), day_of("published_until"), day_of("event_from"), day_of("event_until"),
    )  # fmt: skip


def _citation(facts: dict[str, Any]) -> ShownCitation:
    return ShownCitation(**{**facts, "published": date.fromisoformat(facts["published"]) if facts["published"] else None})
