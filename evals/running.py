"""Run a question set through an asker. Knows nothing about indexes or models: an asker is whatever turns a question into an answer."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from app.nouns import Answer
from evals.results import Result, from_answer, from_error, to_line
from evals.sets import Field, GoldQuestion
from ingest.errors import WhodunitError

Asker = Callable[[str, Sequence[str]], Answer]
"""The question and the user's earlier turns, oldest first, to an answer."""

WARM_UP = "Which group attacked the ministry, and when did it happen?"
"""Asked once before the clock starts, so that loading a model is in nobody's seconds."""

# What a fault in asking may raise. A question that hits one could not be scored and the run goes on to the next; a full memory or Ctrl-C
# is about the run, not about the question, and ends it.
ASKING_FAILED = (WhodunitError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True)
class Task:
    """A question of the set in the wording in which it is asked."""

    question: GoldQuestion
    wording: str


def tasks(questions: Sequence[GoldQuestion], *, field: Field = "question", types: Sequence[str] = (), limit: int | None = None) -> tuple[Task, ...]:
    """The questions to ask: of the given types (all where none is given), those that have the field, at most `limit` of them."""
    chosen = (question for question in questions if not types or question.type in types)
    worded = tuple(Task(question, wording) for question in chosen if (wording := question.wording(field)) is not None)
    return worded if limit is None else worded[:limit]


def run(todo: Sequence[Task], asker: Asker, *, results_file: Path, progress: bool = True) -> tuple[Result, ...]:
    """Ask every question and write each result to `results_file` as soon as it is there, so that an interrupted run keeps what it has.

    Raises whatever the asker raises on the warm-up question: an index that answers nothing at all is no result. Raises WhodunitError
    where the file cannot be written.
    """
    asker(WARM_UP, ())
    results: list[Result] = []
    with _writing(results_file) as write, tqdm(todo, unit="question", disable=None if progress else True) as bar:
        for task in bar:
            result = ask_one(task, asker)
            write(to_line(result) + "\n")
            results.append(result)
    return tuple(results)


def ask_one(task: Task, asker: Asker) -> Result:
    """Ask one question and time it; a failure becomes a result of its own."""
    started = time.perf_counter()
    try:
        answer = asker(task.wording, task.question.history)
    except ASKING_FAILED as error:
        return from_error(task.question.id, error, seconds=time.perf_counter() - started)
    seconds = time.perf_counter() - started
    return from_answer(task.question.id, answer, seconds=seconds)


@contextmanager
def _writing(path: Path) -> Iterator[Callable[[str], None]]:
    """A function that appends a line to a new file and leaves it there whatever happens next."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise WhodunitError(f"Cannot write the results to {path}: {error.strerror}.") from error
    with file:

        def write(line: str) -> None:
            file.write(line)
            file.flush()

        yield write
