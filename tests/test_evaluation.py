"""python -m pytest tests/test_evaluation.py: a set is run, measured, compared and reported truthfully, and a hostile text stays text."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.nouns import Answer, AnswerStatus, Citation, Hit, Question, Statement
from evals import floors
from evals.against import as_text, compare
from evals.evaluation import Evaluation, evaluate_set
from evals.figures import Figures
from evals.results import ResultsError, read_results
from evals.running import WARM_UP
from evals.sets import GoldQuestion, GoldQuote, QuestionSet
from evals.table import as_table
from ingest.errors import IndexDamagedError, IndexMissingError, WhodunitError
from ingest.nouns import Article, Passage

TEXT = "Marten hit Alder Mill on 3 May 2021. The police of Ulm said so."
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\"'&"
HOSTILE_URL = "javascript:alert(3)"

QUESTIONS = (
    GoldQuestion(
        id="q1",
        type="attacker",
        question="Who hit Alder Mill?",
        facts=(("Marten",),),
        wrong=("Stoat",),
        docs=("Marten/mill.md",),
        quotes=(GoldQuote("Marten/mill.md", "Marten hit Alder Mill"),),
        paraphrase="Alder Mill was hit. By whom?",
    ),
    GoldQuestion(id="q2", type="when", question="When was Alder Mill hit?", facts=(("3 May 2021",),), docs=("Marten/mill.md",)),
    GoldQuestion(id="q3", type="disputed", question="Who hit the dam?", facts=(("Marten",), ("Stoat",)), docs=("Stoat/dam.md",)),
    GoldQuestion(id="q4", type="unanswerable", question="Who hit the moon?", facts=()),
    GoldQuestion(
        id="q5",
        type="followup",
        question="And when?",
        facts=(("3 May 2021",),),
        history=("Who hit Alder Mill?",),
        docs=("Marten/mill.md",),
    ),
)
SET = QuestionSet(name="tiny.jsonl", sha256="ab" * 32, questions=QUESTIONS)


def article(path: str, text: str = TEXT) -> Article:
    return Article(
        id=f"{abs(hash(path)):016x}"[:16],
        path=path,
        paths=(path,),
        form="reference",
        title="A mill is hit",
        text=text,
        status="kept",
        reason="",
        url="https://news.example/mill",
        publisher="The Miller",
        author=None,
        published=date(2021, 5, 4),
        filed_under=(),
        origin="o1",
    )


def answer(text: str, quote: str = "", *, status: AnswerStatus = "answered", paths: Sequence[str] = (), body: str = TEXT) -> Answer:
    """An answer of one statement, citing `quote` out of `body` where there is one, that retrieved the articles at `paths`."""
    start = body.find(quote)
    cited = (Citation(1, article(paths[0], body), start, start + len(quote), quote),) if quote else ()
    hits = tuple(Hit(Passage(f"p{n}", "a", 0, len(body), body), article(path, body), 1 / (n + 1)) for n, path in enumerate(paths))
    return Answer(Question(text, text), status, (Statement(text, (1,) if cited else ()),), cited, hits=hits)


def good_asker(text: str, history: Sequence[str]) -> Answer:
    """Right on everything but the disputed question, where it abstains."""
    if text == WARM_UP or "moon" in text or "dam" in text:
        return answer("Nothing on that.", status="not_in_corpus", paths=("Marten/mill.md",))
    if "when" in text.lower():
        return answer("On 3 May 2021.", "on 3 May 2021", paths=("Stoat/dam.md", "Marten/mill.md", "Marten/mill.md"))
    return answer("Marten did.", "Marten hit", paths=("Marten/mill.md",))


def evaluated(folder: Path, asker: Callable[[str, Sequence[str]], Answer] = good_asker, **options: object) -> Evaluation:
    return evaluate_set(SET, asker, out=folder, progress=False, **options)  # type: ignore[arg-type]


def row(evaluation: Evaluation, kind: str) -> Figures:
    return next(row for row in evaluation.rows if row.type == kind)


def test_figures_count_each_kind_of_question_over_its_own_denominator(tmp_path: Path) -> None:
    total = evaluated(tmp_path).total
    assert (total.n, total.not_scored) == (5, 0)
    for estimate in (total.strict, total.supported, total.lenient):
        assert estimate is not None
        assert (estimate.value, estimate.n) == (0.75, 4)
    assert total.hit1 is not None
    assert total.hit5 is not None
    assert (total.hit1.value, total.hit5.value) == (0.25, 0.75)
    assert total.rejected is not None
    assert (total.rejected.value, total.rejected.n) == (1.0, 1)
    assert total.false_abstention is not None
    assert (total.false_abstention.value, total.false_abstention.n) == (0.25, 4)
    assert total.stance is not None
    assert (total.stance.value, total.stance.n) == (0.0, 1)
    assert (total.quotes, total.not_verbatim) == (3, 0)


def test_types_come_in_the_order_of_the_set_and_all_comes_last(tmp_path: Path) -> None:
    evaluation = evaluated(tmp_path)
    assert [row.type for row in evaluation.rows] == ["attacker", "when", "disputed", "unanswerable", "followup", "all"]
    assert row(evaluation, "unanswerable").strict is None
    assert row(evaluation, "attacker").rejected is None


def test_a_followup_is_asked_with_its_history(tmp_path: Path) -> None:
    seen: list[tuple[str, tuple[str, ...]]] = []

    def asker(text: str, history: Sequence[str]) -> Answer:
        seen.append((text, tuple(history)))
        return good_asker(text, history)

    evaluated(tmp_path, asker)
    assert seen[0] == (WARM_UP, ())
    assert seen[-1] == ("And when?", ("Who hit Alder Mill?",))
    assert len(seen) == 1 + len(QUESTIONS)


def test_a_quote_that_is_not_the_articles_words_is_counted(tmp_path: Path) -> None:
    def asker(text: str, history: Sequence[str]) -> Answer:
        right = answer("Marten did.", "Marten hit", paths=("Marten/mill.md",))
        return replace(right, citations=(replace(right.citations[0], start=1, end=11), replace(right.citations[0], number=2)))

    total = evaluated(tmp_path, asker, limit=1).total
    assert (total.quotes, total.not_verbatim) == (2, 1)


def test_results_have_the_agreed_form_and_can_be_read_back(tmp_path: Path) -> None:
    evaluation = evaluated(tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(rows[1]) == ["id", "status", "answer", "citations", "retrieved", "seconds"]
    assert rows[1]["answer"] == "On 3 May 2021. [1]"
    assert rows[1]["retrieved"] == ["Stoat/dam.md", "Marten/mill.md"]
    assert rows[1]["citations"] == [
        {
            "number": 1,
            "article": "Stoat/dam.md",
            "quote": "on 3 May 2021",
            "start": 22,
            "end": 35,
            "url": "https://news.example/mill",
            "published": "2021-05-04",
        }
    ]
    read = read_results(tmp_path / "results.jsonl")
    written = [replace(grade.result, not_verbatim=None, seconds=round(grade.result.seconds, 6)) for grade in evaluation.grades]
    assert list(read) == written


def test_a_file_name_that_is_not_utf8_is_kept(tmp_path: Path) -> None:
    evaluated(tmp_path, lambda text, history: answer("Marten did.", "Marten", paths=("Mar\udce9ten/mill.md",)), limit=1)
    (result,) = read_results(tmp_path / "results.jsonl")
    assert result.retrieved == ("Mar\udce9ten/mill.md",)
    assert "Mar\\udce9ten" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_an_interrupted_run_keeps_what_it_has(tmp_path: Path) -> None:
    def asker(text: str, history: Sequence[str]) -> Answer:
        if "dam" in text:
            raise KeyboardInterrupt
        return good_asker(text, history)

    with pytest.raises(KeyboardInterrupt):
        evaluated(tmp_path, asker)
    assert [result.id for result in read_results(tmp_path / "results.jsonl")] == ["q1", "q2"]


def test_a_last_line_cut_off_in_writing_is_ignored_and_any_other_damage_is_not(tmp_path: Path) -> None:
    evaluated(tmp_path)
    path = tmp_path / "results.jsonl"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:-40], encoding="utf-8")
    assert [result.id for result in read_results(path)] == ["q1", "q2", "q3", "q4"]
    path.write_text(whole.rstrip("\n"), encoding="utf-8")
    assert len(read_results(path)) == 5
    path.write_text('{"id": "q0"}\n' + whole, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"results.jsonl, line 1: not a result"):
        read_results(path)


def test_a_question_that_fails_is_a_result_of_its_own(tmp_path: Path) -> None:
    def asker(text: str, history: Sequence[str]) -> Answer:
        if "Alder" in text:
            raise IndexDamagedError("The ledger is cut short; run whodunit check --repair.")
        return good_asker(text, history)

    evaluation = evaluated(tmp_path, asker)
    assert evaluation.total.not_scored == 2
    assert evaluation.total.strict is not None
    assert evaluation.total.strict.n == 2
    assert "2 of 5 could not be scored" in as_table(evaluation.rows)
    first = read_results(tmp_path / "results.jsonl")[0]
    assert first.status == "error"
    assert first.error == "IndexDamagedError: The ledger is cut short; run whodunit check --repair."
    assert "The ledger is cut short" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_an_index_that_answers_nothing_ends_the_run_before_it_starts(tmp_path: Path) -> None:
    def asker(text: str, history: Sequence[str]) -> Answer:
        raise IndexMissingError("There is no index here; run whodunit ingest first.")

    with pytest.raises(IndexMissingError):
        evaluated(tmp_path, asker)
    assert not (tmp_path / "results.jsonl").exists()


def test_type_limit_and_field_choose_the_questions(tmp_path: Path) -> None:
    assert [grade.question.id for grade in evaluated(tmp_path, types=("when", "followup")).grades] == ["q2", "q5"]
    assert [grade.question.id for grade in evaluated(tmp_path, limit=2).grades] == ["q1", "q2"]
    paraphrased = evaluated(tmp_path, field="paraphrase")
    assert [grade.question.id for grade in paraphrased.grades] == ["q1"]
    assert paraphrased.left_out == 4
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Alder Mill was hit. By whom?" in page
    assert "Who hit Alder Mill?" not in page
    with pytest.raises(WhodunitError, match=r"holds no question to ask .*types list.*attacker, when"):
        evaluated(tmp_path, types=("list",))


def test_an_out_folder_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(WhodunitError, match="Cannot write the results"):
        evaluated(tmp_path / "taken")


def test_comparing_finds_what_flipped_and_how_many_verdicts_agree(tmp_path: Path) -> None:
    evaluated(tmp_path / "before")
    worse = evaluated(
        tmp_path / "after",
        lambda text, history: answer("Stoat, not Marten.") if text == "Who hit Alder Mill?" else good_asker(text, history),
        against=tmp_path / "before" / "results.jsonl",
    )
    comparison = worse.comparison
    assert comparison is not None
    (flip,) = comparison.flips
    assert (flip.now.question.id, flip.before, flip.now.verdict, flip.lost) == ("q1", "right", "wrong", True)
    assert comparison.same_verdict is not None
    assert comparison.same_verdict.value == 0.8
    assert comparison.right is not None
    assert comparison.right.value == pytest.approx(-0.2)
    text = as_text(comparison)
    assert "same verdict  80.0%" in text
    assert "q1  right → wrong" in text
    assert "right → wrong" in (tmp_path / "after" / "report.html").read_text(encoding="utf-8")


def test_a_run_may_be_compared_with_the_results_it_replaces(tmp_path: Path) -> None:
    evaluated(tmp_path)
    again = evaluated(tmp_path, against=tmp_path / "results.jsonl").comparison
    assert again is not None
    assert not again.flips


def test_results_of_another_set_cannot_be_compared(tmp_path: Path) -> None:
    evaluation = evaluated(tmp_path)
    with pytest.raises(WhodunitError, match="none of these questions"):
        compare(evaluation.grades, [replace(evaluation.grades[0].result, id="other")])


def test_the_table_has_a_row_a_type_and_aligned_columns(tmp_path: Path) -> None:
    lines = as_table(evaluated(tmp_path).rows).split("\n")
    assert [line.split()[0] for line in lines[2:7]] == ["attacker", "when", "disputed", "unanswerable", "followup"]
    assert lines[8].startswith("all ")
    assert len({len(line) for line in lines[:9]}) == 1
    assert re.search(r"75 30–95", lines[8])


def hostile_page(folder: Path) -> str:
    """The report of a run in which everything that can come from outside tries to break out of its place."""
    path = f"{HOSTILE}/a.md"
    bad = replace(article(path, HOSTILE), url=HOSTILE_URL, title=HOSTILE)
    said = Answer(
        Question(HOSTILE, HOSTILE), "answered", (Statement(HOSTILE, (1,)),), (Citation(1, bad, 0, len(HOSTILE), HOSTILE),),
        hits=(Hit(Passage("p", "a", 0, len(HOSTILE), HOSTILE), bad, 1.0),),
    )  # fmt: skip
    gold = GoldQuestion(
        id=HOSTILE,
        type=HOSTILE,
        question=HOSTILE,
        facts=((HOSTILE, "x"),),
        wrong=(HOSTILE,),
        history=(HOSTILE,),
        docs=("b.md",),
        quotes=(GoldQuote(path, HOSTILE),),
    )
    evaluate_set(QuestionSet(HOSTILE, "0" * 64, (gold,)), lambda text, history: said, out=folder, progress=False)
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_report_escapes_hostile_text_everywhere(tmp_path: Path) -> None:
    page = hostile_page(tmp_path)
    assert page.count("&lt;script&gt;alert(1)") >= 10
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "49" not in page.replace("{{ 7*7 }}", "")
    assert "javascript:alert(3)" in page
    assert not re.search(r"""(?:href|src|action|on\w+)\s*=\s*["']?javascript:""", page)


