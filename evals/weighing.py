"""The weights of `app.selecting`, fitted: `python -m evals.weighing --on INDEX SET.jsonl [--on INDEX SET.jsonl …] [--hold-out INDEX SET.jsonl]`.

Every sentence of the passages that are read competes with the others and with silence, and the likelihood of the gold ones is maximised (a conditional
logit; McFadden 1974). Weights are fitted on some sets and measured on others; they are printed, and whoever takes them writes them into the module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import click
import numpy as np
import torch
from tqdm import tqdm

from app.asking import find, open_index
from app.selecting import BIAS, WEIGHTS, Candidate, Features, weigh
from evals.matching import fold
from evals.sets import GoldQuestion, read_set
from ingest.index import Index

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PENALTY = 0.002
"""Pull towards zero, per question and squared weight: a sign that tells nothing gets no weight."""


@dataclass(frozen=True)
class Choice:
    """The sentences that one question chooses among. rows: (n, features). gold: (n,) which of them answer; none where silence is right."""

    rows: np.ndarray
    gold: np.ndarray


@dataclass(frozen=True)
class Fit:
    """weights: in the order of `Features`. bias: logit of a sentence over silence with all features 0."""

    weights: tuple[float, ...]
    bias: float


SHIPPED = Fit(WEIGHTS, BIAS)


def choices(questions: Sequence[GoldQuestion], index: Index) -> Iterator[Choice]:
    """Both wordings of every question. A question whose gold sentence was not found teaches nothing and is left out."""
    for one in tqdm(questions, unit="question", mininterval=5):
        for wording in dict.fromkeys(text for text in (one.question, one.paraphrase) if text):
            question, hits = find(wording, index, history=one.history)
            candidates = weigh(question, hits, index)
            gold = np.array([_answers(candidate, one) for candidate in candidates], dtype=bool)
            if candidates and (gold.any() or not one.quotes):
                yield Choice(np.array([candidate.features.row() for candidate in candidates]), gold)


def _answers(candidate: Candidate, question: GoldQuestion) -> bool:
    """Whether a sentence is a gold quote of its article, holds it, lies in it, or says nearly the same words."""
    said = fold(candidate.text)
    return any(
        quote.article in candidate.article.paths and (fold(quote.text) in said or said in fold(quote.text) or _shared(said, fold(quote.text)))
        for quote in question.quotes
    )


def _shared(one: str, other: str) -> bool:
    """Whether nine tenths of the words of the shorter text stand in the longer one."""
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) > 3 and sum(word in long for word in short) >= 0.9 * len(short)


def fit(learnt: Sequence[Choice], *, free: Sequence[bool], penalty: float = PENALTY) -> Fit:
    """The weights under which the gold sentences are likeliest; a feature that is not free keeps weight 0."""
    mask = torch.tensor([float(one) for one in free], dtype=torch.float64)
    values = torch.zeros(len(free) + 1, dtype=torch.float64, requires_grad=True)
    given = [(torch.from_numpy(one.rows), torch.from_numpy(one.gold)) for one in learnt]
    optimiser = torch.optim.LBFGS([values], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        weights = values[:-1] * mask
        total = penalty * len(given) * (weights**2).sum()
        for rows, gold in given:
            logits = rows @ weights + values[-1]
            everything = torch.cat([logits, logits.new_zeros(1)]).logsumexp(0)
            total = total + (everything - logits[gold].logsumexp(0) if bool(gold.any()) else everything)
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    found = (values.detach()[:-1] * mask).tolist()
    return Fit(tuple(found), float(values.detach()[-1]))


def told(name: str, measured: Sequence[Choice], by: Fit) -> str:
    """One line: how often the likeliest sentence is gold, how often one of the two likeliest, how often silence is rightly likelier than any."""
    answered = [one for one in measured if one.gold.any()]
    silent = [one for one in measured if not one.gold.any()]
    orders = [np.argsort(-(one.rows @ np.array(by.weights))) for one in answered]
    first = sum(bool(one.gold[order[0]]) for one, order in zip(answered, orders, strict=True))
    second = sum(bool(one.gold[order[:2]].any()) for one, order in zip(answered, orders, strict=True))
    quiet = sum(float((one.rows @ np.array(by.weights)).max() + by.bias) < 0 for one in silent)
    return f"{name:24s} {len(answered):4d} answered: first {first / max(1, len(answered)):.3f}, two {second / max(1, len(answered)):.3f}; silent {quiet} of {len(silent)}"


@click.command()
@click.option("--on", "learnt_sets", type=(FOLDER, FILE), multiple=True, required=True, help="An index and a set of questions on it to fit to.")
@click.option("--hold-out", "held_sets", type=(FOLDER, FILE), multiple=True, help="An index and a set that only measures.")
@click.option("--penalty", default=PENALTY, show_default=True, help="Pull of the weights towards zero.")
def weighing(learnt_sets: tuple[tuple[Path, Path], ...], held_sets: tuple[tuple[Path, Path], ...], penalty: float) -> None:
    """Fit the weights by which sentences are picked."""
    learnt = {f"{index.name} {file.name}": _read(index, file) for index, file in learnt_sets}
    held = {f"{index.name} {file.name}": _read(index, file) for index, file in held_sets}
    names = [field.name for field in fields(Features)]
    found = fit([one for some in learnt.values() for one in some], free=[weight != 0 for weight in WEIGHTS], penalty=penalty)
    for name, weight in zip([*names, "bias"], [*found.weights, found.bias], strict=True):
        click.echo(f"{name:10s} {weight:6.2f}")
    for title, by in (("shipped", SHIPPED), ("fitted", found)):
        for name, some in (*learnt.items(), *held.items()):
            click.echo(told(f"{title} {name}", some, by))


def _read(folder: Path, file: Path) -> list[Choice]:
    index = open_index(folder)
    try:
        return list(choices(read_set(file).questions, index))
    finally:
        index.close()


if __name__ == "__main__":
    weighing()
