"""The sentences that answer, picked out of the passages that were retrieved, each with the words in it that do.

A sentence is weighed by what the reader makes of it as evidence, of its passage and of the words in it, by shared rare words, and by the rank of its
passage; without a reader, nearness to the question stands in for it. All sentences of a question compete with each other and with silence, which has
the logit 0 (a conditional logit; McFadden 1974), so the probabilities say both which sentence answers and whether any does.

The weights were fitted to two sets (532 questions: the starter set, and one written for other articles of the public corpus), for the reader before the present
one; fitted anew (`python -m evals.weighing`) they pick no better, and answer more questions about something else. On the development set, which they
have not seen, the first sentence is a gold one for 0.60 of both wordings, one of the first two for 0.79.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.nouns import Hit, Question
from app.words import WORD, stems
from ingest.actors.actor_index import ActorIndex
from ingest.index import Index
from ingest.nouns import Article
from ingest.orders import is_order
from ingest.reading.reader import Weighed
from ingest.sentences import sentence_spans
from ingest.times.when import find_times

READ = 6
"""Passages that the reader reads: with 8 not one more of 501 questions was answered, and reading takes a third longer."""
FEWEST_WORDS = 4
"""A run of fewer words is no sentence: a heading."""
_DATE_LINE = re.compile(
    r"\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*\W+)?(?:\d{1,2}(?:st|nd|rd|th)?\W+[a-z]+|[a-z]+\W+\d{1,2}(?:st|nd|rd|th)?)\W+\d{4}\W*$", re.I
)


@dataclass(frozen=True)
class Features:
    """What speaks for a sentence. Every value is roughly between -10 and 10.

    evidence: the reader's logit that this sentence answers. relevance: its logit that the passage does. span: ln probability of the best words in it.
    nearness: cosine of sentence and question. shared: share of the question's words in it, rare ones counting more. title: the same for the title.
    rank: of the passage, 1 / (1 + rank). named: share of the question's proper names that stand in the article, 1 where it has none. fits: 1 where the
    words are of the kind asked for (a time for "when"), -1 where they are not, 0 unknown.
    """

    evidence: float
    relevance: float
    span: float
    nearness: float
    shared: float
    title: float
    rank: float
    named: float
    fits: float

    def row(self) -> list[float]:
        """The features in the order of `WEIGHTS`."""
        return [self.evidence, self.relevance, self.span, self.nearness, self.shared, self.title, self.rank, self.named, self.fits]


NOTHING = Features(*(0.0,) * 9)
"""The features of a sentence that was not weighed."""
SPANLESS = -8.0
WEIGHTS = (0.36, 0.18, 0.26, 0.0, 0.58, 0.98, 2.1, 4.17, 0.58)
BIAS = -3.65
WORDS_ONLY = (0.0, 0.0, 0.0, 4.0, 4.0, 0.5, 0.5, 0.0, 0.0)
"""Weights without a reader."""
WORDS_ONLY_BIAS = -2.6


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
    asked = wordings(question, hits, index)
    weighed = [
        _answering(_said_already(question, asked[one.passage]), hits[one.passage].passage.text, one)
        for one in _weighed(asked, hits, index)
        if not is_order(hits[one.passage].passage.text[one.start : one.end])
    ]
    if not weighed:
        return []
    texts = [hits[one.passage].passage.text[one.start : one.end] for one in weighed]
    nearness = _nearness(question, texts, index) if index.reader is None else [0.0] * len(texts)
    shared = _shared_words([asked[one.passage] for one in weighed], texts)
    titled = _shared_words(asked, [hit.article.title for hit in hits])
    named = [share_named(question, hit.article) for hit in hits]
    features = [
        _features(
            question,
            hits[one.passage],
            one,
            nearness=near,
            shared=words,
            title=titled[one.passage],
            named=named[one.passage],
            actors=index.actors,
        )
        for one, near, words in zip(weighed, nearness, shared, strict=True)
    ]
    probabilities = compete(np.array([one.row() for one in features]), read=index.reader is not None)
    candidates = [
        _candidate(hits[one.passage], one, feature, float(probability))
        for one, feature, probability in zip(weighed, features, probabilities, strict=True)
    ]
    return sorted(candidates, key=lambda candidate: -candidate.probability)


def compete(rows: np.ndarray, *, read: bool) -> np.ndarray:
    """Probabilities, shape (n,), that each of the sentences of one question is the one that answers; what they lack to 1 is silence's.

    rows: (n, features). read: whether the reader has weighed them.
    """
    weights, bias = (WEIGHTS, BIAS) if read else (WORDS_ONLY, WORDS_ONLY_BIAS)
    grown = np.exp(np.clip(rows @ np.array(weights) + bias, -30.0, 30.0))
    probabilities: np.ndarray = grown / (1.0 + grown.sum())
    return probabilities


def _said_already(question: Question, wording: str) -> str:
    """The words that answer nothing if they are repeated: the question's, and of a follow-up also those that it leans on."""
    return wording if question.text == question.asked else f"{question.text} {wording}"


