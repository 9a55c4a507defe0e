"""Question sets: JSONL files of questions with the facts that a right answer states. Knows nothing about how answers come about."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import WhodunitError

Field = Literal["question", "paraphrase"]


class QuestionSetError(WhodunitError):
    """A question set cannot be read; the message names the file, the line and what is wrong there."""


@dataclass(frozen=True)
class GoldQuote:
    """Words of a source that answer the question. article: the source's path relative to the ingested folder."""

    article: str
    text: str


@dataclass(frozen=True)
class GoldQuestion:
    """A question and what a right answer to it is.

    type: the kind of question ("attacker", "when", "unanswerable", ...); sets may bring kinds of their own.
    history: earlier turns of the user, oldest first. facts: one inner tuple a fact; any one of its strings states it. No facts: the corpus
        does not answer the question and the right answer says so.
    wrong: strings that must not stand as the answer. date: of the event, ISO, as exact as it is known.
    docs: paths of the articles that answer it. paraphrase: the same question in other words.
    """

    id: str
    type: str
    question: str
    facts: tuple[tuple[str, ...], ...]
    wrong: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    date: str | None = None
    docs: tuple[str, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    paraphrase: str | None = None

    @property
    def answerable(self) -> bool:
        return bool(self.facts)

    def wording(self, field: Field) -> str | None:
        """The question as it is asked for this field; None where the set holds no such wording."""
        return self.question if field == "question" else self.paraphrase


@dataclass(frozen=True)
class QuestionSet:
    """A set as it was read. sha256: of the file's bytes, so that floors measured on one set are never applied to another."""

    name: str
    sha256: str
    questions: tuple[GoldQuestion, ...]


def read_set(path: Path) -> QuestionSet:
    """Read a JSONL set; blank lines are skipped, unknown keys ignored. Raises QuestionSetError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QuestionSetError(f"Cannot read the question set {path}: {error.strerror}.") from error
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{path} is not UTF-8 text (byte {error.start}); save the set as UTF-8.") from error
    questions: list[GoldQuestion] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = _read_line(line, f"{path}, line {number}")
        if question.id in first_line:
            raise QuestionSetError(f"{path}, line {number}: id {question.id!r} stands on line {first_line[question.id]} already.")
        first_line[question.id] = number
        questions.append(question)
    if not questions:
        raise QuestionSetError(f"{path} holds no questions; expected one JSON object a line.")
    return QuestionSet(name=path.name, sha256=hashlib.sha256(data).hexdigest(), questions=tuple(questions))


def _read_line(line: str, place: str) -> GoldQuestion:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionSetError(f"{place}: not JSON ({error.msg} at column {error.colno}).") from error
    except RecursionError as error:
        raise QuestionSetError(f"{place}: nested too deeply to be a question.") from error
    if not isinstance(row, dict):
        raise QuestionSetError(f"{place}: expected a JSON object, found {_kind(row)}.")
    return GoldQuestion(
        id=_text(row, "id", place),
        type=_text(row, "type", place),
        question=_text(row, "question", place),
        facts=_facts(row, place),
        wrong=_texts(row.get("wrong"), "wrong", place),
        history=_texts(row.get("history"), "history", place),
        date=_optional(row, "date", place),
        docs=_texts(row.get("docs"), "docs", place),
        quotes=_quotes(row, place),
        paraphrase=_optional(row, "paraphrase", place),
    )


def _text(row: Mapping[str, object], key: str, place: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise QuestionSetError(f'{place}: "{key}" must be a text that is not empty, found {_kind(value)}.')
    return value


def _optional(row: Mapping[str, object], key: str, place: str) -> str | None:
    return None if row.get(key) is None else _text(row, key, place)


def _texts(value: object, key: str, place: str) -> tuple[str, ...]:
    """A list of texts that are not empty: an empty string would be found in every answer."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise QuestionSetError(f'{place}: "{key}" must be a list of texts that are not empty.')
    return tuple(value)


def _facts(row: Mapping[str, object], place: str) -> tuple[tuple[str, ...], ...]:
    facts = row.get("facts")
    if not isinstance(facts, list):
        expected = "a list of lists of texts (empty where the corpus has no answer)"
        raise QuestionSetError(f'{place}: "facts" must be {expected}, found {_kind(facts)}.')
    wordings = tuple(_texts(fact, "facts", place) for fact in facts)
    if not all(wordings):
        raise QuestionSetError(f'{place}: a fact in "facts" has no wording.')
    return wordings


def _quotes(row: Mapping[str, object], place: str) -> tuple[GoldQuote, ...]:
    quotes = row.get("quotes")
    if quotes is None:
        return ()
    if not isinstance(quotes, list) or not all(isinstance(quote, dict) for quote in quotes):
        raise QuestionSetError(f'{place}: "quotes" must be a list of {{"doc", "text"}} objects.')
    return tuple(GoldQuote(article=_text(quote, "doc", place), text=_text(quote, "text", place)) for quote in quotes)


def _kind(value: object) -> str:
    """What a JSON value is, in JSON's words."""
    if value is None:
        return "nothing"
    return {str: "an empty text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}[type(value)]
