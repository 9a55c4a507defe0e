"""The nouns of a question and its answer. What an article, a passage or a claim is, is said in `ingest.nouns`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ingest.nouns import Article, Claim, Passage, When

Slot = Literal["attacker", "victim", "when", "source", "list", "detail"]
AnswerStatus = Literal["answered", "disputed", "unattributed", "not_in_corpus"]


@dataclass(frozen=True)
class Scope:
    """Which articles and passages may answer. What is empty narrows nothing; of several values of one kind any will do.

    actors: names; an article counts that uses one of them, or another name of the same actor. victims: words that an article holds. publishers: by name,
    or by host where none is known. published_from, published_until: days, both included; an undated article lies outside. event_from, event_until: a
    passage counts that names a time within them.
    """

    actors: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    published_from: date | None = None
    published_until: date | None = None
    event_from: date | None = None
    event_until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether everything may answer."""
        return self == EVERYTHING


EVERYTHING = Scope()
"""The scope that leaves nothing out."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    text: as it is searched for, rewritten against earlier turns where it was a follow-up; `asked` is what the user typed.
    focus: what is read for: the question itself, with the words that answered the turn it leans on.
    slot: what kind of answer is wanted. actors: names of the actors meant. victims: as written. when: the time asked about.
    as_of: only what had been published by this day counts. scope: what else limits the articles that are read.
    told_in: ids of the articles that the turns which a follow-up leans on were answered from.
    """

    text: str
    asked: str
    focus: str = ""
    slot: Slot = "detail"
    actors: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    when: When | None = None
    as_of: date | None = None
    scope: Scope = EVERYTHING
    told_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A passage that was retrieved. score: the fused rank score, higher is better, comparable within one question only."""

    passage: Passage
    article: Article
    score: float


@dataclass(frozen=True)
class Citation:
    """The words that support a statement: `quote == article.text[start:end]`. number: what stands in brackets behind the statement."""

    number: int
    article: Article
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer, without markers, and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]

    @property
    def marked(self) -> str:
        """The sentence with its markers, "… in 2018 [1][2]"."""
        return self.text + (" " if self.citations else "") + "".join(f"[{n}]" for n in self.citations)


@dataclass(frozen=True)
class Answer:
    """What is said to a question. For `not_in_corpus` the statements say what is missing and carry no citation.

    confidence: 0 to 1, how sure the reading is that the corpus answers; below a threshold the status is `not_in_corpus`.
    short: the words of the source that answer ("APT31", "last Friday"), empty where none were made out; a follow-up leans on them.
    note: one sentence for the reader about how the answer came about, such as why a language model's is not shown; mostly empty.
    """

    question: Question
    status: AnswerStatus
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    hits: tuple[Hit, ...] = field(default=(), repr=False)
    confidence: float = 0.0
    short: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The whole answer as one line with [n] markers."""
        return " ".join(statement.marked for statement in self.statements)
