"""What was kept of an answer as an answer again, so that what `whodunit ask --export` writes can be taken along from the page too."""

from collections.abc import Sequence

from app.chat.turns import ShownCitation, Turn
from app.exporting import as_markdown, markdown_heading
from app.nouns import Answer, Citation, Question, Statement
from app.stix_export import as_stix
from ingest.nouns import Article


def turns_as_markdown(turns: Sequence[Turn], *, title: str = "") -> str:
    """Questions as headings, answers with [n] markers, sources with their words; ends with a line break. title: of the whole, none by default."""
    return "\n".join([*([markdown_heading(title)] if title else []), *(as_markdown(as_answer(turn)) for turn in turns)])


def turn_as_stix(turn: Turn) -> str:
    """The answer as a STIX 2.1 bundle."""
    return as_stix(as_answer(turn))


def as_answer(turn: Turn) -> Answer:
    """The answer as far as it was kept. Its articles have no text but the quotes, which are where they were; an article may have left the index."""
    kept = turn.answer
    question = Question(kept.asked_as or turn.question, turn.question, as_of=turn.as_of, scope=kept.scope)
    citations = tuple(Citation(one.number, _article(one), one.start, one.end, one.quote) for one in kept.citations)
    statements = tuple(Statement(statement.text, statement.citations) for statement in kept.statements)
    return Answer(question, kept.status, statements, citations, note=kept.note)


def _article(kept: ShownCitation) -> Article:
    text = " " * kept.start + kept.quote
    return Article(
        kept.article_id, kept.article_id, (kept.article_id,), "text", kept.title, text, "kept", "", kept.url, kept.publisher, None, kept.published, (),
        kept.origin or kept.article_id,
    )  # fmt: skip
