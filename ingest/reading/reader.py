"""The reader: which words of a passage answer a question, and how likely it is that the passage answers at all.

A six-layer encoder of 22.7 million parameters (`ingest/reading/model/`, trained by `python -m ingest.training`). Its passage probability serves as
reranker and as the judge of "not in the corpus"; asked fixed questions of a sentence it is the extractor of the claims ledger. It is extractive:
it returns places in the text it was given and can invent nothing; nor does it know dates, aliases or what other passages say.
Nothing is loaded on import and nothing is fetched: the weights come from the repository and must have the hash that their config names.
"""

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Literal

import torch
from safetensors.torch import load_file

from ingest.cores import side_by_side
from ingest.embedding import multiplies_bfloat16
from ingest.errors import ModelMissingError
from ingest.reading.input import ReaderTokenizer, Window, batches
from ingest.reading.network import ReadingNetwork, Shape
from ingest.sentences import sentence_spans

MODEL = Path(__file__).parent / "model"
ANSWER_TOKENS = 32
SPANS_WITHIN = 3
"""Answers that are looked for in one sentence."""
Setting = Literal["passage", "sentence"]


@dataclass(frozen=True)
class Reading:
    """Words of a passage as the answer to a question; `passages[passage][start:end] == text`.

    probability: that the passage answers the question at all, calibrated on held-out training articles.
    span_probability: that, if it does, these words are the answer, among all other runs of words of the passage.
    An empty passage has one reading: no text, both probabilities 0.
    """

    passage: int
    start: int
    end: int
    text: str
    probability: float
    span_probability: float


@dataclass(frozen=True)
class Weighed:
    """A sentence of a passage as evidence for a question. start, end: of the sentence; answer_start, answer_end: of the words in it that answer
    best; all places in the passage. others: next best words in it that do not overlap, as (start, end), best first.

    evidence: logit that this sentence is the one that answers, against the other sentences of all passages that were read for the same question;
    silence, that none of them does, has 0. span: ln probability of the words among all runs of words of the passage.
    relevance: logit that the passage answers at all.
    """

    passage: int
    start: int
    end: int
    answer_start: int
    answer_end: int
    evidence: float
    span: float
    relevance: float
    others: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Calibration:
    """probability = sigmoid(bias + relevance * relevance logit + span * ln(best span's probability)), fitted on held-out training articles."""

    bias: float
    relevance: float
    span: float

    def probability(self, relevance: float, span: float) -> float:
        """The calibrated probability of a relevance logit and the logarithm of a span's probability."""
        z = self.bias + self.relevance * relevance + self.span * span
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@dataclass(frozen=True)
class Found:
    """One window as the network saw it. relevance: logit. spans: (first token, last token, ln probability), best first, not overlapping.

    evidence: a logit a sentence, by its number. within: the best spans of each sentence that has some, by the sentence's
    number, best first.
    """

    window: Window
    relevance: float
    spans: tuple[tuple[int, int, float], ...]
    evidence: tuple[float, ...]
    within: dict[int, tuple[tuple[int, int, float], ...]]


