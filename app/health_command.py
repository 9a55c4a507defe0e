"""`whodunit check`: what is wrong with an index, and its repair."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from tqdm import tqdm

from ingest.store.health import check, repair


def run(index: Path, *, as_json: bool, repair_first: bool) -> int:
    """Prints the health of the index and returns the exit status: 0 where it is sound, 1 where it is not."""
    if repair_first:
        with tqdm(desc="rebuilding", unit=" passages") as bar:

            def rebuilt(count: int) -> None:
                bar.update(count)

            repair(index, watch=rebuilt)
    with tqdm(desc="checking", unit=" passages", leave=False) as bar:

        def watch(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        health = check(index, watch=watch)
    if as_json:
        click.echo(json.dumps(asdict(health), ensure_ascii=False))
    else:
        for problem in health.problems:
            click.echo(problem)
        if not health.problems:
            click.echo(f"Sound: {health.articles} articles, each of {health.passages} passages found by its own vector.")
    return 1 if health.problems else 0
