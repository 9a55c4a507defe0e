"""A turn or a conversation as Markdown to take along, every statement with its numbered citation."""

import re
from collections.abc import Iterator, Sequence

from app.chat.plain import day, visible, web_address
from app.chat.turns import ShownCitation, Turn

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$!])")


def as_markdown(turns: Sequence[Turn], *, title: str = "") -> str:
    """Questions as headings, answers with [n] markers, sources with their words; ends with a line break."""
    blocks = [f"# {_text(title)}"] if title else []
    for turn in turns:
        blocks += [f"## {_text(turn.question)}", _answer(turn), *_sources(turn)]
    return "\n\n".join(blocks) + "\n"


def _answer(turn: Turn) -> str:
    return " ".join(
        _text(statement.text) + (" " if statement.citations else "") + "".join(f"[{number}]" for number in statement.citations)
        for statement in turn.answer.statements
    )


def _sources(turn: Turn) -> Iterator[str]:
    for citation in turn.answer.citations:
        yield f"[{citation.number}] {_facts(citation)}\n\n> {_text(citation.quote)}"


def _facts(citation: ShownCitation) -> str:
    address = web_address(citation.url)
    facts = [_text(citation.title), _text(citation.publisher), day(citation.published), f"<{address}>" if address else ""]
    return " · ".join(fact for fact in facts if fact)


def _text(text: str) -> str:
    """One line whose characters mean themselves in Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
