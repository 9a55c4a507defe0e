"""Curriculum: which examples one round of training holds, and in which shares.

A round of the field: every annotated question in a fresh window, half of the claims' slots asked in analysts' wordings, half of the ledger's fixed
questions asked of the claim's quote alone (slots that the claim leaves open have no answer there), one misleading passage for each
question, and the questions that annotators wrote because their article does not answer them.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.training.examples import Annotated, ClaimNote, Example, Text
from ingest.training.misleading import Run, WordSearch, misleads, runs, shared_words
from ingest.training.variation import Variation
from ingest.training.wordings import FIXED, asked

SLOTS = ("attacker", "victim", "when", "asserted_by")
KIND_OF_SLOT = {"attacker": "attacker", "victim": "victim", "when": "when", "asserted_by": "source"}


@dataclass(frozen=True)
class Shares:
    """What a round holds; 0 leaves a part out, as the ablations do."""

    slots: float = 0.5
    fixed: float = 0.5
    misleading: float = 1.0


def place_of(quote: str, words: str) -> tuple[int, int] | None:
    """Where `words` stand in `quote`, as whole words where they can be had so; None where they don't."""
    at = quote.find(words)
    while at > 0 and quote[at - 1].isalnum():
        later = quote.find(words, at + 1)
        if later < 0:
            break
        at = later
    return (at, at + len(words)) if at >= 0 else None


class Curriculum:
    """Makes rounds; the same seed and number make the same round."""

    def __init__(self, notes: Sequence[Annotated], *, search: WordSearch, variation: Variation, groups: list[list[str]], seed: int) -> None:
        self._notes = notes
        self._search = search
        self._variation = variation
        self._groups = groups
        self._seed = seed
        self._runs = {note.text.path: runs(note.text) for note in notes}
        self._decoys: dict[str, list[Run]] = {}

    def fields(self, number: int, shares: Shares) -> list[Example]:
        """Round `number` of the field's own examples, varied and shuffled."""
        chance = random.Random(f"{self._seed} field {number}")
        made: list[Example] = []
        for note in self._notes:
            for q in note.questions:
                made += self._positive(note.text, q.quote, q.answer, q.question, q.kind, chance)
                if chance.random() < shares.misleading:
                    made += self._decoy(note, q.question, q.answer, q.kind, chance)
            for claim in note.claims:
                for slot in SLOTS:
                    value = getattr(claim, slot)
                    if value and chance.random() < shares.slots:
                        made += self._positive(note.text, claim.quote, value, asked(claim, slot, chance), KIND_OF_SLOT[slot], chance)
                    if chance.random() < shares.fixed:
                        made += fixed(claim, slot)
            for question in note.none:
                if shares.misleading and self._runs[note.text.path]:
                    made.append(part_of(chance.choice(self._runs[note.text.path]), question, "none", chance))
        made = [self._variation.varied(example, chance) for example in made]
        chance.shuffle(made)
        return made

    def _positive(self, text: Text, quote: str, words: str, question: str, kind: str, chance: random.Random) -> list[Example]:
        inner, at = place_of(quote, words), text.body.find(quote)
        if inner is None:
            return []
        if at < 0:
            return [Example(question, quote, text.title, inner, kind)]
        passage, start = self._variation.window(text.body, (at, at + len(quote)), chance)
        return [Example(question, passage, text.title, (at + inner[0] - start, at + inner[1] - start), kind)]

    def names_of(self, answer: str) -> list[str]:
        """The answer and every name of every actor that it names."""
        return [answer, *(name for group in self._groups if any(n in answer for n in group) for name in group)]

    def _decoy(self, note: Annotated, question: str, answer: str, kind: str, chance: random.Random) -> list[Example]:
        answers = self.names_of(answer)
        turn = chance.random()
        if turn < 0.35:
            own = [run for run in self._runs[note.text.path] if misleads(run, question, answers, dated=False)]
            pool = sorted(own, key=lambda run: -shared_words(run.text, question))[:4]
        elif turn < 0.85:
            if question not in self._decoys:
                found = self._search.best(question, 16)
                self._decoys[question] = [
                    run for run in found if run.path != note.text.path and misleads(run, question, answers, dated=kind in {"when", "source"})
                ]
            pool = self._decoys[question]
        else:
            pool = [run for run in chance.choices(self._search.runs, k=4) if misleads(run, question, answers, dated=False)]
        if not pool:
            return []
        return [part_of(chance.choice(pool), question, kind, chance)]


def part_of(run: Run, question: str, kind: str, chance: random.Random) -> Example:
    """An unanswered example from 300 to 900 characters of `run`: as long as the answered ones, so that length tells nothing."""
    size = chance.randint(300, max(300, len(run.text)))
    start = chance.randint(0, max(0, len(run.text) - size))
    start = run.text.find(" ", start) + 1 if start else 0
    return Example(question, run.text[start : start + size], run.title, None, kind)


def fixed(claim: ClaimNote, slot: str) -> list[Example]:
    """One of the ledger's fixed questions put to the claim's quote alone."""
    value = getattr(claim, slot)
    place = place_of(claim.quote, value) if value else None
    if value and place is None:
        return []
    return [Example(FIXED[slot], claim.quote, "", place, f"fixed {slot}")]


def general(pairs: Sequence[Example], number: int, count: int, seed: int) -> list[Example]:
    """Round `number` of QAMR: `count` pairs, three tenths with other sentences around the one that answers, a tenth with another instead of it."""
    chance = random.Random(f"{seed} general {number}")
    order = list(pairs)
    chance.shuffle(order)
    made = []
    for example in order[:count]:
        turn = chance.random()
        if turn < 0.1:
            made.append(replace(example, passage=chance.choice(order).passage, answer=None))
        elif turn < 0.4 and example.answer:
            before, after = chance.choice(order).passage + " ", " " + chance.choice(order).passage
            shift = len(before)
            made.append(replace(example, passage=before + example.passage + after, answer=(example.answer[0] + shift, example.answer[1] + shift)))
        else:
            made.append(example)
    return made