class Reader:
    """A network with its tokenizer and calibration; open the shipped one with `load_reader`."""

    def __init__(self, network: ReadingNetwork, tokenizer: ReaderTokenizer, calibration: dict[Setting, Calibration]) -> None:
        self._network = network.eval()
        self._tokenizer = tokenizer
        self._calibration = calibration

    def read(self, question: str | Sequence[str], passages: Sequence[str], *, titles: Sequence[str] | None = None, spans: int = 1) -> list[Reading]:
        """Read one question in all passages at once, in one batch; or one question a passage, such as the same with the names that the passage uses.

        titles: one a passage, best with the month of publication behind it, "Title (June 2021)": who "the company" is often stands only there;
        an answer is never taken from a title. Returns up to `spans` readings a passage, best first, in the order of the passages.
        """
        named = list(titles) if titles is not None else [""] * len(passages)
        asked = [question] * len(passages) if isinstance(question, str) else question
        found = self.look(asked, passages, named, spans=spans)
        return [reading for i, passage in enumerate(passages) for reading in self._readings(i, passage, found.get(i, []), spans, "passage")]

    def weigh(self, questions: Sequence[str], passages: Sequence[str], *, titles: Sequence[str]) -> list[Weighed]:
        """Every sentence of every passage as evidence for one question, worded for each passage; in the order of passages and sentences.

        The three sequences run in step. A sentence of which no window shows a token is left out.
        """
        found = self.look(questions, passages, titles, spans=1)
        return [weighed for i, passage in enumerate(passages) for weighed in _weighed(i, passage, found.get(i, []))]

    def read_sentences(self, questions: Sequence[str], sentences: Sequence[str]) -> list[list[Reading]]:
        """Every question put to every sentence, in large batches: one list a sentence, one reading a question, `passage` the sentence's number.

        Made for the fixed questions of `ingest.training.wordings.FIXED`; probabilities are calibrated on those.
        """
        asked = [question for _ in sentences for question in questions]
        texts = [sentence for sentence in sentences for _ in questions]
        found = self.look(asked, texts, [""] * len(texts), spans=1)
        flat = [self._readings(i // len(questions), text, found.get(i, []), 1, "sentence")[0] for i, text in enumerate(texts)]
        return [flat[i : i + len(questions)] for i in range(0, len(flat), len(questions))] if questions else [[] for _ in sentences]

    def look(self, questions: Sequence[str], passages: Sequence[str], titles: Sequence[str], *, spans: int) -> dict[int, list[Found]]:
        """What the network sees, uncalibrated: by the number of the passage, its windows. For calibration; the three sequences run in step."""
        windows = self._tokenizer.windows(questions, passages, titles)
        found: dict[int, list[Found]] = {}
        for seen in chain.from_iterable(side_by_side(lambda batch: self._look(batch, spans), batches(windows))):
            found.setdefault(seen.window.passage, []).append(seen)
        return found

    def _look(self, batch: Sequence[Window], spans: int) -> list[Found]:
        longest = max(len(w.ids) for w in batch)
        pad = [longest - len(w.ids) for w in batch]
        ids = torch.tensor([[*w.ids, *(0,) * n] for w, n in zip(batch, pad, strict=True)])
        kinds = torch.tensor([[*w.kinds, *(0,) * n] for w, n in zip(batch, pad, strict=True)])
        heads = torch.tensor([_marks(w, w.heads, longest) for w in batch]).bool()
        tails = torch.tensor([_marks(w, w.tails, longest) for w in batch]).bool()
        sentences = torch.tensor([_marks(w, w.sentences, longest, outside=-1) for w in batch])
        with torch.inference_mode():
            scores = self._network(ids, kinds, torch.tensor([len(w.ids) for w in batch]), sentences)
            start = scores.start.masked_fill(~heads, -1e4)
            end = torch.nn.functional.pad(scores.end.masked_fill(~tails, -1e4), (0, ANSWER_TOKENS - 1), value=-1e4)
            same = torch.nn.functional.pad(sentences, (0, ANSWER_TOKENS - 1), value=-2).unfold(1, ANSWER_TOKENS, 1) == sentences[:, :, None]
            pairs = (start[:, :, None] + end.unfold(1, ANSWER_TOKENS, 1)).masked_fill(~same, -1e4)
            log = pairs.flatten(1).log_softmax(1)
            top = log.topk(min(log.shape[1], 24 * spans if spans > 1 else 1), dim=1)
            best, width = log.view(len(batch), -1, ANSWER_TOKENS).max(2)
        seen: list[Found] = []
        for i, window in enumerate(batch):
            chosen: list[tuple[int, int, float]] = []
            for value, place in zip(top.values[i].tolist(), top.indices[i].tolist(), strict=True):
                first = place // ANSWER_TOKENS - window.first
                last = first + place % ANSWER_TOKENS
                if _allowed(window, first, last) and len(chosen) < spans and all(last < a or first > b for a, b, _ in chosen):
                    chosen.append((first, last, value))
            within = _best_within(window, best[i].tolist(), width[i].tolist())
            evidence = tuple(scores.evidence[i].tolist())
            seen.append(Found(window, float(scores.relevance[i]), tuple(chosen), evidence, within))
        return seen

    def _readings(self, number: int, passage: str, found: Sequence[Found], spans: int, setting: Setting) -> list[Reading]:
        calibration = self._calibration[setting]
        candidates = [
            (seen.window.offsets[first][0], seen.window.offsets[last][1], calibration.probability(seen.relevance, seen.spans[0][2]), log)
            for seen in found
            for first, last, log in seen.spans
        ]
        if not candidates:
            return [Reading(number, 0, 0, "", 0.0, 0.0)]
        best = max(probability for _, _, probability, _ in candidates)
        taken: list[Reading] = []
        for start, end, _, log in sorted(candidates, key=lambda c: (-c[2] * math.exp(c[3]), c[0])):
            if len(taken) < spans and all(end <= t.start or start >= t.end for t in taken):
                taken.append(Reading(number, start, end, passage[start:end], best, math.exp(log)))
        return taken


def _allowed(window: Window, first: int, last: int) -> bool:
    """Whether an answer may stand there. Where a window allows none at all, the network's best place can be anywhere, even outside the passage."""
    inside = 0 <= first <= last < len(window.offsets)
    return inside and window.heads[first] and window.tails[last] and window.sentences[first] == window.sentences[last]


def _marks(window: Window, marks: Sequence[int], longest: int, *, outside: int = 0) -> list[int]:
    return [*(outside,) * window.first, *marks, *(outside,) * (longest - window.first - len(marks))]


def _best_within(window: Window, best: Sequence[float], width: Sequence[int]) -> dict[int, tuple[tuple[int, int, float], ...]]:
    """The best spans of each sentence, up to SPANS_WITHIN that do not overlap: (first token, last token, ln probability). best, width: by the first token's place."""
    spans: dict[int, list[tuple[int, int, float]]] = {}
    for first, number in enumerate(window.sentences):
        spans.setdefault(number, []).append((first, first + width[window.first + first], best[window.first + first]))
    within: dict[int, tuple[tuple[int, int, float], ...]] = {}
    for number, some in spans.items():
        chosen: list[tuple[int, int, float]] = []
        for first, last, log in sorted(some, key=lambda span: -span[2]):
            if len(chosen) == SPANS_WITHIN:
                break
            if all(last < a or first > b for a, b, _ in chosen) and _allowed(window, first, last):
                chosen.append((first, last, log))
        if chosen:
            within[number] = tuple(chosen)
    return within


def _weighed(number: int, passage: str, found: Sequence[Found]) -> list[Weighed]:
    """The sentences of one passage; one that two windows show is taken from the window that shows more of it."""
    shown: dict[int, tuple[int, Weighed]] = {}
    bounds = list(sentence_spans(passage))
    for seen in found:
        offsets = seen.window.offsets
        for sentence, count in Counter(seen.window.sentences).items():
            if sentence >= len(bounds) or (sentence in shown and shown[sentence][0] >= count):
                continue
            start, end = bounds[sentence]
            spans = seen.within.get(sentence, ())
            places = tuple((offsets[first][0], offsets[last][1]) for first, last, _ in spans)
            answer, log = (places[0], spans[0][2]) if spans else ((start, start), -30.0)
            shown[sentence] = (count, Weighed(number, start, end, *answer, seen.evidence[sentence], log, seen.relevance, places[1:]))
    return [weighed for _, (_, weighed) in sorted(shown.items())]


def load_reader(folder: Path = MODEL, *, dtype: torch.dtype | None = None) -> Reader:
    """Open the reader of `folder` without network. Raises ModelMissingError where a file is absent or is not the one its config names."""
    config_file = folder / "config.json"
    if not config_file.is_file():
        raise ModelMissingError(f"The reading model is not in {folder}: reinstall Whodunit, or train it with `python -m ingest.training`.")
    config = json.loads(config_file.read_text(encoding="utf-8"))
    for name, key in (("model.safetensors", "sha256"), ("tokenizer.json", "tokenizer_sha256")):
        file = folder / name
        if not file.is_file():
            raise ModelMissingError(f"The reading model in {folder} lacks {name}: reinstall Whodunit, or train it with `python -m ingest.training`.")
        if sha256(file.read_bytes()).hexdigest() != config[key]:
            raise ModelMissingError(f"{file} is not the file that {config_file.name} names (its SHA-256 differs): reinstall Whodunit.")
    network = ReadingNetwork(Shape(**config["shape"]))
    network.load_state_dict(load_file(folder / "model.safetensors"))
    network.to(dtype or (torch.bfloat16 if multiplies_bfloat16() else torch.float32))
    settings: tuple[Setting, ...] = ("passage", "sentence")
    calibration = {setting: Calibration(*config["calibration"][setting]) for setting in settings}
    return Reader(network, ReaderTokenizer(folder / "tokenizer.json"), calibration)
