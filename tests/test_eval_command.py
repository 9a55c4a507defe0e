"""python -m pytest tests/test_eval_command.py: `whodunit eval` prints, writes and exits as it promises; the asker is a fake."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import app.asking
from app.command import main
from app.evaluation_runs import read_runs
from app.nouns import Answer, Question, Statement
from evals import floors

SET = [
    {"id": "q1", "type": "attacker", "question": "Who hit Alder Mill?", "facts": [["Marten"]], "paraphrase": "Alder Mill was hit. By whom?"},
    {"id": "q2", "type": "unanswerable", "question": "Who hit the moon?", "facts": []},
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a set in it; asking about the mill says Marten, asking anything else rejects."""

    def ask(text: str, index: object, *, history: Sequence[str] = ()) -> Answer:
        known = "Alder" in text
        said = "Marten did." if known else "The articles indexed here do not say."
        return Answer(Question(text, text), "answered" if known else "not_in_corpus", (Statement(said, ()),))

    monkeypatch.setattr(app.asking, "ask", ask)
    monkeypatch.setattr(app.asking, "open_index", lambda index: index)
    monkeypatch.setattr(floors, "FLOORS_FILE", tmp_path / "floors.json")
    (tmp_path / "floors.json").write_text("[]", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.jsonl").write_text("\n".join(map(json.dumps, SET)), encoding="utf-8")
    return tmp_path


def whodunit_eval(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["eval", *arguments])


def runs(folder: Path) -> list[Path]:
    """The folders of runs beside the index, the oldest first."""
    return sorted((folder / ".whodunit" / "evaluations").iterdir(), key=lambda run: run.stat().st_mtime_ns)


def test_a_run_prints_the_table_and_leaves_results_and_report_beside_the_index(folder: Path) -> None:
    result = whodunit_eval("tiny.jsonl")
    assert result.exit_code == 0
    assert "strict" in result.output
    (written,) = runs(folder)
    assert result.output.rstrip().endswith(f"{written.relative_to(folder)}/report.html")
    assert written.name.endswith("-tiny")
    assert len((written / "results.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert (written / "report.html").stat().st_size > 1000


def test_a_run_is_kept_with_its_figures_and_the_evidence_of_every_question(folder: Path) -> None:
    whodunit_eval("tiny.jsonl")
    whodunit_eval("tiny.jsonl", "--limit", "1")
    (whole, part), problems = read_runs(folder / ".whodunit")
    assert problems == ()
    assert (whole.set, whole.field, whole.whole, part.whole) == ("tiny.jsonl", "question", True, False)
    assert [row.type for row in whole.rows] == ["attacker", "unanswerable", "all"]
    assert whole.total.right is not None
    assert whole.total.right.value == 1.0
    attacker, unanswerable = whole.cases
    assert (attacker.question, attacker.verdict, attacker.answer) == ("Who hit Alder Mill?", "right", "Marten did.")
    assert [(fact.text, fact.early, fact.in_quotes) for fact in attacker.facts] == [("Marten", True, False)]
    assert attacker.reasons == ("No quote supports “Marten”.",)
    assert attacker.failed
    assert not unanswerable.failed


def test_a_run_into_a_given_folder_is_not_kept_beside_the_index(folder: Path) -> None:
    whodunit_eval("tiny.jsonl", "--out", "first")
    assert sorted(file.name for file in (folder / "first").iterdir()) == ["report.html", "results.jsonl"]
    assert not (folder / ".whodunit").exists()


def test_paraphrases_are_asked_into_a_folder_of_their_own_and_agree(folder: Path) -> None:
    whodunit_eval("tiny.jsonl", "--out", "first")
    result = whodunit_eval("tiny.jsonl", "--field", "paraphrase", "--against", "first/results.jsonl")
    assert result.exit_code == 0
    assert "1 questions have no paraphrase and were left out." in result.output
    assert "same verdict  100.0%" in result.output
    (written,) = runs(folder)
    assert written.name.endswith("-tiny-paraphrase")


def test_floors_are_set_checked_and_their_breach_is_exit_status_1(folder: Path) -> None:
    unset = whodunit_eval("tiny.jsonl", "--floors")
    assert unset.exit_code == 2
    assert "--set-floors" in unset.stderr
    assert "strict 1.0000" in whodunit_eval("tiny.jsonl", "--set-floors").stdout
    assert whodunit_eval("tiny.jsonl", "--floors").exit_code == 0
    rows = json.loads((folder / "floors.json").read_text(encoding="utf-8"))
    rows[0]["floors"]["supported"] = 0.5
    (folder / "floors.json").write_text(json.dumps(rows), encoding="utf-8")
    breached = whodunit_eval("tiny.jsonl", "--floors")
    assert breached.exit_code == 1
    assert breached.stderr.count("Below the floor: supported is 0.0000, below its floor of 0.5000.") == 1
    assert whodunit_eval("tiny.jsonl", "--lower-floors", "--floors").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.jsonl"], "Cannot read the question set none.jsonl"),
        (["tiny.jsonl", "--type", "list"], "holds no question to ask"),
        (["tiny.jsonl", "--against", "none.jsonl"], "Cannot read the results none.jsonl"),
        (["tiny.jsonl", "--floors", "--limit", "1"], "Floors hold for a whole set"),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_exit_status_2(folder: Path, arguments: list[str], said: str) -> None:
    result = whodunit_eval(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
