"""Stream: the batches of a whole training in order, made round by round; one seed gives one stream, so a resumed run can skip ahead."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.input import ReaderTokenizer
from ingest.training.batches import Sheet, batches, items
from ingest.training.curriculum import Curriculum, Shares, general
from ingest.training.examples import Example
from ingest.training.lists import QuestionList, sheets
from ingest.training.variation import Variation

GENERAL_ROUND = 6000  # pairs made into windows at once: memory stays below 1 GB
BESIDE_LISTS = 0.15  # share of a round of the field beside each round of lists, for the fixed questions and for swapped names
MIXED_IN = 400  # QAMR pairs in each round of the field, so that general reading is not forgotten


@dataclass(frozen=True)
class Plan:
    """general: batches of QAMR first. field: batches of the field after them. listed: batches of lists at last. tokens: size of a batch, padding included."""

    general: int
    field: int
    listed: int
    tokens: int
    shares: Shares
    seed: int


def stream(
    plan: Plan,
    *,
    tokenizer: ReaderTokenizer,
    curriculum: Curriculum,
    pairs: Sequence[Example],
    variation: Variation,
    lists: Sequence[QuestionList] = (),
) -> Iterator[list[Sheet]]:
    """`plan.general + plan.field + plan.listed` batches; in the last phase a round of lists and a share of the field's own examples."""
    for phase, count in (("general", plan.general), ("field", plan.field), ("listed", plan.listed)):
        given = number = 0
        while given < count:
            chance = random.Random(f"{plan.seed} {phase} {number}")
            if phase == "general":
                made = items(tokenizer, general(pairs[number * GENERAL_ROUND :] or pairs, number, GENERAL_ROUND, plan.seed))
            elif phase == "field":
                examples = curriculum.fields(number, plan.shares) + (general(pairs, number, MIXED_IN, plan.seed) if plan.general else [])
                made = items(tokenizer, examples)
            else:
                examples = curriculum.fields(number, plan.shares)
                made = items(tokenizer, chance.sample(examples, int(BESIDE_LISTS * len(examples))))
                made += sheets(lists, number, tokenizer=tokenizer, variation=variation, seed=plan.seed)
            grouped = batches(made, tokens=plan.tokens, chance=chance)
            if not grouped:
                raise ValueError(f"there are no {phase} examples to learn from")
            yield from grouped[: count - given]
            given += len(grouped)
            number += 1
