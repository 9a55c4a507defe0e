"""The sentences that answer, picked out of the passages that were retrieved, each with the words in it that do.

A sentence is weighed by what the reader makes of its passage and of the words in it, by shared rare words, and by the rank of its passage; without a
reader, nearness to the question stands in for it. The weights are a logistic regression on the gold quotes of the public development
set and of the starter set (384 questions). The first sentence is a gold one for 0.52 and 0.55 of their questions, one of the first two for 0.66 and 0.70;
with weights from one set alone the other loses 0.02 to 0.03. Nearness added nothing beside the reader, for twice the time.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.nouns import Hit, Question
from app.retrieval import stems
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
WEIGHTS = (0.25, 0.4, 0.0, 3.29, 1.9, -0.46, 0.2)
BIAS = -1.95
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
    names = {name: index.actors.names_for_search(name) for name in question.actors}
    wordings = [_in_its_words(question, hit, names) for hit in hits]
    readings = _readings(wordings, hits, index)
    texts = [hit.article.text[start:end] for _, hit, start, end in places]
    nearness = _nearness(question, texts, index) if index.reader is None else [0.0] * len(texts)
    shared = _shared_words([wordings[rank] for rank, *_ in places], texts)
    titled = _shared_words(wordings, [hit.article.title for hit in hits])
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


def _in_its_words(question: Question, hit: Hit, names: Mapping[str, Sequence[str]]) -> str:
    """The question with its actors, each with its names, under the names that this hit uses: one who asks for Voodoo Bear is answered by a page that says Sandworm."""
    wording = question.focus or question.text
    page = f"{hit.article.title}\n{hit.passage.text}".casefold()
    for name, others in names.items():
        if name.casefold() in page:
            continue
        used = next((other for other in others if _stands_in(other.casefold(), page)), None)
        if used:
            wording = used.join(re.split(re.escape(name), wording, flags=re.I))
    return wording


def _stands_in(name: str, page: str) -> bool:
    """Whether a name stands in a text as words of its own."""
    at = page.find(name)
    return at >= 0 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", page) is not None


def _readings(wordings: Sequence[str], hits: Sequence[Hit], index: Index) -> dict[int, list[Reading]]:
    """What the reader finds in each hit, asked in the hit's own words, by rank; nothing without a reader."""
    if index.reader is None:
        return {}
    titles = [title_line(hit.article) for hit in hits]
    found = index.reader.read(wordings, [hit.passage.text for hit in hits], titles=titles, spans=SPANS)
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


def _shared_words(questions: Sequence[str], texts: Sequence[str]) -> list[float]:
    """For each text the share of its question's words in it, each word weighted by how few of the texts hold it."""
    asked = [set(stems(question)) for question in questions]
    held = [words & set(stems(text)) for words, text in zip(asked, texts, strict=True)]
    spread = Counter(word for words in held for word in words)
    weights = {word: math.log(1 + len(texts) / (1 + spread[word])) for words in asked for word in words}
    return [sum(weights[word] for word in found) / (sum(weights[word] for word in words) or 1.0) for words, found in zip(asked, held, strict=True)]
