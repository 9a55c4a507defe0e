"""results.jsonl: what was answered to the questions of a set, one line a question, enough to grade it again without the index."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.nouns import Answer
from ingest.errors import WhodunitError

ERROR = "error"


class ResultsError(WhodunitError):
    """A file of earlier results cannot be read; the message names the file, the line and what is wrong there."""


@dataclass(frozen=True)
class CitedQuote:
    """A citation as results.jsonl keeps it. article: path relative to the ingested folder. published: ISO date."""

    number: int
    article: str
    quote: str
    start: int
    end: int
    url: str | None
    published: str | None


@dataclass(frozen=True)
class Result:
    """What was answered to one question.

    status: an `app.nouns.AnswerStatus`, or "error" where asking failed; `error` then says how. answer: text with [n] markers.
    retrieved: article paths, best first, distinct. seconds: wall time of the call.
    not_verbatim: numbers of the citations whose quote is not byte-equal to its span of the article; None for results read from a file,
        which no longer hold the articles.
    """

    id: str
    status: str
    answer: str
    citations: tuple[CitedQuote, ...]
    retrieved: tuple[str, ...]
    seconds: float
    error: str | None = None
    not_verbatim: tuple[int, ...] | None = None


def from_answer(question_id: str, answer: Answer, *, seconds: float) -> Result:
    """An answer as a result, its quotes checked against their articles."""
    return Result(
        id=question_id,
        status=answer.status,
        answer=answer.text,
        citations=tuple(
            CitedQuote(
                number=citation.number,
                article=citation.article.path,
                quote=citation.quote,
                start=citation.start,
                end=citation.end,
                url=citation.article.url,
                published=citation.article.published.isoformat() if citation.article.published else None,
            )
            for citation in answer.citations
        ),
        retrieved=tuple(dict.fromkeys(hit.article.path for hit in answer.hits)),
        seconds=seconds,
        not_verbatim=tuple(
            citation.number
            for citation in answer.citations
            if not 0 <= citation.start < citation.end or citation.quote != citation.article.text[citation.start : citation.end]
        ),
    )


def from_error(question_id: str, error: Exception, *, seconds: float) -> Result:
    """A question that could not be scored: a result of its own, neither right nor wrong."""
    said = f"{type(error).__name__}: {error}"
    return Result(id=question_id, status=ERROR, answer="", citations=(), retrieved=(), seconds=seconds, error=said, not_verbatim=())


def to_line(result: Result) -> str:
    """One line of results.jsonl, without the line break; "error" only where there was one.

    A file name that is not UTF-8 comes as lone surrogates, which no UTF-8 file can hold; they are written as JSON escapes.
    """
    row: dict[str, object] = {
        "id": result.id,
        "status": result.status,
        "answer": result.answer,
        "citations": [vars(citation) for citation in result.citations],
        "retrieved": result.retrieved,
        "seconds": round(result.seconds, 6),
    }
    if result.error is not None:
        row["error"] = result.error
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def read_results(path: Path) -> tuple[Result, ...]:
    """Read a results.jsonl. A last line that a killed run left unfinished is ignored. Raises ResultsError."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ResultsError(f"Cannot read the results {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ResultsError(f"{path} is not UTF-8 text; expected a results.jsonl of `whodunit eval`.") from error
    if _unfinished(lines[-1]):
        lines.pop()
    results = tuple(_read_line(line, f"{path}, line {number}") for number, line in enumerate(lines, start=1) if line.strip())
    if not results:
        raise ResultsError(f"{path} holds no results; expected a results.jsonl of `whodunit eval`.")
    return results


def _unfinished(line: str) -> bool:
    """Whether the text behind the last line break was cut off while it was written; "" (nothing behind it) was not."""
    try:
        json.loads(line or "null")
    except json.JSONDecodeError:
        return True
    return False


def _read_line(line: str, place: str) -> Result:
    try:
        row = json.loads(line)
        return Result(
            id=str(row["id"]),
            status=str(row["status"]),
            answer=str(row["answer"]),
            citations=tuple(_citation(citation) for citation in row["citations"]),
            retrieved=tuple(str(path) for path in row["retrieved"]),
            seconds=float(row["seconds"]),
            error=row.get("error"),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ResultsError(f"{place}: not a result of `whodunit eval` ({type(error).__name__}: {error}).") from error


def _citation(row: Mapping[str, object]) -> CitedQuote:
    return CitedQuote(
        number=int(str(row["number"])),
        article=str(row["article"]),
        quote=str(row["quote"]),
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        url=None if row["url"] is None else str(row["url"]),
        published=None if row["published"] is None else str(row["published"]),
    )
