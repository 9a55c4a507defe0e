"""Misleading passages: what plain word search would hand the reader for a question without the answer standing in it.

Passages come from the corpus in runs of about 900 characters; BM25 (k1 = 1.2, b = 0.75) ranks them. A passage that holds the answer, or another
name of the answer's actor, is never taken; for a question about a time, nor is one of another article that names all that the question names,
because the same day can be written in many ways.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.training.examples import Text

WORD = re.compile(r"[a-z0-9][a-z0-9'$.-]*[a-z0-9]|[a-z0-9]")
NAMED = re.compile(r"(?<=\s)(?:[A-Z0-9][\w$.-]+)")
COMMON = frozenset(
    ("the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "and", "or", "was", "were", "is", "are", "did", "does", "do", "has", "have", "had")
) | {"who", "whom", "whose", "what", "which", "when", "where", "how", "it", "its", "that", "this"}
SIZE = 900


@dataclass(frozen=True)
class Run:
    """A run of characters of a text."""

    path: str
    title: str
    text: str


def runs(text: Text, size: int = SIZE) -> list[Run]:
    """The text in runs of about `size` characters, cut at spaces."""
    made = []
    start = 0
    while start < len(text.body):
        end = min(start + size, len(text.body))
        if end < len(text.body):
            end = text.body.rfind(" ", start + 1, end) if " " in text.body[start + 1 : end] else end
        made.append(Run(text.path, text.title, text.body[start:end].strip()))
        start = end
    return [run for run in made if len(run.text) > 80]


class WordSearch:
    """BM25 over runs, titles included; small enough to be made anew for each training (about 15,000 runs a few seconds)."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.runs = [run for text in texts for run in runs(text)]
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths = np.zeros(len(self.runs), dtype=np.float32)
        for i, run in enumerate(self.runs):
            words = WORD.findall(f"{run.title} {run.text}".lower())
            lengths[i] = len(words)
            counts: dict[str, int] = defaultdict(int)
            for word in words:
                if word not in COMMON:
                    counts[word] += 1
            for word, count in counts.items():
                postings[word].append((i, count))
        self._postings = {word: np.array(found, dtype=np.int32) for word, found in postings.items()}
        self._norm = 1.2 * (0.25 + 0.75 * lengths / max(1.0, float(lengths.mean()) if len(lengths) else 1.0))

    def best(self, question: str, count: int) -> list[Run]:
        """The `count` runs that match the question's words best, best first."""
        scores = np.zeros(len(self.runs), dtype=np.float32)
        for word in set(WORD.findall(question.lower())) - COMMON:
            found = self._postings.get(word)
            if found is None:
                continue
            rarity = np.log(1 + (len(self.runs) - len(found) + 0.5) / (len(found) + 0.5))
            scores[found[:, 0]] += rarity * found[:, 1] * 2.2 / (found[:, 1] + self._norm[found[:, 0]])
        order = np.argsort(-scores, kind="stable")[:count]
        return [self.runs[i] for i in order if scores[i] > 0]


def shared_words(text: str, question: str) -> int:
    """How many of the question's words, common ones left out, stand in `text`."""
    return len((set(WORD.findall(question.lower())) - COMMON) & set(WORD.findall(text.lower())))


def misleads(run: Run, question: str, answers: Sequence[str], *, dated: bool) -> bool:
    """Whether `run` can be given as a passage without the answer. answers: the answer and its other names; dated: the question asks for a time."""
    low = run.text.lower()
    if any(answer.lower() in low for answer in answers if answer):
        return False
    if dated:
        named = NAMED.findall(question)
        return not named or any(name.lower() not in low for name in named)
    return True
