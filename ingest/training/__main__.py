"""Trains the reader: `python -m ingest.training --data ../shared/training --corpus DIR --out DIR`; the same command goes on after a stop."""

import shlex
import sys
import time
from pathlib import Path

import click

from ingest.reading.input import ReaderTokenizer
from ingest.training.calibration import calibrate
from ingest.training.curriculum import Curriculum, Shares
from ingest.training.examples import held_out, named_paths, read_annotated, read_corpus, read_qamr
from ingest.training.learning import Learner, Recipe, teach
from ingest.training.lists import read_lists
from ingest.training.misleading import WordSearch
from ingest.training.stream import Plan, stream
from ingest.training.variation import Variation, actor_names
from ingest.training.weights import starting_network, tokenizer_file, write_weights

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=FOLDER, required=True, help="Folder with whowhomwhen.jsonl and the QAMR files.")
@click.option("--corpus", type=FOLDER, required=True, help="The unpacked corpus.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where checkpoints and the finished model go.")
@click.option("--leave-out", type=FILE, multiple=True, help="A question set whose documents are never read.")
@click.option("--start", type=FOLDER, help="Go on from the finished model in this folder instead of from MiniLM-L6.")
@click.option("--general", default=420, show_default=True, help="Batches of QAMR.")
@click.option("--field", default=2400, show_default=True, help="Batches of the field's own examples.")
@click.option("--lists", type=FILE, multiple=True, help="Questions with the passages that the search hands over, made by `python -m evals.lists`.")
@click.option("--listed", default=900, show_default=True, help="Batches of lists, where some are given.")
@click.option("--still", default=0, show_default=True, help="Lowest layers that stay as they came.")
@click.option("--tokens", default=4096, show_default=True, help="Tokens in a batch, padding included.")
@click.option("--rate", default=1.2e-4, show_default=True, help="Learning rate of the top layer.")
@click.option("--dropout", default=0.1, show_default=True)
@click.option("--misleading", default=1.0, show_default=True, help="Misleading passages for each question.")
@click.option("--slots", default=0.5, show_default=True, help="Share of the claims' slots asked in a round.")
@click.option("--fixed", default=0.5, show_default=True, help="Share of the ledger's fixed questions asked in a round.")
@click.option("--seed", default=7, show_default=True)
@click.option("--threads", default=2, show_default=True)
@click.option("--every", default=150, show_default=True, help="Batches between checkpoints.")
def train(
    data: Path, corpus: Path, out: Path, leave_out: tuple[Path, ...], start: Path | None, general: int, field: int, lists: tuple[Path, ...], listed: int, still: int, tokens: int, rate: float, dropout: float,
    misleading: float, slots: float, fixed: float, seed: int, threads: int, every: int,
) -> None:  # fmt: skip
    """Train the reading model on CPU and write it to OUT."""
    said = "python -m ingest.training " + shlex.join(sys.argv[1:])
    kept_out = named_paths(leave_out)
    notes = read_annotated(data / "whowhomwhen.jsonl", corpus, kept_out)
    learnt = [note for note in notes if not held_out(note.text.path)]
    checked = [note for note in notes if held_out(note.text.path)]
    hidden = frozenset(note.text.path for note in checked)
    search = WordSearch(read_corpus(corpus, kept_out | hidden))
    groups = actor_names(corpus)
    pairs = read_qamr(data)
    tokenizer = ReaderTokenizer(tokenizer_file())
    variation = Variation(groups)
    curriculum = Curriculum(learnt, search=search, variation=variation, groups=groups, seed=seed)
    checks = Curriculum(checked, search=search, variation=Variation([]), groups=groups, seed=seed + 1)
    click.echo(f"{len(learnt)} articles to learn from, {len(checked)} held out, {len(pairs)} general pairs, {len(search.runs)} passages to mislead")

    given_lists = [one for file in lists for one in read_lists(file) if not held_out(one.home)]
    plan = Plan(general, field, listed if given_lists else 0, tokens, Shares(slots, fixed, misleading), seed)
    learner = Learner(
        starting_network(dropout=dropout, seed=seed, earlier=start),
        Recipe(rate=rate, still=still),
        steps=plan.general + plan.field + plan.listed,
        seed=seed,
        threads=threads,
    )
    if learner.resume(out):
        click.echo(f"going on after batch {learner.step}")
    begun = time.monotonic()
    given = stream(plan, tokenizer=tokenizer, curriculum=curriculum, pairs=pairs, variation=variation, lists=given_lists)
    loss = teach(learner, given, out=out, every=every, mask=tokenizer.mask)
    click.echo(f"{(time.monotonic() - begun) / 60:.1f} minutes; loss {loss:.3f}")
    calibration = calibrate(learner.averaged(), learner.network.shape, tokenizer, checks)
    write_weights(out, learner.averaged(), learner.network.shape, calibration=calibration.pairs, made_by=said)
    click.echo(calibration.told)


if __name__ == "__main__":
    train()
