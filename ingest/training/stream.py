"""Stream: the batches of a whole training in order, made round by round; one seed gives one stream, so a resumed run can skip ahead."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reader_input import ReaderTokenizer
from ingest.training.batches import Item, batches, items
from ingest.training.curriculum import Curriculum, Shares, general
from ingest.training.examples import Example

GENERAL_ROUND = 6000  # pairs made into windows at once: memory stays below 1 GB
MIXED_IN = 400  # QAMR pairs in each round of the field, so that general reading is not forgotten


@dataclass(frozen=True)
class Plan:
    """general: batches of QAMR first. field: batches of the field after them. tokens: size of a batch, padding included."""

    general: int
    field: int
    tokens: int
    shares: Shares
    seed: int


def stream(plan: Plan, *, tokenizer: ReaderTokenizer, curriculum: Curriculum, pairs: Sequence[Example]) -> Iterator[list[Item]]:
    """`plan.general + plan.field` batches."""
    for phase, count in (("general", plan.general), ("field", plan.field)):
        given = number = 0
        while given < count:
            chance = random.Random(f"{plan.seed} {phase} {number}")
            if phase == "general":
                examples = general(pairs[number * GENERAL_ROUND :] or pairs, number, GENERAL_ROUND, plan.seed)
            else:
                examples = curriculum.fields(number, plan.shares) + (general(pairs, number, MIXED_IN, plan.seed) if plan.general else [])
            made = batches(items(tokenizer, examples), tokens=plan.tokens, chance=chance)
            if not made:
                raise ValueError(f"there are no {phase} examples to learn from")
            yield from made[: count - given]
            given += len(made)
            number += 1
