"""Answers, articles and counts as lines for a terminal and as JSON; the formats are the command line's contract."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.claim_saying import counted
from app.nouns import Answer, Citation, Hit
from ingest.nouns import Article
from ingest.store.ledger import Ledger

WIDTH = 100


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer, then its sources: number, title, publisher, date, address and the quote."""
    yield from textwrap.wrap(answer.text, WIDTH)
    if answer.note:
        yield from ("", *textwrap.wrap(f"Note: {answer.note}", WIDTH))
    if answer.citations:
        yield ""
    for citation in answer.citations:
        article = citation.article
        facts = [article.title, article.publisher, str(article.published) if article.published else "undated"]
        yield f"[{citation.number}] " + " · ".join(fact for fact in facts if fact)
        if article.url:
            yield f"    {article.url}"
        quote = " ".join(citation.quote.split())
        yield from textwrap.wrap(f"“{quote}”", WIDTH, initial_indent="    ", subsequent_indent="    ")
    if answer.status == "not_in_corpus" and answer.hits:
        yield ""
        yield "Nearest articles:"
        for title in dict.fromkeys(hit.article.title for hit in answer.hits[:5]):
            yield f"  - {title}"


def answer_json(answer: Answer) -> dict[str, Any]:
    """The Answer as JSON: question, status, answer with [n] markers, statements, citations, hits, retrieved (paths, best first, distinct)."""
    question = answer.question
    return {
        "question": {
            "text": question.text,
            "asked": question.asked,
            "slot": question.slot,
            "actors": list(question.actors),
            "victims": list(question.victims),
            "as_of": str(question.as_of) if question.as_of else None,
        },
        "status": answer.status,
        "answer": answer.text,
        "note": answer.note,
        "confidence": round(answer.confidence, 4),
        "statements": [{"text": statement.text, "citations": list(statement.citations)} for statement in answer.statements],
        "citations": [citation_json(citation) for citation in answer.citations],
        "hits": [
            {"article": hit.article.path, "start": hit.passage.start, "end": hit.passage.end, "score": round(hit.score, 6)} for hit in answer.hits
        ],
        "retrieved": list(dict.fromkeys(hit.article.path for hit in answer.hits)),
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation: its number, the exact words and where they stand, and what is known of the article."""
    article = citation.article
    return {
        "number": citation.number,
        "article": article.path,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "url": article.url,
        "published": str(article.published) if article.published else None,
        "title": article.title,
        "publisher": article.publisher,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A passage that was retrieved: where its words stand and what is known of the article. The words themselves are `hit.passage.text`."""
    article = hit.article
    return {
        "article": article.path,
        "title": article.title,
        "publisher": article.publisher,
        "published": str(article.published) if article.published else None,
        "url": article.url,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
    }


def article_json(article: Article, *, with_text: bool) -> dict[str, Any]:
    """One line of `whodunit articles --json`."""
    facts = {
        "path": article.path,
        "paths": list(article.paths),
        "status": article.status,
        "reason": article.reason,
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "published": str(article.published) if article.published else None,
        "url": article.url,
        "filed_under": list(article.filed_under),
        "origin": article.origin,
    }
    return {**facts, "text": article.text} if with_text else facts


def article_line(article: Article) -> str:
    """One line of `whodunit articles`: status, date, publisher, title, path."""
    mark = "kept" if article.status == "kept" else f"quarantined ({article.reason})"
    day = str(article.published) if article.published else "undated"
    return f"{mark} · {day} · {article.publisher or 'unknown publisher'} · {article.title} · {article.path!r}"


def status_json(ledger: Ledger) -> dict[str, Any]:
    """Counts, and what is not used with the reasons."""
    return {
        **ledger.counts(),
        "embedder": ledger.meta("embedder"),
        "claim_reader": ledger.meta("claim_reader"),
        "quarantine": [{"path": article.path, "reason": article.reason} for article in ledger.articles(status="quarantined")],
        "unread_files": [{"path": path, "problem": problem} for path, problem in ledger.problems()],
    }


def status_lines(ledger: Ledger, index: Path) -> Iterator[str]:
    """The same for a terminal."""
    counts = ledger.counts()
    yield f"Index {index}: {counts['kept']} articles of {counts['origins']} origins in {counts['passages']} passages, from {counts['files']} files."
    yield f"Embedded by {ledger.meta('embedder')}."
    if reader := ledger.meta("claim_reader"):
        yield f"{counted(counts['claims'], 'claim')} about {counted(counts['incidents'], 'incident')}, read by {reader}."
    else:
        yield "Not read for claims yet: the next `whodunit ingest` does that; nothing is embedded anew."
    yield from excluded_lines(
        [(article.path, article.reason) for article in ledger.articles(status="quarantined")],
        ledger.problems(),
    )


def excluded_lines(quarantined: list[tuple[str, str]], unread: list[tuple[str, str]]) -> Iterator[str]:
    """What no answer will use, each with its reason; paths are printed so that a line break in a name cannot break a line."""
    for heading, rows in (("Quarantined, no articles", quarantined), ("Not readable", unread)):
        if rows:
            yield f"{heading} ({len(rows)}):"
            for path, reason in rows:
                yield f"  {printable(path)}: {reason}"


def printable(path: str) -> str:
    """The path with control characters written out."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in path)
