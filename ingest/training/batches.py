"""Batches: examples as padded tensors with the places of their answers, of about equal cost each."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ingest.reading.input import ReaderTokenizer, Window
from ingest.training.examples import Example

POOL = 24  # batches' worth of examples that are sorted by length together: little padding, and still mixed


@dataclass(frozen=True)
class Batch:
    """ids, kinds, sentences: (B, L); sentences is -1 outside the passage. lengths, first, last: (B,); the passage's tokens stand from `first` to `last`.

    start, end: (B,) places of the answer's first and last token; both 0 where no words answer, and `spanned` (B,) is 0.0. relevant: (B,) 1.0 where
    the passage answers. golden, muted: (B, S) 1.0 for sentences that answer, and for those that may or may not. sheet: (B,) number of the sheet.
    """

    ids: Tensor
    kinds: Tensor
    sentences: Tensor
    lengths: Tensor
    first: Tensor
    last: Tensor
    start: Tensor
    end: Tensor
    spanned: Tensor
    relevant: Tensor
    golden: Tensor
    muted: Tensor
    sheet: Tensor


@dataclass(frozen=True)
class Item:
    """One window with its answer's first and last token within the passage's tokens, or None; golden: numbers of the sentences that answer;
    muted: of those that may or may not, of which nothing is learnt."""

    window: Window
    span: tuple[int, int] | None
    golden: frozenset[int] = frozenset()
    muted: frozenset[int] = frozenset()


Sheet = tuple[Item, ...]
"""What is read together for one question: a single window, or windows of several passages that compete."""


def length_of(sheet: Sheet) -> int:
    """Tokens of the longest window in a sheet."""
    return max(len(item.window.ids) for item in sheet)


def items(tokenizer: ReaderTokenizer, examples: Sequence[Example]) -> list[Sheet]:
    """One window an example: the one that holds the whole answer, else the first; each a sheet of its own."""
    windows = tokenizer.windows([e.question for e in examples], [e.passage for e in examples], [e.title for e in examples])
    of: dict[int, list[Window]] = {}
    for window in windows:
        of.setdefault(window.passage, []).append(window)
    made: list[Sheet] = []
    for i, example in enumerate(examples):
        if i not in of:
            continue
        if example.answer is None:
            made.append((Item(of[i][0], None),))
            continue
        found = [(w, s) for w in of[i] if (s := span_in(w, example.answer))]
        if found:
            window, span = found[0]
            made.append((Item(window, span, frozenset(window.sentences[span[0] : span[1] + 1])),))
    return made


def span_in(window: Window, answer: tuple[int, int]) -> tuple[int, int] | None:
    """The first and last passage token that the answer covers, None where the window does not show the whole of it."""
    touched = [i for i, (start, end) in enumerate(window.offsets) if end > answer[0] and start < answer[1]]
    if not touched or window.offsets[0][0] > answer[0] or window.offsets[-1][1] < answer[1]:
        return None
    return touched[0], touched[-1]


def batches(made: Sequence[Sheet], *, tokens: int, chance: random.Random) -> list[list[Sheet]]:
    """The sheets in batches of about `tokens` tokens, padding included; their order is drawn from `chance`."""
    order = list(made)
    chance.shuffle(order)
    grouped: list[list[Sheet]] = []
    mean = max(1, sum(length_of(sheet) * len(sheet) for sheet in order) // max(1, len(order)))
    size = max(1, POOL * tokens // mean)
    for at in range(0, len(order), size):
        batch: list[Sheet] = []
        for sheet in sorted(order[at : at + size], key=length_of):
            if batch and (sum(map(len, batch)) + len(sheet)) * length_of(sheet) > tokens:
                grouped.append(batch)
                batch = []
            batch.append(sheet)
        grouped.append(batch)
    chance.shuffle(grouped)
    return grouped


def padded(batch: Sequence[Sheet]) -> Batch:
    """The tensors of a batch."""
    flat = [(number, item) for number, sheet in enumerate(batch) for item in sheet]
    windows = [item.window for _, item in flat]
    longest = max(len(w.ids) for w in windows)
    count = max((number for w in windows for number in w.sentences), default=0) + 1
    spans = [(item.window.first + item.span[0], item.window.first + item.span[1]) if item.span else (0, 0) for _, item in flat]
    return Batch(
        ids=torch.tensor([[*w.ids, *(0,) * (longest - len(w.ids))] for w in windows]),
        kinds=torch.tensor([[*w.kinds, *(0,) * (longest - len(w.ids))] for w in windows]),
        sentences=torch.tensor([[*(-1,) * w.first, *w.sentences, *(-1,) * (longest - w.first - len(w.sentences))] for w in windows]),
        lengths=torch.tensor([len(w.ids) for w in windows]),
        first=torch.tensor([w.first for w in windows]),
        last=torch.tensor([w.first + len(w.offsets) - 1 for w in windows]),
        start=torch.tensor([s for s, _ in spans]),
        end=torch.tensor([e for _, e in spans]),
        spanned=torch.tensor([float(item.span is not None) for _, item in flat]),
        relevant=torch.tensor([float(item.span is not None or bool(item.golden)) for _, item in flat]),
        golden=torch.tensor([[float(n in item.golden) for n in range(count)] for _, item in flat]),
        muted=torch.tensor([[float(n in item.muted) for n in range(count)] for _, item in flat]),
        sheet=torch.tensor([number for number, _ in flat]),
    )
