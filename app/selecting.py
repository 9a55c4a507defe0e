"""The few sentences that answer, picked out of the passages that were retrieved. Used where no reader and no language model speaks."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.nouns import Hit
from app.retrieval import content_words
from ingest.index import Index
from ingest.nouns import Article
from ingest.sentences import sentence_spans

READ = 6
"""Passages whose sentences are weighed: about 40 sentences, some 60 ms of embedding on two cores."""


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer. start, end: offsets into the article. score: higher is better, about -1 to 2."""

    article: Article
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def weigh_sentences(question: str, hits: Sequence[Hit], index: Index) -> list[Candidate]:
    """Sentences of the best hits, best first: nearness to the question, shared rare words, and the rank of their passage."""
    spans = [
        (rank, hit.article, hit.passage.start + start, hit.passage.start + end)
        for rank, hit in enumerate(hits[:READ])
        for start, end in sentence_spans(hit.passage.text)
    ]
    if not spans:
        return []
    texts = [article.text[start:end] for _, article, start, end in spans]
    vectors = index.embed([question, *texts])
    nearness = vectors[1:] @ vectors[0]
    shared = _shared_words(question, texts)
    candidates = [
        Candidate(article, start, end, float(near) + 0.5 * words - 0.03 * rank)
        for (rank, article, start, end), near, words in zip(spans, nearness, shared, strict=True)
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _shared_words(question: str, texts: Sequence[str]) -> list[float]:
    """For each text the share of the question's words in it, each word weighted by how few of the texts hold it."""
    asked = set(content_words(question))
    held = [asked & set(content_words(text)) for text in texts]
    spread = Counter(word for words in held for word in words)
    weights = {word: math.log(1 + len(texts) / (1 + spread[word])) for word in asked}
    total = sum(weights.values()) or 1.0
    return [float(np.sum([weights[word] for word in words])) / total for words in held]
