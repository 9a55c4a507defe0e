"""Runs of `whodunit eval` as they are kept beside the index: what the evaluation writes and the page shows.

A run is a folder of its own in INDEX/evaluations with `run.json` (this file's `Run`), results.jsonl and report.html. Knows nothing about how
answers are graded: the figures come graded from evals/, which imports this module, since imports run one way.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.errors import WhodunitError

FOLDER = "evaluations"
RUN_NAME = "run.json"
FORMAT = 1


@dataclass(frozen=True)
class Share:
    """A share with its 95% interval, each from 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class TypeFigures:
    """How the questions of one type, or "all", were answered. None where there was nothing to count.

    right: of all scored questions. strict, supported, hit5: of those with an answer. rejected: of those without. p50, p95: milliseconds.
    """

    type: str
    questions: int
    right: Share | None
    strict: Share | None
    supported: Share | None
    hit5: Share | None
    rejected: Share | None
    p50: float | None
    p95: float | None


@dataclass(frozen=True)
class ExpectedFact:
    """A fact that a right answer states, and where it stood: early in the answer, and in a cited quote."""

    text: str
    early: bool
    in_quotes: bool


@dataclass(frozen=True)
class Evidence:
    """A citation of an answer. article: its path. published: ISO date."""

    number: int
    article: str
    quote: str
    start: int
    end: int
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True)
class Case:
    """One question of a run with its evidence. verdict: right, wrong, abstained or "not scored". reasons: why it is not all that it should be."""

    id: str
    type: str
    question: str
    history: tuple[str, ...]
    verdict: str
    failed: bool
    status: str
    answer: str
    facts: tuple[ExpectedFact, ...]
    wrong: tuple[str, ...]
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    seconds: float


@dataclass(frozen=True)
class Run:
    """One run. set, sha256: name and hash of the question set. field: question or paraphrase. whole: every question of the set was asked.

    began: when, local time, to the second. rows: figures by type, last those for "all".
    """

    set: str
    sha256: str
    field: str
    whole: bool
    began: datetime
    rows: tuple[TypeFigures, ...]
    cases: tuple[Case, ...]

    @property
    def total(self) -> TypeFigures:
        return self.rows[-1]

    @property
    def series(self) -> str:
        """What it may be compared with: runs of the same questions in the same wording."""
        return f"{self.set} ({self.field})" if self.field != "question" else self.set


def run_folder(index: Path, *, name: str, began: datetime) -> Path:
    """Where a run is kept: "INDEX/evaluations/2024-06-01T12.30.00-dev"; with a number behind it where that is taken."""
    folder = index / FOLDER / f"{began:%Y-%m-%dT%H.%M.%S}-{name}"
    number = 2
    while folder.exists():
        folder, number = folder.with_name(f"{began:%Y-%m-%dT%H.%M.%S}-{name}-{number}"), number + 1
    return folder


def write_run(folder: Path, run: Run) -> None:
    """Writes run.json into the folder of a run. Raises WhodunitError where it cannot be written."""
    row = {"format": FORMAT, **asdict(run), "began": run.began.isoformat(timespec="seconds")}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Escapes for all but ASCII: an answer may hold a lone surrogate, which no UTF-8 file can.
        (folder / RUN_NAME).write_text(json.dumps(row), encoding="ascii")
    except OSError as error:
        raise WhodunitError(f"Cannot write the run to {folder}: {error.strerror}.") from error


def read_runs(index: Path) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """All runs kept beside an index, the oldest first, and one line for each that cannot be read."""
    runs: list[Run] = []
    problems: list[str] = []
    for file in sorted((index / FOLDER).glob(f"*/{RUN_NAME}")):
        try:
            runs.append(_run(json.loads(file.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            problems.append(f"{file.parent.name}: {RUN_NAME} cannot be read ({type(error).__name__}: {error})")
    return tuple(sorted(runs, key=lambda run: run.began)), tuple(problems)


def _run(row: dict[str, Any]) -> Run:
    if row.pop("format") != FORMAT:
        raise ValueError("another format")
    rows = tuple(_figures(facts) for facts in row["rows"])
    return Run(**{**row, "began": datetime.fromisoformat(row["began"]), "rows": rows, "cases": tuple(map(_case, row["cases"]))})


def _figures(row: dict[str, Any]) -> TypeFigures:
    facts: dict[str, Any] = {name: Share(**value) if isinstance(value, dict) else value for name, value in row.items()}
    return TypeFigures(**facts)


def _case(row: dict[str, Any]) -> Case:
    facts = tuple(ExpectedFact(**fact) for fact in row["facts"])
    evidence = tuple(Evidence(**one) for one in row["evidence"])
    return Case(**{**row, **_tuples(row, ("history", "wrong", "reasons")), "facts": facts, "evidence": evidence})


def _tuples(row: dict[str, Any], names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str, row[name])) for name in names}
