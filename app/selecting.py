"""The sentences that answer, picked out of the passages that were retrieved, each with the words in it that do.

A sentence is weighed by what the reader makes of its passage and of the words in it, by shared rare words, and by the rank of its passage; without a
reader, nearness to the question stands in for it. The weights are a logistic regression on the gold quotes of the public development set (125 questions,
five folds: the first sentence is the gold one in 0.50, one of the first two in 0.66; with nearness besides 0.50 and 0.67, for twice the time; the reader
without shared words 0.41 and 0.62; no reader 0.34 and 0.54).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.nouns import Hit, Question
from app.retrieval import content_words
from ingest.index import Index
from ingest.nouns import Article
from ingest.reader import Reading
from ingest.sentences import sentence_spans
from ingest.when import find_times

READ = 10
"""Passages that the reader reads: under 300 ms on two idle cores."""
SPANS = 2
"""Spans that the reader may find in a passage; the second serves lists and answers of two parts."""


@dataclass(frozen=True)
class Features:
    """What speaks for a sentence. Every value is roughly between -10 and 10.

    relevance: log-odds that the passage answers at all. span: log of the span's probability, SPANLESS where no span lies in the sentence.
    nearness: cosine of sentence and question. shared: share of the question's words in it, rare ones counting more. title: the same for the title.
    rank: of the passage, from 0. fits: 1 where the words are of the kind asked for (a time for "when"), -1 where they are not, 0 unknown.
    """

    relevance: float
    span: float
    nearness: float
    shared: float
    title: float
    rank: float
    fits: float

    def row(self) -> list[float]:
        """The features in the order of `WEIGHTS`."""
        return [self.relevance, self.span, self.nearness, self.shared, self.title, self.rank, self.fits]


SPANLESS = -6.0
WEIGHTS = (0.32, 0.35, 0.0, 3.41, 0.96, -0.27, 0.27)
BIAS = -2.41
WORDS_ONLY = (0.0, 0.0, 4.0, 4.0, 0.5, -0.1, 0.0)
"""Weights without a reader."""
WORDS_ONLY_BIAS = -4.3


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer. start, end: of the sentence in the article; answer_start, answer_end: of the words in it, equal where none were
    found. probability: that the sentence answers the question."""

    article: Article
    start: int
    end: int
    answer_start: int
    answer_end: int
    features: Features
    probability: float

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def answer(self) -> str:
        return self.article.text[self.answer_start : self.answer_end]


def weigh(question: Question, hits: Sequence[Hit], index: Index) -> list[Candidate]:
    """Every sentence of the best hits, best first."""
    hits = hits[:READ]
    places = [
        (rank, hit, hit.passage.start + start, hit.passage.start + end)
        for rank, hit in enumerate(hits)
        for start, end in sentence_spans(hit.passage.text)
    ]
    if not places:
        return []
    readings = _readings(question, hits, index)
    texts = [hit.article.text[start:end] for _, hit, start, end in places]
    nearness = _nearness(question, texts, index) if index.reader is None else [0.0] * len(texts)
    shared = _shared_words(question.focus or question.text, texts)
    titled = dict(zip(range(len(hits)), _shared_words(question.text, [hit.article.title for hit in hits]), strict=True))
    candidates = []
    for (rank, hit, start, end), near, words in zip(places, nearness, shared, strict=True):
        reading = _within(readings.get(rank, ()), start - hit.passage.start, end - hit.passage.start)
        first, last = (hit.passage.start + reading.start, hit.passage.start + reading.end) if reading else (start, start)
        features = Features(
            relevance=_log_odds(max((one.probability for one in readings.get(rank, ())), default=0.5)),
            span=math.log(max(reading.span_probability, 1e-3)) if reading else SPANLESS,
            nearness=near,
            shared=words,
            title=titled[rank],
            rank=float(rank),
            fits=_fits(question, hit.article, first, last) if reading else 0.0,
        )
        candidates.append(Candidate(hit.article, start, end, first, last, features, _probability(features, read=bool(readings))))
    return sorted(candidates, key=lambda candidate: -candidate.probability)


def title_line(article: Article) -> str:
    """How an article is named to the reader: the title and the month of publication."""
    return article.title + (f" ({article.published:%B %Y})" if article.published else "")


def _readings(question: Question, hits: Sequence[Hit], index: Index) -> dict[int, list[Reading]]:
    """What the reader finds in each hit, by rank; nothing without a reader."""
    if index.reader is None:
        return {}
    found = index.reader.read(
        question.focus or question.text, [hit.passage.text for hit in hits], titles=[title_line(hit.article) for hit in hits], spans=SPANS
    )
    readings: dict[int, list[Reading]] = {}
    for reading in found:
        readings.setdefault(reading.passage, []).append(reading)
    return readings


def _within(readings: Sequence[Reading], start: int, end: int) -> Reading | None:
    """The likeliest reading that begins in this sentence."""
    inside = [reading for reading in readings if start <= reading.start < end and reading.text]
    return max(inside, key=lambda reading: reading.span_probability, default=None)


_AMOUNT = re.compile(r"\d")


def _fits(question: Question, article: Article, start: int, end: int) -> float:
    """Whether the words are of the kind that is asked for, where that can be told."""
    words = article.text[start:end]
    if question.slot == "when":
        return 1.0 if find_times(words, published=article.published) or re.search(r"\b(?:19|20)\d\d\b", words) else -1.0
    if re.search(r"\bhow (?:much|many)\b", question.asked, re.I):
        return 1.0 if _AMOUNT.search(words) else -1.0
    return 0.0


def _probability(features: Features, *, read: bool) -> float:
    weights, bias = (WEIGHTS, BIAS) if read else (WORDS_ONLY, WORDS_ONLY_BIAS)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, bias + float(np.dot(weights, features.row()))))))


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


def _nearness(question: Question, texts: Sequence[str], index: Index) -> list[float]:
    """Cosine of each text with the question."""
    vectors = index.embed([question.text, *texts])
    return [float(value) for value in vectors[1:] @ vectors[0]]


def _shared_words(question: str, texts: Sequence[str]) -> list[float]:
    """For each text the share of the question's words in it, each word weighted by how few of the texts hold it."""
    asked = set(content_words(question))
    held = [asked & set(content_words(text)) for text in texts]
    spread = Counter(word for words in held for word in words)
    weights = {word: math.log(1 + len(texts) / (1 + spread[word])) for word in asked}
    total = sum(weights.values()) or 1.0
    return [sum(weights[word] for word in words) / total for words in held]