def test_the_report_asks_for_nothing_from_outside_and_allows_only_its_own_script(tmp_path: Path) -> None:
    evaluated(tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"<(?:link|iframe|img|object|embed|a)\b|@import|url\(", page)
    assert "<script src" not in page
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy.group(1).startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy.group(1)
    assert "style=" not in page


def test_the_report_says_why_an_answer_failed(tmp_path: Path) -> None:
    asked = {
        "Who hit Alder Mill?": answer("Stoat did.", "Marten hit", paths=("Stoat/dam.md",)),
        "Who hit the moon?": answer("Marten did.", "Marten hit", paths=("Marten/mill.md",)),
    }
    evaluated(tmp_path, lambda text, history: asked.get(text) or good_asker(text, history))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for reason in (
        "“Marten” stands in a quote but not in the answer.",
        "States “Stoat”, which is wrong.",
        "No article that answers was retrieved.",
        "Answered, although the corpus does not hold the answer.",
        "Rejected, although the corpus holds the answer.",
        "retrieved at rank 2.",
    ):
        assert reason in page


def test_floors_rise_by_themselves_and_fall_only_when_told(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    good = evaluated(tmp_path).total
    bad = evaluated(tmp_path, lambda text, history: answer("Nothing.", status="not_in_corpus")).total
    assert floors.put(bad, SET, file=file).shares["strict"] == 0.0
    assert floors.put(good, SET, file=file).shares["strict"] == 0.75
    assert floors.check(good, SET, file=file) == ()
    kept = floors.put(bad, SET, file=file)
    assert kept.shares["strict"] == 0.75
    below = floors.check(bad, SET, file=file)
    assert "strict is 0.0000, below its floor of 0.7500" in map(str, below)
    assert "verbatim" in {shortfall.name for shortfall in below}
    assert floors.put(bad, SET, lower=True, file=file).shares["strict"] == 0.0
    assert floors.check(bad, SET, file=file) == ()


def test_floors_belong_to_the_bytes_of_their_set(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    total = evaluated(tmp_path).total
    floors.put(total, SET, file=file)
    changed = replace(SET, sha256="cd" * 32)
    with pytest.raises(floors.FloorsError, match="set them with --set-floors"):
        floors.check(total, changed, file=file)
    floors.put(total, changed, file=file)
    assert [row["sha256"] for row in json.loads(file.read_text(encoding="utf-8"))] == [SET.sha256, changed.sha256]


def test_a_failure_to_ask_pulls_a_run_below_its_floors(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    floors.put(evaluated(tmp_path).total, SET, file=file)

    def asker(text: str, history: Sequence[str]) -> Answer:
        if text == "Who hit the dam?":
            raise ValueError("no vectors")
        return good_asker(text, history)

    assert "scored" in {shortfall.name for shortfall in floors.check(evaluated(tmp_path, asker).total, SET, file=file)}


def test_damaged_floors_are_one_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(floors.FloorsError, match="are damaged"):
        floors.check(evaluated(tmp_path).total, SET, file=file)


def test_the_floors_in_the_package_can_be_read() -> None:
    rows = json.loads(floors.FLOORS_FILE.read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[0-9a-f]{64}", row["sha256"]) and row["floors"] for row in rows)
