"""Runs of a small evaluation for the screenshots: five of the same questions, each a little better than the one before."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.evaluation_runs import Case, Evidence, ExpectedFact, Run, Share, TypeFigures, run_folder, write_run
from ingest.store.ledger import Ledger

TYPES = {"attacker": 34, "victim": 32, "when": 39, "disputed": 24, "unanswerable": 37}
DAYS = (9, 7, 4, 2, 0)


def put_runs(index: Path, *, until: datetime) -> None:
    """Puts the runs beside an index, the last of them at `until`; what they cite are articles of the index."""
    for number, days in enumerate(DAYS):
        run = _run(index, number, began=until - timedelta(days=days))
        write_run(run_folder(index, name="starter", began=run.began), run)


def _run(index: Path, number: int, *, began: datetime) -> Run:
    better = 0.03 * number
    rows = tuple(_row(kind, count, 0.58 + 0.05 * place + better) for place, (kind, count) in enumerate(TYPES.items()))
    return Run(
        "starter.jsonl", "0", "question", True, began.replace(microsecond=0), (*rows, _row("all", sum(TYPES.values()), 0.66 + better)), _cases(index)
    )


def _row(kind: str, count: int, value: float) -> TypeFigures:
    answers, rejects = kind != "unanswerable", kind in ("unanswerable", "all")
    share = _share(value, count)
    found = _share(0.94, count) if answers else None
    return TypeFigures(
        kind,
        count,
        share,
        share if answers else None,
        _share(value - 0.04, count) if answers else None,
        found,
        share if rejects else None,
        140.0,
        380.0,
    )


def _share(value: float, count: int) -> Share:
    half = 0.9 / count**0.5
    return Share(value, max(0.0, value - half), min(1.0, value + half))


def _cases(index: Path) -> tuple[Case, ...]:
    article = next(article for article in Ledger(index).articles(status="kept") if "Norway" in article.title)
    end = article.text.find(".") + 1
    evidence = Evidence(1, article.path, article.text[:end], 0, end, article.url, str(article.published) if article.published else None)
    failure = Case(
        "starter-014", "when", "When did the intruders first enter the state administration's network?", (), "wrong", True, "answered",
        "The intrusion became known in the summer of 2021. [1]", (ExpectedFact("2018", False, True), ExpectedFact("state administration", False, True)),
        ("2021",), ("“2018” stands in a quote but not in the answer.", "States “2021”, which is wrong."), (evidence,), 0.14,
    )  # fmt: skip
    missed = replace(
        failure, id="starter-052", type="attacker", question="Which group was blamed for the letters to the fisheries office?", verdict="abstained", status="not_in_corpus",
        answer="The articles indexed here do not say.", facts=(ExpectedFact("Paper Lantern", False, False),), wrong=(), reasons=("Rejected, although the corpus holds the answer.",), evidence=(),
    )  # fmt: skip
    right = replace(failure, id="starter-001", verdict="right", failed=False, reasons=())
    return failure, missed, right
