"""An evaluation as it is kept beside the index, where the chat's evaluation page finds it. The format is `app.evaluation_runs`."""

from datetime import datetime

from app.evaluation_runs import Case, Evidence, ExpectedFact, Run, Share, TypeFigures
from evals.evaluation import Evaluation
from evals.figures import ALL, Figures
from evals.grading import Grade
from evals.intervals import Estimate, share
from evals.report import Case as ReportCase
from evals.report import reasons
from evals.sets import Field, QuestionSet


def as_run(evaluation: Evaluation, question_set: QuestionSet, *, field: Field, began: datetime) -> Run:
    """The run as it is kept: figures and every question with its evidence."""
    rows = tuple(_figures(row, evaluation.grades) for row in evaluation.rows)
    whole = len(evaluation.grades) + evaluation.left_out == len(question_set.questions)
    return Run(question_set.name, question_set.sha256, field, whole, began, rows, tuple(_case(grade, field) for grade in evaluation.grades))


def _figures(row: Figures, grades: tuple[Grade, ...]) -> TypeFigures:
    scored = [grade for grade in grades if grade.scored and row.type in (grade.question.type, ALL)]
    right = share(sum(grade.verdict == "right" for grade in scored), len(scored))
    value = {name: None if estimate is None else estimate.value for name, estimate in (("p50", row.p50), ("p95", row.p95))}
    return TypeFigures(
        row.type, row.n, _share(right), _share(row.strict), _share(row.supported), _share(row.hit5), _share(row.rejected), value["p50"], value["p95"]
    )  # fmt: skip


def _share(estimate: Estimate | None) -> Share | None:
    return None if estimate is None else Share(estimate.value, estimate.low, estimate.high)


def _case(grade: Grade, field: Field) -> Case:
    question, result = grade.question, grade.result
    shown = ReportCase(grade=grade, reasons=reasons(grade), early="", late="", flip="")
    return Case(
        id=question.id,
        type=question.type,
        question=question.wording(field) or question.question,
        history=question.history,
        verdict=grade.verdict,
        failed=shown.failed,
        status=result.status,
        answer=result.answer,
        facts=tuple(ExpectedFact(fact.wordings[0], fact.early, fact.in_quotes) for fact in grade.facts),
        wrong=grade.wrong,
        reasons=shown.reasons,
        evidence=tuple(Evidence(**vars(citation)) for citation in result.citations),
        seconds=result.seconds,
    )
