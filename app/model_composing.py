"""An answer in a language model's words: each sentence shown only when its quotes have been found in the passages and it says nothing beyond them.

The model makes the prose better, never the evidence weaker: whether the corpus answers at all, and whether its sources disagree, is settled before,
and what the model does wrong costs nothing but time, since the extractive answer stands then. Opens no model and finds no passages.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Protocol

from app.language_model import Budget, LanguageModelError
from app.neutral_words import DENIAL
from app.nouns import Answer, Citation, Hit, Statement
from app.prompts import FILLED, PASSAGES, STATEMENTS, question_prompt, system_prompt
from app.quote_locating import cite_quote
from app.reply_reading import Proposal, proposals
from app.statement_checking import Aliases, no_aliases, unsupported
from ingest.nouns import Passage

TRIES = 2
"""A reply with an unsupported statement is asked for once more."""
REJECTED = "The language model's answer said more than its sources do and is not shown; this is the answer without it."
SILENT = "The language model wrote no answer that could be read; this is the answer without it."
NO_ANSWER = "The language model found no answer in the passages; this is the answer without it."
ONE_SIDED = "The language model's answer left out what some of the sources say and is not shown; this is the answer without it."
WITHOUT = "This is the answer without it."


class Model(Protocol):
    """What is asked of a language model; `app.language_model.LanguageModel` is one."""

    budget: Budget

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        """See `LanguageModel.stream`."""
        ...


@dataclass(frozen=True)
class ModelReport:
    """What became of a model's statements. statements: shown; rejected: unsupported or unreadable, in both tries; retried: whether it was asked
    twice; note: as in the answer. reasons: why statements were rejected, in order."""

    statements: int
    rejected: int
    retried: bool
    note: str
    reasons: tuple[str, ...] = ()


def compose_with_model(
    extractive: Answer,
    model: Model,
    *,
    on_statement: Callable[[Answer], None] | None = None,
    on_report: Callable[[ModelReport], None] | None = None,
    aliases: Aliases = no_aliases,
) -> Answer:
    """The answer in the model's words, or `extractive` with a note.

    on_statement: called with the answer so far whenever another of its statements has been checked; a second try begins with one again, and
    only what is returned is final. A corpus that does not answer is not put before a model. Never raises for what a model does.
    """
    if extractive.status == "not_in_corpus" or not extractive.citations:
        return extractive
    passages = evidence_passages(extractive)
    deadline = monotonic() + model.budget.seconds
    reasons: list[str] = []
    answer, note, tries = extractive, "", 0
    while tries < TRIES:
        tries += 1
        draft = _Draft(extractive, passages, aliases)
        prompt = question_prompt(extractive.question.text, passages, extractive.status, rejected=reasons)
        try:
            reply = model.stream(system_prompt(), prompt, seconds=max(0.0, deadline - monotonic()))
            reason = _write(draft, proposals(reply), on_statement)
        except LanguageModelError as error:
            note = f"{error} {WITHOUT}"
            break
        reasons += [reason] if reason else []
        note = REJECTED if reason else draft.missing()
        if not note:
            answer = draft.answer()
        if not note or note == NO_ANSWER:
            break
    report = ModelReport(len(answer.statements) if not note else 0, len(reasons), tries > 1, note, tuple(reasons))
    if on_report is not None:
        on_report(report)
    return replace(answer, note=note)


def evidence_passages(extractive: Answer) -> list[Hit]:
    """The passages put before the model: those with the sentences that the extractive answer cites, at most PASSAGES; if these are fewer than FILLED, also
    further ones of the same articles.

    The same evidence with and without a model; and what somebody planted in another article does not even reach it.
    """
    chosen: list[Hit] = []
    for citation in extractive.citations:
        if not any(_holds(hit, citation) for hit in chosen):
            own = Passage(f"{citation.article.id}:{citation.start}", citation.article.id, citation.start, citation.end, citation.quote)
            chosen.append(next((hit for hit in extractive.hits if _holds(hit, citation)), Hit(own, citation.article, 0.0)))
    cited = {citation.article.id for citation in extractive.citations}
    taken = {hit.passage.id for hit in chosen}
    others = [hit for hit in extractive.hits if hit.article.id in cited and hit.passage.id not in taken]
    return [*chosen, *others[: max(0, FILLED - len(chosen))]][:PASSAGES]


def _holds(hit: Hit, citation: Citation) -> bool:
    return hit.article.id == citation.article.id and hit.passage.start <= citation.start and citation.end <= hit.passage.end


def _write(draft: "_Draft", written: Iterable[Proposal], on_statement: Callable[[Answer], None] | None) -> str:
    """Adds statement after statement to the draft; why the first that is not supported is not, or an empty string."""
    for proposal in written:
        before = len(draft.statements)
        if reason := draft.add(proposal):
            return reason
        if on_statement is not None and len(draft.statements) > before:
            on_statement(draft.answer())
        if len(draft.statements) == STATEMENTS:
            break
    return ""


class _Draft:
    """A model's answer as far as it has been checked."""

    def __init__(self, extractive: Answer, passages: Sequence[Hit], aliases: Aliases) -> None:
        self._extractive = extractive
        self._passages = passages
        self._aliases = aliases
        self._refused = False
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []

    def add(self, proposal: Proposal) -> str:
        """Why the proposal is not taken, in words for the model; empty where it is, or says nothing new."""
        if proposal.empty:
            self._refused = True
            return ""
        if proposal.broken:
            return f"A line was no statement: {proposal.broken}."
        found: list[Citation] = []
        for quoted in proposal.quotes:
            hit = self._passages[quoted.passage - 1] if 0 < quoted.passage <= len(self._passages) else None
            citation = cite_quote(quoted.quote, hit, number=0) if hit else None
            if citation is None:
                return f"{proposal.text!r}: the quote is not in passage {quoted.passage}."
            found.append(citation)
        if reason := unsupported(proposal.text, found, aliases=self._aliases):
            return f"{proposal.text!r}: {reason}."
        if all(proposal.text.casefold() != statement.text.casefold() for statement in self.statements):
            self.statements.append(Statement(proposal.text, tuple(dict.fromkeys(self._number(citation) for citation in found))))
        return ""

    def _number(self, citation: Citation) -> int:
        for known in self.citations:
            if (known.article.id, known.start, known.end) == (citation.article.id, citation.start, citation.end):
                return known.number
        self.citations.append(replace(citation, number=len(self.citations) + 1))
        return len(self.citations)

    def missing(self) -> str:
        """The note that tells what the whole answer lacks; empty where it lacks nothing."""
        if not self.statements:
            return NO_ANSWER if self._refused else SILENT
        if self._extractive.status in ("disputed", "unattributed") and not all(map(self._cites, self._extractive.citations)):
            return ONE_SIDED
        if self._extractive.status == "unattributed" and not any(DENIAL.search(statement.text) for statement in self.statements):
            return REJECTED
        return ""

    def _cites(self, wanted: Citation) -> bool:
        return any(
            citation.article.id == wanted.article.id and citation.start < wanted.end and wanted.start < citation.end for citation in self.citations
        )

    def answer(self) -> Answer:
        return replace(self._extractive, statements=tuple(self.statements), citations=tuple(self.citations), note="")
