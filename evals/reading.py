"""The reader, measured: `python -m evals.reading DEV.jsonl CORPUS [--claims CLAIMS.jsonl] [--out DIR]`.

Given the gold passage, how often is the picked span the fact; how well does the passage probability part passages that answer from passages
that don't; how long do ten passages take; and is a probability of 0.7 right seven times in ten? Retrieval is measured elsewhere.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click
import torch

from evals.reading_cases import GoldPassage, Pair, gold_passages, hard_pairs, random_pairs
from evals.reading_claims import measure_claims
from evals.reading_match import matches
from evals.reliability import as_lines, as_svg, bins, calibration_error
from evals.sets import read_set
from ingest.reading.reader import MODEL, Reader, load_reader
from ingest.training.calibration import area_under_roc
from ingest.training.examples import read_corpus
from ingest.training.misleading import WordSearch

TARGETED = ("attacker", "victim", "when", "source", "detail")
MEASURED = (*TARGETED, "alias")
DTYPES = {"fastest": None, "float32": torch.float32, "bfloat16": torch.bfloat16}


def picks(reader: Reader, gold: Sequence[GoldPassage], *, titles: bool) -> list[tuple[GoldPassage, str, float, bool]]:
    """For each gold passage: what was picked, the passage's probability, whether the pick is a fact."""
    made = []
    for case in gold:
        question = case.question
        reading = reader.read(question.question, [case.text], titles=[case.title] if titles else None)[0]
        date = question.date if question.type == "when" else None
        right = matches(reading.text, question.facts, gold_date=date, published=case.published)
        made.append((case, reading.text, reading.probability, right))
    return made


def probabilities(reader: Reader, pairs: Sequence[Pair], *, titles: bool) -> list[float]:
    """The probability of each pair."""
    return [reader.read(p.question, [p.text], titles=[p.title] if titles else None)[0].probability for p in pairs]


def milliseconds(reader: Reader, questions: Sequence[str], search: WordSearch, *, titles: bool) -> tuple[float, float]:
    """Median and fastest time of reading ten found passages of up to 900 characters."""
    spent = []
    for question in questions:
        found = search.best(question, 10)
        begun = time.perf_counter()
        reader.read(question, [run.text for run in found], titles=[run.title for run in found] if titles else None)
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent), min(spent)


@click.command()
@click.argument("set_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--claims", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Also measure the fixed questions on these claims.")
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=MODEL, help="Folder of another reading model.")
@click.option("--dtype", type=click.Choice(list(DTYPES)), default="fastest", show_default=True)
@click.option("--titles/--no-titles", default=True, show_default=True, help="Give the article's title as context.")
@click.option("--pairs/--no-pairs", default=True, show_default=True, help="Measure passages that don't answer, too: the slow half.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for reliability.svg.")
@click.option("--misses", is_flag=True, help="Print the picks that are no fact.")
def measure(
    set_file: Path, corpus: Path, claims: Path | None, model: Path, dtype: str, titles: bool, pairs: bool, out: Path | None, misses: bool
) -> None:  # fmt: skip
    """Measure the reading model on a question set and the corpus it was made for."""
    reader = load_reader(model, dtype=DTYPES[dtype])
    questions = [q for q in read_set(set_file).questions if q.type in MEASURED or not q.answerable]
    made = picks(reader, gold_passages([q for q in questions if q.type in MEASURED], corpus), titles=titles)
    by_type = defaultdict(list)
    for case, _, _, right in made:
        by_type[case.question.type].append(right)
    for kind in MEASURED:
        click.echo(f"{kind:10s} {sum(by_type[kind]):3d} of {len(by_type[kind]):3d}  {sum(by_type[kind]) / max(1, len(by_type[kind])):.2f}")
    for name, kinds in (("targeted", TARGETED), ("all", MEASURED)):
        hits = [right for kind in kinds for right in by_type[kind]]
        click.echo(f"{name:10s} {sum(hits):3d} of {len(hits):3d}  {sum(hits) / max(1, len(hits)):.3f}")
    if misses:
        for case, pick, probability, right in made:
            if not right:
                click.echo(f"  {case.question.id} {case.question.type} {probability:.2f}: {pick!r} for {case.question.question}")
    if claims:
        for figures in measure_claims(reader, claims):
            click.echo(figures.line)
    if not pairs:
        return
    search = WordSearch(read_corpus(corpus, frozenset()))
    answered = [probability for _, _, probability, _ in made]
    hard = probabilities(reader, hard_pairs(questions, search), titles=titles)
    blind = probabilities(reader, random_pairs(questions, search), titles=titles)
    for name, low in (("hard", hard), ("random", blind), ("both", hard + blind)):
        area = area_under_roc(answered + low, [True] * len(answered) + [False] * len(low))
        click.echo(f"area under ROC, {name:6s} {area:.3f}  ({len(answered)} answer, {len(low)} don't)")
    table = bins(answered + hard, [True] * len(answered) + [False] * len(hard))
    click.echo("\n".join(as_lines(table)))
    click.echo(f"expected calibration error {calibration_error(table):.3f}")
    middle, fastest = milliseconds(reader, [q.question for q in questions[:20]], search, titles=titles)
    click.echo(f"ten passages: median {middle:.0f} ms, fastest {fastest:.0f} ms, {torch.get_num_threads()} threads")
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "reliability.svg").write_text(as_svg(table, f"Reader: does the passage answer? {set_file.name}"), encoding="utf-8")


if __name__ == "__main__":
    measure()