def _answering(question: str, text: str, one: Weighed) -> Weighed:
    """The sentence with the best words in it that say more than the question does; without any where all of them only repeat it."""
    places = [(one.answer_start, one.answer_end), *one.others]
    start, end = next(((start, end) for start, end in places if not echoes(question, text[start:end])), (one.start, one.start))
    return replace(one, answer_start=start, answer_end=end)


def _candidate(hit: Hit, one: Weighed, features: Features, probability: float) -> Candidate:
    base = hit.passage.start
    answer = _whole(hit.passage.text, one.answer_start, one.answer_end)
    return Candidate(hit.article, base + one.start, base + one.end, base + answer[0], base + answer[1], features, probability)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The words text[start:end] with the bracket that closes behind them, or without the one that opens in them and does not: "the police (PST"."""
    opened = text.rfind("(", start, end)
    if opened < 0 or ")" in text[opened:end]:
        return start, end
    if text[end : end + 1] == ")":
        return start, end + 1
    return (start, start + len(text[start:opened].rstrip())) if text[start:opened].strip() else (start, end)


def _features(
    question: Question, hit: Hit, one: Weighed, *, nearness: float, shared: float, title: float, named: float, actors: ActorIndex
) -> Features:
    answers = one.answer_end > one.answer_start
    base = hit.passage.start
    return Features(
        evidence=one.evidence,
        relevance=one.relevance,
        span=max(one.span, SPANLESS) if answers else SPANLESS,
        nearness=nearness,
        shared=shared,
        title=title,
        rank=1.0 / (1 + one.passage),
        named=named,
        fits=fits(question, hit.article, base + one.answer_start, base + one.answer_end, actors=actors) if answers else 0.0,
    )


def title_line(article: Article) -> str:
    """How an article is named to the reader: the title and the month of publication."""
    return article.title + (f" ({article.published:%B %Y})" if article.published else "")


def wordings(question: Question, hits: Sequence[Hit], index: Index) -> list[str]:
    """The question as it is put to each hit: under the names that the hit itself uses for the actors in it."""
    names = {name: index.actors.names_for_search(name) for name in question.actors}
    return [_in_its_words(question, hit, names) for hit in hits]


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


def _weighed(asked: Sequence[str], hits: Sequence[Hit], index: Index) -> list[Weighed]:
    """What the reader makes of every sentence, asked in the hit's own words; without a reader, the bare sentences."""
    texts = [hit.passage.text for hit in hits]
    if index.reader is None:
        return [
            Weighed(number, start, end, start, start, 0.0, SPANLESS, 0.0) for number, text in enumerate(texts) for start, end in sentence_spans(text)
        ]
    weighed = index.reader.weigh(asked, texts, titles=[title_line(hit.article) for hit in hits])
    return [one for one in weighed if _is_sentence(texts[one.passage][one.start : one.end])] or weighed


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and not _DATE_LINE.match(text)


_NAME = re.compile(r"(?<![\w.-])(?:[A-Z][\w&.-]*\w|\d[\w.-]*\w)")
_NO_NAME = frozenset(
    """who whom whose which what when where why how did does do was were is are has have had can could on in at by from to the a an of for name list
    january february march april may june july august september october november december according since before after during""".split()
)


def proper_names(question: Question) -> set[str]:
    """The proper names and numbers in a question, lower-cased, those of actors aside."""
    actors = {word for name in question.actors for word in WORD.findall(name.casefold())}
    return {word.casefold().removesuffix("'s") for word in _NAME.findall(question.focus or question.text)} - _NO_NAME - actors


def share_named(question: Question, article: Article) -> float:
    """The share of the question's proper names that stand in the article; 1.0 where it has none.

    An article that never says Rijksmuseum does not tell who attacked the Rijksmuseum, however well it fits otherwise.
    """
    names = proper_names(question)
    if not names:
        return 1.0
    page = f"{article.title} {article.publisher or ''} {article.published or ''} {article.text}".casefold()
    return sum(name in page for name in names) / len(names)


def echoes(question: str, words: str) -> bool:
    """Whether every word that carries meaning in `words` stands in the question already: such words answer nothing."""
    return set(stems(words)) <= set(stems(question))


_AMOUNT = re.compile(r"\d")
_ATTACKERS = re.compile(
    r"\b(?:actors?|apts?|attackers?|collective|crew|criminals?|cyberspies|gangs?|groups?|hackers?|hacktivists?|insiders?|intelligence|operators?|ransomware|"
    r"service|spies|team|unit)\b",
    re.I,
)


def fits(question: Question, article: Article, start: int, end: int, *, actors: ActorIndex) -> float:
    """Whether the words are of the kind that is asked for, where that can be told: a time, an amount, someone who attacks."""
    words = article.text[start:end]
    if question.slot == "when":
        return 1.0 if find_times(words, published=article.published) or re.search(r"\b(?:19|20)\d\d\b", words) else -1.0
    if question.slot == "attacker":
        return 1.0 if actors.mentions(words) or _ATTACKERS.search(words) else -1.0
    if re.search(r"\bhow (?:much|many)\b", question.asked, re.I):
        return 1.0 if _AMOUNT.search(words) else -1.0
    return 0.0


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
