"""What the reader is measured on: gold passages cut around the quotes of a question set, and passages that search finds but that don't answer."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.matching import states
from evals.sets import GoldQuestion
from ingest.cleaning.cleaner import clean
from ingest.cleaning.furniture import Furniture
from ingest.errors import SourceError
from ingest.forms.recognising import read
from ingest.sources.finding import find_sources
from ingest.training.examples import folded, read_text
from ingest.training.misleading import Run, WordSearch

AROUND = 400  # characters either side of the gold quote
EACH = 3  # passages without the answer for each question, of either kind


@dataclass(frozen=True)
class GoldPassage:
    """The passage around a question's gold quote; published is the article's date, for times that are relative to it."""

    question: GoldQuestion
    text: str
    title: str
    published: date | None


@dataclass(frozen=True)
class Pair:
    """A question and a passage that does not answer it."""

    question: str
    text: str
    title: str


def gold_passages(questions: Sequence[GoldQuestion], corpus: Path) -> list[GoldPassage]:
    """One passage a question that has quotes: around its first quote that states a fact, else around its first quote.

    Raises SourceError where a quote does not stand in the corpus: another corpus than the set was made for.
    """
    made = []
    for question in questions:
        if not question.quotes:
            continue
        quote = next((q for q in question.quotes if any(states(q.text, fact) for fact in question.facts)), question.quotes[0])
        if not (corpus / quote.article).is_file():
            raise SourceError(f"{quote.article!r} is not in {corpus}; give the unpacked corpus that the question set was made for.")
        text = read_text(corpus, quote.article)
        at = text.body.find(folded(quote.text))
        if at < 0:
            raise SourceError(f"The quote of {question.id} does not stand in {quote.article!r}; give the corpus that the question set was made for.")
        start, end = max(0, at - AROUND), at + len(folded(quote.text)) + AROUND
        made.append(GoldPassage(question, text.body[start:end], text.title, published(corpus, quote.article)))
    return made


def published(corpus: Path, article: str) -> date | None:
    """The article's date as cleaning finds it."""
    drafts = [draft for source in find_sources([corpus / article]) for draft in read(source)]
    return clean(drafts[0], Furniture(), today=date.today()).published if drafts else None


def answerless(question: GoldQuestion, found: Sequence[Run]) -> list[Pair]:
    """Those of `found` in which no wording of a fact stands; for times, none from an article that answers, which may write the day otherwise."""
    kept = [
        run
        for run in found
        if not any(states(f"{run.text}", fact) for fact in question.facts) and not (question.type == "when" and run.path in question.docs)
    ]
    return [Pair(question.question, run.text, run.title) for run in kept[:EACH]]


def hard_pairs(questions: Sequence[GoldQuestion], search: WordSearch) -> list[Pair]:
    """What BM25 finds first for each question and does not answer it; for unanswerable questions, whatever it finds first."""
    return [pair for question in questions for pair in answerless(question, search.best(question.question, 30))]


def random_pairs(questions: Sequence[GoldQuestion], search: WordSearch, *, seed: int = 1) -> list[Pair]:
    """Passages drawn blindly from the corpus."""
    chance = random.Random(seed)
    return [pair for question in questions for pair in answerless(question, chance.choices(search.runs, k=6))]
