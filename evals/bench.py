"""How fast ingest is: `python -m evals.bench ingest CORPUS`, ours and a LangChain tutorial's, on the same files in the same run.

Each runs as a process of its own, so that seconds hold everything from start to exit and peak memory is that process's alone. With several
rounds the files are dealt out over the rounds and the two take turns in going first, so that a busy minute hits both.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from evals import tutorial
from ingest.errors import WhodunitError
from ingest.store.ledger import Ledger

TEXTS = frozenset({".md", ".txt"})
LINEAR = (0.25, 0.5, 1.0)
_KIB_PER_MIB = 1024
_SAID = 400


@dataclass(frozen=True)
class Cost:
    """What an ingest took. seconds: wall time of the process. mebibytes: its peak resident memory."""

    files: int
    passages: int
    seconds: float
    mebibytes: float

    def __add__(self, other: "Cost") -> "Cost":
        """Both, one after the other: the peak is the higher one."""
        return Cost(
            self.files + other.files,
            self.passages + other.passages,
            self.seconds + other.seconds,
            max(self.mebibytes, other.mebibytes),
        )


NOTHING = Cost(files=0, passages=0, seconds=0.0, mebibytes=0.0)


@dataclass(frozen=True)
class _Exit:
    """How a process ended."""

    output: str
    seconds: float
    mebibytes: float


def files_of(corpus: Path) -> tuple[Path, ...]:
    """The text files below a folder in sorted order. Raises WhodunitError where there are none."""
    files = tuple(sorted(path for path in corpus.rglob("*") if path.suffix.lower() in TEXTS and path.is_file()))
    if not files:
        raise WhodunitError(f"{corpus} holds no .md or .txt file to measure on.")
    return files


def sample(files: Sequence[Path], share: float) -> tuple[Path, ...]:
    """A share of the files, spread evenly over the sorted list, so that every part of a corpus is in it; at least one."""
    count = max(1, round(share * len(files)))
    return tuple(files[i * len(files) // count] for i in range(count))


def ours(files: Sequence[Path], corpus: Path) -> Cost:
    """`whodunit ingest` of copies of the files into a new index."""
    with _copied(files, corpus) as work:
        index = Path(work) / "index"
        command = "from app.command import main; main()"
        ended = _run([sys.executable, "-c", command, "ingest", str(Path(work) / "files"), "--index", str(index)])
        ledger = Ledger(index)
        passages = ledger.counts()["passages"]
        ledger.close()
        return Cost(files=len(files), passages=passages, seconds=ended.seconds, mebibytes=ended.mebibytes)


def theirs(files: Sequence[Path], corpus: Path) -> Cost:
    """The tutorial's ingest of copies of the files into a new Chroma database."""
    with _copied(files, corpus) as work:
        ended = _run([sys.executable, "-m", "evals.tutorial", str(Path(work) / "files"), str(Path(work) / "store")])
        passages = int(json.loads(ended.output.splitlines()[-1])["passages"])
        return Cost(files=len(files), passages=passages, seconds=ended.seconds, mebibytes=ended.mebibytes)


def _copied(files: Sequence[Path], corpus: Path) -> "tempfile.TemporaryDirectory[str]":
    """A temporary folder with copies of the files below "files"; copies, as an index must not follow links out of its folder."""
    work = tempfile.TemporaryDirectory(prefix="whodunit-bench-")
    for file in files:
        copy = Path(work.name) / "files" / file.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    return work


def _run(command: Sequence[str]) -> _Exit:
    """Run a process to its end. Raises WhodunitError with the end of what it said where it fails."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        # wait4, as the usage of all children together would hold the highest peak of any of them.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            said = " ".join(errors.read().decode("utf-8", "replace").split())[-_SAID:]
            raise WhodunitError(f"A measured ingest ended with status {process.returncode}: {said}")
        # Never below what this process itself holds (some 60 MiB), which a child starts out with.
        # ru_maxrss is in bytes on macOS and in KiB everywhere else.
        kib = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
        return _Exit(output=output.read().decode("utf-8", "replace"), seconds=seconds, mebibytes=kib / _KIB_PER_MIB)


def compared(files: Sequence[Path], corpus: Path, *, rounds: int) -> tuple[Cost, Cost]:
    """Ours and theirs on the same files, dealt out over the rounds; who goes first changes from round to round."""
    mine, tutorials = NOTHING, NOTHING
    for number in range(rounds):
        dealt = files[number::rounds]
        if number % 2 == 0:
            mine += ours(dealt, corpus)
        tutorials += theirs(dealt, corpus)
        if number % 2 == 1:
            mine += ours(dealt, corpus)
    return mine, tutorials


def line(name: str, cost: Cost) -> str:
    """One line of the printed table."""
    rate = cost.passages / cost.seconds
    return f"{name:<12}{cost.files:>7}{cost.passages:>10}{cost.seconds:>10.1f}{rate:>10.1f}{cost.mebibytes:>10.0f}"


HEAD = f"{'':<12}{'files':>7}{'passages':>10}{'seconds':>10}{'per s':>10}{'peak MiB':>10}"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def bench() -> None:
    """Measure speed and memory."""


@bench.command("ingest")
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=1.0, show_default=True, help="Share of the files to use.")
@click.option("--rounds", type=click.IntRange(min=1), default=1, show_default=True, help="Deal the files out over so many turns of each.")
@click.option("--linear", is_flag=True, help="Measure ours at 1/4, 1/2 and all of the files instead of comparing.")
def bench_ingest(corpus: Path, share: float, rounds: int, linear: bool) -> None:
    """Ingest the texts of CORPUS with Whodunit and as a LangChain tutorial does, and print the ratio."""
    files = sample(files_of(corpus), share)
    if linear:
        _linear(files, corpus)
        return
    if absent := tutorial.missing():
        raise WhodunitError(f"The comparison needs {', '.join(absent)}: run `pip install 'whodunit[bench]'`.")
    if rounds > len(files):
        raise WhodunitError(f"{len(files)} files cannot be dealt out over {rounds} rounds.")
    mine, tutorials = compared(files, corpus, rounds=rounds)
    click.echo("\n".join([HEAD, line("whodunit", mine), line("tutorial", tutorials)]))
    click.echo(f"Whodunit is {tutorials.seconds / mine.seconds:.2f} times as fast on the same files.")


def _linear(files: Sequence[Path], corpus: Path) -> None:
    click.echo(HEAD)
    costs = []
    for share in LINEAR:
        costs.append(ours(sample(files, share), corpus))
        click.echo(line(f"{share:.2f}", costs[-1]))
    smallest, largest = costs[0], costs[-1]
    growth = (largest.seconds / largest.passages) / (smallest.seconds / smallest.passages)
    click.echo(f"A passage of the whole costs {growth:.2f} times one of the quarter (1.00 is linear).")


def main() -> None:
    """The benchmark with errors as one line and exit status 2."""
    try:
        bench(standalone_mode=True)
    except WhodunitError as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
