"""The claim model: which sentences of a text hold a claim, and their words for attacker, victim, time and source. torch stands behind this file.

It knows one window of text at a time; who "the group" is, what a date means and which claims say the same is for the files beside it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from ingest.claims.network import KINDS, SLOTS, STANCES, ClaimNetwork
from ingest.claims.windows import ClaimWindow, Sentence
from ingest.cores import side_by_side
from ingest.embedding import multiplies_bfloat16
from ingest.errors import ModelMissingError
from ingest.reading.input import ReaderTokenizer, batches
from ingest.reading.network import Shape
from ingest.reading.reader import MODEL as READER

MODEL = Path(__file__).parent / "model"
TABLES = ("words.weight", "positions.weight")
_AGAIN = "reinstall Whodunit, or train it with `python -m ingest.training.claims`"


@dataclass(frozen=True)
class Span:
    """Words of an article, `article.text[start:end]`; probability: mean over the words that they fill their slot."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class SentenceReading:
    """A sentence as the network sees it. probability: that it holds a claim. spans: by slot, in order. stances: probability of each of STANCES."""

    sentence: Sentence
    probability: float
    spans: Mapping[str, tuple[Span, ...]]
    stances: Mapping[str, float]
    kind: str


@dataclass(frozen=True)
class Scored:
    """A window as the network sees it. claims, stances, kinds: by judged sentence; tags: (L, slots, TAGS) probabilities."""

    window: ClaimWindow
    claims: list[float]
    tags: Tensor
    stances: list[list[float]]
    kinds: list[int]


class ClaimModel:
    """A claim network with its tokenizer; open the shipped one with `load_claim_model`."""

    def __init__(self, network: ClaimNetwork, tokenizer: ReaderTokenizer) -> None:
        self._network = network.eval()
        self.tokenizer = tokenizer

    def read(self, windows: Sequence[ClaimWindow], *, least: float, tagged: Mapping[str, float]) -> list[SentenceReading]:
        """The sentences of the windows whose probability is `least` at least, in the order of the text.

        tagged: by slot, how probable it must be that a word belongs to the slot.
        """
        found = [reading for scored in self.look(windows) for reading in readings_of(scored, least=least, tagged=tagged)]
        return sorted(found, key=lambda reading: reading.sentence.start)

    def look(self, windows: Sequence[ClaimWindow]) -> list[Scored]:
        """What the network sees in the windows, the longest first; so not in the order of the text."""
        return list(chain.from_iterable(side_by_side(self._look, batches(windows))))

    def _look(self, batch: Sequence[ClaimWindow]) -> list[Scored]:
        longest = max(len(window.ids) for window in batch)
        pad = [longest - len(window.ids) for window in batch]
        ids = torch.tensor([[*window.ids, *(0,) * n] for window, n in zip(batch, pad, strict=True)])
        kinds = torch.tensor([[*window.kinds, *(0,) * n] for window, n in zip(batch, pad, strict=True)])
        sentences = torch.tensor([[*window.sentences, *(-1,) * n] for window, n in zip(batch, pad, strict=True)])
        with torch.inference_mode():
            scores = self._network.score(ids, kinds, torch.tensor([len(window.ids) for window in batch]), sentences)
            claims, tags, stances, kind = scores.claim.sigmoid(), scores.tags.softmax(-1), scores.stance.softmax(-1), scores.kind.argmax(-1)
        return [Scored(window, claims[i].tolist(), tags[i], stances[i].tolist(), kind[i].tolist()) for i, window in enumerate(batch)]


def readings_of(scored: Scored, *, least: float, tagged: Mapping[str, float]) -> Iterator[SentenceReading]:
    """The sentences of one window whose probability is `least` at least; see `ClaimModel.read`."""
    for place, sentence in enumerate(scored.window.judged):
        if scored.claims[place] >= least:
            yield SentenceReading(
                sentence,
                scored.claims[place],
                {slot: _spans(scored.window, place, scored.tags[:, number], tagged[slot]) for number, slot in enumerate(SLOTS)},
                dict(zip(STANCES, scored.stances[place], strict=True)),
                KINDS[scored.kinds[place]],
            )


def _spans(window: ClaimWindow, place: int, tags: Tensor, least: float) -> tuple[Span, ...]:
    """The runs of a sentence's tokens that are more probably than `least` inside a slot, widened to whole words. tags: (L, TAGS)."""
    own = [i for i, p in enumerate(window.sentences) if p == place]
    runs: list[list[int]] = []
    rows = tags[own[0] : own[-1] + 1].tolist() if own else []
    for i, (outside, first, further) in zip(own, rows, strict=True):
        if outside > 1 - least:
            continue
        if runs and runs[-1][-1] == i - 1 and further >= first:
            runs[-1].append(i)
        else:
            runs.append([i])
    found: list[Span] = []
    sentence = window.judged[place]
    for run in runs:
        start, end = _whole_words(sentence, window.offsets[run[0]][0], window.offsets[run[-1]][1])
        sure = sum(1 - rows[i - own[0]][0] for i in run) / len(run)
        if found and start < found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end), max(sure, found[-1].probability))
        else:
            found.append(Span(start, end, sure))
    return tuple(found)


def _whole_words(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    text, first, last = sentence.text, start - sentence.start, end - sentence.start
    while first > 0 and text[first - 1].isalnum() and text[first].isalnum():
        first -= 1
    while last < len(text) and text[last].isalnum() and text[last - 1].isalnum():
        last += 1
    return sentence.start + first, sentence.start + last


def load_claim_model(folder: Path = MODEL, *, reader: Path = READER) -> ClaimModel:
    """Open the claim model of `folder`, its word tables and tokenizer from the reading model, without network.

    Raises ModelMissingError where a file is absent or is not the one its config names.
    """
    config_file, weights = folder / "config.json", folder / "model.safetensors"
    if not config_file.is_file() or not weights.is_file():
        raise ModelMissingError(f"The claim model is not in {folder}: {_AGAIN}.")
    config = json.loads(config_file.read_text(encoding="utf-8"))
    if sha256(weights.read_bytes()).hexdigest() != config["sha256"]:
        raise ModelMissingError(f"{weights} is not the file that {config_file.name} names (its SHA-256 differs): {_AGAIN}.")
    if not (reader / "model.safetensors").is_file() or not (reader / "tokenizer.json").is_file():
        raise ModelMissingError(f"The reading model, whose word tables the claim model uses, is not in {reader}: {_AGAIN}.")
    shared = load_file(reader / "model.safetensors")
    tables = {name: shared[name] for name in TABLES}
    if sha256(b"".join(table.view(torch.uint8).numpy().tobytes() for table in tables.values())).hexdigest() != config["tables_sha256"]:
        raise ModelMissingError(f"The claim model in {folder} was trained over other word tables than those in {reader}: {_AGAIN}.")
    network = ClaimNetwork(Shape(**config["shape"]))
    network.load_state_dict({**load_file(weights), **tables})
    network.to(torch.bfloat16 if multiplies_bfloat16() else torch.float32)
    return ClaimModel(network, ReaderTokenizer(reader / "tokenizer.json"))
