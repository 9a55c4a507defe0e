"""One evaluation from a set to its report: ask, grade, measure, compare, write. The place where the parts of this package meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import report
from evals.against import Comparison, compare
from evals.figures import Figures, measure
from evals.grading import Grade, grade
from evals.results import Result, read_results
from evals.running import Asker, Task, run, tasks
from evals.sets import Field, QuestionSet
from ingest.errors import WhodunitError

RESULTS_NAME = "results.jsonl"
REPORT_NAME = "report.html"


@dataclass(frozen=True)
class Evaluation:
    """What a run came to. rows: figures by type, last those for all. left_out: questions of the set without the field that was asked."""

    rows: tuple[Figures, ...]
    grades: tuple[Grade, ...]
    comparison: Comparison | None
    left_out: int

    @property
    def total(self) -> Figures:
        return self.rows[-1]


def evaluate_set(
    question_set: QuestionSet,
    asker: Asker,
    *,
    out: Path,
    field: Field = "question",
    types: Sequence[str] = (),
    limit: int | None = None,
    against: Path | None = None,
    progress: bool = True,
) -> Evaluation:
    """Run a set and leave results.jsonl and report.html in the folder `out`.

    against: an earlier results.jsonl to compare with; it is read first, so it may be the file that this run replaces.
    Raises WhodunitError where nothing is left to ask, a file cannot be read or written, or the asker cannot answer at all.
    """
    earlier = None if against is None else read_results(against)
    todo = tasks(question_set.questions, field=field, types=types, limit=limit)
    if not todo:
        known = ", ".join(dict.fromkeys(question.type for question in question_set.questions))
        wanted = f"field {field}, types {', '.join(types) or 'all'}"
        raise WhodunitError(f"{question_set.name} holds no question to ask ({wanted}); it has: {known}.")
    results = run(todo, asker, results_file=out / RESULTS_NAME, progress=progress)
    grades = grade_all(todo, results)
    rows = measure(grades)
    comparison = None if earlier is None else compare(grades, earlier)
    asked = f"{question_set.name}: {len(todo)} questions" + (" as paraphrased" if field == "paraphrase" else "")
    report.write(out / REPORT_NAME, report.render(asked, rows, grades, comparison, field=field))
    left_out = sum(question.wording(field) is None for question in question_set.questions if not types or question.type in types)
    return Evaluation(rows=rows, grades=grades, comparison=comparison, left_out=left_out)


def grade_all(todo: Sequence[Task], results: Sequence[Result]) -> tuple[Grade, ...]:
    """Grades in the order of the tasks; a task without a result (an interrupted run) has no grade."""
    by_id: Mapping[str, Result] = {result.id: result for result in results}
    return tuple(grade(task.question, by_id[task.question.id]) for task in todo if task.question.id in by_id)
