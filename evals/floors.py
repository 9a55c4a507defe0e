"""Floors that answers must not fall below, each beside the hash of the set it was measured on.

The idea is trafilatura's: a floor rises with what is measured (`--set-floors`); lowering one is a decision and needs `--lower-floors`.
A floor is the measured value itself: on an unchanged index answers are deterministic, and one question of 150 moves a share by 0.0067.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.figures import Figures
from evals.sets import QuestionSet
from ingest.errors import WhodunitError

FLOORS_FILE = Path(__file__).with_name("floors.json")
_DIGITS = 4


class FloorsError(WhodunitError):
    """The floors cannot be read, or none were measured on this set."""


@dataclass(frozen=True)
class SetFloors:
    """The floors of one set: its file's name and hash, and the lowest shares allowed, by name."""

    name: str
    sha256: str
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Shortfall:
    """A share that is below its floor."""

    name: str
    measured: float
    floor: float

    def __str__(self) -> str:
        return f"{self.name} is {self.measured:.4f}, below its floor of {self.floor:.4f}"


def measured(figures: Figures) -> dict[str, float]:
    """The shares that have floors, all of them better when higher; those that the set cannot measure are left out."""
    estimates = {
        "strict": figures.strict,
        "supported": figures.supported,
        "lenient": figures.lenient,
        "hit@1": figures.hit1,
        "hit@5": figures.hit5,
        "hit@10": figures.hit10,
        "rejected": figures.rejected,
        "status": figures.stance,
    }
    values = {name: estimate.value for name, estimate in estimates.items() if estimate is not None}
    if figures.false_abstention is not None:
        values["not falsely abstained"] = 1 - figures.false_abstention.value
    if figures.quotes:
        values["verbatim"] = 1 - figures.not_verbatim / figures.quotes
    values["scored"] = 1 - figures.not_scored / figures.n
    # Rounded down: a floor must never stand above the value that it was measured from.
    return {name: int(value * 10**_DIGITS + 1e-9) / 10**_DIGITS for name, value in values.items()}


def check(figures: Figures, question_set: QuestionSet, *, file: Path = FLOORS_FILE) -> tuple[Shortfall, ...]:
    """What is below its floor. A share with a floor that can no longer be measured counts as 0. Raises FloorsError."""
    mine = next((floors for floors in _read(file) if floors.sha256 == question_set.sha256), None)
    if mine is None:
        raise FloorsError(f"No floors were measured on this {question_set.name} ({question_set.sha256[:12]}…); set them with --set-floors.")
    values = measured(figures)
    return tuple(Shortfall(name, values.get(name, 0.0), floor) for name, floor in mine.shares.items() if values.get(name, 0.0) < floor)


def put(figures: Figures, question_set: QuestionSet, *, lower: bool = False, file: Path = FLOORS_FILE) -> SetFloors:
    """Raise the set's floors to what was measured; with `lower`, also lower those that stand above it. Returns the floors that hold now."""
    everything = _read(file) if file.exists() else ()
    others = tuple(floors for floors in everything if floors.sha256 != question_set.sha256)
    old = next((floors.shares for floors in everything if floors.sha256 == question_set.sha256), {})
    values = measured(figures)
    shares = values if lower else {name: max(old.get(name, 0.0), values.get(name, 0.0)) for name in {**old, **values}}
    mine = SetFloors(name=question_set.name, sha256=question_set.sha256, shares=shares)
    _write((*others, mine), file)
    return mine


def _read(file: Path) -> tuple[SetFloors, ...]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return tuple(
            SetFloors(name=str(row["set"]), sha256=str(row["sha256"]), shares={str(k): float(v) for k, v in row["floors"].items()}) for row in rows
        )
    except OSError as error:
        raise FloorsError(f"Cannot read the floors {file}: {error.strerror}.") from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise FloorsError(f"The floors {file} are damaged ({type(error).__name__}: {error}); restore them from version control.") from error


def _write(everything: Sequence[SetFloors], file: Path) -> None:
    rows = [{"set": floors.name, "sha256": floors.sha256, "floors": dict(floors.shares)} for floors in everything]
    try:
        file.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise FloorsError(f"Cannot write the floors {file}: {error.strerror}.") from error
