"""Trains the claim reader: `python -m ingest.training.claims --data DIR --corpus DIR --out DIR`; the same command goes on after a stop."""

import random
import shlex
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from ingest.reading.input import ReaderTokenizer
from ingest.reading.reader import MODEL as READER
from ingest.training.claims_articles import read_corpus_articles
from ingest.training.claims_examples import Labelled, Rounds, batches, read_notes
from ingest.training.claims_learning import ClaimLearner
from ingest.training.claims_weights import starting_claim_network, write_claim_weights
from ingest.training.examples import held_out
from ingest.training.learning import Recipe, teach

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TODAY = date(2026, 1, 1)
"""No article of the corpus is younger; a fixed day makes the same articles of the same corpus."""


@click.command()
@click.option("--data", type=FOLDER, required=True, help="Folder with whowhomwhen.jsonl.")
@click.option("--complete", type=FILE, help="Articles of which every claim is annotated: the same lines, and how many sentences were shown.")
@click.option("--corpus", type=FOLDER, required=True, help="The unpacked corpus.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where checkpoints and the finished model go.")
@click.option("--start", type=FOLDER, default=READER, show_default=False, help="The reading model to start from; the shipped one if not given.")
@click.option("--weights", type=FOLDER, help="A claim model to go on from, over the tables of --start; fresh heads if not given.")
@click.option("--steps", default=380, show_default=True, help="Batches.")
@click.option("--tokens", default=3072, show_default=True, help="Tokens in a batch, padding included.")
@click.option("--rate", default=1.2e-4, show_default=True, help="Learning rate of the top layer.")
@click.option("--heads", default=8e-4, show_default=True, help="Learning rate of the heads.")
@click.option("--dropout", default=0.1, show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option("--threads", default=2, show_default=True)
@click.option("--every", default=60, show_default=True, help="Batches between checkpoints.")
def train(
    data: Path, complete: Path | None, corpus: Path, out: Path, start: Path, weights: Path | None, steps: int, tokens: int, rate: float, heads: float, dropout: float,
    seed: int, threads: int, every: int,
) -> None:  # fmt: skip
    """Train the claim reader's network on CPU and write it to OUT."""
    said = "python -m ingest.training.claims " + shlex.join(sys.argv[1:])
    articles = read_corpus_articles(corpus, today=TODAY).articles
    whole = read_notes(complete, articles) if complete else []
    known = {note.article.path for note in whole}
    notes = [note for note in read_notes(data / "whowhomwhen.jsonl", articles) if note.article.path not in known]
    learnt = [note for note in (*notes, *whole, *whole) if not held_out(note.article.path)]
    click.echo(f"{len(learnt)} articles to learn from, {sum(len(note.told) for note in learnt)} sentences with a claim")
    tokenizer = ReaderTokenizer(start / "tokenizer.json")
    network = starting_claim_network(start, weights=weights, dropout=dropout, seed=seed)
    learner = ClaimLearner(network, Recipe(rate=rate, heads=heads, averaging=0.98, average_from=0.6), steps=steps, seed=seed, threads=threads)
    if learner.resume(out):
        click.echo(f"going on after batch {learner.step}")
    begun = time.monotonic()
    given: Any = stream(Rounds(learnt, tokenizer), steps=steps, tokens=tokens, seed=seed)
    loss = teach(learner, given, out=out, every=every, mask=tokenizer.mask)
    click.echo(f"{(time.monotonic() - begun) / 60:.1f} minutes; loss {loss:.3f}")
    write_claim_weights(out, learner.averaged(), learner.network.shape, made_by=said)


def stream(rounds: Rounds, *, steps: int, tokens: int, seed: int) -> Iterator[list[Labelled]]:
    """`steps` batches, made round by round; one seed gives one stream, so that a resumed training can skip ahead."""
    given = number = 0
    while given < steps:
        chance = random.Random(f"{seed} claims {number}")
        made = list(batches(rounds.round(chance), tokens=tokens, chance=chance))
        yield from made[: steps - given]
        given += len(made)
        number += 1


if __name__ == "__main__":
    train()
