"""Variation: the same annotated words in other surroundings, under other names and in other years, so that the network learns to read, not to recall.

Every swap is made alike in question, title and passage, and the answer's place is carried along.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path

from ingest.training.examples import MONTHS, Example

CARD = re.compile(r"^# Threat actor: (.+)$", re.MULTILINE)
CARD_ALIASES = re.compile(r"## Threat actor aliases\s+(.+)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
DAY = re.compile(rf"\b(?:(?:{'|'.join(MONTHS)}) (\d\d?)|(\d\d?)(?:st|nd|rd|th)? (?:of )?(?:{'|'.join(MONTHS)}))\b")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
OPENINGS = ("Do you know: ", "Please tell me: ", "Quick question. ", "I need to know this: ", "In short: ")


def actor_names(root: Path) -> list[list[str]]:
    """The names of every actor that a card below `root` describes, a list an actor."""
    groups = []
    for path in sorted(root.rglob("*.md")):
        card = CARD.match(path.read_text(encoding="utf-8", errors="replace"))
        if not card:
            continue
        names = card[1].split(", ")
        if aliases := CARD_ALIASES.search(path.read_text(encoding="utf-8", errors="replace")):
            names += [re.sub(r"\s*\(.*?\)", "", name) for name in aliases[1].split(", ")]
        kept = {n.strip() for n in names if len(n.strip()) > 3 and not n.strip().islower()}
        kept |= {n.replace("APT ", "APT") for n in kept}
        groups.append(sorted(kept))
    return groups


def mapped(example: Example, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Example:
    """`example` with every match of `pattern` changed in question, title and passage; a match astride the answer's edge stays."""
    question, title = pattern.sub(change, example.question), pattern.sub(change, example.title)
    if example.answer is None:
        return Example(question, pattern.sub(change, example.passage), title, None, example.kind)
    start, end = example.answer
    before = pattern.sub(change, example.passage[:start])
    answer = pattern.sub(change, example.passage[start:end])
    after = pattern.sub(change, example.passage[end:])
    return Example(question, before + answer + after, title, (len(before), len(before) + len(answer)), example.kind)


class Variation:
    """Draws windows and swaps; all chance comes from the generator that is handed in."""

    def __init__(self, groups: list[list[str]]) -> None:
        self._groups = groups
        self._group_of = {name: i for i, group in enumerate(groups) for name in group}
        ordered = sorted(self._group_of, key=len, reverse=True)
        self._names = re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b") if ordered else re.compile(r"(?!)")

    def window(self, text: str, place: tuple[int, int], chance: random.Random, *, reach: int = 520) -> tuple[str, int]:
        """A run of `text` around `place` with up to `reach` characters either side, and where it starts; half of the time whole sentences."""
        start = max(0, place[0] - chance.randrange(reach))
        end = min(len(text), place[1] + chance.randrange(reach))
        cuts = [0, *(m.end() for m in SENTENCE.finditer(text, start, end)), len(text)] if chance.random() < 0.6 else []
        start = next((c for c in cuts if start <= c <= place[0] and c), start)
        end = next((c for c in reversed(cuts) if place[1] <= c <= end), end)
        while 0 < start < place[0] and not text[start - 1].isspace():
            start += 1
        return text[start:end].rstrip(), start

    def varied(self, example: Example, chance: random.Random) -> Example:
        """`example` under other actors' names, in other years and months, asked another way; each with its own chance."""
        if chance.random() < 0.35:
            example = self._renamed(example, chance)
        if chance.random() < (0.6 if example.kind == "when" else 0.3):
            example = self._redated(example, chance)
        if chance.random() < 0.3:
            example = Example(example.question, example.passage, "", example.answer, example.kind)
        if chance.random() < 0.2 and not example.kind.startswith("fixed"):
            example = Example(self.reworded(example.question, chance), example.passage, example.title, example.answer, example.kind)
        return example

    def _renamed(self, example: Example, chance: random.Random) -> Example:
        chosen: dict[int, list[str]] = {}

        def other(match: re.Match[str]) -> str:
            group = chosen.setdefault(self._group_of[match[0]], chance.choice(self._groups))
            known = sorted(self._groups[self._group_of[match[0]]]).index(match[0])
            return group[known % len(group)] if group else match[0]

        return mapped(example, self._names, other)

    def _redated(self, example: Example, chance: random.Random) -> Example:
        years, months, days = chance.randint(-6, 5), chance.randrange(12), chance.randrange(27)
        example = mapped(example, DAY, lambda m: re.sub(r"\d+", lambda d: str((int(d[0]) + days) % 28 + 1), m[0], count=1))
        example = mapped(example, MONTH, lambda m: MONTHS[(MONTHS.index(m[0]) + months) % 12])
        example = mapped(example, YEAR, lambda m: str(int(m[0]) + years))
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        return mapped(example, WEEKDAY, lambda m: names[(names.index(m[0]) + days) % 7])

    def reworded(self, question: str, chance: random.Random) -> str:
        """The question as someone in a hurry types it: without its mark, with an opening, or with a slip of the fingers."""
        turn = chance.random()
        if turn < 0.35:
            return question.rstrip("?. ")
        if turn < 0.6:
            return chance.choice(OPENINGS) + question
        place = chance.randrange(1, max(2, len(question) - 2))
        if turn < 0.8:
            return question[:place] + question[place + 1 :]
        return question[:place] + question[place : place + 2][::-1] + question[place + 2 :]
