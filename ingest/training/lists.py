"""Lists: a question with the passages that the search hands over for it, the sentences that answer marked in them; made by `python -m evals.lists`.

A round draws from each list one sheet: the passages that answer and a few that the search ranked beside them, the higher the likelier. What is learnt is
to tell these apart. Passages that may answer as well, since the answer's words stand in them, are never drawn.
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ingest.reading.input import ReaderTokenizer, Window
from ingest.training.batches import Item, Sheet, span_in
from ingest.training.variation import Variation

BESIDE = 3
"""Passages that compete with the answering ones in a sheet."""
SILENT = 0.12
"""Share of the answered lists that are shown without the passages that answer."""
UNTITLED = 0.1


@dataclass(frozen=True)
class Evidence:
    """A sentence that answers, by its place in the passage, and the words in it that do: places in the passage, equal where there are none."""

    start: int
    end: int
    answer_start: int
    answer_end: int


@dataclass(frozen=True)
class Listed:
    """A passage as it was handed over: the question in the names that the passage uses, the title line, the text. open: may answer as well."""

    question: str
    title: str
    text: str
    evidence: tuple[Evidence, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class QuestionList:
    """A question's passages, best first. kind: the question's type. home: path of the article that it was asked about."""

    id: str
    kind: str
    home: str
    passages: tuple[Listed, ...]


def write_lists(file: Path, lists: Iterable[QuestionList]) -> None:
    """One list a line."""
    with file.open("w", encoding="utf-8") as out:
        for one in lists:
            out.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def read_lists(file: Path) -> list[QuestionList]:
    """What `write_lists` wrote."""
    made = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            passages = tuple(Listed(**{**p, "evidence": tuple(Evidence(**e) for e in p["evidence"])}) for p in row["passages"])
            made.append(QuestionList(row["id"], row["kind"], row["home"], passages))
    return made


def sheets(lists: Sequence[QuestionList], number: int, *, tokenizer: ReaderTokenizer, variation: Variation, seed: int) -> list[Sheet]:
    """Round `number`: a sheet of every list that has one; the same seed and number make the same round."""
    chance = random.Random(f"{seed} lists {number}")
    made = []
    for one in lists:
        sheet = _sheet(one, tokenizer, variation, chance)
        if sheet:
            made.append(sheet)
    return made


def _sheet(one: QuestionList, tokenizer: ReaderTokenizer, variation: Variation, chance: random.Random) -> Sheet:
    golden = [passage for passage in one.passages if passage.evidence]
    others = [passage for passage in one.passages if not passage.evidence and not passage.open]
    shown = [] if golden and chance.random() < SILENT else (golden if one.kind in {"list", "disputed"} else golden[:1] and [chance.choice(golden)])
    shown = [*shown[:3], *_drawn(others, BESIDE + (not shown), chance)]
    reworded = chance.random() < 0.2
    if reworded and shown:
        wording = variation.reworded(shown[0].question, chance)
        shown = [replace(passage, question=wording) if passage.question == shown[0].question else passage for passage in shown]
    if chance.random() < UNTITLED:
        shown = [replace(passage, title="") for passage in shown]
    chance.shuffle(shown)
    return sheet_of(shown, tokenizer)


def _drawn(others: Sequence[Listed], count: int, chance: random.Random) -> list[Listed]:
    """`count` of the passages, the higher in the list the likelier."""
    keyed = sorted(enumerate(others), key=lambda pair: chance.random() ** ((pair[0] + 2) / 4), reverse=True)
    return [passage for _, passage in keyed[:count]]


def sheet_of(shown: Sequence[Listed], tokenizer: ReaderTokenizer) -> Sheet:
    """The passages as one sheet, one window each: the one that holds the evidence, else the first."""
    windows = tokenizer.windows([p.question for p in shown], [p.text for p in shown], [p.title for p in shown])
    made: dict[int, Item] = {}
    for window in windows:
        passage = shown[window.passage]
        golden = frozenset(number for e in passage.evidence for number in _sentences(window, e.start, e.end))
        if window.passage in made and (made[window.passage].golden or not golden):
            continue
        spans = [span for e in passage.evidence if e.answer_end > e.answer_start and (span := span_in(window, (e.answer_start, e.answer_end)))]
        answers = {passage.text[e.answer_start : e.answer_end].casefold() for e in passage.evidence if e.answer_end > e.answer_start}
        muted = _holding(window, passage.text, answers) - golden if golden else frozenset()
        made[window.passage] = Item(window, spans[0] if spans else None, golden, muted)
    return tuple(made.values())


def _sentences(window: Window, start: int, end: int) -> set[int]:
    """Numbers of the sentences of which at least half of the tokens lie between two places of the passage."""
    inside: dict[int, list[bool]] = {}
    for (first, last), number in zip(window.offsets, window.sentences, strict=True):
        inside.setdefault(number, []).append(first >= start and last <= end)
    return {number for number, tokens in inside.items() if sum(tokens) * 2 >= len(tokens)}


def _holding(window: Window, text: str, answers: Iterable[str]) -> frozenset[int]:
    """Numbers of the sentences that hold one of the answers."""
    found = set()
    low = text.casefold()
    for answer in answers:
        at = low.find(answer)
        while at >= 0:
            found |= {n for (first, last), n in zip(window.offsets, window.sentences, strict=True) if last > at and first < at + len(answer)}
            at = low.find(answer, at + 1)
    return frozenset(found)
