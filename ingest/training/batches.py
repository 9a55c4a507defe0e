"""Batches: examples as padded tensors with the places of their answers, of about equal cost each."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ingest.reader_input import ReaderTokenizer, Window
from ingest.training.examples import Example

POOL = 24  # batches' worth of examples that are sorted by length together: little padding, and still mixed


@dataclass(frozen=True)
class Batch:
    """ids, kinds: (B, L). lengths, first, last: (B,); the passage's tokens stand from `first` to `last`, both included.

    start, end: (B,) places of the answer's first and last token; both 0 where there is none. relevant: (B,) 1.0 where there is one.
    """

    ids: Tensor
    kinds: Tensor
    lengths: Tensor
    first: Tensor
    last: Tensor
    start: Tensor
    end: Tensor
    relevant: Tensor


@dataclass(frozen=True)
class Item:
    """One window with its answer's first and last token within the passage's tokens, or None."""

    window: Window
    span: tuple[int, int] | None


def items(tokenizer: ReaderTokenizer, examples: Sequence[Example]) -> list[Item]:
    """One window an example: the one that holds the whole answer, else the first."""
    windows = tokenizer.windows([e.question for e in examples], [e.passage for e in examples], [e.title for e in examples])
    of: dict[int, list[Window]] = {}
    for window in windows:
        of.setdefault(window.passage, []).append(window)
    made = []
    for i, example in enumerate(examples):
        if i not in of:
            continue
        if example.answer is None:
            made.append(Item(of[i][0], None))
            continue
        found = [(w, s) for w in of[i] if (s := span_in(w, example.answer))]
        if found:
            made.append(Item(*found[0]))
    return made


def span_in(window: Window, answer: tuple[int, int]) -> tuple[int, int] | None:
    """The first and last passage token that the answer covers, None where the window does not show the whole of it."""
    touched = [i for i, (start, end) in enumerate(window.offsets) if end > answer[0] and start < answer[1]]
    if not touched or window.offsets[0][0] > answer[0] or window.offsets[-1][1] < answer[1]:
        return None
    return touched[0], touched[-1]


def batches(made: Sequence[Item], *, tokens: int, chance: random.Random) -> list[list[Item]]:
    """The items in batches of about `tokens` tokens, padding included; their order is drawn from `chance`."""
    order = list(made)
    chance.shuffle(order)
    grouped: list[list[Item]] = []
    mean = max(1, sum(len(i.window.ids) for i in order) // max(1, len(order)))
    size = max(1, POOL * tokens // mean)
    for at in range(0, len(order), size):
        batch: list[Item] = []
        for item in sorted(order[at : at + size], key=lambda i: len(i.window.ids)):
            if batch and (len(batch) + 1) * len(item.window.ids) > tokens:
                grouped.append(batch)
                batch = []
            batch.append(item)
        grouped.append(batch)
    chance.shuffle(grouped)
    return grouped


def padded(batch: Sequence[Item]) -> Batch:
    """The tensors of a batch."""
    windows = [item.window for item in batch]
    longest = max(len(w.ids) for w in windows)
    spans = [(item.window.first + item.span[0], item.window.first + item.span[1]) if item.span else (0, 0) for item in batch]
    return Batch(
        ids=torch.tensor([[*w.ids, *(0,) * (longest - len(w.ids))] for w in windows]),
        kinds=torch.tensor([[*w.kinds, *(0,) * (longest - len(w.ids))] for w in windows]),
        lengths=torch.tensor([len(w.ids) for w in windows]),
        first=torch.tensor([w.first for w in windows]),
        last=torch.tensor([w.first + len(w.offsets) - 1 for w in windows]),
        start=torch.tensor([s for s, _ in spans]),
        end=torch.tensor([e for _, e in spans]),
        relevant=torch.tensor([float(item.span is not None) for item in batch]),
    )
